"""Selects about what was changed and announced of a consultation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.consultations import Announcement, ConsultationChange


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something changed after the announcement; `details` are (name of the fact, before, after)."""

    no: int
    kind: str
    reason: str
    details: tuple[tuple[str, str, str], ...]
    at: datetime
    person_id: int | None


@dataclass(frozen=True, slots=True)
class AnnouncementRow:
    """An announcement as published; `html` is its body as readers see it."""

    consultation_id: int
    number: int
    kind: str
    act: str
    title: str
    source: str
    html: str
    published_at: datetime


def list_changes(consultation_id: int) -> list[ChangeRow]:
    """What was changed after the announcement, the last first."""
    rows = db.session.scalars(
        select(ConsultationChange)
        .where(ConsultationChange.consultation_id == consultation_id)
        .order_by(ConsultationChange.no.desc())
    )
    return [
        ChangeRow(
            row.no,
            row.kind,
            row.reason,
            tuple((name, before, after) for name, before, after in json.loads(row.details)),
            row.at,
            row.person_id,
        )
        for row in rows
    ]


def last_change_no(consultation_id: int) -> int:
    return (
        db.session.scalar(
            select(func.max(ConsultationChange.no)).where(
                ConsultationChange.consultation_id == consultation_id
            )
        )
        or 0
    )


def is_token_of_change(consultation_id: int, token_hash: str) -> bool:
    """Whether a form of this token has changed this consultation already."""
    found = select(ConsultationChange.id).where(
        ConsultationChange.consultation_id == consultation_id,
        ConsultationChange.form_token_hash == token_hash,
    )
    return db.session.scalar(found) is not None


def _announcement(row: Announcement) -> AnnouncementRow:
    return AnnouncementRow(
        row.consultation_id,
        row.number,
        row.kind,
        row.act,
        row.title,
        row.source,
        row.html,
        row.published_at,
    )


def list_announcements(consultation_id: int) -> list[AnnouncementRow]:
    """What was announced about a consultation, in order."""
    rows = db.session.scalars(
        select(Announcement)
        .where(Announcement.consultation_id == consultation_id)
        .order_by(Announcement.number)
    )
    return [_announcement(row) for row in rows]


def get_announcement(consultation_id: int, number: int) -> AnnouncementRow:
    """Raises NotFound."""
    row = db.session.scalar(
        select(Announcement).where(
            Announcement.consultation_id == consultation_id, Announcement.number == number
        )
    )
    if row is None:
        raise NotFound("announcement")
    return _announcement(row)


def find_announcement_by_token(consultation_id: int, token_hash: str) -> AnnouncementRow | None:
    row = db.session.scalar(
        select(Announcement).where(
            Announcement.consultation_id == consultation_id, Announcement.form_token_hash == token_hash
        )
    )
    return _announcement(row) if row else None
