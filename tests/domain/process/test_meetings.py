"""Which times a meeting can have, which links can be followed, which numbers of people can be."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from consult.domain.errors import InvalidInput
from consult.domain.process.meetings import (
    MOST_PEOPLE,
    MeetingState,
    checked_attendance,
    require_times,
    state_at,
    week_later,
)
from consult.domain.process.windows import named_moment

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_an_hour_on_the_wall_is_another_moment_in_winter_and_in_summer() -> None:
    assert named_moment(date(2026, 1, 10), time(17), field="starts", is_end=False) == datetime(
        2026, 1, 10, 16, tzinfo=UTC
    )
    assert named_moment(date(2026, 7, 10), time(17), field="starts", is_end=False) == datetime(
        2026, 7, 10, 15, tzinfo=UTC
    )


@pytest.mark.parametrize("hour", [time(2), time(2, 30), time(2, 59)])
def test_an_hour_left_out_on_the_night_of_summer_time_is_refused(hour: time) -> None:
    with pytest.raises(InvalidInput) as refusal:
        named_moment(date(2026, 3, 29), hour, field="ends", is_end=False)
    assert refusal.value.code == "invalid.hour_skipped"
    assert refusal.value.facts["field"] == "ends"


def test_the_hours_around_the_gap_can_be_had() -> None:
    assert named_moment(date(2026, 3, 29), time(1, 59), field="starts", is_end=False) == datetime(
        2026, 3, 29, 0, 59, tzinfo=UTC
    )
    assert named_moment(date(2026, 3, 29), time(3), field="starts", is_end=False) == datetime(
        2026, 3, 29, 1, tzinfo=UTC
    )


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    assert named_moment(date(2026, 10, 25), time(2, 30), field="starts", is_end=False) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_weekly_meeting_keeps_its_hour_on_the_wall_when_the_clocks_change() -> None:
    first = named_moment(date(2026, 3, 25), time(17), field="starts", is_end=False)
    assert week_later(first, 1) == datetime(2026, 4, 1, 15, tzinfo=UTC)
    assert week_later(first, 1) - first == timedelta(days=7) - HOUR


@pytest.mark.parametrize(
    ("starts", "ends", "code", "field"),
    [
        (HOUR, HOUR, "meeting_ends_before_start", "ends"),
        (2 * HOUR, HOUR, "meeting_ends_before_start", "ends"),
        (HOUR, 18 * HOUR, "meeting_too_long", "ends"),
        (800 * 24 * HOUR, 800 * 24 * HOUR + HOUR, "meeting_out_of_reach", "day"),
        (-400 * 24 * HOUR, -400 * 24 * HOUR + HOUR, "meeting_out_of_reach", "day"),
    ],
)
def test_times_that_cannot_be_are_refused_beside_their_field(
    starts: timedelta, ends: timedelta, code: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        require_times(NOW + starts, NOW + ends, NOW)
    assert (refusal.value.code, refusal.value.facts["field"]) == (f"invalid.{code}", field)


def test_numbers_of_people_are_kept_by_capacity_and_noughts_left_out() -> None:
    assert checked_attendance({"resident": 12, "ngo": 0, "office": None}) == {"resident": 12}


@pytest.mark.parametrize("count", [-1, MOST_PEOPLE + 1])
def test_a_number_of_people_that_cannot_be_is_refused_beside_its_field(count: int) -> None:
    with pytest.raises(InvalidInput) as refusal:
        checked_attendance({"ngo": count})
    assert refusal.value.facts["field"] == "ngo"


def test_a_capacity_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidInput):
        checked_attendance({"celebrity": 1})


def test_the_clock_says_how_a_meeting_stands_and_cancelled_stays_cancelled() -> None:
    ends = NOW + HOUR
    assert state_at(NOW, ends, None, NOW - HOUR) == MeetingState.PLANNED
    assert state_at(NOW, ends, None, NOW) == MeetingState.ON
    assert state_at(NOW, ends, None, ends) == MeetingState.PAST
    assert state_at(NOW, ends, NOW - HOUR, ends + HOUR) == MeetingState.CANCELLED
