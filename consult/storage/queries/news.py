"""What changed since somebody was here, in what they follow and where they commented.

Read from the events, newest first, a window at a time, so that a long absence costs no more than a short one; what an
event is about is then looked up for the whole window at once, with the rights of the one who asks.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from consult.storage.database import db
from consult.storage.models.comments import Comment, Submission
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.dispositions import Disposition
from consult.storage.models.documents import Document, Version
from consult.storage.models.groups import GroupDocument
from consult.storage.models.history import Event
from consult.storage.queries.following import list_followed
from consult.storage.queries.viewers import Viewer, drafted_by_viewer

KINDS = (
    "version.published",
    "consultation.opened",
    "consultation.extended",
    "consultation.corrected",
    "consultation.cancelled",
    "consultation.protocol_published",
    "explanation.published",
    "meeting.announced",
    "meeting.moved",
    "meeting.cancelled",
    "meeting.note_published",
    "opinion.entered",
    "opinion.edited",
)
"""Codes of the events people who follow something are shown."""

WINDOW = 400
"""Events looked through at once."""

MOST_ANSWERS = 200
MOST_PUBLISHED = 200


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One thing that happened to a document. `kind` is an event's code, answer.published for an answer to one's comment, or
    consultation.answered for the answers of a consultation.

    `consultation_id`, `comment` (register, number), `meeting_id` and `version_no` say where to read more, as far as known.
    """

    kind: str
    at: datetime
    document_id: int
    document_slug: str
    document_title: str
    document_language: str
    consultation_id: int | None = None
    consultation_title: str = ""
    closes_at: datetime | None = None
    version_no: int | None = None
    version_label: str = ""
    meeting_id: int | None = None
    comment: tuple[int, int] | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """The newest first; `before` is the event to go on from when there may be older ones, else None."""

    rows: tuple[NewsRow, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class _Interests:
    documents: frozenset[int]
    consultations: frozenset[int]
    hosts: frozenset[int]
    fields: frozenset[str]
    areas: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Call:
    document_id: int
    title: str
    host_id: int
    fields: frozenset[str]
    area: str
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class _Work:
    slug: str
    title: str
    host_id: int
    language: str


def list_news(
    person_id: int, viewer: Viewer, *, since: datetime, before: int | None = None, window: int = WINDOW
) -> News:
    """What happened after `since` (and before an event) to what a person follows or commented on; nine queries at most."""
    interests = _interests(person_id)
    answers = _answers(person_id, since) if before is None else []
    statement = select(Event.id, Event.kind, Event.ref, Event.at).where(
        Event.kind.in_(KINDS), Event.at > since
    )
    if before is not None:
        statement = statement.where(Event.id < before)
    events = db.session.execute(statement.order_by(Event.id.desc()).limit(window)).all()
    refs = [json.loads(event.ref) for event in events]
    published = _published_answers(since) if before is None else {}
    calls = _calls(
        _ids(refs, "consultation_id") | {row[5] for row in answers if row[5] is not None} | set(published)
    )
    versions = _versions(_ids(refs, "version_id"))
    about = [_document_of(ref, calls) for ref in refs]
    works = _works(
        {each for each in about if each is not None}
        | {row[0] for row in answers}
        | {calls[each].document_id for each in published},
        viewer,
    )
    rows = [
        _row(event, ref, document_id, works[document_id], calls, versions)
        for event, ref, document_id in zip(events, refs, about, strict=True)
        if document_id in works
        and _concerns(interests, _consultation_of(ref), document_id, works[document_id], calls)
    ]
    rows += [
        NewsRow(
            kind="answer.published",
            at=at,
            document_id=document_id,
            document_slug=works[document_id].slug,
            document_title=works[document_id].title,
            document_language=works[document_id].language,
            consultation_id=consultation_id,
            comment=(register_id, number),
            outcome=outcome,
        )
        for document_id, register_id, number, outcome, at, consultation_id in answers
        if document_id in works
    ]
    for consultation_id, at in published.items():
        call = calls[consultation_id]
        work = works.get(call.document_id)
        if work is not None and _concerns(interests, consultation_id, call.document_id, work, calls):
            rows.append(
                NewsRow(
                    kind="consultation.answered",
                    at=at,
                    document_id=call.document_id,
                    document_slug=work.slug,
                    document_title=work.title,
                    document_language=work.language,
                    consultation_id=consultation_id,
                    consultation_title=call.title,
                )
            )
    rows.sort(key=lambda row: row.at, reverse=True)
    return News(tuple(rows), events[-1].id if len(events) == window else None)


def _interests(person_id: int) -> _Interests:
    followed = list_followed(person_id)
    named = {kind: {row.ref for row in followed if row.kind == kind} for kind in ("field", "area")}
    ids = {
        kind: {int(row.ref) for row in followed if row.kind == kind}
        for kind in ("document", "consultation", "host", "group")
    }
    documents = set(ids["document"])
    if ids["group"]:
        documents |= set(
            db.session.scalars(
                select(GroupDocument.document_id).where(GroupDocument.group_id.in_(ids["group"]))
            )
        )
    documents |= set(
        db.session.scalars(
            select(Register.document_id)
            .join(Submission, Submission.register_id == Register.id)
            .where(Submission.person_id == person_id, Submission.channel == "web")
            .distinct()
        )
    )
    return _Interests(
        frozenset(documents),
        frozenset(ids["consultation"]),
        frozenset(ids["host"]),
        frozenset(named["field"]),
        frozenset(named["area"]),
    )


def _answers(person_id: int, since: datetime) -> list[tuple[int, int, int, str, datetime, int | None]]:
    """(document, register, number, outcome, when, consultation) of answers to a person's own comments."""
    rows = db.session.execute(
        select(
            Register.document_id,
            Register.id,
            Comment.number,
            Disposition.outcome,
            Disposition.published_at,
            Register.consultation_id,
        )
        .join(Comment, Comment.id == Disposition.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Register, Register.id == Comment.register_id)
        .where(
            Submission.person_id == person_id,
            Submission.channel == "web",
            Disposition.published_at > since,
        )
        .order_by(Disposition.published_at.desc(), Comment.number.desc())
        .limit(MOST_ANSWERS)
    )
    return [(row[0], row[1], row[2], row[3], row[4] or since, row[5]) for row in rows]


def _published_answers(since: datetime) -> dict[int, datetime]:
    """Consultations whose answers were published since, and when."""
    rows = db.session.execute(
        select(Consultation.id, Consultation.answers_published_at)
        .where(Consultation.answers_published_at > since)
        .order_by(Consultation.answers_published_at.desc())
        .limit(MOST_PUBLISHED)
    )
    return {row[0]: row[1] for row in rows if row[1] is not None}


def _ids(refs: Collection[dict[str, str | None]], name: str) -> set[int]:
    return {int(value) for ref in refs if (value := ref.get(name)) is not None}


def _calls(ids: Collection[int]) -> dict[int, _Call]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(
            Consultation.id,
            Consultation.document_id,
            Consultation.title,
            Consultation.host_id,
            Consultation.fields,
            Consultation.area,
            Consultation.closes_at,
        ).where(Consultation.id.in_(ids))
    )
    return {row[0]: _Call(row[1], row[2], row[3], frozenset(row[4].split()), row[5], row[6]) for row in rows}


def _versions(ids: Collection[int]) -> dict[int, tuple[int, str]]:
    if not ids:
        return {}
    rows = db.session.execute(select(Version.id, Version.number, Version.label).where(Version.id.in_(ids)))
    return {row[0]: (row[1], row[2]) for row in rows}


def _works(ids: Collection[int], viewer: Viewer) -> dict[int, _Work]:
    """Documents by id, as far as the viewer may know of them."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(Document.id, Document.slug, Document.title, Document.host_id, Document.language).where(
            Document.id.in_(ids),
            or_(Document.last_version_no > 0, drafted_by_viewer(Document.host_id, Document.id, viewer)),
        )
    )
    return {row[0]: _Work(*row[1:]) for row in rows}


def _document_of(ref: dict[str, str | None], calls: dict[int, _Call]) -> int | None:
    if (document_id := ref.get("document_id")) is not None:
        return int(document_id)
    call = calls.get(_consultation_of(ref))
    return call.document_id if call else None


def _consultation_of(ref: dict[str, str | None]) -> int:
    """The consultation an event names; 0, which none has, when it names none."""
    return int(ref.get("consultation_id") or 0)


def _concerns(
    interests: _Interests,
    consultation_id: int,
    document_id: int,
    work: _Work,
    calls: dict[int, _Call],
) -> bool:
    if document_id in interests.documents or work.host_id in interests.hosts:
        return True
    call = calls.get(consultation_id)
    return call is not None and (
        consultation_id in interests.consultations
        or call.host_id in interests.hosts
        or bool(call.fields & interests.fields)
        or call.area in interests.areas
    )


def _row(
    event: Any,
    ref: dict[str, str | None],
    document_id: int,
    work: _Work,
    calls: dict[int, _Call],
    versions: dict[int, tuple[int, str]],
) -> NewsRow:
    consultation_id = _consultation_of(ref)
    call = calls.get(consultation_id)
    number, label = versions.get(int(ref.get("version_id") or 0), (None, ""))
    meeting_id = ref.get("meeting_id")
    return NewsRow(
        kind=event.kind,
        at=event.at,
        document_id=document_id,
        document_slug=work.slug,
        document_title=work.title,
        document_language=work.language,
        consultation_id=consultation_id if call else None,
        consultation_title=call.title if call else "",
        closes_at=call.closes_at if call else None,
        version_no=number,
        version_label=label,
        meeting_id=int(meeting_id) if meeting_id is not None else None,
    )
