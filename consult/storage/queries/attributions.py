"""Selects about causes of past changes that were said afterwards, and about what one may name as a cause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.attributions import ChangeAttribution
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.history import Seal
from consult.storage.models.meetings import Meeting


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """What was said last of a change; `reason` is None once erased, `by` is empty for the system."""

    change_id: int
    no: int
    cause_kind: str
    cause_ref: int | None
    reason: str | None
    at: datetime
    by: str


def list_attributions(change_ids: Collection[int]) -> dict[int, AttributionRow]:
    """What holds of these changes, by change id."""
    found: dict[int, AttributionRow] = {}
    ids = sorted(set(change_ids))
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(
                ChangeAttribution.change_id,
                ChangeAttribution.no,
                ChangeAttribution.cause_kind,
                ChangeAttribution.cause_ref,
                Seal.value,
                ChangeAttribution.at,
                func.coalesce(Person.name, ""),
            )
            .join(Seal, Seal.id == ChangeAttribution.reason_seal_id)
            .outerjoin(Person, Person.id == ChangeAttribution.person_id)
            .where(ChangeAttribution.change_id.in_(ids[start : start + 500]))
            .order_by(ChangeAttribution.no)
        )
        found |= {row[0]: AttributionRow(*row) for row in rows}
    return found


def is_comment_of(document_id: int, comment_id: int) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists()
                .where(Comment.id == comment_id)
                .where(Register.id == Comment.register_id, Register.document_id == document_id)
            )
        )
    )


def is_meeting_of(document_id: int, meeting_id: int) -> bool:
    return bool(
        db.session.scalar(
            select(
                exists()
                .where(Meeting.id == meeting_id)
                .where(Consultation.id == Meeting.consultation_id, Consultation.document_id == document_id)
            )
        )
    )


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A register of comments on a document: of a consultation, or of the team's own notes."""

    id: int
    consultation_id: int | None
    title: str


def list_registers(document_id: int) -> list[RegisterRow]:
    """The registers of a document: those of consultations before the team's own, the latest first."""
    rows = db.session.execute(
        select(Register.id, Register.consultation_id, func.coalesce(Consultation.title, ""))
        .outerjoin(Consultation, Consultation.id == Register.consultation_id)
        .where(Register.document_id == document_id)
        .order_by(Register.consultation_id.is_(None), Register.id.desc())
    )
    return [RegisterRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class MeetingOption:
    """A meeting of a document's consultations that a change may come from."""

    id: int
    title: str
    starts_at: datetime


def list_meeting_options(document_id: int, *, limit: int = 100) -> list[MeetingOption]:
    """Meetings of the consultations of a document, the latest first."""
    rows = db.session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at)
        .join(Consultation, Consultation.id == Meeting.consultation_id)
        .where(Consultation.document_id == document_id, Meeting.cancelled_at.is_(None))
        .order_by(Meeting.starts_at.desc())
        .limit(limit)
    )
    return [MeetingOption(*row) for row in rows]
