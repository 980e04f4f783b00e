"""Selects about people with an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from consult.domain.text.mail_addresses import canonical_address
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.memberships import Membership
from consult.storage.models.organisations import Organisation


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """What a person is in one organisation."""

    organisation_id: int
    role: str
    organisation_name: str
    organisation_kind: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with an account; one that is not confirmed cannot sign in yet."""

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


def find_person(person_id: int) -> PersonRow | None:
    return _person(Person.id == person_id)


def find_person_by_email(email: str) -> PersonRow | None:
    """The person with this address, however it is written."""
    return _person(Person.email == canonical_address(email))


def _person(condition: ColumnElement[bool]) -> PersonRow | None:
    rows = db.session.execute(
        select(Person, Membership.organisation_id, Membership.role, Organisation.name, Organisation.kind)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(condition, Person.disabled_at.is_(None))
        .order_by(Membership.organisation_id)
    ).all()
    if not rows:
        return None
    person: Person = rows[0][0]
    return PersonRow(
        id=person.id,
        email=person.email,
        name=person.name,
        password_hash=person.password_hash,
        session_stamp=person.session_stamp,
        is_administrator=person.is_administrator,
        language=person.language,
        memberships=tuple(
            MembershipRow(row[1], row[2], row[3], row[4]) for row in rows if row[1] is not None
        ),
        is_confirmed=person.confirmed_at is not None,
        is_name_public=person.is_name_public,
        is_language_chosen=person.is_language_chosen,
        created_at=person.created_at,
        password_changed_at=person.password_changed_at,
    )
