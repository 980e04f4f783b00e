"""Selects and updates about consultations and their registers."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from consult.domain.errors import NotFound
from consult.domain.process.stages import ConsultationState, course_state
from consult.domain.process.windows import WARSAW, Window
from consult.storage.database import db
from consult.storage.models.consultations import WITH_PREPARED, Consultation, Register
from consult.storage.models.documents import Document, Version
from consult.storage.models.organisations import Organisation


@dataclass(frozen=True, slots=True)
class ConsultationRow:
    """A consultation as lists and pages show it; `announced_on` is None while it is only prepared."""

    id: int
    document_id: int
    slug: str
    document_title: str
    version_id: int
    version_no: int
    host_id: int
    host_name: str
    title: str
    summary: str
    legal_basis: str
    opens_at: datetime
    closes_at: datetime
    answers_published_at: datetime | None
    register_id: int
    comment_count: int
    created_at: datetime
    announced_on: date | None
    purpose: str
    addressees: str
    fields: tuple[str, ...]
    area: str
    local_rule: str
    own_days: int | None
    decides: str
    forms: tuple[str, ...]
    channels: tuple[tuple[str, str], ...]
    reading_place: str
    contact: str
    easy_href: str
    sign_href: str
    departure_reason: str
    cancelled_at: datetime | None
    reported_at: datetime | None
    report_kind: str
    effects_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether comments are taken; never before it is announced nor once it is cancelled."""
        return not self.is_prepared and not self.is_cancelled and self.opens_at <= now < self.closes_at

    @property
    def is_prepared(self) -> bool:
        return self.announced_on is None

    @property
    def counted_on(self) -> date:
        """The day terms are counted from: that of the announcement; while there is none, the day it was prepared."""
        return self.announced_on or min(self.created_at, self.opens_at).astimezone(WARSAW).date()

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_answered(self) -> bool:
        """Whether its account is public: the answers, a report, or the protocol that nobody commented."""
        return self.answers_published_at is not None or self.reported_at is not None

    @property
    def window(self) -> Window:
        return Window(self.opens_at, self.closes_at)

    def state(self, now: datetime) -> ConsultationState:
        """Where it stands now: prepared, announced, open, closed, answering, reported, effects or cancelled."""
        return course_state(
            self.window,
            now=now,
            is_prepared=self.is_prepared,
            is_cancelled=self.is_cancelled,
            has_comments=self.comment_count > 0,
            is_reported=self.is_answered,
            has_effects=self.effects_at is not None,
        )


def _consultations() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Consultation.id,
            Consultation.document_id,
            Document.slug,
            Document.title,
            Consultation.version_id,
            Version.number,
            Consultation.host_id,
            Organisation.name,
            Consultation.title,
            Consultation.summary,
            Consultation.legal_basis,
            Consultation.opens_at,
            Consultation.closes_at,
            Consultation.answers_published_at,
            Register.id,
            Register.last_number,
            Consultation.created_at,
            Consultation.announced_on,
            Consultation.purpose,
            Consultation.addressees,
            Consultation.fields,
            Consultation.area,
            Consultation.local_rule,
            Consultation.own_days,
            Consultation.decides,
            Consultation.forms,
            Consultation.channels,
            Consultation.reading_place,
            Consultation.contact,
            Consultation.easy_href,
            Consultation.sign_href,
            Consultation.departure_reason,
            Consultation.cancelled_at,
            Consultation.reported_at,
            Consultation.report_kind,
            Consultation.effects_at,
        )
        .join(Document, Document.id == Consultation.document_id)
        .join(Version, Version.id == Consultation.version_id)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .join(Register, Register.consultation_id == Consultation.id)
    )


def _row(row: Row[*tuple[Any, ...]]) -> ConsultationRow:
    values = dict(zip(ConsultationRow.__dataclass_fields__, row, strict=True))
    values["fields"] = tuple(values["fields"].split())
    values["forms"] = tuple(values["forms"].split())
    values["channels"] = tuple(json.loads(values["channels"]).items())
    return ConsultationRow(**values)


def codes_column(codes: Iterable[str]) -> str:
    """Codes as their column holds them: between spaces, with one at either end, so that one can be looked for."""
    found = " ".join(dict.fromkeys(codes))
    return f" {found} " if found else ""


def get_consultation(consultation_id: int, *, with_prepared: bool = False) -> ConsultationRow:
    """The consultation of this id; consultations are public once announced. Raises NotFound."""
    statement = _consultations().where(Consultation.id == consultation_id)
    if with_prepared:
        statement = statement.execution_options(**WITH_PREPARED)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound("consultation")
    return _row(row)


def list_consultations(
    *, document_id: int | None = None, limit: int = 100, with_prepared: bool = False
) -> list[ConsultationRow]:
    """Consultations, the one closing last first."""
    statement = _consultations()
    if with_prepared:
        statement = statement.execution_options(**WITH_PREPARED)
    if document_id is not None:
        statement = statement.where(Consultation.document_id == document_id)
    rows = db.session.execute(
        statement.order_by(Consultation.closes_at.desc(), Consultation.id.desc()).limit(limit)
    )
    return [_row(row) for row in rows]


def list_prepared(
    *, host_ids: Collection[int] = (), document_id: int | None = None, limit: int = 20
) -> list[ConsultationRow]:
    """Consultations of these hosts, or of a document, that wait for their announcement; the first to begin first."""
    of_whom = (
        Consultation.host_id.in_(sorted(host_ids))
        if document_id is None
        else Consultation.document_id == document_id
    )
    rows = db.session.execute(
        _consultations()
        .where(Consultation.announced_on.is_(None), Consultation.cancelled_at.is_(None), of_whom)
        .order_by(Consultation.opens_at, Consultation.id)
        .limit(limit)
        .execution_options(**WITH_PREPARED)
    )
    return [_row(row) for row in rows]


def find_open_consultation(document_id: int, now: datetime) -> ConsultationRow | None:
    """The consultation of a document that takes comments at this moment."""
    row = db.session.execute(
        _consultations()
        .where(
            Consultation.document_id == document_id,
            Consultation.cancelled_at.is_(None),
            Consultation.opens_at <= now,
            Consultation.closes_at > now,
        )
        .order_by(Consultation.id.desc())
        .limit(1)
    ).one_or_none()
    return _row(row) if row else None


def find_last_of_host(host_id: int) -> ConsultationRow | None:
    """The consultation a host announced last, cancelled ones included."""
    row = db.session.execute(
        _consultations().where(Consultation.host_id == host_id).order_by(Consultation.id.desc()).limit(1)
    ).one_or_none()
    return _row(row) if row else None


def find_freezing_consultation(document_id: int, now: datetime) -> ConsultationRow | None:
    """The consultation whose version readers are shown: the open one, else the one announced to begin next."""
    row = db.session.execute(
        _consultations()
        .where(
            Consultation.document_id == document_id,
            Consultation.cancelled_at.is_(None),
            Consultation.closes_at > now,
        )
        .order_by(Consultation.opens_at, Consultation.id)
        .limit(1)
    ).one_or_none()
    return _row(row) if row else None


def find_register(document_id: int, consultation_id: int | None) -> int | None:
    """The register of a consultation, or of comments made on a document outside of any."""
    condition = (
        Register.consultation_id.is_(None)
        if consultation_id is None
        else Register.consultation_id == consultation_id
    )
    return db.session.scalar(select(Register.id).where(Register.document_id == document_id, condition))


def take_numbers(register_id: int, count: int) -> tuple[int, int, str]:
    """Give out a receipt number and `count` comment numbers.

    Returns (receipt number, first comment number, hash of the receipt before). Holds the register's row
    until the transaction ends.
    """
    row = db.session.execute(
        update(Register)
        .where(Register.id == register_id)
        .values(last_number=Register.last_number + count, last_receipt=Register.last_receipt + 1)
        .returning(Register.last_receipt, Register.last_number, Register.head_hash)
        .execution_options(synchronize_session=False)
    ).one()
    return row[0], row[1] - count + 1, row[2]


def set_register_head(register_id: int, head_hash: str) -> None:
    db.session.execute(
        update(Register)
        .where(Register.id == register_id)
        .values(head_hash=head_hash)
        .execution_options(synchronize_session=False)
    )


def mark_answers_published(consultation_id: int, at: datetime) -> None:
    db.session.execute(
        update(Consultation)
        .where(Consultation.id == consultation_id)
        .values(answers_published_at=at)
        .execution_options(synchronize_session=False)
    )


def update_consultation(consultation_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a consultation by their names."""
    db.session.execute(
        update(Consultation)
        .where(Consultation.id == consultation_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def count_comments(document_id: int) -> int:
    """Comments ever numbered for a document."""
    return (
        db.session.scalar(select(func.sum(Register.last_number)).where(Register.document_id == document_id))
        or 0
    )


def last_number(register_id: int) -> int:
    """The last comment number a register gave out."""
    return db.session.scalar(select(Register.last_number).where(Register.id == register_id)) or 0
