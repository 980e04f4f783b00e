"""Selects about what people follow, and until when they have seen what changed."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, tuple_
from sqlalchemy.exc import IntegrityError

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.consultations import Consultation
from consult.storage.models.documents import Document
from consult.storage.models.following import Follow, VisitMark
from consult.storage.models.groups import GroupDocument, WorkingGroup
from consult.storage.models.organisations import Organisation
from consult.storage.queries.groups import known_to
from consult.storage.queries.viewers import Viewer, drafted_by_viewer

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class FollowRow:
    """Something a person follows; `name` and `slug` are empty for what they may no longer know of, `language` for what
    does not say in which it is written."""

    kind: str
    ref: str
    made_at: datetime
    name: str = ""
    slug: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """Until when a person has seen what changed, and when they last signed in."""

    seen_at: datetime
    signed_in_at: datetime


def is_followed(person_id: int, kind: str, ref: str) -> bool:
    return (
        db.session.scalar(
            select(Follow.id).where(Follow.person_id == person_id, Follow.kind == kind, Follow.ref == ref)
        )
        is not None
    )


def list_followed(person_id: int) -> list[FollowRow]:
    """All a person follows, the newest first, without names."""
    rows = db.session.execute(
        select(Follow.kind, Follow.ref, Follow.made_at)
        .where(Follow.person_id == person_id)
        .order_by(Follow.made_at.desc(), Follow.id.desc())
        .limit(MOST_LISTED)
    )
    return [FollowRow(*row) for row in rows]


def name_followed(rows: Collection[FollowRow], viewer: Viewer) -> list[FollowRow]:
    """The same with names and names in addresses, as far as the viewer may know them; a query for each kind."""
    named = {
        (kind, ref): named
        for kind, find in _NAMES.items()
        if (refs := [row.ref for row in rows if row.kind == kind])
        for ref, named in find(refs, viewer).items()
    }
    return [
        FollowRow(row.kind, row.ref, row.made_at, *named.get((row.kind, row.ref), _own_name(row)))
        for row in rows
    ]


def _own_name(row: FollowRow) -> tuple[str, str, str]:
    """A field goes by its code and an area by its name."""
    return (row.ref, "", "") if row.kind in ("field", "area") else ("", "", "")


def find_name(kind: str, ref: str, viewer: Viewer) -> tuple[str, str, str] | None:
    """(name, name in addresses, language of the name) of something to follow, or None where there is nothing the viewer may know of."""
    find = _NAMES.get(kind)
    return find([ref], viewer).get(ref) if find else None


def _numbers(refs: Collection[str]) -> list[int]:
    return [int(ref) for ref in refs if ref.isascii() and ref.isdecimal() and len(ref) < 10]


def _documents(refs: Collection[str], viewer: Viewer) -> dict[str, tuple[str, str, str]]:
    rows = db.session.execute(
        select(Document.id, Document.title, Document.slug, Document.language).where(
            Document.id.in_(_numbers(refs)),
            or_(Document.last_version_no > 0, drafted_by_viewer(Document.host_id, Document.id, viewer)),
        )
    )
    return {str(row[0]): (row[1], row[2], row[3]) for row in rows}


def _consultations(refs: Collection[str], _viewer: Viewer) -> dict[str, tuple[str, str, str]]:
    rows = db.session.execute(
        select(Consultation.id, Consultation.title).where(Consultation.id.in_(_numbers(refs)))
    )
    return {str(row[0]): (row[1], str(row[0]), "") for row in rows}


def _hosts(refs: Collection[str], _viewer: Viewer) -> dict[str, tuple[str, str, str]]:
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.slug).where(
            Organisation.id.in_(_numbers(refs)), Organisation.is_host
        )
    )
    return {str(row[0]): (row[1], row[2], "") for row in rows}


def _groups(refs: Collection[str], viewer: Viewer) -> dict[str, tuple[str, str, str]]:
    rows = db.session.execute(
        select(WorkingGroup.id, WorkingGroup.name, WorkingGroup.slug).where(
            WorkingGroup.id.in_(_numbers(refs)), known_to(viewer)
        )
    )
    return {str(row[0]): (row[1], row[2], "") for row in rows}


_NAMES = {
    "document": _documents,
    "consultation": _consultations,
    "host": _hosts,
    "group": _groups,
}


def followers_of(kind: str, ref: str | int) -> list[int]:
    """Ids of the people who follow something and still have an account, in order."""
    return followers_of_any([(kind, str(ref))])


def followers_of_any(followed: Collection[tuple[str, str]]) -> list[int]:
    """Ids of the people who follow any of these (kind, ref), each once, in order."""
    if not followed:
        return []
    rows = db.session.scalars(
        select(Follow.person_id)
        .join(Person, Person.id == Follow.person_id)
        .where(tuple_(Follow.kind, Follow.ref).in_(list(followed)), Person.disabled_at.is_(None))
        .distinct()
        .order_by(Follow.person_id)
    )
    return list(rows)


def followers_of_consultation(consultation_id: int) -> list[int]:
    """Ids of the people a consultation concerns: who follow it, its document, host, groups, fields or area."""
    row = db.session.execute(
        select(Consultation.document_id, Consultation.host_id, Consultation.fields, Consultation.area).where(
            Consultation.id == consultation_id
        )
    ).one_or_none()
    if row is None:
        return []
    groups = db.session.scalars(
        select(GroupDocument.group_id).where(GroupDocument.document_id == row.document_id)
    )
    return followers_of_any(
        [
            ("consultation", str(consultation_id)),
            ("document", str(row.document_id)),
            ("host", str(row.host_id)),
            *(("group", str(group)) for group in groups),
            *(("field", code) for code in row.fields.split()),
            *([("area", row.area)] if row.area else []),
        ]
    )


def add_follow(row: Follow) -> None:
    """Keep it, unless another press of the same button was quicker."""
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.add(row)


def remove_follow(person_id: int, kind: str, ref: str) -> None:
    db.session.execute(
        delete(Follow).where(Follow.person_id == person_id, Follow.kind == kind, Follow.ref == ref)
    )


def find_visit(person_id: int) -> VisitRow | None:
    row = db.session.execute(
        select(VisitMark.seen_at, VisitMark.signed_in_at).where(VisitMark.person_id == person_id)
    ).one_or_none()
    return VisitRow(*row) if row else None


def lock_visit(person_id: int) -> VisitMark | None:
    """A person's mark as a row to be changed inside a unit of work."""
    return db.session.get(VisitMark, person_id, populate_existing=True, with_for_update=True)
