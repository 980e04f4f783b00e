"""Sections compared as they are laid out: nothing of either text is lost, tables go cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.adapters.markdown_html import MarkdownHtml
from consult.domain.diffing.laid import EMPTY, Line, Words, compare_laid, joined
from consult.domain.text.passages import Laid, Shape, lay_out

RENDERER = MarkdownHtml()


def laid(source: str) -> Laid:
    return lay_out(RENDERER.render(source).html)


def words_of(line: Line) -> list[Words]:
    cells = [words for row in line.grid for cell in row.cells for words in cell.words]
    return [*line.words, *cells]


def squeezed(text: str) -> str:
    return "".join(text.split())


def side(lines: tuple[Line, ...], gone: str) -> str:
    """The words of one side: all but those that went, or that came."""
    return squeezed("".join(one.text for line in lines for one in words_of(line) if one.kind != gone))


BLOCKS = st.sampled_from(
    [
        "Urząd ogłasza konsultacje nie później niż 21 dni przed przyjęciem.",
        "Urząd ogłasza konsultacje nie później niż 30 dni przed przyjęciem, a w lipcu 45.",
        "Uwagi **może** zgłosić każda osoba.",
        "Uwagi może zgłosić [każda osoba](https://example.org/a).",
        "1. pierwszy punkt\n2. drugi punkt",
        "- pierwszy punkt\n- drugi punkt inaczej",
        "| A | B |\n|---|---|\n| 1 | 2 |\n| x | y |",
        "| A | C | B |\n|---|---|---|\n| 1 | 5 | 2 |\n| x | 6 | z |",
        "> cytat ze starej uchwały",
        "```\nkod źródłowy\n```",
        "",
    ]
)
TEXTS = st.lists(BLOCKS, max_size=6).map(lambda blocks: "## Część\n\n" + "\n\n".join(blocks) + "\n")


@settings(max_examples=30, deadline=None)
@given(TEXTS, TEXTS)
def test_the_lines_hold_every_word_of_both_texts_in_order(old: str, new: str) -> None:
    before, after = laid(old), laid(new)
    found = compare_laid(before, after)
    assert side(found.lines, "del") == squeezed(after.plain)
    assert sorted(side(found.lines, "ins")) == sorted(squeezed(before.plain))


@pytest.mark.deep
@settings(max_examples=10_000, deadline=None)
@given(TEXTS, TEXTS)
def test_thousands_of_pairs_hold_every_word(old: str, new: str) -> None:
    before, after = laid(old), laid(new)
    found = compare_laid(before, after)
    assert side(found.lines, "del") == squeezed(after.plain)
    assert sorted(side(found.lines, "ins")) == sorted(squeezed(before.plain))


@settings(max_examples=20, deadline=None)
@given(TEXTS, TEXTS)
def test_every_difference_stands_in_one_line_and_has_words_or_a_shape_there(old: str, new: str) -> None:
    found = compare_laid(laid(old), laid(new))
    numbered = [number for line in found.lines for number in line.differences]
    assert sorted(numbered) == list(range(len(found.differences)))
    marked = {one.difference for line in found.lines for one in words_of(line) if one.kind != "same"}
    of_shape = {number for line in found.lines if line.was for number in line.differences}
    assert set(numbered) - marked <= of_shape


@given(TEXTS)
@settings(max_examples=15, deadline=None)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    found = compare_laid(laid(text), laid(text))
    assert found.differences == ()
    assert {line.state for line in found.lines} <= {"same"}


def test_a_column_put_into_a_table_is_one_difference_and_the_other_cells_stay() -> None:
    old = "| A | B |\n|---|---|\n| 1 | 2 |\n| x | y |"
    new = "| A | nowa | B |\n|---|---|---|\n| 1 | 5 | 2 |\n| x | 6 | y |"
    found = compare_laid(laid(old), laid(new))
    (table,) = found.lines
    assert [[cell.state for cell in row.cells] for row in table.grid] == [["same", "added", "same"]] * 3
    assert len(found.differences) == 1


def test_a_row_taken_out_of_a_table_is_one_difference() -> None:
    old = "| A | B |\n|---|---|\n| 1 | 2 |\n| x | y |\n| q | w |"
    new = "| A | B |\n|---|---|\n| 1 | 2 |\n| q | w |"
    found = compare_laid(laid(old), laid(new))
    assert [row.state for row in found.lines[0].grid] == ["same", "same", "removed", "same"]
    assert len(found.differences) == 1


def test_a_changed_cell_is_compared_by_its_words() -> None:
    old, new = "| A |\n|---|\n| do 20 000 zł |", "| A |\n|---|\n| do 50 000 zł |"
    (cell,) = compare_laid(laid(old), laid(new)).lines[0].grid[1].cells
    assert [(one.kind, one.text) for one in cell.words if one.kind != "same"] == [
        ("del", "20"),
        ("ins", "50"),
    ]


def test_words_set_in_another_way_are_a_difference_where_the_plain_text_is_the_same() -> None:
    found = compare_laid(laid("Urząd musi odpowiedzieć."), laid("Urząd **musi** odpowiedzieć."))
    (line,) = found.lines
    assert [(one.kind, one.text) for one in line.words] == [
        ("same", "Urząd "),
        ("set", "musi"),
        ("same", " odpowiedzieć."),
    ]
    assert found.differences[0].is_of_setting


def test_a_link_that_leads_elsewhere_is_a_difference() -> None:
    found = compare_laid(laid("Zob. [wzór](https://a.pl/1)."), laid("Zob. [wzór](https://a.pl/2)."))
    changed = [one for one in found.lines[0].words if one.kind == "set"]
    assert [(one.before[0].target, one.settings[0].target) for one in changed] == [
        ("https://a.pl/1", "https://a.pl/2")
    ]


def test_a_heading_of_another_level_and_a_list_that_was_numbered_say_what_they_were() -> None:
    found = compare_laid(laid("## T\n\n1. raz\n2. dwa"), laid("### T\n\n- raz\n- dwa"))
    assert [(line.was.level, line.was.mark) for line in found.lines if line.was] == [
        (2, ""),
        (0, "1."),
        (0, "2."),
    ]


def test_a_paragraph_wholly_rewritten_stands_in_one_line() -> None:
    found = compare_laid(laid("A.\n\nStare słowa tutaj.\n\nB."), laid("A.\n\nCoś całkiem innego.\n\nB."))
    assert [line.state for line in found.lines] == ["same", "changed", "same"]


def test_a_section_that_came_is_all_added_and_one_that_went_all_removed() -> None:
    text = laid("## T\n\nAkapit.\n\n| A |\n|---|\n| 1 |")
    assert {line.state for line in compare_laid(EMPTY, text).lines} == {"added"}
    assert {line.state for line in compare_laid(text, EMPTY).lines} == {"removed"}


def test_sections_joined_are_laid_out_as_one_text() -> None:
    one, other = laid("## A\n\nraz **dwa**"), laid("## B\n\n| x |\n|---|\n| y |")
    whole = joined([one, other])
    assert [passage.span.of(whole.plain) for passage in whole.passages] == [
        *(passage.span.of(one.plain) for passage in one.passages),
        *(passage.span.of(other.plain) for passage in other.passages),
    ]
    assert whole.passages[-1].shape is Shape.TABLE
    assert [setting.span.of(whole.plain) for setting in whole.settings] == ["dwa"]
