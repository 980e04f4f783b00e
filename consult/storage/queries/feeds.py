"""What feeds and calendars hold: public things only, however the reader is signed in.

What happened is read from the events, newest first, a window at a time; what an event is about is then looked up for
the whole window at once. What the clock alone brings about (a consultation ends) has no event and is read from the
consultations themselves.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.consultations import Consultation, ConsultationChange
from consult.storage.models.documents import Document, Version
from consult.storage.models.history import Event
from consult.storage.models.meetings import Explanation, Meeting
from consult.storage.models.organisations import Organisation

KINDS = (
    "version.published",
    "consultation.opened",
    "consultation.extended",
    "consultation.corrected",
    "consultation.cancelled",
    "consultation.protocol_published",
    "consultation.reported",
    "explanation.published",
    "meeting.announced",
    "meeting.moved",
    "meeting.cancelled",
    "meeting.note_published",
)
"""Codes of the events feeds tell of; two more are made by the clock and by the answers."""

ENDED = "consultation.ended"
ANSWERED = "consultation.answers_published"

WINDOW = 400
MOST_WINDOWS = 10


@dataclass(frozen=True, slots=True)
class Scope:
    """What a feed or a calendar is about: everything, one host, or one document."""

    host_id: int | None = None
    document_id: int | None = None

    def holds(self, host_id: int, document_id: int) -> bool:
        return self.host_id in (None, host_id) and self.document_id in (None, document_id)


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Happening:
    """One public thing that happened. `ref` is the lasting name of it: an event's number, or what the clock did.

    `title` is that of the consultation or the document, `detail` what it is about: a version's label, a meeting's title.
    """

    kind: str
    ref: str
    at: datetime
    title: str
    host_name: str
    document_slug: str
    consultation_id: int | None = None
    version_no: int | None = None
    meeting_id: int | None = None
    detail: str = ""
    summary: str = ""
    starts_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A consultation for calendars; `change_count` rises with every change of what was announced."""

    id: int
    title: str
    summary: str
    host_name: str
    opens_at: datetime
    closes_at: datetime
    cancelled_at: datetime | None
    changed_at: datetime
    change_count: int


@dataclass(frozen=True, slots=True)
class _Known:
    """A document or a consultation an event may be about."""

    title: str
    host_id: int
    host_name: str
    document_id: int
    slug: str
    closes_at: datetime | None = None
    summary: str = ""


def get_feed_host(slug: str) -> tuple[int, str]:
    """(id, name) of the host with this name in addresses. Raises NotFound."""
    row = db.session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.slug == slug, Organisation.is_host)
    ).one_or_none()
    if row is None:
        raise NotFound("host")
    return row[0], row[1]


def get_feed_document(slug: str) -> tuple[int, str, str, datetime]:
    """(id, title, its language, when it was begun) of a published document. Raises NotFound."""
    row = db.session.execute(
        select(Document.id, Document.title, Document.language, Document.created_at).where(
            Document.slug == slug, Document.last_version_no > 0
        )
    ).one_or_none()
    if row is None:
        raise NotFound("document")
    return row[0], row[1], row[2], row[3]


def list_happenings(scope: Scope, now: datetime, *, limit: int = 50) -> list[Happening]:
    """The last public things that happened within a scope, the newest first."""
    found = _ended(scope, now, limit) + _answered(scope, limit)
    before: int | None = None
    for _ in range(MOST_WINDOWS):
        events, told = _window(scope, before)
        found += told
        if len(events) < WINDOW or len(told) >= limit:
            break
        before = events[-1]
    found.sort(key=lambda one: (one.at, one.ref), reverse=True)
    return found[:limit]


def _window(scope: Scope, before: int | None) -> tuple[list[int], list[Happening]]:
    statement = select(Event.id, Event.kind, Event.ref, Event.at).where(Event.kind.in_(KINDS))
    if before is not None:
        statement = statement.where(Event.id < before)
    rows = db.session.execute(statement.order_by(Event.id.desc()).limit(WINDOW)).all()
    events = [(row[0], row[1], json.loads(row[2]), row[3]) for row in rows]
    calls = _calls(_ids(events, "consultation_id"))
    works = _works(_ids(events, "document_id"))
    versions = _versions(_ids(events, "version_id"))
    meetings = _meetings(_ids(events, "meeting_id"))
    general = _general(_ids(events, "explanation_id"))
    told = []
    for event_id, kind, ref, at in events:
        about = calls.get(_id(ref, "consultation_id")) or works.get(_id(ref, "document_id"))
        if about is None or not scope.holds(about.host_id, about.document_id):
            continue
        if kind == "explanation.published" and _id(ref, "explanation_id") not in general:
            continue
        version = versions.get(_id(ref, "version_id"))
        meeting = meetings.get(_id(ref, "meeting_id"))
        told.append(
            Happening(
                kind=kind,
                ref=f"event/{event_id}",
                at=at,
                title=about.title,
                host_name=about.host_name,
                document_slug=about.slug,
                consultation_id=_id(ref, "consultation_id") or None,
                version_no=version[0] if version else None,
                meeting_id=_id(ref, "meeting_id") or None,
                detail=meeting[0] if meeting else (version[1] if version else ""),
                summary=about.summary if kind == "consultation.opened" else "",
                starts_at=meeting[1] if meeting else None,
                closes_at=about.closes_at,
            )
        )
    return [event[0] for event in events], told


def _id(ref: Mapping[str, str | None], name: str) -> int:
    """An id an event names; 0, which nothing has, when it names none."""
    return int(ref.get(name) or 0)


def _ids(events: Collection[tuple[int, str, dict[str, str | None], datetime]], name: str) -> set[int]:
    return {number for _, _, ref, _ in events if (number := _id(ref, name))}


def _calls(ids: Collection[int]) -> dict[int, _Known]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(
            Consultation.id,
            Consultation.title,
            Consultation.host_id,
            Organisation.name,
            Document.id,
            Document.slug,
            Consultation.closes_at,
            Consultation.summary,
        )
        .join(Document, Document.id == Consultation.document_id)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .where(Consultation.id.in_(ids))
    )
    return {row[0]: _Known(*row[1:]) for row in rows}


def _works(ids: Collection[int]) -> dict[int, _Known]:
    """Published documents by id."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(Document.id, Document.title, Document.host_id, Organisation.name, Document.id, Document.slug)
        .join(Organisation, Organisation.id == Document.host_id)
        .where(Document.id.in_(ids), Document.last_version_no > 0)
    )
    return {row[0]: _Known(*row[1:]) for row in rows}


def _versions(ids: Collection[int]) -> dict[int, tuple[int, str]]:
    if not ids:
        return {}
    rows = db.session.execute(select(Version.id, Version.number, Version.label).where(Version.id.in_(ids)))
    return {row[0]: (row[1], row[2]) for row in rows}


def _meetings(ids: Collection[int]) -> dict[int, tuple[str, datetime]]:
    if not ids:
        return {}
    rows = db.session.execute(select(Meeting.id, Meeting.title, Meeting.starts_at).where(Meeting.id.in_(ids)))
    return {row[0]: (row[1], row[2]) for row in rows}


def _general(ids: Collection[int]) -> set[int]:
    """Explanations that are on a whole consultation."""
    if not ids:
        return set()
    return set(
        db.session.scalars(
            select(Explanation.id).where(Explanation.id.in_(ids), Explanation.comment_id.is_(None))
        )
    )


def _within(scope: Scope) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    if scope.host_id is not None:
        condition = and_(condition, Consultation.host_id == scope.host_id)
    if scope.document_id is not None:
        condition = and_(condition, Consultation.document_id == scope.document_id)
    return condition


def _ended(scope: Scope, now: datetime, limit: int) -> list[Happening]:
    return _of_consultations(
        Consultation.closes_at,
        ENDED,
        and_(_within(scope), Consultation.closes_at <= now, Consultation.cancelled_at.is_(None)),
        limit,
    )


def _answered(scope: Scope, limit: int) -> list[Happening]:
    return _of_consultations(
        Consultation.answers_published_at,
        ANSWERED,
        and_(_within(scope), Consultation.answers_published_at.is_not(None)),
        limit,
    )


def _of_consultations(moment: Any, kind: str, condition: ColumnElement[bool], limit: int) -> list[Happening]:
    rows = db.session.execute(
        select(
            moment,
            Consultation.id,
            Consultation.title,
            Organisation.name,
            Document.slug,
            Consultation.closes_at,
        )
        .join(Document, Document.id == Consultation.document_id)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .where(condition)
        .order_by(moment.desc(), Consultation.id.desc())
        .limit(limit)
    )
    return [
        Happening(
            kind=kind,
            # an extended consultation ends once, at its last end
            ref=f"consultation/{row[1]}/{kind.partition('.')[2]}",
            at=row[0],
            title=row[2],
            host_name=row[3],
            document_slug=row[4],
            consultation_id=row[1],
            closes_at=row[5],
        )
        for row in rows
    ]


def list_calls(scope: Scope, since: datetime, *, limit: int = 500) -> list[Call]:
    """Consultations that end after `since`, cancelled ones too, the first to end first."""
    return _list_calls(and_(_within(scope), Consultation.closes_at > since), limit)


def get_call(consultation_id: int) -> Call:
    """One consultation for its calendar. Raises NotFound."""
    found = _list_calls(Consultation.id == consultation_id, 1)
    if not found:
        raise NotFound("consultation")
    return found[0]


def _list_calls(condition: ColumnElement[bool], limit: int) -> list[Call]:
    changes = (
        select(
            ConsultationChange.consultation_id,
            func.max(ConsultationChange.at).label("at"),
            func.max(ConsultationChange.no).label("count"),
        )
        .group_by(ConsultationChange.consultation_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Consultation, Organisation.name, changes.c.at, changes.c.count)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .outerjoin(changes, changes.c.consultation_id == Consultation.id)
        .where(condition)
        .order_by(Consultation.closes_at, Consultation.id)
        .limit(limit)
    )
    return [
        Call(
            id=row.id,
            title=row.title,
            summary=row.summary,
            host_name=host,
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            cancelled_at=row.cancelled_at,
            changed_at=at or row.created_at,
            change_count=count or 0,
        )
        for row, host, at, count in rows
    ]
