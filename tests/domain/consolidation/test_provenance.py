"""Every code point of a text knows the change that brought it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.consolidation.provenance import Known, Run, Went, decoded, encoded, trace_change, wholly
from consult.domain.diffing.compare import compare
from consult.domain.text.spans import Span
from tests.domain.consolidation.origins import Drafted, spread

BEFORE = "## Nabór\n\nOgłoszenie wisi przez dwadzieścia jeden dni.\n\nWynik podaje się w siedem dni.\n"


def known(source: str, origin: int = 1) -> Known:
    return Known(source, wholly(len(source), origin))


def traced(after: str, before: Known, origin: int = 9) -> dict[str, int]:
    """The words of a text one change left, each once, with their origins."""
    runs = trace_change(origin, before={"s": before}, after={"s": after})["s"]
    return origins_of(Known(after, runs))


def origins_of(text: Known) -> dict[str, int]:
    found, at = {}, 0
    origins = spread(text)
    for word in text.source.split():
        at = text.source.index(word, at)
        found[word] = max(origins[at : at + len(word)])
        at += len(word)
    return found


def test_words_put_in_come_from_the_change_and_the_rest_from_before() -> None:
    words = traced(BEFORE.replace("siedem dni", "pięć dni roboczych"), known(BEFORE))

    assert words["pięć"] == words["roboczych."] == 9
    assert {words[word] for word in ("Ogłoszenie", "Wynik", "podaje", "się")} == {1}


def test_joined_words_keep_their_origins_though_both_sections_end_alike() -> None:
    first, second = known("## A\n\nBez zmian.\n\n", 2), known("## B\n\nBez zmian.\n\n", 5)
    after = first.source + second.source
    went = [Went("b", Span(0, len(second.source)), "a", len(first.source))]

    runs = trace_change(9, before={"a": first, "b": second}, after={"a": after}, went=went, removed=["b"])

    assert runs["a"] == (Run(len(first.source), 2), Run(len(second.source), 5))


def test_split_words_keep_their_origins_though_edited_in_the_same_act() -> None:
    at = BEFORE.index("Wynik")
    part = "### Wynik\n\n" + BEFORE[at:].replace("siedem", "osiem")
    went = [Went("s", Span(at, len(BEFORE)), "new", 0)]

    runs = trace_change(9, before={"s": known(BEFORE)}, after={"s": BEFORE[:at], "new": part}, went=went)

    assert runs["s"] == (Run(at, 1),)
    assert origins_of(Known(part, runs["new"])) | {"Wynik": 1} == {
        "###": 9, "Wynik": 1, "podaje": 1, "się": 1, "w": 1, "osiem": 9, "dni.": 1,
    }  # fmt: skip


def test_restored_words_are_those_who_first_wrote_them() -> None:
    emptied = trace_change(2, before={"s": known(BEFORE)}, after={"s": "## Nabór\n\nSkreślono.\n"})["s"]

    runs = trace_change(
        3,
        before={"s": Known("## Nabór\n\nSkreślono.\n", emptied)},
        after={"s": BEFORE},
        brought={"s": known(BEFORE)},
    )

    assert runs["s"] == (Run(len(BEFORE), 1),)


def test_what_an_undo_brings_back_beside_later_edits_regains_its_origins() -> None:
    shortened = known(BEFORE.replace("przez dwadzieścia jeden dni", "krótko"), 4)
    after = BEFORE.replace("siedem", "osiem")

    runs = trace_change(9, before={"s": shortened}, after={"s": after}, brought={"s": known(BEFORE, 2)})

    words = origins_of(Known(after, runs["s"]))
    assert words["dwadzieścia"] == 2
    assert words["osiem"] == 9
    assert words["Wynik"] == 4


def test_a_passage_cut_and_pasted_is_moved_and_not_written() -> None:
    passage = "Rada zbiera się co najmniej raz na kwartał, na wniosek trzech członków.\n\n"
    one, two = known(f"## A\n\n{passage}Koniec.\n\n", 2), known("## B\n\nWstęp.\n\n", 5)

    runs = trace_change(
        9,
        before={"a": one, "b": two},
        after={"a": "## A\n\nKoniec.\n\n", "b": f"## B\n\nWstęp.\n\nNowe. {passage}"},
    )

    words = origins_of(Known(f"## B\n\nWstęp.\n\nNowe. {passage}", runs["b"]))
    assert words["Nowe."] == 9
    assert words["Rada"] == words["członków."] == 2


def test_few_words_that_look_alike_were_not_moved() -> None:
    one, two = known("## A\n\nRada zbiera się co kwartał.\n\n", 2), known("## B\n\n", 5)

    runs = trace_change(
        9,
        before={"a": one, "b": two},
        after={"a": "## A\n\n", "b": "## B\n\nZwykle Rada zbiera się co kwartał.\n\n"},
    )

    assert origins_of(Known("## B\n\nZwykle Rada zbiera się co kwartał.\n\n", runs["b"]))["kwartał."] == 9


def test_a_passage_lost_in_two_places_says_nothing() -> None:
    passage = "Rada zbiera się co najmniej raz na kwartał, na wniosek trzech członków.\n\n"
    before = {
        "a": known(f"## A\n\n{passage}", 2),
        "b": known(f"## B\n\n{passage}", 5),
        "c": known("## C\n\n", 6),
    }

    runs = trace_change(9, before=before, after={"a": "## A\n\n", "b": "## B\n\n", "c": f"## C\n\n{passage}"})

    assert origins_of(Known(f"## C\n\n{passage}", runs["c"]))["Rada"] == 9


def test_a_text_rendered_anew_keeps_its_origins() -> None:
    before = Known(BEFORE, (Run(10, 1), Run(len(BEFORE) - 10, 3)))

    assert trace_change(9, before={"s": before}, after={"s": BEFORE})["s"] == before.runs


def test_runs_are_stored_in_little_space_and_read_back() -> None:
    runs = (Run(120, 1), Run(14, 7))

    assert encoded(runs) == "[120,1,14,7]"
    assert decoded(encoded(runs)) == runs
    assert decoded(encoded(wholly(0, 3))) == ()


@given(st.lists(st.text("ab \n.", max_size=40), min_size=2, max_size=6))
def test_any_saves_give_each_code_point_the_origin_it_had_or_the_change(texts: list[str]) -> None:
    """Against every code point carried on its own through what the comparison says stands."""
    text = known(texts[0])
    carried = [1] * len(texts[0])
    for origin, after in enumerate(texts[1:], start=2):
        runs = trace_change(origin, before={"s": text}, after={"s": after})["s"]
        script = compare(text.source, after)
        carried_on = [origin] * len(after)
        for hunk in script.hunks:
            if hunk.is_equal:
                carried_on[hunk.new.start : hunk.new.end] = carried[hunk.old.start : hunk.old.end]
        text, carried = Known(after, runs), carried_on
        assert spread(text) == carried


def _drafted(seed: int, acts: int) -> None:
    drafted = Drafted(Random(seed))
    drafted.begin()
    for _ in range(acts):
        drafted.act()
        assert drafted.wrong() == []
        assert all(
            sum(run.length for run in text.runs) == len(text.source) for text in drafted.standing.values()
        )


@given(st.integers(min_value=0, max_value=1_000_000))
def test_any_acts_leave_every_letter_with_the_change_that_first_used_it(seed: int) -> None:
    _drafted(seed, acts=12)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(40))
def test_long_histories_leave_every_letter_with_the_change_that_first_used_it(seed: int) -> None:
    for number in range(50):
        _drafted(seed * 1000 + number, acts=40)
