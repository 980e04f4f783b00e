"""Comment forms as workbooks: a sheet about the consultation and the sender, a sheet with a row for each part.

Everything is text. What is printed is locked so that nobody breaks it by accident (without a password: an office may);
cells to write in are open, the kind is chosen from a list. The first column, hidden, holds the key of each row.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timezone
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from consult.domain.process.comment_forms import WORDS, Asked, Field, fingerprint
from consult.ports.comment_forms import CommentForm
from consult.ports.form_captions import FormCaptions, form_captions

SPARE_ROWS = 30
KEY = "consult:"
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_LONGEST_CELL = 32_767
_LINE = Side(style="thin", color="7B8794")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", fgColor="F1F3F5")
_OPEN = Protection(locked=False)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_QUIET = Font(name="Calibri", size=10, color="52606D")
_TEXT = Font(name="Calibri", size=11)
_STRONG = Font(name="Calibri", size=11, bold=True)
_WIDTHS = (12, 34, 34, 44, 40, 36, 18)
_LINE_SIGNS = 95
"""Signs that fit on a line of the first sheet."""


class XlsxFormWriter:
    """Implements `ports.comment_forms.CommentFormWriter`."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    extension = "xlsx"

    def write(self, form: CommentForm) -> bytes:
        book = _Book(form, form_captions(form.language))
        book.add_front()
        book.add_comments()
        return book.written()


class _Book:
    """A workbook being written; every printed word is noted, so that words of senders are known from it."""

    def __init__(self, form: CommentForm, captions: FormCaptions) -> None:
        self._form, self._captions = form, captions
        self._book = Workbook()
        self._printed: set[str] = set()

    def add_front(self) -> None:
        form, said = self._form, self._captions
        sheet = self._book.active
        if not isinstance(sheet, Worksheet):
            raise TypeError("a new workbook has a sheet")
        sheet.title = said.title[:31]
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 78
        self._title(sheet, 1, said.title, Font(name="Calibri", size=18, bold=True))
        self._title(sheet, 2, form.title, Font(name="Calibri", size=13, bold=True))
        at = 4
        for caption, words in (*form.facts, *form.ways):
            self._print(sheet, at, 1, caption, _STRONG)
            self._print(sheet, at, 2, words, _TEXT)
            sheet.row_dimensions[at].height = _height(words, 78)
            at += 1
        at = self._heading(sheet, at + 1, said.who)
        choices = DataValidation(
            type="list",
            formula1=f'"{",".join(said.capacities.values())}"',
            allow_blank=True,
            showErrorMessage=False,
        )
        consents = DataValidation(
            type="list", formula1=f'"{said.yes}"', allow_blank=True, showErrorMessage=False
        )
        sheet.add_data_validation(choices)
        sheet.add_data_validation(consents)
        for asked in Asked:
            printed = f"{said.asked[asked]}\n({said.asked_hints[asked]})"
            head = self._print(sheet, at, 1, printed, _STRONG)
            head.fill, head.border = _SHADE, _FRAME
            answer = sheet.cell(at, 2)
            answer.number_format, answer.protection, answer.border = "@", _OPEN, _FRAME
            answer.alignment, answer.font = _WRAPPED, _TEXT
            if asked is Asked.CAPACITY:
                choices.add(answer)
            elif asked is Asked.CONSENT:
                consents.add(answer)
            sheet.row_dimensions[at].height = _height(printed, 32)
            at += 1
        at = self._heading(sheet, at + 1, said.instruction)
        at = self._paragraphs(sheet, at, said.how)
        if form.clause:
            at = self._heading(sheet, at + 1, said.clause)
            at = self._paragraphs(sheet, at, form.clause)
        self._print(sheet, at + 1, 1, f"{said.code}: {form.code}", _QUIET)
        self._paragraphs(sheet, at + 2, (said.code_says,), _QUIET)
        self._as_page(sheet, landscape=False)

    def add_comments(self) -> None:
        form, said = self._form, self._captions
        sheet = self._book.create_sheet(said.comments)
        for number, width in enumerate(_WIDTHS, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.column_dimensions["A"].hidden = True
        heads = [said.part, *(f"{said.fields[code]} ({said.hints[code]})" for code in (*WORDS, Field.KIND))]
        for number, words in enumerate(heads, start=2):
            head = self._print(sheet, 1, number, words, _STRONG)
            head.fill, head.border = _SHADE, _FRAME
        sheet.row_dimensions[1].height = 48
        kinds = DataValidation(
            type="list",
            formula1=f'"{",".join(said.kinds.values())}"',
            allow_blank=True,
            showErrorMessage=False,
        )
        sheet.add_data_validation(kinds)
        at = 2
        for one in form.parts:
            title = self._print(sheet, at, 2, one.title or said.part, _TEXT)
            title.fill = _SHADE
            self._open_row(sheet, at, f"s_{one.section_id}", kinds)
            sheet.row_dimensions[at].height = max(45.0, _height(one.title, 32))
            at += 1
        last = at - 1
        parts = DataValidation(
            type="list",
            formula1=f"=$B$2:$B${max(last, 2)}",
            allow_blank=True,
            showErrorMessage=False,
            showInputMessage=True,
            promptTitle=said.other_part[:32],
            prompt=said.pick,
        )
        sheet.add_data_validation(parts)
        for number in range(1, SPARE_ROWS + 1):
            own = sheet.cell(at, 2)
            own.number_format, own.protection, own.alignment, own.font = "@", _OPEN, _WRAPPED, _TEXT
            parts.add(own)
            self._open_row(sheet, at, f"spare_{number}", kinds)
            sheet.row_dimensions[at].height = 45
            at += 1
        sheet.freeze_panes = "C2"
        sheet.print_title_rows = "1:1"
        self._as_page(sheet, landscape=True)

    def written(self) -> bytes:
        form = self._form
        moment = form.written_at.astimezone(timezone.utc).replace(tzinfo=None)  # noqa: UP017
        about = self._book.properties
        about.creator, about.title = "Consult", f"{self._captions.title}: {_plain(form.title)}"
        about.language = form.language
        about.created = about.modified = moment
        carried: Any = self._book
        printed = " ".join(sorted(self._printed))
        for name, words in (("consult-form", form.code), ("consult-printed", printed)):
            carried.custom_doc_props.append(StringProperty(name=name, value=words))
        self._book.security = WorkbookProtection(lockStructure=True)
        file = io.BytesIO()
        self._book.save(file)
        return _same_bytes(file, moment)

    def _open_row(self, sheet: Worksheet, at: int, key: str, kinds: DataValidation) -> None:
        hidden = sheet.cell(at, 1)
        hidden.value, hidden.data_type = f"{KEY}{key}", "s"
        sheet.cell(at, 2).border = _FRAME
        for number in range(3, 8):
            cell = sheet.cell(at, number)
            cell.number_format, cell.protection, cell.border = "@", _OPEN, _FRAME
            cell.alignment, cell.font = _WRAPPED, _TEXT
        kinds.add(sheet.cell(at, 7))

    def _print(self, sheet: Worksheet, row: int, column: int, words: str, font: Font) -> Cell:
        """Words as text, whatever they begin with."""
        cell = sheet.cell(row, column)
        if not isinstance(cell, Cell):
            raise TypeError("no cell is merged here")
        said = _plain(words)
        cell.value, cell.data_type = said, "s"
        cell.number_format, cell.font, cell.alignment = "@", font, _WRAPPED
        self._printed.add(fingerprint(said))
        return cell

    def _title(self, sheet: Worksheet, row: int, words: str, font: Font) -> None:
        self._print(sheet, row, 1, words, font)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        sheet.row_dimensions[row].height = max(26.0, _height(words, _LINE_SIGNS) * 1.3)

    def _heading(self, sheet: Worksheet, row: int, words: str) -> int:
        self._title(sheet, row, words, Font(name="Calibri", size=13, bold=True))
        return row + 1

    def _paragraphs(self, sheet: Worksheet, row: int, paragraphs: tuple[str, ...], font: Font = _TEXT) -> int:
        for words in paragraphs:
            self._print(sheet, row, 1, words, font)
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
            sheet.row_dimensions[row].height = _height(words, _LINE_SIGNS)
            row += 1
        return row

    def _as_page(self, sheet: Worksheet, *, landscape: bool) -> None:
        sheet.protection.sheet = True
        sheet.protection.formatRows = sheet.protection.formatColumns = sheet.protection.formatCells = False
        sheet.protection.insertRows = sheet.protection.sort = sheet.protection.autoFilter = False
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        footer: Any = sheet.oddFooter
        footer.center.text = f"{self._captions.code}: {self._form.code} · &P/&N"
        sheet.sheet_view.showGridLines = False


def _same_bytes(file: io.BytesIO, moment: datetime) -> bytes:
    """The workbook dated `moment`: the library puts the moment of writing into it, and into the archive."""
    said = f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    written = io.BytesIO()
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + said + rb"\g<2>", content)
            entry = zipfile.ZipInfo(name, max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return written.getvalue()


def _plain(words: str) -> str:
    return _IMPOSSIBLE.sub("\ufffd", words)[:_LONGEST_CELL]


def _height(words: str, signs: int) -> float:
    """Points a cell needs for words on lines of so many signs."""
    lines = sum(max(1, -(-len(line) // signs)) for line in words.split("\n"))
    return 15.0 * lines + 3
