"""A web page comes in as its reader sees it, without the frame around the text."""

from __future__ import annotations

from contextlib import suppress

import pytest

from consult.adapters.import_files import HtmlReader
from consult.domain.errors import InvalidInput
from consult.ports.imports import ImportedText
from tests.pace import within


def read(content: str | bytes) -> ImportedText:
    page = content.encode() if isinstance(content, str) else content
    return HtmlReader().read(page, filename="strona.html")


def test_headings_paragraphs_looks_and_links() -> None:
    assert read(
        "<h1>Zasady <em>współpracy</em></h1><p>Art. 15<sup>1</sup> mówi <b>wprost</b>:<br>tak"
        ' <a href="https://example.org/a b">tutaj</a>.</p>'
    ).source == (
        "# Zasady *współpracy*\n\nArt. 15¹ mówi **wprost**:\\\ntak [tutaj](https://example.org/a%20b).\n"
    )


def test_words_that_stand_in_no_paragraph_make_their_own() -> None:
    assert (
        read("<div>luźne<p>akapit</p>i <i>znów</i> luźne</div>").source
        == "luźne\n\nakapit\n\ni *znów* luźne\n"
    )


def test_lists_keep_their_numbers_and_depth() -> None:
    assert read(
        "<ol start=3><li>trzy<ul><li>kropka</li></ul><li value=7>siedem</ol><ol type=a><li>litera</ol>"
    ).source == ("3. trzy\n    - kropka\n7. siedem\n\na. litera\n")


def test_tables_and_quotations() -> None:
    assert read(
        "<table><tr><th>A<th>B<tr><td>c<br>d<td>e|f</table><blockquote><p>cytat</p></blockquote>"
    ).source == ("| A | B |\n| --- | --- |\n| c<br>d | e\\|f |\n\n> cytat\n")


def test_the_frame_around_the_text_is_left_out_and_said() -> None:
    text = read(
        "<html><head><title>Strategia</title></head><body><header>Menu</header><nav>x</nav><main><p>Treść</p>"
        "<p hidden>ukryte</p><img alt=mapa src=x><script>alert(1)</script></main><footer>Stopka</footer></body></html>"
    )
    assert text.source == "Treść\n"
    assert text.title == "Strategia"
    assert {remark.code for remark in text.remarks} == {"hidden_text", "images"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-2", "windows-1250"])
def test_a_page_may_be_written_in_any_encoding_it_names(encoding: str) -> None:
    page = f"<meta charset={encoding}><p>Zażółć gęślą jaźń</p>".encode(encoding)
    assert read(page).source == "Zażółć gęślą jaźń\n"


def test_markup_of_ours_in_the_words_stays_words() -> None:
    assert read("<p># nie nagłówek</p><p>*gwiazdki* &lt;b&gt; [x](y)</p>").source == (
        "\\# nie nagłówek\n\n\\*gwiazdki\\* \\<b> \\[x](y)\n"
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04....", b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0...."])
def test_another_kind_of_file_says_so(content: bytes) -> None:
    with pytest.raises(InvalidInput, match="file_not_page"):
        read(content)


def test_a_page_without_words_is_empty() -> None:
    with pytest.raises(InvalidInput, match="file_empty"):
        read("<html><body><script>x</script></body></html>")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 5_000,
        "<b>" * 5_000 + "x",
        "<ul><li>" * 2_000 + "x",
        "<table><tr><td>" * 2_000 + "x",
        "<span>x" * 240 + "<p>y</p>" * 20_000,
        "<" * 200_000,
        "&" * 200_000,
    ],
    ids=["boxes", "looks", "lists", "tables", "chains", "brackets", "ampersands"],
)
def test_hostile_pages_cost_no_more_than_their_length(page: str) -> None:
    with within(3), suppress(InvalidInput):
        read(page)
