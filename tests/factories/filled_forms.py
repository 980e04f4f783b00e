"""Comment forms as somebody fills them in: with Word, a spreadsheet, a reader of PDF, or LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter

COLUMNS = {"part": 2, "quote": 3, "text": 4, "proposed": 5, "justification": 6, "kind": 7}


def fill_word(content: bytes, words: Mapping[str, str]) -> bytes:
    """The Word form with words put into its controls, by their tags."""
    document = docx.Document(io.BytesIO(content))
    left = dict(words)
    for control in document.element.body.iter(qn("w:sdt")):
        about = control.find(qn("w:sdtPr"))
        tag = about.find(qn("w:tag"))
        said = left.pop(tag.get(qn("w:val")), None) if tag is not None else None
        if said is not None:
            hint = about.find(qn("w:showingPlcHdr"))
            if hint is not None:
                about.remove(hint)
            next(control.iter(qn("w:t"))).text = said
    assert not left, f"the form has no such fields: {list(left)}"
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def fill_pdf(content: bytes, words: Mapping[str, str]) -> bytes:
    """The PDF with values in its fields, by their names."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        if "/Annots" in page:
            writer.update_page_form_field_values(page, dict(words), auto_regenerate=True)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def fill_sheet(content: bytes, words: Mapping[tuple[str, str], str], name: str = "") -> bytes:
    """The workbook with words under a column in the row of a key, and the sender's name."""
    book = load_workbook(io.BytesIO(content))
    front, sheet = book.worksheets
    for row in front.iter_rows(max_col=1):
        if str(row[0].value or "").startswith("Imię i nazwisko"):
            front.cell(row[0].row or 0, 2).value = name
    rows = {str(row[0].value).removeprefix("consult:"): row[0].row for row in sheet.iter_rows(max_col=1)}
    for (key, column), said in words.items():
        sheet.cell(rows[key] or 0, COLUMNS[column]).value = said
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def through_office(content: bytes, folder: Path, *kinds: str) -> bytes:
    """The file after LibreOffice saved it as each of these kinds in turn ("docx", "odt", "docx"); skips where it is
    missing. The first kind is that of the content."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    path = folder / f"0.{kinds[0]}"
    path.write_bytes(content)
    for step, kind in enumerate(kinds[1:], start=1):
        done = subprocess.run(
            [
                office,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                kind,
                "--outdir",
                str(folder / str(step)),
                str(path),
            ],
            capture_output=True,
            text=True,
            timeout=180,
        )
        made = folder / str(step) / f"{path.stem}.{kind}"
        assert made.exists(), done.stderr
        path = folder / f"{step}.{kind}"
        made.rename(path)
    return path.read_bytes()
