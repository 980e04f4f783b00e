"""A section is cut only between blocks, and two are joined, without losing or changing a word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import InvalidInput
from consult.domain.text import outline, seams
from consult.domain.text.annexes import as_annex, number_of
from consult.domain.text.numbering import is_annex, labels
from consult.domain.text.seams import Kept
from tests.domain.text.markdown_texts import anything, sampled


def cuts(source: str) -> list[str]:
    """The first words behind every place a section can be cut at."""
    return [source[at:].split("\n", 1)[0] for at in seams.seams(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A\n\none\n\ntwo\n", ["one", "two"]),
        ("# A\none\nmore\n\ntwo", ["one", "two"]),
        ("A\n=\n\none\n", ["one"]),
        ("one\n\ntwo\n", ["two"]),
        ("# A\n\n1. one\n\n2. two\n\n   more\n\nafter\n", ["1. one", "after"]),
        ("# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nafter\n", ["| a | b |", "after"]),
        ("# A\n\n```\none\n\ntwo\n```\n\nafter\n", ["```", "after"]),
        ("# A\n\n    one\n\n    two\n\nafter\n", ["    one", "after"]),
        ("# A\n\n<div>\n\none\n\n</div>\n\nafter\n", ["<div>", "after"]),
        ("# A\n\n<div><div>\n\none\n\n</div>\n\ntwo\n\n</div>\n\nafter\n", ["<div><div>", "after"]),
        ("# A\n\n<div>\n\none\n", ["<div>", "one"]),
        ("# A\n\n[^1]: a note\n\n    and more\n\nafter\n", ["[^1]: a note", "after"]),
        ("# A\n\n> one\n>\n> two\n\nafter\n", ["> one", "after"]),
        ("# A\n\na `code\nspan` b\n", ["a `code"]),
        ("# A\n\na ``x ` # y\n\\- z`` b\n\nafter\n", ["a ``x ` # y", "after"]),
        ("# A\n\n- a `code\n  span`\n\n  `more` b\n\nafter\n", ["- a `code", "after"]),
        ("# A\n\n<pre>\n\na `b`\n\n</pre>\n\nafter\n", ["<pre>", "after"]),
        ("# A\n\n<!-- one\n\ntwo -->\n\nafter\n", ["<!-- one", "after"]),
        ("# A\n", []),
        ("", []),
    ],
)
def test_a_section_is_cut_before_blocks_and_never_inside_one(source: str, expected: list[str]) -> None:
    assert cuts(source) == expected


@pytest.mark.parametrize("at", [-1, 0, 3, 8, 10_000])
def test_a_cut_anywhere_else_is_refused(at: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        seams.cut("# A\n\none word\n\ntwo\n", at, "# B")
    assert refused.value.code == "invalid.split_inside_block"


@sampled
@given(anything)
def test_the_two_parts_of_a_cut_hold_every_code_point(text: str) -> None:
    for piece in outline.split(text):
        for at in seams.seams(piece.source):
            try:
                first, second = seams.cut(piece.source, at, "## B")
            except InvalidInput:
                continue
            assert first.rstrip("\n") == piece.source[:at].rstrip("\n")
            assert second == f"## B\n\n{piece.source[at:]}"
            assert [part.source for part in outline.split(first + second)] == [first, second]


@sampled
@given(anything, st.sampled_from(Kept))
def test_what_is_joined_holds_all_it_says_went_over(text: str, kept: Kept) -> None:
    pieces = outline.split(text)
    for one, two in pairwise(pieces):
        first = one.source if one.source.endswith("\n\n") else f"{one.source}\n\n"
        try:
            joined = seams.join(first, two.source, kept)
        except InvalidInput:
            continue
        assert len(outline.split(joined.source)) <= 1
        assert joined.source.startswith(first)
        for stretch in joined.went:
            words = stretch.span.of(two.source)
            assert joined.source[stretch.to_start : stretch.to_start + len(words)] == words
        went = "".join(stretch.span.of(two.source) for stretch in joined.went)
        body = two.body if two.level else two.source
        heading = "" if kept is Kept.NONE or not two.level else outline.raw_heading(two.source)
        assert went.replace("\n", "") == (heading + body).replace("\n", "")


@pytest.mark.parametrize(
    ("second", "kept", "expected"),
    [
        ("## Cel\n\nb\n", Kept.BOLD, "# A\n\na\n\n**Cel**\n\nb\n"),
        ("## Cel\nb\n", Kept.TEXT, "# A\n\na\n\nCel\n\nb\n"),
        ("## Cel\n\nb\n", Kept.NONE, "# A\n\na\n\nb\n"),
        ("## *Cel* ##\n\nb\n", Kept.BOLD, "# A\n\na\n\n*Cel*\n\nb\n"),
        ("## 1. Cel\n\nb\n", Kept.TEXT, "# A\n\na\n\n1\\. Cel\n\nb\n"),
        ("## - Cel\n\nb\n", Kept.TEXT, "# A\n\na\n\n\\- Cel\n\nb\n"),
        ("Cel\n---\n\nb\n", Kept.BOLD, "# A\n\na\n\n**Cel**\n\nb\n"),
        ("##\n\nb\n", Kept.BOLD, "# A\n\na\n\nb\n"),
    ],
)
def test_a_heading_joined_stays_as_asked(second: str, kept: Kept, expected: str) -> None:
    assert seams.join("# A\n\na\n\n", second, kept).source == expected


def test_nothing_is_joined_behind_code_left_open() -> None:
    with pytest.raises(InvalidInput):
        seams.join("# A\n\n```\na\n\n", "# B\n\n```\nb\n```\n", Kept.BOLD)


# Annexes


def test_annexes_do_not_silence_the_numbers_of_chapters() -> None:
    headings = ["Program", "Cele", "Zadania", "Załącznik nr 1. Wzór"]
    assert labels(headings, [1, 2, 2, 2]) == ("", "1", "2", "Załącznik nr 1")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## Wzór *umowy* ##\n\nx", "## Załącznik nr 3. Wzór *umowy* ##\n\nx"),
        ("Wzór\n----\n\nx", "Załącznik nr 3. Wzór\n----\n\nx"),
        ("## 2.1 Wzór\n\nx", "## Załącznik nr 3. Wzór\n\nx"),
        ("## Załącznik nr 1 – Wzór\n", "## Załącznik nr 3. Wzór\n"),
        ("## Załącznik nr 1\n", "## Załącznik nr 3\n"),
    ],
)
def test_an_annex_is_named_by_its_number_and_keeps_its_words(source: str, expected: str) -> None:
    assert as_annex(source, 3) == expected
    assert is_annex(outline.heading_of(expected))
    assert number_of(outline.heading_of(expected)) == 3


@pytest.mark.parametrize(
    ("heading", "number"),
    [("Załącznik nr 12. Wzór", 12), ("Annex IV", 4), ("Aneks B", 2), ("Cele", 0), ("Załącznik IX – Wzór", 9)],
)
def test_the_number_of_an_annex_is_read_as_it_is_written(heading: str, number: int) -> None:
    assert number_of(heading) == number
