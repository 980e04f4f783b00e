"""The socket for calendars other programs subscribe to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that takes place. `uid` never changes, `sequence` rises with every change; moments are aware.

    `ends_at` None means a moment without a length, as a deadline is.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime | None
    changed_at: datetime
    title: str
    description: str = ""
    place: str = ""
    address: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """Entries under one name; `refresh_hours` is how often programs should come back."""

    name: str
    entries: Sequence[CalendarEntry]
    language: str = "pl"
    refresh_hours: int = 6


class CalendarWriter(Protocol):
    """Writes a calendar; the same entries always give the same bytes."""

    media_type: str

    def write(self, calendar: Calendar) -> bytes: ...
