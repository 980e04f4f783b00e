"""A person sees what conflicts, in its surroundings, and decides."""

from __future__ import annotations

import pytest

from consult.domain.errors import InvalidInput
from consult.domain.merging.conflicts import AROUND, Side, Wording, excerpts, proposal, resolve
from consult.domain.merging.threeway import Conflict, MergeResult, merge
from consult.domain.text.spans import Span

BASE = "Rada liczy piętnastu radnych. Kadencja trwa pięć lat. Sesje są jawne.\n"
OURS = BASE.replace("piętnastu", "dwudziestu").replace("pięć", "cztery")
THEIRS = BASE.replace("piętnastu", "trzydziestu").replace("pięć", "sześć").replace("jawne", "otwarte")


def two_conflicts() -> MergeResult:
    result = merge(BASE, OURS, THEIRS)
    assert len(result.conflicts) == 2
    return result


def test_every_conflict_is_shown_with_all_three_wordings_and_what_stands_around_it() -> None:
    first, second = excerpts(two_conflicts())

    assert (first.before, first.base, first.ours, first.theirs) == (
        "Rada liczy ",
        "piętnastu",
        "dwudziestu",
        "trzydziestu",
    )
    assert first.after == second.before == " radnych. Kadencja trwa "
    assert second.after == " lat. Sesje są otwarte.\n"


def test_what_stands_around_is_cut_at_words() -> None:
    long = "słowo " * 100
    (shown,) = excerpts(merge(f"{long}a {long}", f"{long}b {long}", f"{long}c {long}"))

    assert len(shown.before) <= AROUND
    assert len(shown.after) <= AROUND
    assert set(shown.before.split()) == set(shown.after.split()) == {"słowo"}


def test_deciding_puts_the_chosen_words_in_their_places() -> None:
    result = two_conflicts()

    assert resolve(result, [Side.OURS, Side.OURS]) == result.text
    assert resolve(result, [Side.THEIRS, Side.BASE]) == (
        "Rada liczy trzydziestu radnych. Kadencja trwa pięć lat. Sesje są otwarte.\n"
    )
    assert resolve(result, [Wording("stu"), Side.THEIRS]) == (
        "Rada liczy stu radnych. Kadencja trwa sześć lat. Sesje są otwarte.\n"
    )


def test_taking_their_side_everywhere_keeps_our_other_edits() -> None:
    result = merge(BASE, OURS.replace("jawne", "publiczne"), THEIRS.replace("otwarte", "jawne"))

    assert resolve(result, [Side.THEIRS] * 2) == THEIRS.replace("otwarte", "publiczne")


def test_nothing_is_left_undecided() -> None:
    with pytest.raises(InvalidInput) as refused:
        resolve(two_conflicts(), [Side.OURS])
    assert refused.value.code == "invalid.conflicts_undecided"
    assert refused.value.facts == {"conflicts": 2, "decided": 1}


def conflict(base: str, ours: str, theirs: str) -> Conflict:
    return Conflict(base, ours, theirs, Span(0, len(ours)))


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "proposed"),
    [
        ("Zdanie o sesji.", "", "Zdanie o sesjach.", "Zdanie o sesjach."),
        ("Zdanie o sesji.", "Zdanie o sesjach.", "", "Zdanie o sesjach."),
        ("", "Nasze. ", "Wasze. ", "Nasze. Wasze. "),
        ("", "nasze", "wasze", "nasze wasze"),
        ("dni", "dni roboczych", "dni roboczych od doręczenia", "dni roboczych od doręczenia"),
        ("14", "21", "30", None),
    ],
)
def test_a_merge_is_proposed_only_where_both_sides_keep_their_words(
    base: str, ours: str, theirs: str, proposed: str | None
) -> None:
    assert proposal(conflict(base, ours, theirs)) == proposed


def test_the_proposed_wording_can_be_chosen_where_there_is_one() -> None:
    result = merge(BASE, f"{BASE}Nasze.\n", f"{BASE}Wasze.\n")

    assert "Nasze.\n" in resolve(result, [Side.PROPOSED])
    assert "Wasze.\n" in resolve(result, [Side.PROPOSED])
    with pytest.raises(InvalidInput) as refused:
        resolve(two_conflicts(), [Side.PROPOSED, Side.OURS])
    assert refused.value.code == "invalid.proposal_missing"
