"""References bear the number a section has now, and their numbers are no part of the text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consult.adapters.markdown_html import MarkdownHtml
from consult.domain.text.cross_references import Target, list_references, marker, parted, renumbered
from consult.domain.text.plain import plain_of

HERE, GONE = "1a2b3c4d5e6f", "aaaaaaaaaaaa"


@pytest.fixture(scope="module")
def renderer() -> Iterator[MarkdownHtml]:
    renderer = MarkdownHtml(workers=1)
    yield renderer
    renderer.close()


def shown(renderer: MarkdownHtml, source: str, label: str, title: str = "Zasady", **options: bool) -> str:
    rendered = renderer.render(source)
    targets = {HERE: Target(label, title, f"#s-{HERE}")}
    written = renumbered(rendered.html, targets.get, gone="[nie ma]", **options)
    if options.get("is_generated", True):
        assert plain_of(written) == rendered.plain
    return written


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("§ 5", "§ 7", "§ 7"),
        ("§ 5.", "§ 7", "§ 7"),
        ("rozdziale 2", "Rozdział 3", "rozdziale 3"),
        ("załączniku nr 1", "Załącznik nr 2", "załączniku nr 2"),
        ("2.1", "2.4", "2.4"),
        ("2.1", "§ 7", "§ 7"),
        ("dziale II", "Dział IV", "dziale IV"),
        ("art. 5a", "Art. 22¹", "art. 22¹"),
        ("zasadami naboru", "§ 7", "zasadami naboru (§ 7)"),
        ("zasadami naboru", "", "zasadami naboru"),
        ("§ 5", "", "§ „Zasady”"),
    ],
)
def test_the_number_of_a_reference_is_the_present_one_and_its_words_are_the_writers(
    renderer: MarkdownHtml, words: str, label: str, expected: str
) -> None:
    html = shown(renderer, f"Zgodnie z [{words}](#s-{HERE}) oraz dalej.", label)
    assert plain_of(html.replace(' data-generated=""', "")) == f"Zgodnie z {expected} oraz dalej."
    assert f'href="#s-{HERE}"' in html


def test_plain_text_stays_the_same_when_sections_are_renumbered(renderer: MarkdownHtml) -> None:
    source = f"Patrz [§ 5](#s-{HERE}), [rozdział 2](#s-{HERE}) i [nabór](#s-{HERE})."
    pages = [plain_of(shown(renderer, source, label)) for label in ("§ 5", "§ 12", "", "4.4")]
    assert set(pages) == {renderer.render(source).plain} == {"Patrz § , rozdział i nabór."}


def test_a_reference_to_what_is_gone_says_so_keeps_its_words_and_leads_nowhere(
    renderer: MarkdownHtml,
) -> None:
    html = shown(renderer, f"Patrz [§ 5](#s-{GONE}).", "§ 7")
    assert "<a " not in html
    assert plain_of(html.replace(' data-generated=""', "")) == "Patrz § 5 [nie ma]."


def test_numbers_are_words_in_files_that_are_read_back(renderer: MarkdownHtml) -> None:
    assert plain_of(shown(renderer, f"Patrz [§ 5](#s-{HERE}).", "§ 7", is_generated=False)) == "Patrz § 7."


def test_words_of_a_heading_cannot_become_markup(renderer: MarkdownHtml) -> None:
    html = shown(renderer, f"Patrz [2](#s-{HERE}).", "", '<script>"&')
    assert "<script" not in html
    assert 'aria-label="„&lt;script&gt;&quot;&amp;”"' in html


def test_what_the_editor_puts_in_is_read_as_a_reference(renderer: MarkdownHtml) -> None:
    for label, title in (("§ 5", "Zasady"), ("", "Zasady [robocze] *x*"), ("2.1", "")):
        html = renderer.render(f"Patrz {marker(HERE * 2, label, title)}.").html
        assert [found.name for found in list_references(html)] == [HERE]
        assert list_references(html)[0].words == (label or title)


def test_other_links_are_no_references(renderer: MarkdownHtml) -> None:
    html = renderer.render("[§ 5](#note-1) [§ 6](https://x.pl/#s-1a2b3c4d5e6f) `[§ 7](#s-1a2b3c4d5e6f)`").html
    assert list_references(html) == ()
    assert "data-generated" not in html


@pytest.mark.parametrize(
    ("words", "unit", "number"),
    [("§ 5", "§ ", "5"), ("naboru", "naboru", ""), ("XIV", "", "XIV"), ("m2", "m2", ""), ("", "", "")],
)
def test_the_number_stands_at_the_end_as_a_word_of_its_own(words: str, unit: str, number: str) -> None:
    assert parted(words) == (unit, number)
