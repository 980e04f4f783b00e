"""A text as a Word file: its structure is Word's own, and nothing of it is lost on the way there and back."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timezone
from pathlib import PurePosixPath

import docx
import mammoth
import pytest
from lxml import etree

from consult.adapters.export_docx import DocxWriter
from consult.adapters.import_files import DocxReader
from tests.adapters.exported_texts import exported

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(markdown: str, **changes) -> bytes:
    return DocxWriter().write(exported(markdown, **changes))


def opened(markdown: str, **changes):
    """The file as python-docx, which had no part in writing it, reads it."""
    return docx.Document(io.BytesIO(written(markdown, **changes)))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def paragraphs(markdown: str) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in opened(markdown).paragraphs]


def styled(style: str, markdown: str) -> list[str]:
    return [words for name, words in paragraphs(markdown) if name == style]


class TestFile:
    def test_is_the_same_every_time(self):
        text = exported("# Cele\n\nSłowa[^1].\n\n[^1]: Przypis.\n")
        assert DocxWriter().write(text) == DocxWriter().write(text)

    def test_is_a_sound_archive_of_well_formed_parts(self):
        content = written(
            "# Cele & <środki>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n\n[x](https://a.b/?c=1&d=2)\n"
        )
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            assert archive.namelist()[0] == "[Content_Types].xml"
            roots = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
        types = {each.get("PartName") for each in roots["[Content_Types].xml"] if each.get("PartName")}
        assert types <= {f"/{name}" for name in roots}
        for name, root in roots.items():
            if name.endswith(".rels"):
                folder = PurePosixPath(name).parent.parent
                for link in root:
                    assert link.get("TargetMode") == "External" or str(folder / link.get("Target")) in roots

    def test_names_every_relationship_and_style_it_uses(self):
        content = written(
            "# Cele\n\n[x](https://a.b) `kod`[^1]\n\n> cytat\n\n```\nkod\n```\n\n---\n\n- a\n\n| a |\n|---|\n| b |\n\n[^1]: [y](https://c.d)\n"
        )
        defined = set(re.findall(r'w:styleId="([^"]+)"', part(content, "word/styles.xml")))
        for name in ("word/document.xml", "word/footnotes.xml", "word/footer1.xml"):
            body = part(content, name)
            assert set(re.findall(r'w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', body)) <= defined
            used = set(re.findall(r'r:id="([^"]+)"', body))
            if used:
                known = re.findall(
                    r'Id="([^"]+)"', part(content, f"word/_rels/{name.removeprefix('word/')}.rels")
                )
                assert used <= set(known)

    def test_holds_nobodys_name(self):
        properties = opened("# Cele\n").core_properties
        assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
        assert properties.title == "Standard dostępności"
        assert properties.created == datetime(2026, 5, 4, 12, 30, tzinfo=timezone.utc)  # noqa: UP017

    def test_is_in_the_language_of_the_text(self):
        assert 'w:lang w:val="pl-PL"' in part(written("# Cele\n"), "word/styles.xml")
        english = written("# Aims\n\n# More\n", language="en")
        assert 'w:lang w:val="en-GB"' in part(english, "word/styles.xml")
        assert "Contents" in part(english, "word/document.xml")

    def test_numbers_its_pages(self):
        footer = part(written("# Cele\n"), "word/footer1.xml")
        assert "> PAGE <" in footer
        assert "Strona" in footer

    def test_opens_with_what_it_is(self):
        body = part(written("# Cele\n"), "word/document.xml")
        for words in (
            "Standard dostępności",
            "Gmina Przykładowa",
            "Wersja 2 z 4 maja 2026 r.",
            "4 maja 2026 r., godz. 14.30",
            "sha256:0123abcd",
        ):
            assert words in body

    def test_survives_words_that_xml_cannot_hold(self):
        assert "a\ufffdb" in part(written("# Cele\n", title="a\x0bb"), "word/document.xml")
        assert opened("# a\ud800b\x01\uffff\n")


class TestText:
    def test_has_real_headings_at_their_own_level(self):
        markdown = "# Art. 1\n\n#### Art. 4\n\n###### Art. 6\n"
        assert [each for each in paragraphs(markdown) if each[0].startswith("Heading")] == [
            ("Heading 1", "Art. 1"), ("Heading 4", "Art. 4"), ("Heading 6", "Art. 6"),
        ]  # fmt: skip

    def test_prints_counted_numbers_but_not_those_the_heading_has(self):
        markdown = "# Standard\n\n## Cele\n\n## Środki\n"
        assert styled("Heading 2", markdown) == ["1 Cele", "2 Środki"]
        assert styled("Heading 2", "# Ustawa\n\n## Art. 5. Cele\n\n## Art. 6\n") == ["Art. 5. Cele", "Art. 6"]

    def test_lists_its_headings_as_links_to_them(self):
        body = part(written("# Jeden\n\n## Dwa\n"), "word/document.xml")
        targets = re.findall(r'w:anchor="([^"]+)"', body)
        assert len(targets) == 2
        assert set(targets) == set(re.findall(r'w:bookmarkStart w:id="\d+" w:name="([^"]+)"', body))

    def test_keeps_emphasis(self):
        runs = (
            opened(
                "**mocno** *lekko* ***oba*** ~~nie~~ <u>pod</u> <s>stare</s> x<sup>a</sup>y<sub>b</sub> `kod`\n"
            )
            .paragraphs[0]
            .runs
        )
        looks = {each.text: each for each in runs}
        assert looks["mocno"].bold
        assert looks["lekko"].italic
        assert looks["oba"].bold
        assert looks["oba"].italic
        assert looks["pod"].underline
        assert looks["stare"].font.strike
        assert looks["a"].font.superscript
        assert looks["b"].font.subscript
        assert looks["kod"].style.name == "Code Text"

    def test_keeps_links(self):
        links = opened("Zob. [stronę *urzędu*](https://example.org/?a=1&b=2).\n").paragraphs[0].hyperlinks
        assert [(each.text, each.address) for each in links] == [
            ("stronę urzędu", "https://example.org/?a=1&b=2")
        ]

    def test_keeps_lists_with_their_numbers(self):
        markdown = "3. trzy\n4. cztery\n    - w środku\n9. dziewięć\n\nPrzerwa.\n\n1. od nowa\n"
        assert DocxReader().read(written(markdown), filename="x").source == (
            "3. trzy\n4. cztery\n    - w środku\n9. dziewięć\n\nPrzerwa.\n\n1. od nowa\n"
        )

    def test_gives_each_list_numbering_of_its_own(self):
        body = part(written("1. a\n\nPrzerwa.\n\n1. b\n"), "word/document.xml")
        assert len(set(re.findall(r'w:numId w:val="(\d+)"', body))) == 2

    def test_keeps_tables(self):
        table = opened("| Zadanie | Kwota |\n|:--|--:|\n| **Basen** | 1 |\n| Tor | 2 |\n\nDalej.\n").tables[0]
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["Zadanie", "Kwota"],
            ["Basen", "1"],
            ["Tor", "2"],
        ]
        assert table.rows[0].cells[0].paragraphs[0].style.name == "Table Heading"
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert table.cell(1, 1).paragraphs[0].alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT

    def test_keeps_cells_that_span(self):
        html = "<table><tr><td rowspan=2>wysoka</td><td colspan=2>szeroka</td></tr><tr><td>b</td><td>c</td></tr><tr><td>d</td></tr></table>\n"
        table = opened(html).tables[0]
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["wysoka", "szeroka", "szeroka"], ["wysoka", "b", "c"], ["d", "", ""],
        ]  # fmt: skip

    def test_keeps_quotations_code_and_rules(self):
        markdown = "> cytat\n\n```\njeden\n  dwa\n```\n\n---\n"
        assert [each for each in paragraphs(markdown) if each[1] or each[0] == "Rule"] == [
            ("Quote", "cytat"), ("Code", "jeden\n  dwa"), ("Rule", ""),
        ]  # fmt: skip

    def test_keeps_special_hyphens(self):
        body = part(written("Bielsko\u2011Biała roz\u00addział\n"), "word/document.xml")
        assert "<w:noBreakHyphen/>" in body
        assert "<w:softHyphen/>" in body

    def test_survives_unusual_html(self):
        for html in (
            "<ul><li><table><tr><td>a<ul><li>b</li></ul></td></tr></table></li></ul>",
            "<blockquote>" * 300 + "x",
            "<ul><li>" * 60 + "x",
            "<table><tr><td>" * 30 + "x",
            "<li>sam</li><td>sama</td></p></div>",
            "<table><tr></tr></table>",
            "<table><tr><td rowspan=999999999 colspan=999999999>x</td></tr></table>",
            "<ol><li value=999999999>x</li></ol>",
            "<table>" + "<tr><td rowspan=999>x" * 2_000 + "</table>",
            "<table><tr>" + "<td>x" * 2_000 + "</table>",
        ):
            assert opened(f"a\n\n{html}\n\nb\n").paragraphs[0].text == "a"


class TestFootnotes:
    MARKDOWN = "# Cele\n\nRaz[^1], dwa[^a] i znów[^1].\n\n[^1]: Pierwszy *przypis*.\n\n    Drugi akapit.\n\n[^a]: Z [adresem](https://a.b).\n"

    def test_are_words_own(self):
        notes = etree.fromstring(part(written(self.MARKDOWN), "word/footnotes.xml").encode())
        words = {each.get(f"{W}id"): "".join(each.itertext()) for each in notes}
        assert words["1"].strip() == "Pierwszy przypis.Drugi akapit."
        assert words["2"].strip() == "a Z adresem."

    def test_do_not_stand_in_the_text_as_well(self):
        assert "Pierwszy" not in part(written(self.MARKDOWN), "word/document.xml")

    def test_are_marked_once_with_a_reference_and_then_with_their_label(self):
        body = part(written(self.MARKDOWN), "word/document.xml")
        assert body.count("<w:footnoteReference") == 2
        assert 'w:customMarkFollows="1" w:id="2"/><w:t>a</w:t>' in body

    def test_begin_with_their_mark_in_the_paragraph_of_their_words(self):
        notes = etree.fromstring(part(written(self.MARKDOWN), "word/footnotes.xml").encode())
        first = next(each for each in notes if each.get(f"{W}id") == "1")[0]
        assert first.find(f".//{W}footnoteRef") is not None
        assert "Pierwszy" in "".join(first.itertext())

    def test_that_nothing_cites_stay_in_the_text(self):
        body = part(written("Raz.\n\n[^9]: Samotny przypis.\n"), "word/document.xml")
        assert "Samotny przypis." in body

    def test_defined_in_another_section_are_found(self):
        content = written("# A\n\nRaz[^1].\n\n# B\n\n[^1]: Dalej.\n")
        assert "Dalej." in part(content, "word/footnotes.xml")


def test_another_reader_finds_the_same_headings_lists_notes_and_words():
    markdown = (
        "# Art. 1\n\nSłowa **mocne** i [adres](https://a.b)[^1].\n\n1. raz\n2. dwa\n    - w środku\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n[^1]: Przypis.\n\n### Art. 2\n\nKoniec.\n"
    )
    html = mammoth.convert_to_html(io.BytesIO(written(markdown))).value
    for found in (
        "Art. 1</h1>",
        "Art. 2</h3>",
        "<strong>mocne</strong>",
        '<a href="https://a.b">adres</a>',
        "<li>raz</li>",
        "<ul><li>w środku</li></ul>",
        "Przypis.",
        "Koniec.",
    ):
        assert found in html


@pytest.mark.parametrize("name", ["Title", "Subtitle", "TOC Heading"])
def test_the_title_page_and_contents_are_left_out_when_the_file_comes_back(name):
    content = written("# Cele\n\nSłowa.\n\n## Środki\n\nDalej.\n")
    text = DocxReader().read(content, filename="x.docx")
    assert text.source == "# Cele\n\nSłowa.\n\n## Środki\n\nDalej.\n"
    assert text.title == "Standard dostępności"
    assert {"title_page", "contents", "section_numbers"} <= {each.code for each in text.remarks}
    assert f'w:val="{name}"' in part(content, "word/styles.xml")
