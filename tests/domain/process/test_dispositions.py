"""Everybody who spoke is owed a substantive answer, and nobody outside reads it before it is approved."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.process.dispositions import (
    LONGEST_JUSTIFICATION,
    STATE_AFTER,
    DispositionState,
    Outcome,
    advance,
    carries_wording,
    needs_justification,
    require_complete,
)


def test_the_codes_are_those_that_tables_and_spreadsheets_hold() -> None:
    assert list(Outcome) == [
        "accepted",
        "partly",
        "rejected",
        "explained",
        "present",
        "out_of_scope",
        "deferred",
        "noted",
        "unconsidered",
        "withdrawn",
    ]
    assert list(DispositionState) == ["draft", "review", "approved", "published"]


def test_every_answer_gives_reasons_unless_the_comment_was_taken_back() -> None:
    assert [outcome for outcome in Outcome if not needs_justification(outcome)] == [Outcome.WITHDRAWN]


def test_only_an_accepted_comment_changes_the_text() -> None:
    assert [outcome for outcome in Outcome if carries_wording(outcome)] == [Outcome.ACCEPTED, Outcome.PARTLY]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_answer_says_all_it_must(outcome: Outcome) -> None:
    require_complete(outcome, "Termin wynika z ustawy.", has_wording=False)
    if needs_justification(outcome):
        with pytest.raises(InvalidInput) as refused:
            require_complete(outcome, " \n", has_wording=False)
        assert refused.value.code == "invalid.justification_missing"


def test_a_rejected_comment_cannot_carry_wording_into_the_text() -> None:
    with pytest.raises(InvalidInput) as refused:
        require_complete(Outcome.REJECTED, "Powód.", has_wording=True)
    assert refused.value.code == "invalid.wording_not_taken"
    require_complete(Outcome.PARTLY, "Powód.", has_wording=True)


def test_a_justification_has_a_longest_length() -> None:
    require_complete(Outcome.NOTED, "x" * LONGEST_JUSTIFICATION, has_wording=False)
    with pytest.raises(InvalidInput) as refused:
        require_complete(Outcome.NOTED, "x" * (LONGEST_JUSTIFICATION + 1), has_wording=False)
    assert refused.value.code == "invalid.justification_too_long"


def test_an_answer_goes_through_review_and_approval_before_it_is_published() -> None:
    for current, following in pairwise(DispositionState):
        assert advance(current, following) is following


def test_no_answer_skips_a_step_and_none_is_taken_back_once_published() -> None:
    assert set(STATE_AFTER) == set(DispositionState)
    assert not STATE_AFTER[DispositionState.PUBLISHED]
    for current, wanted in product(DispositionState, DispositionState):
        if wanted not in STATE_AFTER[current]:
            with pytest.raises(RuleBroken) as refused:
                advance(current, wanted)
            assert refused.value.code == "rule.not_the_next_step"
