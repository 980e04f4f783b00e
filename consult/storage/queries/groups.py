"""Selects about working groups, filtered by who may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, func, or_, select, true

from consult.domain.errors import NotFound
from consult.domain.policy.actors import OFFICIAL
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.documents import Document
from consult.storage.models.groups import GroupDocument, GroupInvitation, GroupMember, WorkingGroup
from consult.storage.models.memberships import Membership
from consult.storage.models.organisations import Organisation
from consult.storage.queries.viewers import Viewer, drafted_by_viewer, hosted_by_viewer

PUBLIC = "public"
HOST = "host"
INVITED = "invited"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A working group as lists and pages show it."""

    id: int
    slug: str
    name: str
    block: str
    summary: str
    easy_read_url: str
    sign_language_url: str
    visibility: str
    created_at: datetime
    closed_at: datetime | None
    host_id: int
    host_slug: str
    host_name: str
    member_count: int


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat in a group; `person_name` is there for those who may see it and is shown to others only if `shows_name`."""

    id: int
    person_id: int | None
    person_name: str
    shows_name: bool
    role: str
    organisation_id: int | None
    organisation_name: str
    organisation_kind: str


@dataclass(frozen=True, slots=True)
class GroupDocumentRow:
    """A document of a group."""

    id: int
    slug: str
    title: str
    kind: str
    last_version_no: int
    language: str


def known_to(viewer: Viewer) -> ColumnElement[bool]:
    """Condition: the group is public, or shown to the team of its host the viewer is on, or the viewer sits in it, is
    invited to it by letter, or looks after it."""
    conditions = [
        WorkingGroup.visibility == PUBLIC,
        and_(WorkingGroup.visibility == HOST, hosted_by_viewer(WorkingGroup.host_id, viewer)),
    ]
    if viewer.sees_all:
        return true()
    if viewer.person_id is not None:
        conditions += [
            exists().where(
                GroupMember.group_id == WorkingGroup.id, GroupMember.person_id == viewer.person_id
            ),
            and_(
                hosted_by_viewer(WorkingGroup.host_id, viewer),
                exists().where(
                    Membership.organisation_id == WorkingGroup.host_id,
                    Membership.person_id == viewer.person_id,
                    Membership.role == OFFICIAL,
                ),
            ),
            exists().where(
                GroupInvitation.group_id == WorkingGroup.id,
                GroupInvitation.email == Person.email,
                GroupInvitation.email != "",
                GroupInvitation.withdrawn_at.is_(None),
                GroupInvitation.declined_at.is_(None),
                Person.id == viewer.person_id,
                Person.confirmed_at.is_not(None),
            ),
        ]
    return or_(*conditions)


def _groups() -> Select[*tuple[Any, ...]]:
    seats = (
        select(func.count())
        .where(GroupMember.group_id == WorkingGroup.id)
        .correlate(WorkingGroup)
        .scalar_subquery()
    )
    return select(
        WorkingGroup.id,
        WorkingGroup.slug,
        WorkingGroup.name,
        WorkingGroup.block,
        WorkingGroup.summary,
        WorkingGroup.easy_read_url,
        WorkingGroup.sign_language_url,
        WorkingGroup.visibility,
        WorkingGroup.created_at,
        WorkingGroup.closed_at,
        WorkingGroup.host_id,
        Organisation.slug,
        Organisation.name,
        seats,
    ).join(Organisation, Organisation.id == WorkingGroup.host_id)


def _group(row: Row[*tuple[Any, ...]]) -> GroupRow:
    return GroupRow(*row)


def get_group(slug: str, viewer: Viewer) -> GroupRow:
    """The group of this name. Raises NotFound where there is none the viewer may know of."""
    row = db.session.execute(_groups().where(WorkingGroup.slug == slug, known_to(viewer))).one_or_none()
    if row is None:
        raise NotFound("group", slug=slug)
    return _group(row)


def list_groups(viewer: Viewer, *, host_id: int | None = None) -> list[GroupRow]:
    """Groups the viewer may know of: those at work first, then by thematic block and name."""
    statement = _groups().where(known_to(viewer))
    if host_id is not None:
        statement = statement.where(WorkingGroup.host_id == host_id)
    rows = db.session.execute(
        statement.order_by(WorkingGroup.closed_at.is_not(None), WorkingGroup.block, WorkingGroup.name)
    )
    return [_group(row) for row in rows]


def list_groups_of_document(document_id: int, viewer: Viewer) -> list[GroupRow]:
    """Groups that work on a document and that the viewer may know of, by name."""
    rows = db.session.execute(
        _groups()
        .join(GroupDocument, GroupDocument.group_id == WorkingGroup.id)
        .where(GroupDocument.document_id == document_id, known_to(viewer))
        .order_by(WorkingGroup.name)
    )
    return [_group(row) for row in rows]


def list_seats(group_id: int) -> list[SeatRow]:
    """The seats of a group: chair, editors, members, observers, in the order they came."""
    ranks = {"chair": 0, "editor": 1, "member": 2, "observer": 3}
    rows = db.session.execute(
        select(
            GroupMember.id,
            GroupMember.person_id,
            func.coalesce(Person.name, ""),
            GroupMember.shows_name,
            GroupMember.role,
            GroupMember.organisation_id,
            func.coalesce(Organisation.name, ""),
            func.coalesce(Organisation.kind, ""),
        )
        .outerjoin(Person, and_(Person.id == GroupMember.person_id, Person.disabled_at.is_(None)))
        .outerjoin(Organisation, Organisation.id == GroupMember.organisation_id)
        .where(GroupMember.group_id == group_id)
        .order_by(GroupMember.id)
    )
    return sorted((SeatRow(*row) for row in rows), key=lambda seat: ranks.get(seat.role, 9))


def list_documents(group_id: int, viewer: Viewer) -> list[GroupDocumentRow]:
    """Documents of a group the viewer may know of, by title."""
    rows = db.session.execute(
        select(
            Document.id,
            Document.slug,
            Document.title,
            Document.kind,
            Document.last_version_no,
            Document.language,
        )
        .join(GroupDocument, GroupDocument.document_id == Document.id)
        .where(
            GroupDocument.group_id == group_id,
            or_(Document.last_version_no > 0, drafted_by_viewer(Document.host_id, Document.id, viewer)),
        )
        .order_by(Document.title)
    )
    return [GroupDocumentRow(*row) for row in rows]


def list_documents_of_host(host_id: int) -> list[GroupDocumentRow]:
    """Every document of a host, by title, to choose from: for those who work there."""
    rows = db.session.execute(
        select(
            Document.id,
            Document.slug,
            Document.title,
            Document.kind,
            Document.last_version_no,
            Document.language,
        )
        .where(Document.host_id == host_id)
        .order_by(Document.title)
    )
    return [GroupDocumentRow(*row) for row in rows]


def is_slug_taken(slug: str) -> bool:
    return bool(db.session.scalar(select(exists().where(WorkingGroup.slug == slug))))


def lock_group(group_id: int) -> WorkingGroup:
    """The group's row, held until the transaction ends. Raises NotFound."""
    statement = select(WorkingGroup).where(WorkingGroup.id == group_id).with_for_update()
    group = db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if group is None:
        raise NotFound("group")
    return group


def find_seat(group_id: int, seat_id: int) -> GroupMember | None:
    """A seat of this group as a row to be changed inside a unit of work."""
    return db.session.scalars(
        select(GroupMember).where(GroupMember.group_id == group_id, GroupMember.id == seat_id)
    ).one_or_none()


def find_seat_of(group_id: int, person_id: int) -> GroupMember | None:
    """The seat a person has in a group."""
    return db.session.scalars(
        select(GroupMember).where(GroupMember.group_id == group_id, GroupMember.person_id == person_id)
    ).one_or_none()


def remove_seat(seat_id: int) -> None:
    db.session.execute(delete(GroupMember).where(GroupMember.id == seat_id))


def remove_documents(group_id: int) -> None:
    db.session.execute(delete(GroupDocument).where(GroupDocument.group_id == group_id))


def list_organisations() -> list[tuple[int, str]]:
    """(id, name) of organisations a seat can be given to, by name."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.refused_at.is_(None))
        .order_by(Organisation.name)
    )
    return [(row[0], row[1]) for row in rows]
