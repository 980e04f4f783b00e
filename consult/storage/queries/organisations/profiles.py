"""Selects about what organisations are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, true

from consult.domain.errors import NotFound
from consult.domain.organisations.names import plain_words
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.organisations import Organisation
from consult.storage.queries.viewers import Viewer


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation as its page shows it. `unit_of_slug` and `unit_of_name` are those of its office, else empty."""

    id: int
    slug: str
    name: str
    short_name: str
    kind: str
    krs: str
    regon: str
    nip: str
    seat: str
    website: str
    email: str
    summary: str
    easy_to_read: str
    sign_language: str
    is_host: bool
    unit_of_id: int | None
    unit_of_slug: str
    unit_of_name: str
    entered_by: int | None
    created_at: datetime
    verified_at: datetime | None
    refused_at: datetime | None
    refusal_reason: str

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def is_waiting(self) -> bool:
        return self.verified_at is None and self.refused_at is None


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An organisation an administrator has to look at, the longest waiting first."""

    id: int
    slug: str
    name: str
    kind: str
    krs: str
    regon: str
    nip: str
    seat: str
    website: str
    entered_by_name: str
    created_at: datetime


_OFFICE = Organisation.__table__.alias("office")


def _organisations() -> Select[*tuple[Any, ...]]:
    return select(Organisation, _OFFICE.c.slug, _OFFICE.c.name).outerjoin(
        _OFFICE, _OFFICE.c.id == Organisation.unit_of_id
    )


def _row(row: Row[*tuple[Any, ...]]) -> OrganisationRow:
    found: Organisation = row[0]
    return OrganisationRow(
        id=found.id,
        slug=found.slug,
        name=found.name,
        short_name=found.short_name,
        kind=found.kind,
        krs=found.krs,
        regon=found.regon,
        nip=found.nip,
        seat=found.seat,
        website=found.website,
        email=found.email,
        summary=found.summary,
        easy_to_read=found.easy_to_read,
        sign_language=found.sign_language,
        is_host=found.is_host,
        unit_of_id=found.unit_of_id,
        unit_of_slug=row[1] or "",
        unit_of_name=row[2] or "",
        entered_by=found.entered_by,
        created_at=found.created_at,
        verified_at=found.verified_at,
        refused_at=found.refused_at,
        refusal_reason=found.refusal_reason,
    )


def shown_to(viewer: Viewer) -> ColumnElement[bool]:
    """Condition: everybody may know of the organisation, or the viewer belongs to it. Refused ones are nobody else's."""
    if viewer.sees_all:
        return true()
    return or_(Organisation.refused_at.is_(None), Organisation.id.in_(viewer.host_ids))


def get_organisation(slug: str, viewer: Viewer) -> OrganisationRow:
    """The organisation with this name in addresses. Raises NotFound, also for one the viewer may not know of."""
    row = db.session.execute(
        _organisations().where(Organisation.slug == slug, shown_to(viewer))
    ).one_or_none()
    if row is None:
        raise NotFound("organisation")
    return _row(row)


def get_organisation_by_id(organisation_id: int) -> OrganisationRow:
    """Raises NotFound."""
    row = db.session.execute(_organisations().where(Organisation.id == organisation_id)).one_or_none()
    if row is None:
        raise NotFound("organisation")
    return _row(row)


def _narrowed(viewer: Viewer, *, kind: str, is_verified: bool | None, query: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [shown_to(viewer)]
    if kind:
        conditions.append(Organisation.kind == kind)
    if is_verified is not None:
        verified = Organisation.verified_at.is_not(None)
        conditions.append(verified if is_verified else ~verified)
    words = plain_words(query)
    if query and not words:
        conditions.append(false())  # signs only: no name has them
    conditions += [Organisation.plain_name.contains(word, autoescape=True) for word in words]
    return and_(*conditions)


def list_organisations(
    viewer: Viewer,
    *,
    kind: str = "",
    is_verified: bool | None = None,
    query: str = "",
    limit: int,
    offset: int = 0,
) -> list[OrganisationRow]:
    """Organisations by name; `query` are words that stand anywhere in it, marks and case aside."""
    rows = db.session.execute(
        _organisations()
        .where(_narrowed(viewer, kind=kind, is_verified=is_verified, query=query))
        .order_by(Organisation.plain_name, Organisation.id)
        .limit(limit)
        .offset(offset)
    )
    return [_row(row) for row in rows]


def count_organisations(
    viewer: Viewer, *, kind: str = "", is_verified: bool | None = None, query: str = ""
) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Organisation)
            .where(_narrowed(viewer, kind=kind, is_verified=is_verified, query=query))
        )
        or 0
    )


def list_organisations_waiting() -> list[WaitingRow]:
    """Organisations neither verified nor refused, the longest waiting first; for administrators."""
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.slug,
            Organisation.name,
            Organisation.kind,
            Organisation.krs,
            Organisation.regon,
            Organisation.nip,
            Organisation.seat,
            Organisation.website,
            func.coalesce(Person.name, ""),
            Organisation.created_at,
        )
        .outerjoin(Person, Person.id == Organisation.entered_by)
        .where(Organisation.verified_at.is_(None), Organisation.refused_at.is_(None))
        .order_by(Organisation.created_at, Organisation.id)
    )
    return [WaitingRow(*row) for row in rows]


def list_offices() -> list[tuple[int, str]]:
    """(id, name) of verified offices, by name: what a unit can belong to."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(
            Organisation.kind == "office",
            Organisation.unit_of_id.is_(None),
            Organisation.verified_at.is_not(None),
        )
        .order_by(Organisation.plain_name)
    )
    return [(row[0], row[1]) for row in rows]


def list_names(*, but: int | None = None) -> list[str]:
    """Names of all organisations that were not refused."""
    statement = select(Organisation.name).where(Organisation.refused_at.is_(None))
    if but is not None:
        statement = statement.where(Organisation.id != but)
    return list(db.session.scalars(statement.order_by(Organisation.id)))


def find_numbered(*, krs: str, regon: str, nip: str, but: int | None = None) -> tuple[str, str] | None:
    """(which number, name) of an organisation not refused that has one of these numbers already."""
    for field, column, number in (
        ("krs", Organisation.krs, krs),
        ("regon", Organisation.regon, regon),
        ("nip", Organisation.nip, nip),
    ):
        if not number:
            continue
        statement = select(Organisation.name).where(column == number, Organisation.refused_at.is_(None))
        if but is not None:
            statement = statement.where(Organisation.id != but)
        if (name := db.session.scalar(statement.limit(1))) is not None:
            return field, name
    return None


def taken_slugs(beginning: str) -> set[str]:
    """Names in addresses that begin like this."""
    return set(
        db.session.scalars(
            select(Organisation.slug).where(Organisation.slug.startswith(beginning, autoescape=True))
        )
    )


def lock_organisation(organisation_id: int) -> Organisation:
    """The organisation's row, held until the transaction ends. Raises NotFound."""
    found = db.session.scalars(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("organisation")
    return found


def list_units(organisation_id: int) -> Sequence[tuple[str, str]]:
    """(name in addresses, name) of an office's units."""
    rows = db.session.execute(
        select(Organisation.slug, Organisation.name)
        .where(Organisation.unit_of_id == organisation_id, Organisation.refused_at.is_(None))
        .order_by(Organisation.plain_name)
    )
    return [(row[0], row[1]) for row in rows]
