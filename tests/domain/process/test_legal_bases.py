"""What the acts ask of a consultation: its term, its forms, and what is due afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.process.legal_bases import (
    LEGAL_BASES,
    Form,
    LegalBasis,
    checked_own_days,
    count_term,
    earliest_end,
    missing_forms,
    report_due,
    require_term,
)
from consult.domain.process.windows import is_working_day

STRATEGY = LEGAL_BASES["strategy"]
PROGRAMME = LEGAL_BASES["programme"]
REVITALISATION = LEGAL_BASES["revitalisation"]


def duty(basis: LegalBasis, code: str, last_day: date) -> date | None:
    (found,) = [one for one in basis.duties if one.code == code]
    return found.due(last_day)


def test_a_strategy_is_consulted_for_at_least_35_days() -> None:
    announced = date(2026, 3, 2)

    assert earliest_end(STRATEGY, announced) == date(2026, 4, 7)  # 6 April is Easter Monday
    whole = count_term(STRATEGY, announced_on=announced, opens_on=announced, last_day=date(2026, 4, 7))
    require_term(whole, STRATEGY)
    short = count_term(STRATEGY, announced_on=announced, opens_on=announced, last_day=date(2026, 4, 6))
    assert short.is_too_short
    with pytest.raises(RuleBroken) as refused:
        require_term(short, STRATEGY)
    assert refused.value.code == "rule.window_too_short"
    assert refused.value.facts == {
        "basis": "strategy",
        "least_days": 35,
        "earliest": "2026-04-07",
        "given": 35,
    }


def test_a_term_that_would_end_on_christmas_eve_ends_on_the_next_working_day() -> None:
    announced = date(2026, 11, 19)  # 35 days later is 24 December, then two holidays and a Sunday
    term = count_term(STRATEGY, announced_on=announced, opens_on=announced, last_day=date(2026, 12, 24))
    assert term.unmoved == date(2026, 12, 24)
    assert term.earliest == date(2026, 12, 28)
    assert term.is_too_short
    before_the_act = count_term(
        STRATEGY,
        announced_on=date(2024, 11, 19),
        opens_on=date(2024, 11, 19),
        last_day=date(2024, 12, 24),
    )
    assert before_the_act.earliest == date(2024, 12, 24)


def test_a_term_of_revitalisation_is_counted_from_the_beginning_and_not_from_an_earlier_announcement() -> (
    None
):
    announced, opens, last_day = date(2026, 3, 2), date(2026, 3, 16), date(2026, 4, 15)
    counted = {
        basis.code: count_term(basis, announced_on=announced, opens_on=opens, last_day=last_day)
        for basis in (STRATEGY, REVITALISATION)
    }
    assert counted["strategy"].given == 44
    assert not counted["strategy"].is_too_short
    assert counted["revitalisation"].given == 30
    assert counted["revitalisation"].earliest == date(2026, 4, 20)
    assert counted["revitalisation"].is_too_short


def test_where_the_law_sets_no_term_the_local_resolution_rules() -> None:
    day = date(2026, 3, 2)
    assert earliest_end(PROGRAMME, day) is None
    free = count_term(PROGRAMME, announced_on=day, opens_on=day, last_day=date(2026, 3, 3))
    require_term(free, PROGRAMME)
    bound = count_term(PROGRAMME, announced_on=day, opens_on=day, last_day=date(2026, 3, 3), own_days=14)
    assert bound.is_too_short
    assert bound.earliest == date(2026, 3, 16)


def test_a_local_resolution_may_ask_for_more_than_the_act_and_never_for_less() -> None:
    assert STRATEGY.least(42) == 42
    assert STRATEGY.least(7) == 35
    assert PROGRAMME.least(None) is None


@pytest.mark.parametrize("days", [0, -3, 367])
def test_an_own_term_that_cannot_be_is_refused_beside_its_field(days: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_own_days(days)
    assert refused.value.facts["field"] == "own_days"


def test_revitalisation_asks_for_comments_in_writing_and_two_more_forms() -> None:
    assert missing_forms(REVITALISATION, ["written", "meeting"]) == (frozenset(), 1)
    assert missing_forms(REVITALISATION, ["meeting", "walk"]) == ({Form.WRITTEN}, 0)
    assert missing_forms(REVITALISATION, ["written", "meeting", "duty"]) == (frozenset(), 1)
    assert missing_forms(REVITALISATION, ["written", "oral", "survey"]) == (frozenset(), 0)


def test_a_strategy_names_its_meetings() -> None:
    assert STRATEGY.names_meetings
    assert missing_forms(STRATEGY, ["written"]) == ({Form.MEETING}, 0)


def test_the_report_on_a_strategy_is_due_within_30_days_of_the_end() -> None:
    assert report_due(STRATEGY, date(2026, 4, 7)) == date(2026, 5, 7)
    assert duty(STRATEGY, "report_online", date(2026, 4, 7)) == date(2026, 5, 7)
    assert report_due(PROGRAMME, date(2026, 4, 7)) is None


def test_a_yearly_programme_is_adopted_by_the_end_of_november_and_accounted_for_in_may() -> None:
    assert duty(PROGRAMME, "adopted", date(2026, 10, 16)) == date(2026, 11, 30)
    assert duty(PROGRAMME, "performance_report", date(2026, 10, 16)) == date(2028, 5, 31)


def test_the_council_of_public_benefit_has_14_days_from_a_delivery_nobody_knows_yet() -> None:
    for basis in (PROGRAMME, STRATEGY):
        (council,) = [one for one in basis.duties if one.code == "council_opinion"]
        assert council.days == 14
        assert council.due(date(2026, 10, 16)) is None


def test_every_legal_basis_and_duty_cites_its_source_and_offers_a_lawful_term() -> None:
    assert set(LEGAL_BASES) == {"strategy", "programme", "revitalisation", "environment", "resolution"}
    for code, basis in LEGAL_BASES.items():
        assert basis.code == code
        assert basis.usual_days >= (basis.least_days or 1)
        assert basis.addressees
        assert basis.duties
        for source in (basis.source, basis.term_source, *(one.source for one in basis.duties)):
            assert source.startswith("art. ")
            assert "ustawy z dnia" in source
        due = [day for one in basis.duties if (day := one.due(date(2026, 6, 12)))]
        assert all(is_working_day(day) or (day.month, day.day) in {(11, 30), (5, 31)} for day in due)


def test_a_letter_counts_from_its_postmark_where_the_act_or_the_host_says_so() -> None:
    own = LEGAL_BASES["resolution"]
    by_act = replace(own, letters="postmark")
    assert [own.decides("receipt"), own.decides("postmark")] == ["receipt", "postmark"]
    assert [by_act.decides("receipt"), by_act.decides("postmark")] == ["postmark", "postmark"]
    assert {basis.letters for basis in LEGAL_BASES.values()} == {"receipt"}
