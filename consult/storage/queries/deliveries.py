"""Selects and updates about events that somebody still has to hear of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from consult.storage.database import db
from consult.storage.models.history import Delivery, Event


@dataclass(frozen=True, slots=True)
class PendingRow:
    """An event a consumer has not heard of; `refs` are the ids concerned, by name."""

    event_id: int
    kind: str
    refs: dict[str, str | None]


def list_pending(consumer: str, *, limit: int) -> list[PendingRow]:
    """The oldest events a consumer has not heard of."""
    rows = db.session.execute(
        select(Event.id, Event.kind, Event.ref)
        .join(Delivery, Delivery.event_id == Event.id)
        .where(Delivery.consumer == consumer, Delivery.done_at.is_(None))
        .order_by(Event.id)
        .limit(limit)
    )
    return [PendingRow(row[0], row[1], json.loads(row[2])) for row in rows]


def mark_done(consumer: str, event_ids: Sequence[int], at: datetime) -> None:
    """Note that a consumer heard of these events."""
    for start in range(0, len(event_ids), 500):
        db.session.execute(
            update(Delivery)
            .where(Delivery.consumer == consumer, Delivery.event_id.in_(event_ids[start : start + 500]))
            .values(done_at=at)
            .execution_options(synchronize_session=False)
        )


def list_pending_ids(consumer: str) -> list[int]:
    """All events a consumer has not heard of."""
    return list(
        db.session.scalars(
            select(Delivery.event_id)
            .where(Delivery.consumer == consumer, Delivery.done_at.is_(None))
            .order_by(Delivery.event_id)
        )
    )


def last_event() -> int:
    """The last event's number; 0 before the first."""
    return db.session.scalar(select(func.max(Event.id))) or 0


def count_pending(consumer: str) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Delivery)
            .where(Delivery.consumer == consumer, Delivery.done_at.is_(None))
        )
        or 0
    )


@dataclass(frozen=True, slots=True)
class ConsumerRow:
    """How far one consumer of events is behind: how many it has not heard of, and when the oldest of them happened."""

    consumer: str
    pending: int
    oldest_at: datetime | None


def list_consumers() -> list[ConsumerRow]:
    """Every consumer with something pending, in order of name."""
    rows = db.session.execute(
        select(Delivery.consumer, func.count(), func.min(Event.at))
        .join(Event, Event.id == Delivery.event_id)
        .where(Delivery.done_at.is_(None))
        .group_by(Delivery.consumer)
        .order_by(Delivery.consumer)
    )
    return [ConsumerRow(*row) for row in rows]
