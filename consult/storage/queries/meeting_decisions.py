"""Selects about decisions of meetings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from consult.storage.database import db
from consult.storage.models.consultations import Consultation
from consult.storage.models.meeting_decisions import MeetingDecision
from consult.storage.models.meetings import Meeting


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with the meeting it was made at."""

    id: int
    meeting_id: int
    number: int
    text: str
    at: datetime
    meeting_title: str
    meeting_starts_at: datetime
    is_public: bool


def _decisions() -> Select[*tuple[Any, ...]]:
    return select(
        MeetingDecision.id,
        MeetingDecision.meeting_id,
        MeetingDecision.number,
        MeetingDecision.text,
        MeetingDecision.at,
        Meeting.title,
        Meeting.starts_at,
        Meeting.note_published_at.is_not(None),
    ).join(Meeting, Meeting.id == MeetingDecision.meeting_id)


def list_decisions(meeting_id: int) -> list[DecisionRow]:
    """Decisions of a meeting in order. They are public once the note of the meeting is."""
    rows = db.session.execute(
        _decisions().where(MeetingDecision.meeting_id == meeting_id).order_by(MeetingDecision.number)
    )
    return [DecisionRow(*row) for row in rows]


def list_decisions_about(document_id: int, *, limit: int = 200) -> list[DecisionRow]:
    """Decisions of meetings held in consultations of a document, the newest first."""
    rows = db.session.execute(
        _decisions()
        .join(Consultation, Consultation.id == Meeting.consultation_id)
        .where(Consultation.document_id == document_id)
        .order_by(MeetingDecision.id.desc())
        .limit(limit)
    )
    return [DecisionRow(*row) for row in rows]


def list_decisions_by_id(ids: Collection[int]) -> dict[int, DecisionRow]:
    """Decisions by id: for pages that name the cause of a change."""
    if not ids:
        return {}
    rows = db.session.execute(_decisions().where(MeetingDecision.id.in_(ids)))
    return {row[0]: DecisionRow(*row) for row in rows}


def count_decisions(meeting_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).select_from(MeetingDecision).where(MeetingDecision.meeting_id == meeting_id)
        )
        or 0
    )
