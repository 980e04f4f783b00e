"""Comment forms that come back as Word documents, also after another program saved them.

Rows are known by what survived: the tags of their controls, their bookmarks, or their printed titles; columns by the tags
or by their headings. What stands anywhere else, in margins, notes and boxes too, is handed on as words to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from consult.adapters.import_files.package import (
    Element,
    Limits,
    Package,
    attribute,
    child,
    children,
    descendants,
    tag,
    value,
    whole_number,
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
from consult.ports.form_captions import LANGUAGES

_AS_SIGNS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
_LEFT_OUT = frozenset(
    {"w:del", "w:moveFrom", "w:instrText", "w:pPr", "w:rPr", "w:sdtPr", "w:txbxContent", "?:Fallback"}
)
_ELSEWHERE = ("comments", "footnotes", "endnotes", "header", "footer")
_AS_PRINTED = Columns(
    {0: "part", 1: "quote", 2: "text", 3: "proposed", 4: "justification"}, {}, is_reworded=False
)
_SPARE = frozenset(f"{one.other_part}:" for one in LANGUAGES)


class WordFormReader:
    """Implements `ports.comment_forms.CommentFormReader` for .docx."""

    def read(self, content: bytes) -> ReturnedForm:
        package = Package(content, Limits(file_size=LARGEST_FORM))
        refuse_programs(package)
        carried = properties_of(package)
        gathering = Gathering(printed=frozenset(carried.get(PRINTED_PROPERTY, "").split()))
        gathering.note_code(carried.get(CODE_PROPERTY, ""))
        root = package.read_xml(package.main)
        if any(True for _ in descendants(root, "w:ins", "w:del")):
            gathering.remarks.add("tracked_changes")
        body = child(root, "w:body")
        if body is not None:
            _read_blocks(body, gathering)
        for words in _boxes(root):
            gathering.words(words)
        for link in package.relationships(package.main).values():
            if link.kind in _ELSEWHERE and not link.external and package.has(link.target):
                for one in descendants(package.read_xml(link.target), "w:p"):
                    gathering.words(_words(one))
        return gathering.form()


def _read_blocks(parent: Element, gathering: Gathering) -> None:
    for block in _blocks(parent):
        if tag(block) == "w:tbl":
            _read_table(block, gathering)
        else:
            gathering.words(_words(block))


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, out of whatever holds them together."""
    for one in parent:
        name = tag(one)
        if name in ("w:p", "w:tbl"):
            yield one
        elif name not in _LEFT_OUT and name != "w:sectPr":
            yield from _blocks(one)


def _read_table(table: Element, gathering: Gathering) -> None:
    columns: Columns | None = None
    above: FilledRow | None = None
    for row in descendants(table, "w:tr"):
        cells = [_cell(cell) for cell in _own(row, "w:tc")]
        words = [cell.words for cell in cells]
        if ask(gathering, words):
            continue
        found = Columns.of(words)
        if found is not None:
            columns = found
            gathering.note_columns(found)
            continue
        if columns is None and any(cell.keys or cell.field for cell in cells):
            columns = _AS_PRINTED
            gathering.remarks.add("columns_renamed")
        if columns is None:
            for said in words:
                gathering.words(said)
            continue
        read = read_row(cells, columns, above, gathering)
        above = read if not read.is_added else above
        gathering.row(read)


def _own(row: Element, name: str) -> Iterator[Element]:
    """The cells of a row, also those a control holds; those of tables inside them are words of theirs."""
    for one in row:
        if tag(one) == name:
            yield one
        elif tag(one) in ("w:sdt", "w:sdtContent", "w:customXml"):
            yield from _own(one, name)


def _cell(cell: Element) -> WrittenCell:
    about = child(cell, "w:tcPr")
    across = whole_number(value(about, "w:gridSpan")) if about is not None else None
    names = [attribute(one, "w:name") or "" for one in descendants(cell, "w:bookmarkStart")]
    tags = [attribute(one, "w:val") or "" for one in descendants(cell, "w:tag")]
    keys = [name for name in names if name.startswith(("s_", "spare_"))]
    field = ""
    for one in tags:
        kind, _, rest = one.partition(".")
        if kind == "c":
            field, _, key = rest.partition(".")
            keys.append(key)
        elif kind == "p":
            keys.append(rest)
    paragraphs = [_words(one) for one in descendants(cell, "w:p")]
    kept = [words for words in paragraphs if " ".join(words.split()) not in _SPARE]
    return WrittenCell("\n".join(kept).strip(), tuple(keys), field, max(across or 1, 1))


def _words(paragraph: Element) -> str:
    """What a paragraph says now: deletions, instructions and what an empty control shows left out."""
    pieces: list[str] = []
    _collect(paragraph, pieces)
    return "".join(pieces)


def _collect(element: Element, pieces: list[str]) -> None:
    for one in element:
        name = tag(one)
        if name == "w:t":
            pieces.append(one.text or "")
        elif name in _AS_SIGNS:
            pieces.append(_AS_SIGNS[name])
        elif name == "w:sdt" and child(child(one, "w:sdtPr"), "w:showingPlcHdr") is not None:
            continue
        elif name not in _LEFT_OUT and name != "w:p":
            _collect(one, pieces)


def _boxes(root: Element) -> Iterator[str]:
    """The words of text boxes, each once although files hold a copy for older programs."""
    seen = set()
    for box in descendants(root, "w:txbxContent"):
        words = "\n".join(_words(one) for one in children(box, "w:p")).strip()
        if words and words not in seen:
            seen.add(words)
            yield words
