"""Comment forms that come back as workbooks: cells read as text, formulas never worked out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from consult.adapters.import_files.package import (
    Archive,
    Element,
    Limits,
    attribute,
    children,
    descendants,
    refusal,
    tag,
)
from consult.adapters.import_files.returned.gathering import (
    CODE_PROPERTY,
    PRINTED_PROPERTY,
    Columns,
    Gathering,
    WrittenCell,
    ask,
    properties_of,
    read_row,
    refuse_programs,
)
from consult.domain.process.comment_forms import LARGEST_FORM, FilledRow
from consult.ports.comment_forms import ReturnedForm

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_CELLS = 400_000
_KEY = re.compile(r"consult:(s_[0-9a-f]{32}|spare_\d{1,3})")


class SheetFormReader:
    """Implements `ports.comment_forms.CommentFormReader` for .xlsx."""

    def read(self, content: bytes) -> ReturnedForm:
        archive = Archive(content, Limits(file_size=LARGEST_FORM), kind="spreadsheet")
        if not archive.has("xl/workbook.xml"):
            raise refusal("file_not_spreadsheet")
        refuse_programs(archive)
        carried = properties_of(archive)
        gathering = Gathering(printed=frozenset(carried.get(PRINTED_PROPERTY, "").split()))
        gathering.note_code(carried.get(CODE_PROPERTY, ""))
        shared = _shared_words(archive)
        left = _MOST_CELLS
        for name in _sheets(archive):
            left = _read_sheet(archive.read_xml(name), shared, gathering, left)
        return gathering.form()


def _sheets(archive: Archive) -> Iterator[str]:
    """The parts that hold sheets, in the order of their tabs."""
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("xl", (one.get("Target") or "").lstrip("/")))
        if not (one.get("Target") or "").startswith("/")
        else (one.get("Target") or "").lstrip("/")
        for one in archive.read_xml("xl/_rels/workbook.xml.rels")
    }
    for sheet in descendants(archive.read_xml("xl/workbook.xml"), "x:sheet"):
        name = targets.get(attribute(sheet, "r:id"))
        if name and archive.has(name) and "/worksheets/" in f"/{name}":
            yield name


def _shared_words(archive: Archive) -> list[str]:
    if not archive.has("xl/sharedStrings.xml"):
        return []
    return [_said(one) for one in children(archive.read_xml("xl/sharedStrings.xml"), "x:si")]


def _said(element: Element) -> str:
    """The words of a string, without the reading aids some scripts carry."""
    pieces: list[str] = []
    for one in element:
        if tag(one) == "x:t":
            pieces.append(one.text or "")
        elif tag(one) == "x:r":
            pieces += [inner.text or "" for inner in children(one, "x:t")]
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(pieces))


def _read_sheet(root: Element, shared: list[str], gathering: Gathering, left: int) -> int:
    """Reads a sheet into `gathering`; returns how many cells may still be looked at."""
    merged = {}
    for one in descendants(root, "x:mergeCell"):
        first, _, last = (one.get("ref") or "").partition(":")
        start, end = _place(first), _place(last)
        if start and end:
            merged[start] = end[0] - start[0] + 1
    columns: Columns | None = None
    above: FilledRow | None = None
    at = 0
    for row in descendants(root, "x:row"):
        at += 1
        written: dict[int, WrittenCell] = {}
        place = -1
        for cell in children(row, "x:c"):
            left -= 1
            if left < 0:
                raise refusal("file_too_complex")
            found = _place(cell.get("r") or "")
            place = found[0] if found else place + 1
            if any(True for _ in children(cell, "x:f")):
                gathering.remarks.add("formulas")
            words = _words(cell, shared)
            key = _KEY.fullmatch(words.strip())
            across = merged.get(found, 1) if found else 1
            written[place] = WrittenCell("" if key else words, (key[1],) if key else (), "", across)
        if not written:
            continue
        cells = [written.get(number, WrittenCell("")) for number in range(max(written) + 1)]
        words_of_row = [cell.words for cell in cells]
        if ask(gathering, [words for words in words_of_row if words.strip()] if _asks(words_of_row) else []):
            continue
        head = Columns.of(words_of_row)
        if head is not None:
            columns = head
            gathering.note_columns(head)
            continue
        if columns is None:
            for said in words_of_row:
                gathering.words(said)
            continue
        read = read_row(_once(cells), columns, above, gathering)
        above = read if not read.is_added else above
        gathering.row(read)
    return left


def _asks(words: list[str]) -> bool:
    return sum(1 for one in words if one.strip()) >= 2


def _once(cells: list[WrittenCell]) -> list[WrittenCell]:
    """The cells of a row, those a merged one covers left out: they stand in it."""
    kept: list[WrittenCell] = []
    covered = 0
    for cell in cells:
        if covered:
            covered -= 1
            continue
        kept.append(cell)
        covered = cell.across - 1
    return kept


def _words(cell: Element, shared: list[str]) -> str:
    """What a cell shows: text as it is, the last result of a formula, numbers as they are kept."""
    kind = cell.get("t")
    inline = next(children(cell, "x:is"), None)
    if inline is not None:
        return _said(inline)
    value = next(children(cell, "x:v"), None)
    words = (value.text or "") if value is not None else ""
    if kind == "s":
        return shared[int(words)] if words.isdigit() and int(words) < len(shared) else ""
    if kind == "e" or not words:
        # nobody worked it out, or nobody could: then what was typed is what was meant
        formula = next(children(cell, "x:f"), None)
        return f"={formula.text}" if formula is not None and formula.text else ""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), words) if kind == "str" else words


def _place(ref: str) -> tuple[int, int] | None:
    """(column, row) of "C7", from 0 and 1."""
    found = _PLACE.fullmatch(ref)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(found[2])
