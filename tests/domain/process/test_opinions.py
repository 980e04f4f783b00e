"""How long a body has for its opinion, and what its silence means."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from consult.domain.errors import InvalidInput
from consult.domain.process.opinions import (
    BODIES,
    OpinionState,
    checked_term,
    due_on,
    is_late,
    require_days,
    state_on,
    today,
)

MONDAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


def test_the_council_of_public_benefit_has_fourteen_days_and_its_silence_gives_up_the_right() -> None:
    council = BODIES["council"]
    assert (council.term_days, council.is_silence_waiver) == (14, True)
    assert council.source.startswith("art. 41i ust. 2 ustawy z dnia 24 kwietnia 2003 r.")


def test_the_day_of_delivery_is_not_counted() -> None:
    assert due_on(MONDAY, 14) == date(2026, 3, 16)


def test_an_end_on_a_saturday_or_a_holiday_moves_to_the_next_working_day() -> None:
    assert due_on(date(2026, 3, 7), 14) == date(2026, 3, 23)  # 21 March is a Saturday
    assert due_on(date(2026, 4, 17), 14) == date(2026, 5, 4)  # 1 May, then a weekend with 3 May in it


def test_no_term_runs_before_the_delivery_or_where_none_is_set() -> None:
    assert due_on(None, 14) is None
    assert due_on(MONDAY, None) is None


@pytest.mark.parametrize(
    ("day", "is_waiver", "state"),
    [
        (date(2026, 3, 16), True, OpinionState.AWAITED),
        (date(2026, 3, 17), True, OpinionState.LAPSED),
        (date(2026, 3, 17), False, OpinionState.OVERDUE),
    ],
)
def test_silence_means_what_the_act_says_from_the_day_after_the_term(
    day: date, is_waiver: bool, state: OpinionState
) -> None:
    assert state_on("", MONDAY, 14, is_waiver, day) == state


def test_an_opinion_that_came_late_is_given_and_late() -> None:
    assert state_on("given", MONDAY, 14, True, date(2026, 4, 1)) == OpinionState.GIVEN
    assert is_late(date(2026, 3, 17), MONDAY, 14)
    assert not is_late(date(2026, 3, 16), MONDAY, 14)


def test_an_opinion_not_delivered_is_not_awaited() -> None:
    assert state_on("", None, 14, True, date(2027, 1, 1)) == OpinionState.PREPARED


def test_today_is_the_day_in_warsaw() -> None:
    assert today(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == MONDAY


@pytest.mark.parametrize(
    ("outcome", "delivered", "given", "code"),
    [
        ("", date(2026, 3, 21), None, "delivered_in_future"),
        ("given", None, MONDAY, "opinion_undelivered"),
        ("given", MONDAY, None, "opinion_undated"),
        ("given", MONDAY, date(2026, 3, 21), "opinion_in_future"),
        ("refused", MONDAY, date(2026, 3, 1), "opinion_before_delivery"),
        ("perhaps", MONDAY, MONDAY, "opinion_outcome"),
        ("", MONDAY, MONDAY, "opinion_outcome"),
    ],
)
def test_days_that_cannot_be_are_refused(
    outcome: str, delivered: date | None, given: date | None, code: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        require_days(outcome, delivered, given, NOW)
    assert refusal.value.code == f"invalid.{code}"


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_term_that_cannot_be_is_refused(days: int) -> None:
    with pytest.raises(InvalidInput):
        checked_term(days)
