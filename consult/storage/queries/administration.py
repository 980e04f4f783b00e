"""Selects and updates for those who look after the installation: people, what waits, what was done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from consult.domain.errors import NotFound
from consult.domain.history.canonical import canonical
from consult.domain.policy.actors import OFFICIAL
from consult.storage.database import db
from consult.storage.models.accounts import DataRequest, Person
from consult.storage.models.comments import Submission
from consult.storage.models.consultations import Consultation
from consult.storage.models.documents import Document
from consult.storage.models.history import Event, Seal
from consult.storage.models.memberships import Membership
from consult.storage.models.organisations import Host, HostText, Organisation
from consult.storage.models.second_factors import SecondFactor

LOOKED_AT = "person.looked_at"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """An account as the list of people shows it; `places` are (organisation, role)."""

    id: int
    name: str
    email: str
    is_administrator: bool
    created_at: datetime
    confirmed_at: datetime | None
    disabled_at: datetime | None
    erased_at: datetime | None
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What somebody is in one organisation."""

    organisation_id: int
    slug: str
    name: str
    role: str
    may_speak: bool
    since: datetime | None
    is_host: bool


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """Everything an administrator looks after about one account; words of the person are not among it."""

    id: int
    name: str
    email: str
    language: str
    is_administrator: bool
    created_at: datetime
    confirmed_at: datetime | None
    disabled_at: datetime | None
    erased_at: datetime | None
    has_password: bool
    second_factor_since: datetime | None
    submission_count: int
    places: tuple[PlaceRow, ...]


_LINE = (
    Person.id,
    Person.name,
    Person.email,
    Person.is_administrator,
    Person.created_at,
    Person.confirmed_at,
    Person.disabled_at,
    Person.erased_at,
)


# People


def list_people(words: str = "", *, offset: int = 0, limit: int = 50) -> list[PersonLine]:
    """Accounts whose name or address holds every word, in order of name."""
    rows = db.session.execute(
        select(*_LINE).where(_holds(words)).order_by(Person.name, Person.id).offset(offset).limit(limit)
    ).all()
    places: dict[int, list[tuple[str, str]]] = {}
    found = db.session.execute(
        select(Membership.person_id, Organisation.name, Membership.role)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id.in_([row[0] for row in rows]))
        .order_by(Organisation.name)
    )
    for person_id, organisation, role in found:
        places.setdefault(person_id, []).append((organisation, role))
    return [PersonLine(*row, places=tuple(places.get(row[0], ()))) for row in rows]


def count_people(words: str = "") -> int:
    return db.session.scalar(select(func.count()).select_from(Person).where(_holds(words))) or 0


def _holds(words: str) -> ColumnElement[bool]:
    """Condition: every word stands in the name or the address; capital letters do not matter in either database."""
    found = [
        or_(
            Person.email.contains(word.lower(), autoescape=True),
            *(
                Person.name.contains(form, autoescape=True)
                for form in dict.fromkeys((word, word.lower(), word.upper(), word.capitalize()))
            ),
        )
        for word in words.split()[:6]
    ]
    return and_(true(), *found)


def get_person_sheet(person_id: int) -> PersonSheet:
    """Raises NotFound."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound("person")
    places = db.session.execute(
        select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            Membership.role,
            Membership.may_speak,
            Membership.since,
            Organisation.is_host,
        )
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id)
        .order_by(Organisation.name, Membership.role)
    )
    return PersonSheet(
        id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        is_administrator=person.is_administrator,
        created_at=person.created_at,
        confirmed_at=person.confirmed_at,
        disabled_at=person.disabled_at,
        erased_at=person.erased_at,
        has_password=bool(person.password_hash),
        second_factor_since=db.session.scalar(
            select(SecondFactor.confirmed_at).where(SecondFactor.person_id == person_id)
        ),
        submission_count=db.session.scalar(
            select(func.count()).select_from(Submission).where(Submission.person_id == person_id)
        )
        or 0,
        places=tuple(PlaceRow(*row) for row in places),
    )


def get_account(person_id: int) -> Person:
    """The row itself, to be changed inside a unit of work. Raises NotFound; an erased account is none any more."""
    person = db.session.get(Person, person_id, with_for_update=True)
    if person is None or person.erased_at is not None:
        raise NotFound("person")
    return person


def lock_administrators() -> list[int]:
    """Ids of all whose rights as administrators can be used, held until the transaction ends."""
    return list(
        db.session.scalars(
            select(Person.id)
            .where(Person.is_administrator, Person.disabled_at.is_(None))
            .order_by(Person.id)
            .with_for_update()
        )
    )


def has_looked_at(actor_id: int | None, person_id: int, since: datetime) -> bool:
    """Whether it is on record that this administrator had this person's data shown since a moment."""
    ref = canonical({"person_id": str(person_id)}).decode()
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Event.kind == LOOKED_AT,
                    Event.actor_ref == actor_id,
                    Event.ref == ref,
                    Event.at > since,
                )
            )
        )
    )


# What waits


@dataclass(frozen=True, slots=True)
class Waiting:
    """What administrators have to do today, counted."""

    organisations: int
    requests: int
    requests_due_on: date | None
    administrators: int
    administrators_without_second_factor: int


def count_waiting() -> Waiting:
    requests, due_on = db.session.execute(
        select(func.count(), func.min(DataRequest.due_on)).where(DataRequest.state == "open")
    ).one()
    is_administrator = and_(Person.is_administrator, Person.disabled_at.is_(None))
    return Waiting(
        organisations=_count(
            select(func.count())
            .select_from(Organisation)
            .where(Organisation.verified_at.is_(None), Organisation.refused_at.is_(None))
        ),
        requests=requests,
        requests_due_on=due_on,
        administrators=_count(select(func.count()).select_from(Person).where(is_administrator)),
        administrators_without_second_factor=_count(
            select(func.count())
            .select_from(Person)
            .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
            .where(is_administrator, SecondFactor.confirmed_at.is_(None))
        ),
    )


def _count(statement: Select[int]) -> int:
    return db.session.scalar(statement) or 0


# Hosts


@dataclass(frozen=True, slots=True)
class HostLine:
    """A host and what it still lacks to run consultations: `texts` are the kinds of its standing texts in force."""

    id: int
    slug: str
    name: str
    officials: int
    documents: int
    consultations: int
    has_contact: bool
    texts: frozenset[str]


def list_host_lines() -> list[HostLine]:
    """Every host, in order of name."""
    officials = (
        select(func.count(func.distinct(Membership.person_id)))
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == Organisation.id,
            Membership.role == OFFICIAL,
            Person.disabled_at.is_(None),
        )
        .correlate(Organisation)
        .scalar_subquery()
    )
    documents = _of_host(Document.host_id)
    consultations = _of_host(Consultation.host_id)
    has_contact = or_(Organisation.email != "", func.coalesce(Host.phone, "") != "")
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            officials,
            documents,
            consultations,
            has_contact,
        )
        .outerjoin(Host, Host.organisation_id == Organisation.id)
        .where(Organisation.is_host)
        .order_by(Organisation.name, Organisation.id)
    ).all()
    texts: dict[int, set[str]] = {}
    for host_id, kind in db.session.execute(select(HostText.host_id, HostText.kind).distinct()):
        texts.setdefault(host_id, set()).add(kind)
    return [
        HostLine(
            id=row[0],
            slug=row[1],
            name=row[2],
            officials=row[3],
            documents=row[4],
            consultations=row[5],
            has_contact=row[6],
            texts=frozenset(texts.get(row[0], ())),
        )
        for row in rows
    ]


def _of_host(column: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    return select(func.count()).where(column == Organisation.id).correlate(Organisation).scalar_subquery()


# What was done


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act on record: who (None for the command line) did what to whom. `refs` are its ids; `reason` is None where
    none is asked for or it was erased."""

    id: int
    kind: str
    at: datetime
    actor_id: int | None
    actor_name: str | None
    refs: dict[str, str | None]
    person_name: str | None
    organisation_name: str | None
    reason: str | None


def list_acts(kinds: Sequence[str], *, offset: int = 0, limit: int = 50) -> list[ActRow]:
    """Events of these kinds, the last first, with the names they concern."""
    rows = db.session.execute(
        select(Event.id, Event.kind, Event.at, Event.actor_ref, Person.name, Event.ref)
        .outerjoin(Person, Person.id == Event.actor_ref)
        .where(Event.kind.in_(kinds))
        .order_by(Event.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    refs = [json.loads(row[5]) for row in rows]
    people = _names(Person.id, Person.name, refs, "person_id")
    organisations = _names(Organisation.id, Organisation.name, refs, "organisation_id")
    reasons = _names(Seal.id, Seal.value, refs, "reason_id")
    return [
        ActRow(
            id=row[0],
            kind=row[1],
            at=row[2],
            actor_id=row[3],
            actor_name=row[4],
            refs=ref,
            person_name=people.get(ref.get("person_id")),
            organisation_name=organisations.get(ref.get("organisation_id")),
            reason=reasons.get(ref.get("reason_id")),
        )
        for row, ref in zip(rows, refs, strict=True)
    ]


def count_acts(kinds: Sequence[str]) -> int:
    return _count(select(func.count()).select_from(Event).where(Event.kind.in_(kinds)))


def _names(
    key: InstrumentedAttribute[int],
    name: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    refs: Iterable[dict[str, str | None]],
    called: str,
) -> dict[str | None, str | None]:
    """What the ids under one name of the refs are called."""
    ids = {int(ref[called] or 0) for ref in refs if ref.get(called)}
    if not ids:
        return {}
    rows = db.session.execute(select(key, name).where(key.in_(ids)))
    return {str(row[0]): row[1] for row in rows}
