"""Selects and updates about the worker's recurring works, and its sign of life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select

from consult.storage.database import db
from consult.storage.models.history import Event
from consult.storage.models.letters import OutgoingLetter, UpkeepRun

WORKER = "worker"
"""The name under which the worker says that it is alive."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """When a work last began, how long it took, and the class of the error it ended with ("" when it went well)."""

    name: str
    ran_at: datetime
    took_ms: int
    failure: str


ERASURES = ("account.erased", "sender.erased", "consultation.contact_data_expired", "comment.redacted")
"""Events after which something must be left nowhere."""


def has_erasures_since(moment: datetime) -> bool:
    return (
        db.session.scalar(select(Event.id).where(Event.kind.in_(ERASURES), Event.at >= moment).limit(1))
        is not None
    )


def find_run(name: str) -> RunRow | None:
    row = db.session.execute(_runs().where(UpkeepRun.name == name)).one_or_none()
    return RunRow(*row) if row else None


def list_runs() -> list[RunRow]:
    """Every work that ever ran, in order of name."""
    return [RunRow(*row) for row in db.session.execute(_runs().order_by(UpkeepRun.name))]


def _runs() -> Select[str, datetime, int, str]:
    return select(UpkeepRun.name, UpkeepRun.ran_at, UpkeepRun.took_ms, UpkeepRun.failure)


def note_run(name: str, at: datetime, *, took_ms: int = 0, failure: str = "") -> None:
    """Write down that a work ran."""
    db.session.merge(UpkeepRun(name=name, ran_at=at, took_ms=took_ms, failure=failure))


def forget_letters(before: datetime) -> int:
    """Drop the rows of letters that left, or that nobody wanted, before a moment; returns how many."""
    gone = db.session.execute(
        delete(OutgoingLetter)
        .where((OutgoingLetter.sent_at < before) | (OutgoingLetter.dropped_at < before))
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]
