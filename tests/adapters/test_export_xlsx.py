"""Tables as spreadsheets: every word arrives, and none of them does anything."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timezone

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils.escape import unescape

from consult.adapters.export_xlsx import LONGEST_CELL, XlsxWriter
from consult.ports.exports import Table
from tests.real_data import real_data

COLUMNS = (("Lp.", 6), ("Treść uwagi", 60), ("Data wpływu", 14))


def table(*rows, **changes) -> Table:
    return Table(**{"title": "Tabela uwag", "columns": COLUMNS, "rows": rows, **changes})


def naive(*parts: int) -> datetime:
    """A moment without a zone, as spreadsheets hold them."""
    return datetime(*parts)  # noqa: DTZ001


def opened(*tables: Table):
    return openpyxl.load_workbook(io.BytesIO(XlsxWriter().write(tables)))


def cell_of(words: str):
    return opened(table((1, words, None))).worksheets[0].cell(2, 2)


class TestSheet:
    def test_has_headings_that_stay_and_filter(self):
        sheet = opened(table((1, "a", None), (2, "b", None))).worksheets[0]
        assert [cell.value for cell in sheet[1]] == ["Lp.", "Treść uwagi", "Data wpływu"]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:C3"
        assert sheet.print_title_rows == "$1:$1"

    def test_wraps_text_in_columns_as_wide_as_asked(self):
        sheet = opened(table((1, "a", None))).worksheets[0]
        assert sheet.cell(2, 2).alignment.wrap_text
        assert round(sheet.column_dimensions["B"].width) in (60, 61)

    def test_keeps_numbers_and_dates_as_what_they_are(self):
        moment = datetime(2026, 5, 4, 12, 30, tzinfo=timezone.utc)  # noqa: UP017
        day = datetime(2026, 5, 3, 22, tzinfo=timezone.utc)  # noqa: UP017
        sheet = opened(table((7, "a", moment), (2.5, "b", day), (2**60, "c", naive(1800, 1, 1)))).worksheets[
            0
        ]
        assert (sheet.cell(2, 1).value, sheet.cell(3, 1).value, sheet.cell(4, 1).value) == (
            7,
            2.5,
            str(2**60),
        )
        assert (sheet.cell(2, 3).value, sheet.cell(2, 3).number_format) == (
            naive(2026, 5, 4, 14, 30),
            "yyyy-mm-dd hh:mm",
        )
        assert (sheet.cell(3, 3).value, sheet.cell(3, 3).number_format) == (
            naive(2026, 5, 4),
            "yyyy-mm-dd",
        )
        assert sheet.cell(4, 3).value == "1800-01-01T00:00:00"

    def test_survives_numbers_that_are_none(self):
        sheet = opened(table((float("nan"), "a", None), (float("inf"), "b", None))).worksheets[0]
        assert [sheet.cell(row, 1).value for row in (2, 3)] == ["nan", "inf"]

    def test_puts_notes_below_the_rows(self):
        sheet = opened(table((1, "a", None), notes=("Pominięto 2 uwagi.",))).worksheets[0]
        assert sheet.cell(4, 1).value == "Pominięto 2 uwagi."

    def test_has_a_name_spreadsheets_accept_and_no_two_alike(self):
        titles = ["Uwagi: [część/1]?", "x" * 40, "X" * 40, "'", "", "History", "Ciąg dalszy"]
        names = opened(*(table(title=title) for title in titles)).sheetnames
        assert len({name.lower() for name in names}) == len(titles)
        assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)

    def test_holds_nobodys_name_and_is_the_same_every_time(self):
        assert opened(table()).properties.creator in (None, "")
        assert XlsxWriter().write([table((1, "a", None))]) == XlsxWriter().write([table((1, "a", None))])

    def test_without_tables_is_still_a_spreadsheet(self):
        assert len(opened().sheetnames) == 1


class TestWords:
    @pytest.mark.parametrize(
        "words", ["=1+1", "+48 123", "-5", "@SUMA(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x")', "{=1}"]
    )
    def test_that_look_like_formulas_are_words(self, words):
        cell = cell_of(words)
        assert (cell.value, cell.data_type) == (words, "s")
        assert cell.quotePrefix == (words[0] != "{")

    @pytest.mark.parametrize(
        "words",
        [
            "https://example.org",
            "mailto:a@b.pl",
            "external:plik.xlsx",
            "internal:A1",
            "007",
            "1e5",
            "2026-05-04",
            "TRUE",
        ],
    )
    def test_that_look_like_anything_else_are_words(self, words):
        cell = cell_of(words)
        assert (cell.value, cell.data_type, cell.hyperlink) == (words, "s", None)

    @pytest.mark.parametrize(
        "words",
        [
            "a\x00b",
            "a\x0bb",
            "a\x1fb",
            "_x0041_",
            "a\ufffeb",
            "<b>&amp;",
            " z brzegu ",
            "a\nb",
            "שלום 👩‍👩‍👧 \u202e\u200b",
        ],
    )
    def test_that_are_hard_to_write_arrive(self, words):
        assert unescape(cell_of(words).value) == words or cell_of(words).value == words

    def test_that_no_file_can_hold_are_shown_as_missing(self):
        assert cell_of("a\ud800b").value == "a\ufffdb"

    @pytest.mark.parametrize("sign", ["a", "ż", "👩"])
    @pytest.mark.parametrize("surplus", [0, 1, 100_000])
    def test_longer_than_a_cell_go_on_elsewhere_without_loss(self, sign, surplus):
        units = 2 if sign > "\uffff" else 1
        words = sign * (LONGEST_CELL // units) + sign * surplus
        book = opened(table((1, "krótko", None), (2, words, None)))
        sheet = book.worksheets[0]
        first = sheet.cell(3, 2).value
        assert len(first.encode("utf-16-le")) // 2 <= LONGEST_CELL
        if not surplus:
            assert (first, len(book.sheetnames)) == (words, 1)
            return
        kept, _, pointer = first.rpartition("\n")
        assert pointer == "[ciąg dalszy w arkuszu „Ciąg dalszy”, wiersz 1]"
        rest = list(book["Ciąg dalszy"].iter_rows(values_only=True))
        assert {row[:3] for row in rest} == {("Tabela uwag", "Treść uwagi", 3)}
        assert kept + "".join(row[3] for row in rest) == words

    def test_from_a_collection_of_attacks_arrive_as_words(self):
        folder = real_data("attack")
        files = sorted(
            path
            for path in folder.rglob("*")
            if path.is_file() and "csv" in path.name.lower() and path.suffix in (".txt", ".csv")
        )
        lines = [line for path in files for line in path.read_text(errors="replace").splitlines() if line]
        assert lines
        content = XlsxWriter().write([table(*((1, line, None) for line in lines))])
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sheets = [
                etree.fromstring(archive.read(name))
                for name in archive.namelist()
                if "worksheets/sheet" in name
            ]
        assert all(not each.findall(".//{*}f") and not each.findall(".//{*}hyperlink") for each in sheets)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.text(max_size=20), min_size=1, max_size=20))
    def test_any_words_arrive(self, lines):
        sheet = opened(table(*((1, line, None) for line in lines))).worksheets[0]
        for row, line in enumerate(lines, start=2):
            arrived = sheet.cell(row, 2).value or ""
            expected = "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in line)
            assert expected in (arrived, unescape(arrived))
