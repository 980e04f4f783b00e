"""Terms end when Polish law says they end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.process.windows import (
    WARSAW,
    Window,
    closing,
    comes_twice,
    days_given,
    easter,
    extended,
    holidays,
    is_working_day,
    last_moment,
    named_moment,
    next_working_day,
    term_end,
    window,
)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2038, 4, 25)],
)
def test_easter_falls_where_the_almanac_says(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@settings(max_examples=80, deadline=None)
@given(st.integers(1583, 4099))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_days_free_of_work_in_2026() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 3),
        date(2026, 5, 24),
        date(2026, 6, 4),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_days_became_free_of_work_when_the_statute_said_so() -> None:
    assert is_working_day(date(2024, 12, 24))
    assert not is_working_day(date(2025, 12, 24))
    assert is_working_day(date(2010, 1, 6))
    assert not is_working_day(date(2011, 1, 6))


@pytest.mark.parametrize(
    ("announced_on", "days", "last_day"),
    [
        (date(2026, 3, 2), 21, date(2026, 3, 23)),  # Monday: the day of the announcement is not counted
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Saturday moves to Monday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # Sunday moves to Monday
        (date(2026, 3, 30), 5, date(2026, 4, 7)),  # Easter Saturday moves past Easter Monday
        (date(2026, 5, 28), 7, date(2026, 6, 5)),  # Corpus Christi moves to the Friday after
        (date(2026, 4, 24), 7, date(2026, 5, 4)),  # 1 May, a Friday, over the weekend with 3 May
        (date(2026, 12, 10), 14, date(2026, 12, 28)),  # Christmas Eve over both days and a Sunday
        (date(2024, 12, 10), 14, date(2024, 12, 24)),  # Christmas Eve was a working day then
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # New Year over the weekend
    ],
)
def test_a_term_ends_on_the_first_working_day_on_or_after_its_last(
    announced_on: date, days: int, last_day: date
) -> None:
    assert term_end(announced_on, days) == last_day


@settings(max_examples=80, deadline=None)
@given(st.dates(date(2011, 1, 1), date(2090, 1, 1)), st.integers(1, 100))
def test_a_term_is_never_shorter_than_asked_and_never_a_week_longer(announced_on: date, days: int) -> None:
    last_day = term_end(announced_on, days)

    assert is_working_day(last_day)
    assert days <= days_given(announced_on, last_day) <= days + 5
    assert next_working_day(last_day) == last_day


@pytest.mark.parametrize(
    ("last_day", "closes_at"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 15, 23, 0, tzinfo=UTC)),  # winter: one hour ahead of UTC
        (date(2026, 7, 15), datetime(2026, 7, 15, 22, 0, tzinfo=UTC)),  # summer: two
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),  # the night before the clocks change
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_window_closes_with_its_last_day_in_warsaw(last_day: date, closes_at: datetime) -> None:
    assert closing(last_day) == closes_at
    assert last_moment(closes_at) == datetime(
        last_day.year, last_day.month, last_day.day, 23, 59, 59, tzinfo=WARSAW
    )


def test_a_comment_in_the_last_second_is_in_time_and_one_a_second_later_is_not() -> None:
    standing = window(date(2026, 4, 1), date(2026, 5, 4))
    last_second = datetime(2026, 5, 4, 23, 59, 59, tzinfo=WARSAW)

    assert standing.last_day == date(2026, 5, 4)
    assert standing.is_open(last_second)
    assert not standing.is_open(last_second + timedelta(seconds=1))
    assert standing.is_over(last_second + timedelta(seconds=1))
    assert standing.is_open(standing.opens_at)
    assert not standing.is_open(standing.opens_at - timedelta(microseconds=1))


def test_a_window_can_be_made_longer_and_never_shorter() -> None:
    standing = window(date(2026, 4, 1), date(2026, 5, 4))

    assert extended(standing, date(2026, 5, 11)).last_day == date(2026, 5, 11)
    assert extended(standing, date(2026, 5, 4)) == standing
    with pytest.raises(RuleBroken) as refused:
        extended(standing, date(2026, 5, 3))
    assert refused.value.code == "rule.window_shortened"
    assert refused.value.facts == {"last_day": "2026-05-04"}


def test_a_window_that_ends_before_it_begins_or_names_no_zone_cannot_be() -> None:
    with pytest.raises(RuleBroken) as refused:
        window(date(2026, 5, 4), date(2026, 5, 3))
    assert refused.value.code == "rule.window_empty"
    with pytest.raises(ValueError, match="zone"):
        Window(datetime(2026, 5, 4), datetime(2026, 5, 5))  # noqa: DTZ001


def test_an_hour_that_clocks_skip_cannot_be_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        named_moment(date(2026, 3, 29), time(2, 30), field="closes_time", is_end=True)
    assert refused.value.code == "invalid.hour_skipped"
    assert refused.value.facts == {"field": "closes_time", "hour": "02.30", "day": "2026-03-29"}
    assert not comes_twice(date(2026, 3, 29), time(2, 30))


def test_of_an_hour_that_comes_twice_a_beginning_is_the_first_and_an_end_the_second() -> None:
    night, hour = date(2026, 10, 25), time(2, 30)
    assert comes_twice(night, hour)
    begins = named_moment(night, hour, field="opens_time", is_end=False)
    ends = named_moment(night, hour, field="closes_time", is_end=True)
    assert ends - begins == timedelta(hours=1)
    assert begins == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
    ],
)
def test_the_last_minute_of_a_day_is_its_end_on_either_side_of_a_change_of_clocks(
    day: date, utc: datetime
) -> None:
    assert named_moment(day, time(23, 59), field="closes_time", is_end=True) == utc
    assert last_moment(utc).date() == day


def test_any_other_hour_is_the_moment_it_names() -> None:
    named = named_moment(date(2026, 5, 4), time(15, 0), field="closes_time", is_end=True)
    assert named == datetime(2026, 5, 4, 13, 0, tzinfo=UTC)
