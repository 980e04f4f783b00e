"""What the home page and the lists show: consultations by state, and documents, in a fixed number of selects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select

from consult.domain.process.stages import ConsultationState, Stage, course_state, stage_at
from consult.domain.process.windows import Window
from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.dispositions import Disposition
from consult.storage.models.documents import Document, Version
from consult.storage.models.organisations import Organisation
from consult.storage.queries.viewers import Viewer, drafted_by_viewer

MOST_STANDING = 500
"""Consultations announced or open at once that the home page looks through."""

MOST_WAITING = 100
MOST_AREAS = 200

LATELY = timedelta(days=60)
"""How long what was answered stays on the home page."""

FORGOTTEN = timedelta(days=120)
"""How long a consultation without comments waits on the home page for its protocol."""


@dataclass(frozen=True, slots=True)
class CallRow:
    """A consultation in a list; `easy_href` and `sign_href` are its own or its document's."""

    id: int
    document_id: int
    slug: str
    document_kind: str
    version_no: int
    host_id: int
    host_slug: str
    host_name: str
    title: str
    summary: str
    legal_basis: str
    opens_at: datetime
    closes_at: datetime
    answers_published_at: datetime | None
    reported_at: datetime | None
    report_kind: str
    cancelled_at: datetime | None
    effects_at: datetime | None
    fields: tuple[str, ...]
    area: str
    easy_href: str
    sign_href: str
    comment_count: int

    def state(self, now: datetime) -> ConsultationState:
        """Where it stands now."""
        return course_state(
            Window(self.opens_at, self.closes_at),
            now=now,
            is_cancelled=self.cancelled_at is not None,
            has_comments=self.comment_count > 0,
            is_reported=self.answered_at is not None,
            has_effects=self.effects_at is not None,
        )

    @property
    def answered_at(self) -> datetime | None:
        """When its answers, report or protocol were first published."""
        moments = [at for at in (self.answers_published_at, self.reported_at) if at is not None]
        return min(moments) if moments else None


def _calls() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Consultation.id,
            Consultation.document_id,
            Document.slug,
            Document.kind,
            Version.number,
            Consultation.host_id,
            Organisation.slug,
            Organisation.name,
            Consultation.title,
            case((Consultation.summary != "", Consultation.summary), else_=Document.summary),
            Consultation.legal_basis,
            Consultation.opens_at,
            Consultation.closes_at,
            Consultation.answers_published_at,
            Consultation.reported_at,
            Consultation.report_kind,
            Consultation.cancelled_at,
            Consultation.effects_at,
            Consultation.fields,
            Consultation.area,
            case((Consultation.easy_href != "", Consultation.easy_href), else_=Document.easy_read_url),
            case((Consultation.sign_href != "", Consultation.sign_href), else_=Document.sign_language_url),
            Register.last_number,
        )
        .join(Document, Document.id == Consultation.document_id)
        .join(Version, Version.id == Consultation.version_id)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .join(Register, Register.consultation_id == Consultation.id)
    )


def _rows(statement: Select[*tuple[Any, ...]]) -> list[CallRow]:
    found = []
    for row in db.session.execute(statement):
        columns: list[Any] = list(row)
        columns[18] = tuple(columns[18].split())
        found.append(CallRow(*columns))
    return found


_STANDING = and_(
    Consultation.answers_published_at.is_(None),
    Consultation.reported_at.is_(None),
    Consultation.cancelled_at.is_(None),
)


def list_standing(now: datetime) -> list[CallRow]:
    """Consultations announced or open, the one closing first first."""
    return _rows(
        _calls()
        .where(_STANDING, Consultation.closes_at > now)
        .order_by(Consultation.closes_at, Consultation.id)
        .limit(MOST_STANDING)
    )


def list_waiting(now: datetime) -> list[CallRow]:
    """Consultations that ended and whose answers or protocol are not published, the one that ended first first."""
    return _rows(
        _calls()
        .where(
            _STANDING,
            Consultation.closes_at <= now,
            or_(Register.last_number > 0, Consultation.closes_at > now - FORGOTTEN),
        )
        .order_by(Consultation.closes_at, Consultation.id)
        .limit(MOST_WAITING)
    )


def list_lately_finished(now: datetime, *, limit: int = 5) -> list[CallRow]:
    """Consultations whose answers, report or protocol were published lately, or that were called off before their end."""
    since = now - LATELY
    return _rows(
        _calls()
        .where(
            or_(
                Consultation.answers_published_at > since,
                Consultation.reported_at > since,
                and_(Consultation.closes_at > now, Consultation.cancelled_at.is_not(None)),
            )
        )
        .order_by(
            func.coalesce(
                Consultation.cancelled_at, Consultation.answers_published_at, Consultation.reported_at
            ).desc(),
            Consultation.id.desc(),
        )
        .limit(limit)
    )


def list_to_do(host_ids: Collection[int], *, limit: int = 50) -> list[CallRow]:
    """Consultations of these hosts that are not answered yet, the one that ends or ended first first."""
    return _rows(
        _calls()
        .where(_STANDING, Consultation.host_id.in_(host_ids))
        .order_by(Consultation.closes_at, Consultation.id)
        .limit(limit)
    )


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which consultations a list shows; what is empty does not narrow it. `state` is a state of `STATES`; `is_over` are
    those that ended or were called off."""

    state: str = ""
    host: str = ""
    field: str = ""
    area: str = ""
    year: int | None = None
    document_id: int | None = None
    is_over: bool = False


STATES = ("open", "announced", "answering", "reported", "cancelled")
"""States lists tell apart: what closed without a comment counts as answering, what has effects as reported."""


def _in_state(state: str, now: datetime) -> ColumnElement[bool]:
    cancelled = Consultation.cancelled_at.is_not(None)
    answered = or_(
        Consultation.answers_published_at.is_not(None),
        Consultation.reported_at.is_not(None),
        Consultation.effects_at.is_not(None),
    )
    ended = Consultation.closes_at <= now
    return {
        "announced": and_(~cancelled, Consultation.opens_at > now),
        "open": and_(~cancelled, Consultation.opens_at <= now, ~ended),
        "answering": and_(~cancelled, ended, ~answered),
        "reported": and_(~cancelled, ended, answered),
        "cancelled": cancelled,
    }[state]


def _narrowed(wanted: CallFilter) -> list[ColumnElement[bool]]:
    """The conditions of a filter but that of the state."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.host:
        conditions.append(Organisation.slug == wanted.host)
    if wanted.field:
        conditions.append(Consultation.fields.contains(f" {wanted.field} ", autoescape=True))
    if wanted.area:
        conditions.append(Consultation.area == wanted.area)
    if wanted.year is not None:
        conditions.append(func.extract("year", Consultation.closes_at) == wanted.year)
    if wanted.document_id is not None:
        conditions.append(Consultation.document_id == wanted.document_id)
    return conditions


def list_calls(wanted: CallFilter, now: datetime, *, limit: int, offset: int = 0) -> list[CallRow]:
    """Consultations by deadline: those to come the nearest first, then those past the latest first."""
    is_past = Consultation.closes_at <= now
    statement = _calls().where(*_narrowed(wanted))
    if wanted.is_over:
        statement = statement.where(or_(is_past, Consultation.cancelled_at.is_not(None)))
    if wanted.state:
        statement = statement.where(_in_state(wanted.state, now))
    return _rows(
        statement.order_by(
            case((is_past, 1), else_=0),
            case((is_past, None), else_=Consultation.closes_at),
            Consultation.closes_at.desc(),
            Consultation.id.desc(),
        )
        .limit(limit)
        .offset(offset)
    )


def count_calls(wanted: CallFilter, now: datetime) -> Mapping[str, int]:
    """How many consultations of a filter stand in each of `STATES`, whatever state the filter names."""
    row = db.session.execute(
        select(*(func.sum(case((_in_state(state, now), 1), else_=0)) for state in STATES))
        .select_from(Consultation)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .where(*_narrowed(wanted))
    ).one()
    return {state: row[at] or 0 for at, state in enumerate(STATES)}


def list_calling_hosts() -> list[tuple[str, str]]:
    """(name in addresses, name) of hosts that ever held a consultation, by name."""
    rows = db.session.execute(
        select(Organisation.slug, Organisation.name)
        .where(Organisation.id.in_(select(Consultation.host_id)))
        .order_by(Organisation.name, Organisation.id)
    )
    return [(row[0], row[1]) for row in rows]


def list_areas_and_years() -> tuple[list[str], list[int]]:
    """Areas consultations concerned, in order, and years in which they ended, the latest first."""
    year = func.extract("year", Consultation.closes_at)
    rows = db.session.execute(select(Consultation.area, year).distinct().limit(MOST_AREAS * 20))
    pairs = [(row[0], int(row[1])) for row in rows]
    areas = sorted({area for area, _ in pairs if area})[:MOST_AREAS]
    return areas, sorted({found for _, found in pairs}, reverse=True)


def count_answered(consultation_ids: Collection[int]) -> Mapping[int, int]:
    """How many comments of each of these consultations have an answer, published or not: for those who answer."""
    if not consultation_ids:
        return {}
    rows = db.session.execute(
        select(Register.consultation_id, func.count(Disposition.comment_id))
        .join(Comment, Comment.register_id == Register.id)
        .join(Disposition, Disposition.comment_id == Comment.id)
        .where(Register.consultation_id.in_(consultation_ids))
        .group_by(Register.consultation_id)
    )
    return {row[0]: row[1] for row in rows if row[0] is not None}


# Documents


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A document in a list, with the course of its last consultation."""

    id: int
    slug: str
    title: str
    kind: str
    host_slug: str
    host_name: str
    recorded_stage: str
    changed_at: datetime
    last_version_no: int
    summary: str
    easy_href: str
    sign_href: str
    opens_at: datetime | None
    closes_at: datetime | None
    answers_published_at: datetime | None
    reported_at: datetime | None
    staged_at: datetime | None
    language: str

    def stage(self, now: datetime) -> Stage:
        """The stage it is in by the course of its last consultation."""
        course = (
            Window(self.opens_at, self.closes_at)
            if self.opens_at is not None and self.closes_at is not None
            else None
        )
        is_answered = self.answers_published_at is not None or self.reported_at is not None
        return stage_at(
            Stage(self.recorded_stage),
            course,
            is_answered=is_answered,
            now=now,
            decided_at=self.staged_at,
        )


def _works() -> Select[*tuple[Any, ...]]:
    last = (
        select(Consultation.id)
        .where(Consultation.document_id == Document.id, Consultation.cancelled_at.is_(None))
        .order_by(Consultation.closes_at.desc(), Consultation.id.desc())
        .limit(1)
        .correlate(Document)
        .scalar_subquery()
    )
    return (
        select(
            Document.id,
            Document.slug,
            Document.title,
            Document.kind,
            Organisation.slug,
            Organisation.name,
            Document.stage,
            Document.changed_at,
            Document.last_version_no,
            Document.summary,
            Document.easy_read_url,
            Document.sign_language_url,
            Consultation.opens_at,
            Consultation.closes_at,
            Consultation.answers_published_at,
            Consultation.reported_at,
            Document.staged_at,
            Document.language,
        )
        .join(Organisation, Organisation.id == Document.host_id)
        .outerjoin(Consultation, Consultation.id == last)
    )


def get_stage(document_id: int, now: datetime) -> Stage:
    """Where a document that is there stands, by what was decided and by the course of its last consultation."""
    return WorkRow(*db.session.execute(_works().where(Document.id == document_id)).one()).stage(now)


def list_works(viewer: Viewer, *, kind: str = "", host: str = "", limit: int | None = None) -> list[WorkRow]:
    """Documents the viewer may know of, the last changed first."""
    statement = (
        _works()
        .where(or_(Document.last_version_no > 0, drafted_by_viewer(Document.host_id, Document.id, viewer)))
        .order_by(Document.changed_at.desc(), Document.id)
    )
    if kind:
        statement = statement.where(Document.kind == kind)
    if host:
        statement = statement.where(Organisation.slug == host)
    rows: Iterable[Row[*tuple[Any, ...]]] = db.session.execute(statement.limit(limit))
    return [WorkRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Description:
    """What a document is in short and where it is told otherwise."""

    summary: str
    easy_read_url: str
    sign_language_url: str
    host_slug: str


def find_description(document_id: int) -> Description:
    """Of a document that is there."""
    row = db.session.execute(
        select(Document.summary, Document.easy_read_url, Document.sign_language_url, Organisation.slug)
        .join(Organisation, Organisation.id == Document.host_id)
        .where(Document.id == document_id)
    ).one()
    return Description(*row)
