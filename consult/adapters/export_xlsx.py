"""Spreadsheets out: tables of comments that people sort, filter and print.

Text is text: nothing a commenter typed can become a formula or a link. A cell holds 32,767 characters at
most; what is longer goes on, without loss, on a sheet of its own, so that a row stays one comment.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from consult.ports.exports import Captions, Table, captions_for

Value = str | int | float | datetime | None

LONGEST_CELL = 32_767  # in the UTF-16 units a spreadsheet counts
_MOST_ROWS = 1_048_000
_LONGEST_NAME = 31
_EXACT = 2**53  # whole numbers beyond are no longer exact in a cell
_CREATED = datetime(2000, 1, 1, tzinfo=timezone.utc).replace(tzinfo=None)  # noqa: UP017  the same table, the same bytes
_HOME = ZoneInfo("Europe/Warsaw")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_SURROGATES = re.compile("[\ud800-\udfff]")


class XlsxWriter:
    """Implements `ports.exports.TableWriter`; the same tables always give the same bytes."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    extension = "xlsx"

    def write(self, tables: Sequence[Table]) -> bytes:
        file = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        workbook = xlsxwriter.Workbook(file, options)
        workbook.set_properties({"author": "", "comments": "", "created": _CREATED})
        book = _Book(workbook, captions_for(tables[0].language if tables else ""))
        for table in tables or (Table("", (), ()),):
            book.add(table)
        book.add_continuations()
        workbook.close()
        return file.getvalue()


class _Book:
    """A workbook being written, with its formats and the words that did not fit into their cells."""

    def __init__(self, workbook: xlsxwriter.Workbook, captions: Captions) -> None:
        self._workbook = workbook
        self._captions = captions
        self._names: set[str] = {"history"}  # a name spreadsheets keep for themselves
        self._continued: list[tuple[str, str, int, str]] = []
        common = {"valign": "top", "text_wrap": True}
        self._head = workbook.add_format({**common, "bold": True, "bottom": 1, "bg_color": "#E4E7EB"})
        self._text = workbook.add_format(common)
        self._quoted = workbook.add_format({**common, "quote_prefix": True})
        self._number = workbook.add_format({"valign": "top"})
        self._day = workbook.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        self._moment = workbook.add_format(
            {"valign": "top", "num_format": "yyyy-mm-dd hh:mm", "align": "left"}
        )
        self._continuations = self._name(captions.continued)

    def add(self, table: Table) -> None:
        """One sheet, or several where a table has more rows than one can hold."""
        rows = list(table.rows)
        for start in range(0, max(len(rows), 1), _MOST_ROWS):
            self._add_sheet(table, rows[start : start + _MOST_ROWS])

    def add_continuations(self) -> None:
        if not self._continued:
            return
        sheet = self._workbook.add_worksheet(self._continuations)
        sheet.set_column(0, 2, 16, self._text)
        sheet.set_column(3, 3, 100, self._text)
        for row, (name, column, number, words) in enumerate(self._continued):
            sheet.write_string(row, 0, name, self._text)
            sheet.write_string(row, 1, column, self._text)
            sheet.write_number(row, 2, number, self._number)
            self._write_string(sheet, row, 3, words)

    def _add_sheet(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        name = self._name(table.title)
        sheet = self._workbook.add_worksheet(name)
        headings = [heading for heading, _ in table.columns]
        for column, (heading, width) in enumerate(table.columns):
            sheet.set_column(column, column, width, self._text)
            self._write_string(sheet, 0, column, heading, self._head)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                heading = headings[column] if column < len(headings) else str(column + 1)
                self._write(sheet, name, number, column, heading, value)
        if headings:
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(rows), 1), len(headings) - 1)
            sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        for number, note in enumerate(table.notes, start=len(rows) + 2):
            self._write(sheet, name, number, 0, "", note)

    def _write(
        self,
        sheet: Worksheet,
        name: str,
        row: int,
        column: int,
        heading: str,
        value: Value,
    ) -> None:
        match value:
            case None | "":
                return
            case str():
                self._write_text(sheet, name, row, column, heading, value)
            case datetime():
                local = value.astimezone(_HOME).replace(tzinfo=None) if value.tzinfo else value
                is_day = (local.hour, local.minute, local.second) == (0, 0, 0)
                if local.year < 1900:
                    self._write_string(sheet, row, column, local.isoformat())
                else:
                    sheet.write_datetime(row, column, local, self._day if is_day else self._moment)
            case _ if abs(value) < _EXACT:
                sheet.write_number(row, column, value, self._number)
            case _:
                # infinities, no-numbers and numbers too long to be exact
                self._write_string(sheet, row, column, str(value))

    def _write_text(
        self,
        sheet: Worksheet,
        name: str,
        row: int,
        column: int,
        heading: str,
        words: str,
    ) -> None:
        if 2 * len(words) <= LONGEST_CELL or _units(words) <= LONGEST_CELL:
            self._write_string(sheet, row, column, words)
            return
        pointer = "\n" + self._captions.continued_at.format(
            sheet=self._continuations, row=len(self._continued) + 1
        )
        first, *rest = _pieces(words, LONGEST_CELL - _units(pointer))
        self._write_string(sheet, row, column, first + pointer)
        self._continued += [(name, heading, row + 1, piece) for piece in rest]

    def _write_string(
        self, sheet: Worksheet, row: int, column: int, words: str, look: Format | None = None
    ) -> None:
        words = _SURROGATES.sub("\ufffd", words)
        if look is None:
            look = self._quoted if words.startswith(_FORMULA_SIGNS) else self._text
        sheet.write_string(row, column, words, look)

    def _name(self, title: str) -> str:
        """A sheet name spreadsheets accept, used for one sheet only."""
        base = _NOT_IN_NAMES.sub(" ", _SURROGATES.sub("", title)).strip().strip("'") or "1"
        name = base[:_LONGEST_NAME]
        count = 1
        while name.lower() in self._names:
            count += 1
            ending = f" ({count})"
            name = base[: _LONGEST_NAME - len(ending)] + ending
        self._names.add(name.lower())
        return name


def _units(words: str) -> int:
    """The length of a text as spreadsheets count it: signs beyond the basic plane count twice."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _pieces(words: str, longest: int) -> Iterator[str]:
    """`words` cut so that every piece fits, preferably at a space; joined they are `words`."""
    while _units(words) > longest:
        end = min(longest, len(words))
        while _units(words[:end]) > longest:
            end -= max(1, (_units(words[:end]) - longest) // 2)
        space = words.rfind(" ", end // 2, end)
        end = space + 1 if space > 0 else end
        yield words[:end]
        words = words[end:]
    yield words
