"""Selects about organisations and hosts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.organisations import Organisation
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
