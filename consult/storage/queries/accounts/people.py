"""Selects about people with an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError

from consult.domain.text.mail_addresses import canonical_address
from consult.storage.database import db
from consult.storage.models.accounts import AccountLink, Person
from consult.storage.models.groups import GroupDocument, GroupMember, WorkingGroup
from consult.storage.models.letters import OutgoingLetter
from consult.storage.models.memberships import Membership
from consult.storage.models.organisations import Organisation
from consult.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """What a person is in one organisation."""

    organisation_id: int
    role: str
    organisation_name: str
    organisation_kind: str
    organisation_slug: str = ""
    may_speak: bool = False


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with an account; one that is not confirmed cannot sign in yet. `seats` are pairs of a document and the
    role in a group at work on it."""

    id: int
    email: str
    name: str
    password_hash: str
    session_stamp: str
    is_administrator: bool
    language: str
    memberships: tuple[MembershipRow, ...]
    is_confirmed: bool = True
    is_name_public: bool = False
    is_language_chosen: bool = False
    created_at: datetime | None = None
    password_changed_at: datetime | None = None
    seats: tuple[tuple[int, str], ...] = ()


_SEATS = (
    select(GroupMember.person_id, GroupMember.role, GroupDocument.document_id)
    .join(GroupDocument, GroupDocument.group_id == GroupMember.group_id)
    .join(WorkingGroup, WorkingGroup.id == GroupMember.group_id)
    .where(WorkingGroup.closed_at.is_(None))
    .subquery()
)
_PEOPLE = (
    select(
        Person.id,
        Person.email,
        Person.name,
        Person.password_hash,
        Person.session_stamp,
        Person.is_administrator,
        Person.language,
        Person.confirmed_at,
        Person.is_name_public,
        Person.is_language_chosen,
        Person.created_at,
        Person.password_changed_at,
        Membership.organisation_id,
        Membership.role,
        Organisation.name.label("organisation_name"),
        Organisation.kind,
        Organisation.slug,
        Membership.may_speak,
        _SEATS.c.document_id,
        _SEATS.c.role.label("seat"),
    )
    .outerjoin(Membership, Membership.person_id == Person.id)
    .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
    .outerjoin(_SEATS, _SEATS.c.person_id == Person.id)
    .where(Person.disabled_at.is_(None))
    .order_by(Membership.organisation_id)
)
_BY_ID = Prepared(_PEOPLE.where(Person.id == bindparam("person_id")))
_BY_EMAIL = Prepared(_PEOPLE.where(Person.email == bindparam("email")))


def find_person(person_id: int) -> PersonRow | None:
    return _person(_BY_ID(person_id=person_id).all())


def find_person_by_email(email: str) -> PersonRow | None:
    """The person with this address, however it is written."""
    return _person(_BY_EMAIL(email=canonical_address(email)).all())


def _person(rows: Sequence[Row[*tuple[Any, ...]]]) -> PersonRow | None:
    if not rows:
        return None
    person = rows[0]
    return PersonRow(
        id=person.id,
        email=person.email,
        name=person.name,
        password_hash=person.password_hash,
        session_stamp=person.session_stamp,
        is_administrator=person.is_administrator,
        language=person.language,
        memberships=tuple(dict.fromkeys(MembershipRow(*row[12:18]) for row in rows if row[12] is not None)),
        seats=tuple(dict.fromkeys((row[18], row[19]) for row in rows if row[18] is not None)),
        is_confirmed=person.confirmed_at is not None,
        is_name_public=person.is_name_public,
        is_language_chosen=person.is_language_chosen,
        created_at=person.created_at,
        password_changed_at=person.password_changed_at,
    )


def is_closed(email: str) -> bool:
    """Whether an account with this address was closed."""
    closed = select(Person.id).where(
        Person.email == canonical_address(email), Person.disabled_at.is_not(None)
    )
    return db.session.scalar(closed) is not None


def list_public_names() -> tuple[tuple[int, str], ...]:
    """(person, name) of everybody whose name stands beside their comments."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .where(Person.is_name_public, Person.disabled_at.is_(None))
        .order_by(Person.id)
    )
    return tuple((row[0], row[1]) for row in rows)


def add_person(person: Person) -> int | None:
    """Keep a new account; its id, or None when its address has one already, or got one this very moment."""
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:
        return None
    return person.id


def change_person(person_id: int, **values: object) -> None:
    """Set columns of an account."""
    db.session.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )


def change_address(person_id: int, email: str) -> bool:
    """Give an account another address; False when somebody else got it first."""
    try:
        with db.session.begin_nested():
            change_person(person_id, email=email)
    except IntegrityError:
        return False
    return True


def list_unconfirmed(made_before: datetime) -> list[int]:
    """Accounts nobody has confirmed that were made before a moment."""
    return list(
        db.session.scalars(
            select(Person.id).where(
                Person.confirmed_at.is_(None), Person.created_at < made_before, Person.erased_at.is_(None)
            )
        )
    )


def delete_unconfirmed(person_id: int) -> bool:
    """Remove an account nobody confirmed, with the letters and links that were for it; False when it was confirmed."""
    if (
        db.session.scalar(select(Person.confirmed_at).where(Person.id == person_id).with_for_update())
        is not None
    ):
        return False
    for rows in (OutgoingLetter, AccountLink):
        db.session.execute(
            delete(rows).where(rows.person_id == person_id).execution_options(synchronize_session=False)
        )
    try:
        with db.session.begin_nested():
            found = db.session.execute(
                delete(Person).where(Person.id == person_id).execution_options(synchronize_session=False)
            )
    except IntegrityError:  # something of the record names the account, so that it has to stay
        return False
    return bool(found.rowcount)  # type: ignore[attr-defined]
