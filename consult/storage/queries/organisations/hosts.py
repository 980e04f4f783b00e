"""Selects about hosts: who they are, how they look, what they tell people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import defer

from consult.domain.errors import NotFound
from consult.domain.process.retention import DEFAULT_MONTHS
from consult.storage.database import db
from consult.storage.models.organisations import Host, HostText, Organisation, SubmissionClause
from consult.storage.queries.viewers import Viewer, hosted_by_viewer


@dataclass(frozen=True, slots=True)
class HostRow:
    """An organisation, mostly one that runs consultations."""

    id: int
    slug: str
    name: str


def get_host(host_id: int | None) -> HostRow:
    """The host of this id, or the only one there is when None. Raises NotFound."""
    statement = select(Organisation.id, Organisation.slug, Organisation.name).where(Organisation.is_host)
    if host_id is not None:
        statement = statement.where(Organisation.id == host_id)
    row = db.session.execute(statement.order_by(Organisation.id).limit(1)).one_or_none()
    if row is None:
        raise NotFound("host")
    return HostRow(*row)


def find_organisation(slug: str) -> HostRow | None:
    """The organisation with this name in addresses, host or not."""
    row = db.session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name).where(Organisation.slug == slug)
    ).one_or_none()
    return HostRow(*row) if row else None


def list_hosts(viewer: Viewer) -> list[HostRow]:
    """Hosts the viewer works for, in order of name."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name)
        .where(Organisation.is_host, hosted_by_viewer(Organisation.id, viewer))
        .order_by(Organisation.name)
    )
    return [HostRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class HostPageRow:
    """A host as its own pages show it; `crest_hash` is empty without a crest, the rest where nothing was said."""

    id: int
    slug: str
    name: str
    short_name: str
    kind: str
    summary: str
    seat: str
    email: str
    website: str
    easy_to_read: str
    sign_language: str
    crest_hash: str
    accent: str
    phone: str
    duty_address: str
    duty_hours: str
    e_delivery: str
    bip: str
    texts: frozenset[str]
    retention_months: int


@dataclass(frozen=True, slots=True)
class HostTextRow:
    """A version of a standing text. `particulars` is JSON, empty but for accessibility declarations."""

    id: int
    host_id: int
    host_slug: str
    host_name: str
    kind: str
    number: int
    source: str
    html: str
    particulars: str
    published_at: datetime


def get_host_page(slug: str) -> HostPageRow:
    """The host with this name in addresses. Raises NotFound for every other organisation too."""
    return _find_host_page(Organisation.slug == slug)


def get_host_page_by_id(host_id: int) -> HostPageRow:
    """Raises NotFound."""
    return _find_host_page(Organisation.id == host_id)


def list_host_pages() -> list[HostPageRow]:
    """Every host as its own pages show it, by name."""
    rows = db.session.execute(
        _HOST_PAGES.order_by(Organisation.plain_name, Organisation.name, Organisation.id)
    ).all()
    return [_host_page(list(of_host)) for _, of_host in groupby(rows, key=lambda row: row[0].id)]


_HOST_PAGES = (
    select(Organisation, Host, HostText.kind)
    .outerjoin(Host, Host.organisation_id == Organisation.id)
    .outerjoin(HostText, and_(HostText.host_id == Organisation.id, HostText.number == 1))
    .where(Organisation.is_host)
    .options(defer(Host.crest))
)
"""A row for every standing text of a host, at least one; the picture itself is asked for by its own address."""


def _find_host_page(condition: ColumnElement[bool]) -> HostPageRow:
    rows = db.session.execute(_HOST_PAGES.where(condition)).all()
    if not rows:
        raise NotFound("host_page")
    return _host_page(rows)


def _host_page(rows: Sequence[Row[*tuple[Any, ...]]]) -> HostPageRow:
    organisation: Organisation = rows[0][0]
    host: Host | None = rows[0][1]
    return HostPageRow(
        id=organisation.id,
        slug=organisation.slug,
        name=organisation.name,
        short_name=organisation.short_name,
        kind=organisation.kind,
        summary=organisation.summary,
        seat=organisation.seat,
        email=organisation.email,
        website=organisation.website,
        easy_to_read=organisation.easy_to_read,
        sign_language=organisation.sign_language,
        crest_hash=host.crest_hash if host else "",
        accent=host.accent if host else "",
        phone=host.phone if host else "",
        duty_address=host.duty_address if host else "",
        duty_hours=host.duty_hours if host else "",
        e_delivery=host.e_delivery if host else "",
        bip=host.bip if host else "",
        texts=frozenset(row[2] for row in rows if row[2] is not None),
        retention_months=(host.retention_months if host else None) or DEFAULT_MONTHS,
    )


def get_crest(slug: str) -> tuple[bytes, str]:
    """(PNG, its sha256) of a host. Raises NotFound where it has none."""
    row = db.session.execute(
        select(Host.crest, Host.crest_hash)
        .join(Organisation, Organisation.id == Host.organisation_id)
        .where(Organisation.slug == slug, Organisation.is_host)
    ).one_or_none()
    if row is None or row[0] is None:
        raise NotFound("crest")
    return row[0], row[1]


def find_host(host_id: int) -> Host | None:
    """The row of a host's look and contact, to be changed; held until the transaction ends."""
    return db.session.scalars(
        select(Host).where(Host.organisation_id == host_id).with_for_update()
    ).one_or_none()


def _texts() -> Select[*tuple[Any, ...]]:
    return select(
        HostText.id,
        HostText.host_id,
        Organisation.slug,
        Organisation.name,
        HostText.kind,
        HostText.number,
        HostText.source,
        HostText.html,
        HostText.particulars,
        HostText.published_at,
    ).join(Organisation, Organisation.id == HostText.host_id)


def find_text_in_force(host_id: int, kind: str) -> HostTextRow | None:
    """The last version of a standing text."""
    row = db.session.execute(
        _texts()
        .where(HostText.host_id == host_id, HostText.kind == kind)
        .order_by(HostText.number.desc())
        .limit(1)
    ).one_or_none()
    return HostTextRow(*row) if row else None


def get_host_text(host_id: int, kind: str, number: int) -> HostTextRow:
    """One version. Raises NotFound."""
    row = db.session.execute(
        _texts().where(HostText.host_id == host_id, HostText.kind == kind, HostText.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound("host_text")
    return HostTextRow(*row)


def list_text_versions(host_id: int, kind: str) -> list[tuple[int, datetime]]:
    """(number, since when) of every version, the last first."""
    rows = db.session.execute(
        select(HostText.number, HostText.published_at)
        .where(HostText.host_id == host_id, HostText.kind == kind)
        .order_by(HostText.number.desc())
    )
    return [(row[0], row[1]) for row in rows]


def find_clause_of_submission(submission_id: int) -> HostTextRow | None:
    """The information clause that was in force when comments were handed in; None where the host had none."""
    row = db.session.execute(
        _texts()
        .join(SubmissionClause, SubmissionClause.clause_id == HostText.id)
        .where(SubmissionClause.submission_id == submission_id)
    ).one_or_none()
    return HostTextRow(*row) if row else None


def list_public_hosts() -> list[HostRow]:
    """Every host there is, by name: for lists people narrow by host."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name)
        .where(Organisation.is_host)
        .order_by(Organisation.plain_name, Organisation.name)
    )
    return [HostRow(*row) for row in rows]
