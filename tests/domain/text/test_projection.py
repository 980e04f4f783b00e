"""Every character of plain text has its place in the source, and a span goes over and back."""

from __future__ import annotations

import pytest
from hypothesis import given

from consult.domain.text.projection import Projection, project
from consult.domain.text.spans import Span
from tests.domain.text.markdown_texts import anything, marked_up, sampled
from tests.pace import within


def assert_holds_together(projection: Projection) -> None:
    source, plain = projection.source, projection.plain
    assert len(projection.places) == len(projection.lengths) == len(plain)
    reached = 0
    for position, (place, length) in enumerate(zip(projection.places, projection.lengths, strict=True)):
        assert reached <= place <= place + length <= len(source)
        reached = place + length
        if length == 1 and not plain[position].isspace():
            assert source[place] == plain[position]


def nth(text: str, words: str, number: int) -> Span:
    at = -1
    for _ in range(number):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


@pytest.mark.parametrize(
    ("source", "plain", "words", "in_plain", "in_source"),
    [
        ("a b a b a", "a b a b a", "a", 2, 2),
        ("**gmina** i gmina", "gmina i gmina", "gmina", 1, 1),
        ("[gmina](http://gmina.pl/gmina) gmina", "gmina gmina", "gmina", 2, 4),
        ("[gmina](<http://gmina.pl/gmina> \"gmina\") gmina", "gmina gmina", "gmina", 2, 5),
        ("[gmina][gmina] gmina\n\n[gmina]: http://gmina gmina", "gmina gmina", "gmina", 2, 3),
        ("x[^1] 1", "x 1", "1", 1, 2),
        ("[^1]: 1 [^1]", "1", "1", 1, 2),
        ("1. 1 a\n2. 2 a", "1 a\n2 a", "2", 1, 2),
        ("- > - a\n- a", "a\na", "a", 2, 2),
        ("| a | a |\n|---|---|\n| a | a |", "a\ta\na\ta", "a", 4, 4),
        ("# a #\n\na", "a\na", "a", 2, 2),
        ("a\n===\na", "a\na", "a", 2, 2),
        ("``` a\na\n  a\n```", "a\n  a", "a", 1, 2),
        ("<!-- a -->a", "a", "a", 1, 2),
        ("<b title=\"b\">b</b>", "b", "b", 1, 3),
        ("<b a> <connection b> b", "<connection b> b", "b", 2, 3),
        ("<https://a.pl> a", "https://a.pl a", "a", 2, 2),
        ("![a](http://a/a.png) a", "a a", "a", 2, 4),
        ("![](http://a) a", "http://a a", "a", 1, 1),
        ("10. maja\n11. maja", "10. maja 11. maja", "maja", 2, 2),
        ("`[a](a)` a", "[a](a) a", "a", 3, 3),
        ("[a](b c) c", "[a](b c) c", "c", 2, 2),
        ("zob. [1] [1](http://1)", "zob. [1] 1", "1", 2, 2),
    ],
)  # fmt: skip
def test_the_nth_words_are_found_in_their_place(
    source: str, plain: str, words: str, in_plain: int, in_source: int
):
    projection = project(source, plain)
    here, there = nth(plain, words, in_plain), nth(source, words, in_source)
    assert_holds_together(projection)
    assert projection.to_source(here) == there
    assert projection.to_plain(there) == here


def test_markup_between_words_is_inside_and_markup_around_them_outside():
    source = "To **ważne [słowo](http://x)** tu"
    projection = project(source, "To ważne słowo tu")
    assert projection.to_source(nth("To ważne słowo tu", "ważne słowo", 1)).of(source) == "ważne [słowo"
    assert projection.to_source(nth("To ważne słowo tu", "To ważne", 1)).of(source) == "To **ważne"


def test_emphasis_inside_a_word_cuts_nothing():
    projection = project("nie*zwy*kły", "niezwykły")
    assert projection.to_source(Span(0, 9)) == Span(0, 11)
    assert projection.to_source(Span(3, 6)).of(projection.source) == "zwy"


def test_references_and_escapes_stand_for_all_their_signs():
    source = "A &amp; B \\* C&nbsp;D &copy"
    projection = project(source, "A & B * C\u00a0D &copy")
    assert_holds_together(projection)
    assert [projection.to_source(nth(projection.plain, sign, 1)).of(source) for sign in "&*\u00a0"] == [
        "&amp;",
        "\\*",
        "&nbsp;",
    ]
    assert projection.to_source(nth(projection.plain, "&copy", 1)).of(source) == "&copy"


def test_separators_stand_between_characters():
    projection = project("|a|b|\n|-|-|\n|c|d|", "a\tb\nc\td")
    assert projection.to_source(Span(1, 2)).is_empty
    assert projection.to_source(Span(0, 3)).of(projection.source) == "a|b"
    assert not projection.is_exact(1)
    assert projection.is_exact(0)


def test_empty_spans_and_ends():
    projection = project("**a** b", "a b")
    assert projection.to_source(Span(3, 3)) == Span(7, 7)
    assert projection.to_source(Span(0, 0)) == Span(2, 2)
    assert projection.to_plain(Span(0, 2)).is_empty
    assert project("", "").to_source(Span(0, 0)) == Span(0, 0)
    assert project("**", "").to_plain(Span(0, 2)) == Span(0, 0)


@sampled
@given(anything, anything)
def test_any_two_texts_can_be_aligned(source: str, plain: str):
    projection = project(source, plain)
    assert_holds_together(projection)
    for start in range(0, len(plain), 7):
        projection.to_source(Span(start, len(plain)))
    for start in range(0, len(source), 7):
        projection.to_plain(Span(start, len(source)))


@sampled
@given(marked_up)
def test_a_text_is_its_own_plain_text(text: str):
    projection = project(text, text)
    assert_holds_together(projection)
    assert all(projection.lengths)


@sampled
@given(anything, anything)
def test_what_a_span_of_plain_covers_is_shown_under_that_span(source: str, plain: str):
    projection = project(source, plain)
    for start in range(len(plain)):
        if projection.lengths[start]:
            covered = projection.to_source(Span(start, start + 1))
            assert projection.to_plain(covered) == Span(start, start + 1)


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("alfa " * 8000, "beta " * 8000),
        ("[" * 40_000, "x " * 1000),
        ("](" * 20_000, "x y " * 10_000),
        ("<!--" * 10_000, "x " * 1000),
        ("*" * 40_000, "\n" * 20_000 + "x"),
        (" ".join(map(str, range(6000))), " ".join(map(str, range(6000, 0, -1)))),
        ("![" * 20_000, "&" * 40_000),
    ],
)
def test_hostile_texts_take_linear_time(source: str, plain: str):
    with within(1.5):
        assert_holds_together(project(source, plain))
