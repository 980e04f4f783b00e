"""Days and hours of the demonstration, counted in Warsaw from a day or from now; and the files it is made of."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from consult.domain.process.windows import WARSAW, is_working_day

FOLDER = Path(__file__).parent


def day_from(now: datetime, days: int) -> date:
    """The day in Warsaw `days` from now."""
    return now.astimezone(WARSAW).date() + timedelta(days)


def office_day(day: date) -> date:
    """`day` itself, or the last working day before it: offices publish nothing on a Sunday."""
    while not is_working_day(day):
        day -= timedelta(1)
    return day


def hour_of(day: date, days: int, hour: int) -> datetime:
    """An hour in Warsaw, `days` from a day, in UTC."""
    return datetime.combine(day + timedelta(days), time(hour), WARSAW).astimezone(UTC)


def text_of(filename: str) -> str:
    return (FOLDER / filename).read_text(encoding="utf-8")


def records_of(filename: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text_of(filename))
    return found
