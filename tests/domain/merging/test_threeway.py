"""Two people edit one text at once, and neither loses a word."""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.merging.threeway import Conflict, MergeResult, merge
from consult.domain.text.spans import Span
from tests.domain.merging import writers
from tests.domain.merging.writers import edits, put_in, unspaced, words_of
from tests.pace import within

BASE = "Rada liczy piętnastu radnych. Kadencja trwa pięć lat. Sesje są jawne.\n"


def merged(base: str, ours: str, theirs: str) -> str:
    """The text of a merge in which nothing conflicts."""
    result = merge(base, ours, theirs)
    assert result.conflicts == ()
    return result.text


def conflict(base: str, ours: str, theirs: str) -> Conflict:
    """The only conflict of a merge."""
    (found,) = merge(base, ours, theirs).conflicts
    return found


# What merges


def test_edits_of_different_sentences_both_stand() -> None:
    ours = BASE.replace("piętnastu", "dwudziestu")
    theirs = BASE.replace("są jawne", "są jawne i nagrywane")

    assert merged(BASE, ours, theirs) == (
        "Rada liczy dwudziestu radnych. Kadencja trwa pięć lat. Sesje są jawne i nagrywane.\n"
    )


def test_edits_at_the_two_sides_of_a_full_stop_both_stand() -> None:
    ours = BASE.replace("radnych.", "osób.")
    theirs = BASE.replace("Kadencja trwa", "Ich kadencja trwa")

    assert merged(BASE, ours, theirs) == (
        "Rada liczy piętnastu osób. Ich kadencja trwa pięć lat. Sesje są jawne.\n"
    )


def test_edits_of_different_words_of_one_sentence_both_stand() -> None:
    ours = "Rada liczy dwudziestu radnych. Kadencja trwa pięć lat. Sesje są jawne.\n"
    theirs = "Komisja liczy piętnastu radnych. Kadencja trwa pięć lat. Sesje są jawne.\n"

    assert merged(BASE, ours, theirs).startswith("Komisja liczy dwudziestu radnych.")


def test_the_same_edit_made_by_both_is_made_once() -> None:
    same = BASE.replace("pięć", "cztery").replace("jawne.", "jawne. Nagrania są publiczne.")
    more = same.replace("piętnastu", "dwudziestu")

    assert merged(BASE, same, same) == same
    assert merged(BASE, same, more) == more


def test_both_may_take_out_neighbouring_sentences() -> None:
    ours = "Rada liczy piętnastu radnych. Kadencja trwa pięć lat.\n"
    theirs = "Rada liczy piętnastu radnych. Sesje są jawne.\n"

    assert merged(BASE, ours, theirs).split() == ["Rada", "liczy", "piętnastu", "radnych."]


def test_a_sentence_may_be_put_beside_one_that_is_taken_out() -> None:
    ours = "Rada liczy piętnastu radnych. Kadencja trwa pięć lat.\n"
    theirs = BASE.replace("lat. ", "lat. Trwa ona od wyboru. ")

    assert unspaced(merged(BASE, ours, theirs)) == unspaced(
        "Rada liczy piętnastu radnych. Kadencja trwa pięć lat. Trwa ona od wyboru.\n"
    )


def test_a_new_sentence_goes_before_words_that_begin_the_next() -> None:
    ours = BASE.replace("radnych. ", "radnych. Rada jest kolegialna. ")
    theirs = BASE.replace("Kadencja", "Zgodnie z ustawą kadencja")

    assert "Rada jest kolegialna. Zgodnie z ustawą kadencja trwa" in merged(BASE, ours, theirs)
    assert merged(BASE, theirs, ours) == merged(BASE, ours, theirs)


def test_edits_of_different_cells_of_a_table_row_both_stand() -> None:
    base = "| Zadanie | Kwota |\n|---|---|\n| Sport | 100 |\n"

    assert merged(base, base.replace("Sport", "Kultura"), base.replace("100", "200")) == (
        "| Zadanie | Kwota |\n|---|---|\n| Kultura | 200 |\n"
    )


def test_edits_of_different_list_lines_both_stand() -> None:
    base = "- sport\n- kultura\n- pomoc społeczna\n"

    assert merged(base, base.replace("- kultura\n", ""), base.replace("pomoc społeczna", "pomoc")) == (
        "- sport\n- pomoc\n"
    )


# What conflicts


def test_different_words_for_the_same_words_conflict_and_ours_stands_in_the_text() -> None:
    ours, theirs = BASE.replace("pięć", "cztery"), BASE.replace("pięć", "sześć")
    result = merge(BASE, ours, theirs)

    assert result == MergeResult(ours, (Conflict("pięć", "cztery", "sześć", Span(44, 50)),))
    assert result.conflicts[0].at.of(result.text) == "cztery"
    assert not result.is_clean


def test_an_edit_of_what_the_other_took_out_conflicts() -> None:
    ours = BASE.replace("Kadencja trwa pięć lat. ", "")
    theirs = BASE.replace("pięć", "sześć")

    assert "sześć" in conflict(BASE, ours, theirs).theirs
    assert "sześć" in conflict(BASE, theirs, ours).ours


def test_different_words_put_in_at_one_point_conflict() -> None:
    found = conflict(BASE, BASE.replace("lat.", "pełnych lat."), BASE.replace("lat.", "kolejnych lat."))

    assert (found.base, found.ours.strip(), found.theirs.strip()) == ("", "pełnych", "kolejnych")


def test_different_sentences_put_in_at_one_point_conflict() -> None:
    found = conflict(
        BASE, BASE.replace("lat. ", "lat. Jest wspólna. "), BASE.replace("lat. ", "lat. Upływa. ")
    )

    assert (found.base, found.ours, found.theirs) == ("", "Jest wspólna. ", "Upływa. ")


def test_different_paragraphs_added_at_the_end_conflict() -> None:
    found = conflict(BASE, f"{BASE}\nNasz koniec.\n", f"{BASE}\nWasz koniec.\n")

    assert (found.ours.split()[0], found.theirs.split()[0]) == ("Nasz", "Wasz")


def test_edits_of_neighbouring_words_conflict() -> None:
    """Nobody meant "dwudziestu osób" when one wrote another number and the other another noun."""
    found = conflict(BASE, BASE.replace("piętnastu", "dwudziestu"), BASE.replace("radnych", "osób"))

    assert found.ours == "dwudziestu radnych"
    assert found.theirs == "piętnastu osób"


def test_another_edit_is_not_sewn_into_what_a_rewritten_sentence_has_kept_by_chance() -> None:
    base = "Komisja ocenia oferty złożone w terminie i przekazuje je dalej do zatwierdzenia.\n"
    ours = (
        "Wójt bez zbędnej zwłoki ogłasza oferty złożone w terminie na tablicy ogłoszeń, w biuletynie "
        "oraz na stronie internetowej urzędu gminy.\n"
    )
    theirs = base.replace("złożone w", "przyjęte w")
    found = conflict(base, ours, theirs)

    assert found.ours.startswith("Wójt bez zbędnej zwłoki")
    assert "przyjęte w terminie" in found.theirs


def test_a_sentence_put_where_the_other_side_put_only_a_blank_line_is_no_conflict() -> None:
    base = "Rada liczy piętnastu radnych.\n\nKadencja trwa pięć lat.\n\nSesje są jawne.\n"
    ours = base.replace("radnych.", "radnych. Jest jedna.")
    theirs = base.replace("Kadencja trwa pięć lat.", "")

    assert merged(base, ours, theirs).split("\n\n")[0] == "Rada liczy piętnastu radnych. Jest jedna."


def test_conflicts_cut_no_word() -> None:
    base = "Termin wynosi czternaście dni roboczych.\n"
    found = conflict(
        base, base.replace("czternaście", "czternastu"), base.replace("czternaście", "czterdzieści")
    )

    assert (found.base, found.ours, found.theirs) == ("czternaście", "czternastu", "czterdzieści")


def test_a_different_number_of_spaces_is_nothing_to_decide_on() -> None:
    ours = BASE.replace("trwa pięć", "trwa  pięć")
    theirs = BASE.replace("Kadencja trwa pięć lat. ", "")

    assert "Kadencja" not in merged(BASE, ours, theirs)


# Laws

texts = st.text(alphabet=st.sampled_from("ab. \n|ż"), max_size=30)
paragraphs = st.lists(st.sampled_from(writers.SENTENCES[:6]), max_size=6).map(" ".join)
any_text = texts | paragraphs


@settings(max_examples=80, deadline=None)
@given(any_text, any_text)
def test_who_changes_nothing_has_no_say(base: str, side: str) -> None:
    assert merge(base, side, base) == MergeResult(side, ())
    assert merge(base, base, side) == MergeResult(side, ())
    assert merge(base, side, side) == MergeResult(side, ())


@settings(max_examples=80, deadline=None)
@given(any_text, any_text, any_text)
def test_swapping_the_sides_swaps_the_conflicts_and_nothing_else(base: str, ours: str, theirs: str) -> None:
    result, swapped = merge(base, ours, theirs), merge(base, theirs, ours)

    assert [(one.base, one.ours, one.theirs) for one in result.conflicts] == [
        (one.base, one.theirs, one.ours) for one in swapped.conflicts
    ]
    assert between_conflicts(result) == between_conflicts(swapped)


def between_conflicts(result: MergeResult) -> list[str]:
    bounds = [0, *(edge for one in result.conflicts for edge in (one.at.start, one.at.end)), len(result.text)]
    return [result.text[low:high] for low, high in zip(bounds[::2], bounds[1::2], strict=True)]


@settings(max_examples=80, deadline=None)
@given(any_text, any_text, any_text)
def test_no_word_anybody_put_in_is_lost(base: str, ours: str, theirs: str) -> None:
    result = merge(base, ours, theirs)
    kept = words_of(result.text, *(side for one in result.conflicts for side in (one.ours, one.theirs)))

    assert put_in(base, ours) | put_in(base, theirs) <= kept
    assert all(one.at.of(result.text) == one.ours for one in result.conflicts)


# People at work


def interleaving(seed: int) -> None:
    """Both edit sentences of their own: all edits stand, in their places, without conflict."""
    random = Random(seed)
    text = writers.text(random)
    order = random.sample(range(len(text.sentences)), len(text.sentences))
    cut = random.randint(1, len(order) - 1)
    mine, yours = (
        edits(random, text, among, mark, writers.PUTS_BEFORE)
        for among, mark in ((order[:cut], "A"), (order[cut:], "B"))
    )
    result = merge(text.written({}), text.written(mine), text.written(yours))

    assert result.conflicts == (), seed
    assert unspaced(result.text).replace("-", "") == unspaced(text.written(mine | yours)).replace("-", ""), (
        seed
    )


def stale_saves(seed: int) -> None:
    """Three people save again and again from whatever they last saw; conflicts are answered with both wordings."""
    random = Random(seed)
    text = writers.text(random, most=5, may_repeat=True)
    standing = text.written({})
    seen = dict.fromkeys("ABC", standing)
    put: set[str] = set()
    for turn in range(8):
        person = random.choice("ABC")
        base = seen[person]
        words = base.split(" ")
        mark = f"{person}{turn}słowo"
        words.insert(random.randint(0, len(words)), mark)
        if random.random() < 0.3:
            words.insert(random.randint(0, len(words)), f"{mark}. Nowe {mark}.")
        put.add(mark)
        result = merge(base, standing, " ".join(words))
        parts, at = [], 0
        for one in result.conflicts:
            parts += [result.text[at : one.at.end], " ", one.theirs]
            at = one.at.end
        standing = "".join([*parts, result.text[at:]])
        seen[person] = standing
    assert put <= words_of(standing), seed


@pytest.mark.parametrize("seed", range(100))
def test_edits_of_different_sentences_never_conflict(seed: int) -> None:
    interleaving(seed)


@pytest.mark.parametrize("seed", range(100))
def test_no_save_from_an_old_text_loses_anybodys_words(seed: int) -> None:
    stale_saves(seed)


@pytest.mark.deep
def test_ten_thousand_interleavings_lose_nothing() -> None:
    start = int(os.environ.get("CONSULT_SEED", "1000"))
    for seed in range(start, start + 5_000):
        interleaving(seed)
        stale_saves(seed)


def large(random: Random) -> str:
    words = [f"słowo{random.randrange(3_000)}" for _ in range(40_000)]
    return ". ".join(" ".join(words[at : at + 9]) for at in range(0, len(words), 9))


def test_a_text_of_400_kb_merges_in_bounded_time() -> None:
    base = large(Random(4))
    ours = base.replace("słowo17 ", "nasze ").replace("słowo2999", "i nasze")
    theirs = base.replace("słowo23 ", "wasze ").replace("słowo1501", "")
    assert len(base) > 350_000
    with within(2):
        merge(base, ours, theirs)


@pytest.mark.deep
@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        (large(Random(4)), large(Random(5)), large(Random(6))),
        (large(Random(4)), large(Random(5)), "x y. " * 80_000),
        (". " * 200_000, ". " * 150_000 + "a", "b" + ". " * 190_000),
        ("a\n" * 200_000, "a\n" * 150_000 + "b\n", "b\n" + "a\n" * 190_000),
        ("|" * 400_000, "|" * 390_000 + "a", "b" + "|" * 350_000),
        (".*" * 200_000, ".*_" * 130_000, "*" * 400_000),
    ],
    ids=["all rewritten", "monotonous", "full stops", "lines", "bars", "marks"],
)
def test_hostile_texts_of_400_kb_merge_in_bounded_time(base: str, ours: str, theirs: str) -> None:
    with within(10):
        merge(base, ours, theirs)
