"""A document falls into sections and comes back together without losing a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import InvalidInput
from consult.domain.text import outline
from consult.domain.text.outline import split
from tests.domain.text.markdown_texts import anything, marked_up, sampled
from tests.pace import within


def headings(text: str) -> list[tuple[int, str]]:
    return [(piece.level, piece.heading) for piece in split(text)]


@sampled
@given(anything)
def test_the_sections_joined_are_the_text(text: str):
    pieces = split(text)
    assert "".join(piece.source for piece in pieces) == text
    assert all(piece.source == piece.heading_source + piece.body for piece in pieces)
    assert all(piece.level > 0 for piece in pieces[1:])


@sampled
@given(anything)
def test_a_section_alone_has_the_heading_it_has_in_its_document(text: str):
    for piece in split(text):
        if piece.level:
            assert (outline.level_of(piece.source), outline.heading_of(piece.source)) == (
                piece.level,
                piece.heading,
            )


def test_words_before_the_first_heading_are_the_preamble():
    assert headings("Wstęp\n\n# A\n") == [(0, ""), (1, "A")]


def test_blank_lines_before_the_first_heading_belong_to_it():
    assert [piece.heading_source for piece in split("\n\n# A\n\nx")] == ["\n\n# A\n"]


def test_an_empty_text_has_no_sections_and_a_blank_one_a_preamble():
    assert split("") == ()
    assert headings("\n \n") == [(0, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A", [(1, "A")]),
        ("   ###### A ##", [(6, "A")]),
        ("#\tA", [(1, "A")]),
        ("#", [(1, "")]),
        ("## #", [(2, "")]),
        ("# C#", [(1, "C#")]),
        ("Tytuł\n=====", [(1, "Tytuł")]),
        ("Tytuł\n-", [(2, "Tytuł")]),
        ("# A\n===", [(1, "A")]),
        ("words\n# A", [(0, ""), (1, "A")]),
        ("# Art. 1 *ważne* [tu](http://x_y) `kod` ![opis](z.png)[^3] A&amp;B \\# 2", [(1, "Art. 1 ważne tu kod opis A&B # 2")]),
    ],
)  # fmt: skip
def test_headings(text: str, expected: list[tuple[int, str]]):
    assert headings(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "#A", "####### A", "    # A", "\\# A", "```\n# A\n```", "~~~ md\n# A\n~~~~~", "````\n```\n# A\n````",
        "<!--\n\n# A\n-->", "<pre>\n\n# A\n</pre>", "<div>\n# A\n</div>", "---\ntitle: x\n# A\n---",
        "---\ntitle: x\n# A\n--- abstract", "> # A", "- # A", "- x\n\n  # A", "1. x\n   # A", "a\nb\n===", "- a\n---",
        "> a\n===", "===", "a\n\n===", "[^1]: x\n    # A",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_heading_does_not_split(text: str):
    assert headings(text) == [(0, "")]


@pytest.mark.parametrize(
    "text", ["```\n# A", "<!--\n# A", "<div>\n\n# A", "- x\n# A", "> x\n# A", "---\n\n# A\n\n---"]
)
def test_what_is_left_open_hides_no_heading(text: str):
    assert headings(text) == [(0, ""), (1, "A")]


@pytest.mark.parametrize(
    "source",
    [
        "# A\n```\nx",
        "# A\n~~~~~ py\nx\n",
        "# A\n`````\n```\n",
        "# A\n<!-- x",
        "# A\n\n<pre>\nx",
        "---\ntitle: x\n",
        "# A\n<?x",
    ],
)
def test_an_opening_that_later_words_would_close_is_noticed(source: str):
    assert outline.leaves_open(source)


@pytest.mark.parametrize(
    "source",
    ["", "\n", "# A", "# A\n\nx", "A\n===\nx", "# A\n```\n# x\n```\n", "# A\n<!-- x -->", "a `x", "a <!-- x", "- a\n  b", "> a",
     "<div>", "a\n---", "---\ntitle: x\n---\n", "```x`", "# A\n\n    ```\n", "[^1]: x", "# A\n\n| a |\n|---|"],
)  # fmt: skip
def test_what_is_complete_leaves_nothing_open(source: str):
    assert not outline.leaves_open(source)


@given(marked_up, marked_up)
@sampled
def test_a_complete_section_hides_no_heading_after_it(before: str, after: str):
    first, second = f"{before}\n\n", f"# x\n{after}"
    if before.strip() and not outline.leaves_open(first):
        assert [piece.source for piece in split(first + second)][len(split(first)) :] == [
            p.source for p in split(second)
        ]


def test_front_matter_is_yaml_all_through():
    assert headings("---\nUwaga: tekst\n\nZwykły akapit.\n\n# A\n\n---\n") == [(0, ""), (1, "A")]
    assert headings("---\ntitle: x\nlist:\n  - a\n- b\n\n# c\n---\n# A") == [(0, ""), (1, "A")]


def test_parents_are_the_nearest_earlier_section_of_smaller_level():
    levels = [0, 1, 3, 2, 4, 2, 1, 2]
    assert outline.nest(levels) == (None, None, 1, 1, 3, 1, None, 6)
    assert outline.depths(levels) == (0, 0, 1, 1, 2, 1, 0, 1)


@sampled
@given(st.lists(st.integers(0, 6)))
def test_a_section_is_one_deeper_than_its_parent(levels: list[int]):
    parents, depths = outline.nest(levels), outline.depths(levels)
    for index, parent in enumerate(parents):
        assert depths[index] == (0 if parent is None else depths[parent] + 1)
        assert parent is None or (parent < index and 0 < levels[parent] < levels[index])


SOURCES = ["# A #\nbody", "\nTit\n===\nb\n", "  ## x", "pre\n", "", "#\n\nx", "x\n---"]
titles = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20) | st.sampled_from(
    [
        "C #",
        "1. foo",
        "a_b_ *c* [x](y) &amp; <b> \\",
        "- x",
        "# y",
        "=",
        "`a``b`",
        "[^1]",
        "http://x",
        "a\\#",
        "\\",
    ]
)


@sampled
@given(st.sampled_from(SOURCES), titles)
def test_a_new_title_reads_back_and_leaves_the_body(source: str, title: str):
    if not title.strip():
        return
    renamed = outline.retitle(source, title)
    assert outline.heading_of(renamed) == " ".join(title.split())
    assert len(split(renamed)) == 1
    if outline.level_of(source):
        assert outline.body(renamed) == outline.body(source)
        assert outline.level_of(renamed) == outline.level_of(source)


def test_a_heading_keeps_its_style():
    assert outline.retitle("## Stary ##\nx", "Nowy") == "## Nowy ##\nx"
    assert outline.retitle("\nStary\n=====\nx", "Nowy") == "\nNowy\n=====\nx"
    assert outline.with_level("## A ##\nx", 3) == "### A ###\nx"
    assert outline.with_level("A *b*\n===\nx", 2) == "A *b*\n---\nx"
    assert outline.with_level("A *b*\n===\nx", 3) == "### A *b*\nx"


@pytest.mark.parametrize(
    ("title", "code"), [("  ", "invalid.title_empty"), ("a\nb", "invalid.title_multiline")]
)
def test_a_title_is_one_line_of_words(title: str, code: str):
    with pytest.raises(InvalidInput) as refusal:
        outline.retitle("# A", title)
    assert refusal.value.code == code


def test_a_level_is_one_to_six_and_needs_a_heading():
    for source, level, code in [
        ("# A", 7, "level_out_of_range"),
        ("# A", 0, "level_out_of_range"),
        ("a", 2, "heading_missing"),
    ]:
        with pytest.raises(InvalidInput) as refusal:
            outline.with_level(source, level)
        assert refusal.value.code == f"invalid.{code}"


@pytest.mark.parametrize(
    "hostile",
    ["```\n", "<!--\n", "<pre>\n", "- ", "> ", "#", "# ", "-\n", "a\n---\n", "[", "[a]: ", "&", "*", "<a ", " ", "\t", "`" * 7 + "\n"],
)  # fmt: skip
def test_splitting_takes_linear_time_on_hostile_text(hostile: str):
    text = "# " + hostile * (60_000 // len(hostile))
    with within(1):
        assert "".join(piece.source for piece in split(text)) == text
