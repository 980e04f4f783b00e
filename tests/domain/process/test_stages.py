"""A document and its consultation go their way step by step, and nobody skips one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

import pytest

from consult.domain.errors import RuleBroken
from consult.domain.process.stages import (
    STAGE_AFTER,
    STATE_AFTER,
    ConsultationState,
    Stage,
    advance,
    is_text_frozen,
    may_follow,
    may_publish_answers,
    stage_at,
    state_at,
)
from consult.domain.process.windows import Window, window


def test_the_codes_are_those_that_tables_and_spreadsheets_hold() -> None:
    assert list(Stage) == [
        "drafting",
        "agreed",
        "consulted",
        "answering",
        "revised",
        "adopted",
        "in_force",
        "repealed",
    ]
    assert list(ConsultationState) == [
        "prepared",
        "announced",
        "open",
        "closed",
        "answering",
        "reported",
        "effects",
        "cancelled",
    ]


def test_every_stage_and_state_has_a_row() -> None:
    assert set(STAGE_AFTER) == set(Stage)
    assert set(STATE_AFTER) == set(ConsultationState)


def test_a_document_goes_from_drafting_to_repeal() -> None:
    for current, following in pairwise(Stage):
        assert advance(current, following) is following


def test_a_consultation_goes_from_announcement_to_effects() -> None:
    course = [state for state in ConsultationState if state is not ConsultationState.CANCELLED]
    for current, following in pairwise(course):
        assert advance(current, following) is following


def test_every_step_not_in_the_table_is_refused_with_both_codes() -> None:
    for current, wanted in product(Stage, Stage):
        if not may_follow(current, wanted):
            with pytest.raises(RuleBroken) as refused:
                advance(current, wanted)
            assert refused.value.code == "rule.not_the_next_step"
            assert refused.value.facts == {"current": current.value, "wanted": wanted.value}


@pytest.mark.parametrize(
    ("current", "wanted"),
    [
        (Stage.DRAFTING, Stage.REVISED),
        (Stage.CONSULTED, Stage.ADOPTED),
        (Stage.REPEALED, Stage.DRAFTING),
        (Stage.DRAFTING, Stage.DRAFTING),
    ],
)
def test_no_document_is_adopted_over_the_heads_of_those_consulted(current: Stage, wanted: Stage) -> None:
    assert not may_follow(current, wanted)


def test_a_consultation_that_has_ended_can_no_longer_be_cancelled_or_reopened() -> None:
    assert not may_follow(ConsultationState.CLOSED, ConsultationState.CANCELLED)
    assert not may_follow(ConsultationState.CLOSED, ConsultationState.OPEN)
    assert may_follow(ConsultationState.OPEN, ConsultationState.CANCELLED)


def test_the_clock_opens_and_closes_a_consultation() -> None:
    standing = window(date(2026, 4, 1), date(2026, 5, 4))
    second = timedelta(seconds=1)

    assert state_at(standing, standing.opens_at - second) is ConsultationState.ANNOUNCED
    assert state_at(standing, standing.opens_at) is ConsultationState.OPEN
    assert state_at(standing, standing.closes_at - second) is ConsultationState.OPEN
    assert state_at(standing, standing.closes_at) is ConsultationState.CLOSED


def test_no_answer_is_published_while_somebody_can_still_comment() -> None:
    for state in ConsultationState:
        assert not (is_text_frozen(state) and may_publish_answers(state))
    assert may_publish_answers(ConsultationState.CLOSED)
    assert not may_publish_answers(ConsultationState.CANCELLED)


OPENS = datetime(2026, 3, 2, tzinfo=UTC)
COURSE = Window(OPENS, OPENS + timedelta(days=21))


@pytest.mark.parametrize(
    ("days", "is_answered", "stage"),
    [
        (-1, False, Stage.DRAFTING),
        (0, False, Stage.CONSULTED),
        (20, False, Stage.CONSULTED),
        (21, False, Stage.ANSWERING),
        (60, True, Stage.REVISED),
    ],
)
def test_the_clock_moves_a_document_on_through_its_consultation(
    days: int, is_answered: bool, stage: Stage
) -> None:
    now = OPENS + timedelta(days=days)
    assert stage_at(Stage.CONSULTED, COURSE, is_answered=is_answered, now=now) is stage


def test_what_was_adopted_stays_adopted_after_its_consultation() -> None:
    now = OPENS + timedelta(days=100)
    assert stage_at(Stage.ADOPTED, COURSE, is_answered=True, now=now) is Stage.ADOPTED
