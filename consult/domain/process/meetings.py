"""Meetings and duty hours: what kinds there are, which times can be, how a place says who can get in.

People name hours as the clock on the wall in Warsaw shows them. On the night the clocks go forward an hour does not
exist, and a meeting cannot be held in it; on the night they go back one exists twice, and the first is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from consult.domain.errors import InvalidInput
from consult.domain.process.windows import WARSAW, named_moment

LONGEST_MEETING = timedelta(hours=16)
LONGEST_AHEAD = timedelta(days=731)
LONGEST_BACK = timedelta(days=366)
MOST_PEOPLE = 20_000
"""More than any hall of a municipality holds: a larger number is a slip of the keyboard."""
MOST_WEEKS = 26

CAPACITIES = ("resident", "ngo", "office", "council", "institution", "business")
"""In whose name people come, as beside comments."""


class MeetingKind(StrEnum):
    """What is held."""

    MEETING = "meeting"
    DUTY = "duty"
    WALK = "walk"
    ONLINE = "online"
    WORKSHOP = "workshop"


class Access(StrEnum):
    """What a place offers to people who would otherwise stay outside."""

    STEP_FREE = "step_free"
    LIFT = "lift"
    TOILET = "toilet"
    LOOP = "loop"
    SIGNS = "signs"


class MeetingState(StrEnum):
    """How a meeting stands by the clock."""

    PLANNED = "planned"
    ON = "on"
    PAST = "past"
    CANCELLED = "cancelled"


def state_at(
    starts_at: datetime, ends_at: datetime, cancelled_at: datetime | None, now: datetime
) -> MeetingState:
    """Cancelled stays cancelled; the rest is said by the clock."""
    if cancelled_at is not None:
        return MeetingState.CANCELLED
    if now < starts_at:
        return MeetingState.PLANNED
    return MeetingState.ON if now < ends_at else MeetingState.PAST


def week_later(moment: datetime, weeks: int, *, field: str = "starts") -> datetime:
    """The same hour on the wall in Warsaw `weeks` weeks later; raises InvalidInput as `named_moment` does."""
    local = moment.astimezone(WARSAW)
    return named_moment(local.date() + timedelta(weeks=weeks), local.time(), field=field, is_end=False)


def require_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises InvalidInput for a meeting that ends before it starts, lasts too long or lies out of reach."""
    if ends_at <= starts_at:
        raise InvalidInput("meeting_ends_before_start", field="ends")
    if ends_at - starts_at > LONGEST_MEETING:
        raise InvalidInput(
            "meeting_too_long", field="ends", limit=int(LONGEST_MEETING.total_seconds()) // 3600
        )
    if starts_at - now > LONGEST_AHEAD or now - starts_at > LONGEST_BACK:
        raise InvalidInput("meeting_out_of_reach", field="day")


def checked_attendance(numbers: Mapping[str, int | None]) -> dict[str, int]:
    """Numbers above nought by capacity. Raises InvalidInput for one that cannot be, beside its field."""
    checked = {}
    for capacity, count in numbers.items():
        if capacity not in CAPACITIES:
            raise InvalidInput("capacity", field="capacity")
        if count is None or count == 0:
            continue
        if not 0 < count <= MOST_PEOPLE:
            raise InvalidInput("attendance", field=capacity, limit=MOST_PEOPLE)
        checked[capacity] = count
    return checked
