"""Selects that count, for watchers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from consult.storage.database import db
from consult.storage.models.consultations import Consultation


def count_open_consultations(now: datetime) -> int:
    """How many consultations take comments at a moment."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Consultation)
            .where(
                Consultation.opens_at <= now,
                Consultation.closes_at > now,
                Consultation.cancelled_at.is_(None),
            )
        )
        or 0
    )
