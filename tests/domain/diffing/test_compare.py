"""Comparing two texts: nothing is lost, changes are found where a reader sees them, and places follow their words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.diffing.compare import compare
from consult.domain.diffing.edits import EditScript, Kind
from consult.domain.text.spans import Span

WORDS = [
    "gmina",
    "rada",
    "w",
    "i",
    "ustawy",
    "ustawie",
    "żółć",
    "1.",
    "§",
    "😀",
    "שלום",
    "e\u0301",
    "\n",
    "\n\n",
    ",",
]
sentences = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
few = settings(max_examples=40, deadline=None)
texts = st.one_of(st.text(max_size=60), sentences)


def changed(script: EditScript) -> list[tuple[str, str]]:
    return [(hunk.old.of(script.old), hunk.new.of(script.new)) for hunk in script.changes()]


@given(texts, texts)
@few
def test_applying_a_comparison_gives_the_new_text(old: str, new: str) -> None:
    assert compare(old, new).apply(old) == new
    assert compare(old, new).inverse().apply(new) == old


@given(texts, texts)
@few
def test_the_hunks_partition_both_texts_and_alternate(old: str, new: str) -> None:
    script = compare(old, new)
    old_at = new_at = 0
    for hunk in script.hunks:
        assert (hunk.old.start, hunk.new.start) == (old_at, new_at)
        old_at, new_at = hunk.old.end, hunk.new.end
        if hunk.kind is Kind.EQUAL:
            assert hunk.old.of(old) == hunk.new.of(new) != ""
        else:
            assert hunk.old.of(old) != hunk.new.of(new)
    assert (old_at, new_at) == (len(old), len(new))
    assert all(before.is_equal != after.is_equal for before, after in pairwise(script.hunks))


@given(texts, texts)
@few
def test_without_letters_no_word_is_cut(old: str, new: str) -> None:
    script = compare(old, new, letters=False)
    for hunk in script.hunks:
        for text, span in ((old, hunk.old), (new, hunk.new)):
            for place in (span.start, span.end):
                if 0 < place < len(text) and not span.is_empty:
                    assert not (text[place - 1].isalnum() and text[place].isalnum())


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.integers(0, 11), st.integers(1, 11))
@few
def test_an_insertion_at_either_edge_of_a_span_stays_outside(some: list[str], first: int, count: int) -> None:
    numbered = [f"{number}{word}" for number, word in enumerate(some)]
    first = min(first, len(some) - 1)
    before, within, behind = numbered[:first], numbered[first : first + count], numbered[first + count :]
    old = " ".join(numbered)
    new = " ".join([*before, "[nowe", *within, "nowe]", *behind])
    start = len(" ".join([*before, ""]))
    quote = " ".join(within)
    assert compare(old, new).map_span(Span(start, start + len(quote))).of(new) == quote


@given(st.text(max_size=20), st.text(max_size=20), st.text("xyz ", min_size=1))
@few
def test_words_written_before_and_behind_leave_a_span_where_it_was(
    before: str, behind: str, added: str
) -> None:
    quote = "Rada gminy, 12 %"
    old, start = f"{before}{quote}{behind}", len(before)
    for new in (f"{before}{added}{quote}{behind}", f"{before}{quote}{added}{behind}"):
        assert compare(old, new).map_span(Span(start, start + len(quote))).of(new) == quote


@given(texts, texts, st.data())
@few
def test_mapping_keeps_the_order_of_starts_and_of_ends(old: str, new: str, data: st.DataObject) -> None:
    script = compare(old, new)
    places = sorted(data.draw(st.lists(st.integers(0, len(old)), min_size=3, max_size=3)))
    first, second = script.map_span(Span(places[0], places[1])), script.map_span(Span(places[1], places[2]))
    whole = script.map_span(Span(places[0], places[2]))
    assert first.start <= second.start
    assert first.end <= second.end or second.is_empty
    assert whole.start == first.start
    assert whole.end <= len(new)


def test_a_deleted_span_gives_an_empty_span() -> None:
    old = "Rada gminy uchwala plan.\n\nWójt wykonuje plan.\n\nRada ogłasza plan."
    new = "Rada gminy uchwala plan.\n\nRada ogłasza plan."
    start = old.index("Wójt")
    assert compare(old, new).map_span(Span(start, start + len("Wójt wykonuje plan."))).is_empty


def test_a_caret_stands_behind_what_was_inserted_at_its_place() -> None:
    assert compare("ab", "ab cd").map_span(Span(2, 2)) == Span(5, 5)
    assert compare("ab", "cd ab").map_span(Span(0, 0)) == Span(3, 3)


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        compare("abc", "abd").map_span(Span(2, 4))


def test_applying_to_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        compare("abc", "abd").apply("abx")


def test_a_deleted_paragraph_is_whole_even_when_the_next_begins_alike() -> None:
    old = "(1) Gmina prowadzi rejestr.\n(2) Gmina prowadzi ewidencję.\n(3) Gmina ogłasza wykaz.\n"
    new = "(1) Gmina prowadzi rejestr.\n(3) Gmina ogłasza wykaz.\n"
    assert changed(compare(old, new)) == [("(2) Gmina prowadzi ewidencję.\n", "")]


def test_an_inserted_sentence_is_whole_even_when_the_next_begins_alike() -> None:
    old = "Rada uchwala plan. Rada ogłasza plan."
    new = "Rada uchwala plan. Rada uchyla plan. Rada ogłasza plan."
    assert changed(compare(old, new)) == [("", "Rada uchyla plan. ")]


def test_an_inflected_word_is_refined_to_its_ending() -> None:
    assert changed(compare("zmiana ustawy budżetowej", "zmiana ustawie budżetowej")) == [("y", "ie")]
    assert changed(compare("zmiana ustawy budżetowej", "zmiana ustawie budżetowej", letters=False)) == [
        ("ustawy", "ustawie")
    ]


def test_a_paragraph_broken_into_other_lines_changes_only_its_breaks() -> None:
    old = "Rada gminy uchwala w drodze\nuchwały roczny program współpracy."
    new = "Rada gminy uchwala\nw drodze uchwały roczny\nprogram współpracy."
    assert all(not before.strip() and not after.strip() for before, after in changed(compare(old, new)))


def test_one_line_that_was_moved_does_not_tear_edited_paragraphs_from_their_places() -> None:
    paragraphs = [
        f"{n}. Gmina prowadzi rejestr numer {n}, jawny i bezpłatny, w swoim urzędzie." for n in range(6)
    ]
    edited = [paragraph.replace("jawny", "publiczny") for paragraph in paragraphs]
    heading = "Przepisy o rejestrach"
    script = compare("\n".join([*paragraphs, heading]), "\n".join([heading, *edited]), letters=False)
    assert [old for old, new in changed(script) if "jawny" in old] == ["jawny"] * 6


def test_two_texts_have_one_comparison() -> None:
    old = "To jest pierwszy tekst o różnych sprawach. " * 20
    new = "Ten drugi tekst mówi o innych sprawach. " * 20
    assert compare(old, new) == compare(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tak " * 100_000, "nie " + "tak " * 50_000 + "nie " + "tak " * 40_000),
        ("ab" * 200_000, "ba" * 190_000),
        ("a\n" * 200_000, "a\nb\n" * 100_000),
        (".,;" * 130_000, ";,." * 130_000),
    ],
    ids=["one word", "no space", "tiny lines", "no word"],
)
@pytest.mark.deep
def test_hostile_texts_of_400_kilobytes_are_compared_too(old: str, new: str) -> None:
    assert compare(old, new).apply(old) == new


@pytest.mark.deep
@settings(max_examples=5_000, deadline=None)
@given(texts, texts)
def test_thousands_of_pairs_come_out_whole(old: str, new: str) -> None:
    assert compare(old, new).apply(old) == new
