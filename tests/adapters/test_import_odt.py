"""An OpenDocument text comes in as its reader sees it: words, headings, numbers, lists, tables, notes."""

from __future__ import annotations

import pytest

from consult.adapters.import_files import Limits, OdtReader
from consult.domain.errors import InvalidInput
from consult.ports.imports import ImportedText
from tests.adapters.odt_files import odt
from tests.pace import within

BOLD = '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
RAISED = '<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
LETTERS = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    "</text:list-style>"
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
)


def read(content: bytes, limits: Limits = Limits()) -> ImportedText:
    return OdtReader(limits).read(content, filename="projekt.odt")


def source(body: str, **parts: str) -> str:
    return read(odt(body, **parts)).source


def remarks(body: str, **parts: str) -> dict[str, int]:
    return {remark.code: remark.count for remark in read(odt(body, **parts)).remarks}


def refusal(content: bytes, limits: Limits = Limits()) -> str:
    with pytest.raises(InvalidInput) as refused:
        read(content, limits)
    return refused.value.code.removeprefix("invalid.")


def test_headings_paragraphs_and_looks() -> None:
    assert (
        source(
            '<text:h text:outline-level="1">Zasady</text:h><text:p>Art. 15<text:span text:style-name="T2">1</text:span>'
            ' mówi <text:span text:style-name="T1">wprost</text:span>:<text:s text:c="3"/>tak.<text:line-break/>Dalej</text:p>',
            styles=BOLD + RAISED,
        )
        == "# Zasady\n\nArt. 15¹ mówi **wprost**: tak.\\\nDalej\n"
    )


def test_a_title_is_the_title_and_a_style_may_inherit_being_one() -> None:
    child = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    title = '<style:style style:name="Title" style:family="paragraph"/>'
    text = read(
        odt('<text:p text:style-name="P1">Strategia</text:p><text:p>x</text:p>', styles=child, named=title)
    )
    assert text.title == "Strategia"
    assert text.source.startswith("# Strategia\n")


def test_lists_keep_their_numbers_also_those_markdown_does_not_know() -> None:
    body = (
        '<text:list text:style-name="L1"><text:list-item><text:p>raz</text:p><text:list>'
        "<text:list-item><text:p>litera</text:p></text:list-item></text:list></text:list-item>"
        '<text:list-item text:start-value="7"><text:p>siedem</text:p><text:p>i dalej</text:p></text:list-item></text:list>'
        '<text:list text:style-name="L2"><text:list-item><text:p>kropka</text:p></text:list-item></text:list>'
    )
    assert source(body, styles=LETTERS) == "1. raz\n\n    a) litera\n\n7. siedem\\\n    i dalej\n\n- kropka\n"


def test_numbers_printed_before_headings_become_words() -> None:
    outline = (
        '<text:outline-style style:name="Outline">'
        '<text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Dział "/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = "".join(
        f'<text:h text:outline-level="{level}">{words}</text:h>'
        for level, words in ((1, "Cele"), (2, "Pierwszy"), (2, "Drugi"), (1, "Środki"), (2, "Trzeci"))
    )
    assert source(body, named=outline).split("\n\n") == [
        "# Dział I Cele",
        "## I.1 Pierwszy",
        "## I.2 Drugi",
        "# Dział II Środki",
        "## II.1 Trzeci\n",
    ]


def test_tables_come_without_the_thousand_empty_rows_programs_add() -> None:
    row = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell><table:table-cell><text:p>{}</text:p></table:table-cell>{}</table:table-row>"
    empty = '<table:table-cell table:number-columns-repeated="1000"/>'
    body = (
        "<table:table><table:table-header-rows>"
        + row.format("A", "B", empty)
        + "</table:table-header-rows>"
        + row.format("c", "d | e", empty)
        + '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row></table:table>'
    )
    assert source(body) == "| A | B |\n| --- | --- |\n| c | d \\| e |\n"


def test_footnotes_stand_at_the_end_of_their_section() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>Dz.U. 2024 poz. 1491</text:p></text:note-body></text:note>"
    )
    assert (
        source(f"<text:p>Tak{note}.</text:p><text:h text:outline-level='1'>Dalej</text:h><text:p>y</text:p>")
        == "Tak[^1].\n\n[^1]: Dz.U. 2024 poz. 1491\n\n# Dalej\n\ny\n"
    )


def test_what_is_left_out_is_said() -> None:
    assert remarks(
        "<text:table-of-content><text:index-body><text:p>Spis</text:p></text:index-body></text:table-of-content>"
        '<text:p>a<draw:frame draw:name="mapa"><draw:image/></draw:frame><text:a xlink:href="javascript:x">b</text:a></text:p>'
        "<draw:frame><draw:text-box><text:p>w ramce</text:p></draw:text-box></draw:frame>"
    ) == {"contents": 1, "images": 1, "links": 1, "text_boxes": 1}


def test_words_of_text_boxes_follow_the_paragraph_they_hang_on() -> None:
    box = "<draw:frame><draw:text-box><text:p>w ramce</text:p></draw:text-box></draw:frame>"
    assert source(f"<text:p>przed{box}</text:p><text:p>po</text:p>") == "przed\n\nw ramce\n\npo\n"


class TestRefusals:
    def test_another_kind_of_file_says_so(self) -> None:
        assert refusal(b"%PDF-1.7") == "file_not_opendocument"
        assert refusal(odt("<text:p>x</text:p>", mimetype="application/epub+zip")) == "file_not_opendocument"

    def test_a_locked_file(self) -> None:
        manifest = (
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry>'
            "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
        )
        assert refusal(odt("<text:p>x</text:p>", **{"META-INF/manifest.xml": manifest})) == "file_encrypted"

    def test_an_empty_and_a_cut_file(self) -> None:
        assert refusal(odt("<text:p/>")) == "file_empty"
        assert refusal(odt("<text:p>x</text:p>")[:200]) == "file_damaged"

    def test_entities(self) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
        whole = odt("<text:p>x</text:p>", **{"styles.xml": f"{bomb}<x/>"})
        assert refusal(whole) == "file_unsafe"

    @pytest.mark.parametrize(
        "body",
        [
            "<text:list><text:list-item>" * 60 + "</text:list-item></text:list>" * 60,
            "<text:section>" * 60 + "</text:section>" * 60,
            "<text:p>" + "<text:span>" * 60 + "x" + "</text:span>" * 60 + "</text:p>",
        ],
        ids=["lists", "sections", "spans"],
    )
    def test_bottomless_nesting(self, body: str) -> None:
        assert refusal(odt(body)) == "file_too_complex"

    def test_repeated_cells_stay_bounded(self) -> None:
        cell = '<table:table-cell table:number-columns-repeated="999999999"><text:p>x</text:p></table:table-cell>'
        row = f'<table:table-row table:number-rows-repeated="999999999">{cell}</table:table-row>'
        with within(3):
            assert read(odt(f"<table:table>{row}</table:table>")).source
            assert refusal(odt(f"<table:table>{row * 400}</table:table>")) == "file_too_complex"
