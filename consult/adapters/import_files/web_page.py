"""Reading a web page as the Markdown of a document: what a reader sees as its text, without the frame around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from consult.adapters.import_files.composition import (
    CELL_BREAK,
    Entry,
    Grid,
    Label,
    Paragraph,
    labelled,
)
from consult.adapters.import_files.gathering import MOST_COLUMNS, Gathering
from consult.adapters.import_files.inline_markdown import Piece, plain
from consult.adapters.import_files.markdown_text import safe_address
from consult.adapters.import_files.package import Element, Limits, parse_page, refusal, whole_number
from consult.adapters.import_files.printed import as_printed, in_format
from consult.ports.imports import ImportedText

_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_LEFT_OUT = frozenset(
    {
        "script", "style", "noscript", "template", "head", "nav", "button", "select", "textarea", "input", "iframe",
        "object", "embed", "audio", "video", "svg", "canvas", "math", "dialog", "form",
    }
)  # fmt: skip
_FRAME = frozenset({"header", "footer", "aside"})
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p",
        "pre", "section", "summary", "table", "ul",
    }
)  # fmt: skip
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_OTHER_FORMATS = (
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rt", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"\x1f\x8b",
)  # fmt: skip
_DEEPEST_LIST = 10
_LONGEST_STYLE = 2_000


@dataclass(frozen=True, slots=True)
class _Look:
    strong: bool = False
    emphasised: bool = False
    raised: bool = False
    lowered: bool = False
    struck: bool = False
    address: str = ""


class HtmlReader:
    """Implements `ports.imports.DocumentReader` for web pages (.html, .htm)."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits

    def read(self, content: bytes, *, filename: str) -> ImportedText:  # noqa: ARG002  what a file is, its bytes say
        """The words of a web page.

        Raises `InvalidInput` with `file_empty`, `file_too_large`, `file_encoding`, `file_not_page`, `file_damaged` or
        `file_too_complex`.
        """
        is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        if content.lstrip().startswith(_OTHER_FORMATS) or (not is_wide and b"\0" in content):
            raise refusal("file_not_page")
        return _Page(parse_page(content, self._limits), self._limits).read()


class _Page:
    """One page being read: blocks gathered in order."""

    def __init__(self, root: Element, limits: Limits) -> None:
        self._root = root
        self._limits = limits
        self._text = Gathering(limits)
        self._blocks, self._remarks = self._text.blocks, self._text.remarks
        self._pieces: list[Piece] = []
        self._around_blocks = _around_blocks(root)

    def read(self) -> ImportedText:
        title = _SPACES.sub(" ", "".join(self._root.xpath("//head/title/text()"))).strip()[:400]
        main = self._root.xpath("//main | //*[@role='main']") or self._root.xpath("//article") or [self._root]
        for part in main if len(main) == 1 else [self._root]:
            self._read_blocks(part, _Look(), 0)
            self._end_paragraph()
        return self._text.finish(title)

    # blocks

    def _read_blocks(self, parent: Element, look: _Look, depth: int) -> None:
        """Blocks below an element; words that stand in none make paragraphs of their own."""
        self._check(depth)
        self._add(parent.text, look)
        for element in parent:
            name = _name(element)
            if self._is_left_out(element, name):
                pass
            elif name in _BLOCKS:
                self._end_paragraph()
                self._read_block(element, name, look, depth)
                self._end_paragraph()
            elif element in self._around_blocks:
                # a link or an emphasis around whole blocks
                self._read_blocks(element, self._looked(element, name, look), depth + 1)
            else:
                self._read_inline(element, look, depth + 1)
            self._add(element.tail, look)

    def _read_block(self, element: Element, name: str, look: _Look, depth: int) -> None:
        if len(name) == 2 and name[0] == "h" and name[1].isdigit():
            self._read_heading(element, int(name[1]), depth)
        elif name in ("ul", "ol"):
            self._read_list(element, 1, depth)
        elif name == "table":
            self._read_table(element, depth)
        elif name == "blockquote":
            self._read_quote(element, look, depth)
        elif name == "hr":
            return
        else:
            self._read_blocks(element, look, depth + 1)

    def _read_heading(self, element: Element, level: int, depth: int) -> None:
        self._read_blocks(element, _Look(), depth + 1)
        pieces, self._pieces = self._pieces, []
        self._text.add_heading(level, pieces)

    def _read_quote(self, element: Element, look: _Look, depth: int) -> None:
        before = len(self._blocks)
        self._read_blocks(element, look, depth + 1)
        self._end_paragraph()
        self._blocks[before:] = [
            Paragraph(block.lines, is_quote=True) if isinstance(block, Paragraph) else block
            for block in self._blocks[before:]
        ]

    def _end_paragraph(self) -> None:
        pieces, self._pieces = self._pieces, []
        written = tuple(self._text.lines(pieces))
        if written:
            self._blocks.append(Paragraph(written))

    # lists

    def _read_list(self, element: Element, level: int, depth: int) -> None:
        self._check(depth)
        number = whole_number(element.get("start")) or 1
        for entry in element:
            name = _name(entry)
            if name in ("ul", "ol"):
                self._read_list(entry, min(level + 1, _DEEPEST_LIST), depth + 1)
            if name != "li" or self._is_left_out(entry, name):
                continue
            own = whole_number(entry.get("value"))
            number = own if own is not None else number
            self._read_entry(entry, _label(element, level, number), level, depth)
            number += 1

    def _read_entry(self, entry: Element, label: Label, level: int, depth: int) -> None:
        """An entry's words as one entry with broken lines; lists and tables in it after that."""
        begun = len(self._blocks)
        self._read_words(entry, _Look(), depth + 1)
        pieces, self._pieces = self._pieces, []
        written = tuple(self._text.lines(pieces))
        if written:
            self._blocks.insert(begun, Entry(label, written, plain(pieces)))
        for nested in _nested(entry):
            if _name(nested) == "table":
                self._read_table(nested, depth + 1)
            else:
                self._read_list(nested, min(level + 1, _DEEPEST_LIST), depth + 1)

    def _read_words(self, element: Element, look: _Look, depth: int) -> None:
        """All words below an element but those of lists and tables in it, blocks parted by line breaks."""
        self._check(depth)
        self._add(element.text, look)
        for each in element:
            name = _name(each)
            if not self._is_left_out(each, name) and name not in ("ul", "ol", "table"):
                if name in _BLOCKS and self._pieces:
                    self._pieces.append(Piece("", is_break=True))
                if name in _BLOCKS:
                    self._read_words(each, look, depth + 1)
                    self._pieces.append(Piece("", is_break=True))
                else:
                    self._read_inline(each, look, depth + 1)
            self._add(each.tail, look)

    # tables

    def _read_table(self, table: Element, depth: int) -> None:
        self._check(depth)
        for caption in table.findall("caption"):
            self._read_blocks(caption, _Look(), depth + 1)
            self._end_paragraph()
        rows = [self._row(row, depth) for row in _rows(table)]
        width = max((len(row) for row in rows), default=0)
        rows = [row for row in rows if any(row)]
        if not rows:
            return
        self._text.take_cells(width * len(rows))
        self._blocks.append(Grid(tuple((*row, *[""] * (width - len(row))) for row in rows)))

    def _row(self, row: Element, depth: int) -> list[str]:
        cells: list[str] = []
        for cell in row:
            if _name(cell) not in ("td", "th"):
                continue
            self._read_words(cell, _Look(), depth + 1)
            pieces, self._pieces = self._pieces, []
            words = CELL_BREAK.join(self._text.lines(pieces))
            nested = [self._line_of(each, depth + 1) for each in _nested(cell)]
            words = CELL_BREAK.join(each for each in (words, *nested) if each)
            across = min(max(whole_number(cell.get("colspan")) or 1, 1), MOST_COLUMNS)
            if across > 1 or (whole_number(cell.get("rowspan")) or 1) > 1:
                self._remarks.add("merged_cells", words)
            cells += [words, *[""] * (across - 1)]
        return cells

    def _line_of(self, element: Element, depth: int) -> str:
        """A list or a table within a cell: its entries or rows, line by line."""
        self._check(depth)
        if _name(element) == "table":
            self._remarks.add("nested_tables", partial(_words, element))
            return CELL_BREAK.join(
                " ".join(each for each in self._row(row, depth) if each) for row in _rows(element)
            )
        found: list[str] = []
        for at, entry in enumerate((each for each in element if _name(each) == "li"), start=1):
            self._read_words(entry, _Look(), depth + 1)
            pieces, self._pieces = self._pieces, []
            found += labelled(_label(element, 1, at), self._text.lines(pieces))
            found += [self._line_of(each, depth + 1) for each in _nested(entry)]
        return CELL_BREAK.join(each for each in found if each)

    # words

    def _read_inline(self, element: Element, look: _Look, depth: int) -> None:
        self._check(depth)
        name = _name(element)
        if self._is_left_out(element, name):
            return
        if name == "br":
            self._pieces.append(Piece("", is_break=True))
            return
        if name == "img":
            self._remarks.add("images", element.get("alt") or "")
            return
        inner = self._looked(element, name, look)
        self._add(element.text, inner)
        for each in element:
            self._read_inline(each, inner, depth + 1)
            self._add(each.tail, inner)

    def _looked(self, element: Element, name: str, look: _Look) -> _Look:
        style = (element.get("style") or "")[:_LONGEST_STYLE]
        address = look.address
        if name == "a" and element.get("href"):
            address = self._address(element)
        return _Look(
            strong=look.strong or name in ("b", "strong") or bool(_BOLD_STYLE.search(style)),
            emphasised=look.emphasised
            or name in ("i", "em", "cite", "dfn")
            or bool(_ITALIC_STYLE.search(style)),
            raised=look.raised or name == "sup",
            lowered=look.lowered or name == "sub",
            struck=look.struck or name in ("s", "strike", "del"),
            address=address,
        )

    def _address(self, link: Element) -> str:
        target = str(link.get("href") or "")
        if target.startswith("#"):
            self._remarks.add("internal_links", partial(_words, link))
            return ""
        safe = safe_address(target)
        if safe is None:
            self._remarks.add("links", target)
        return safe or ""

    def _add(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        words, opening, closing = as_printed(
            _SPACES.sub(" ", text), raised=look.raised, lowered=look.lowered, struck=look.struck
        )
        for mark in (opening, words, closing):
            if mark and mark is not words:
                self._pieces.append(Piece(mark, is_mark=True))
            elif mark:
                self._pieces.append(Piece(words, look.strong, look.emphasised, look.address))

    def _is_left_out(self, element: Element, name: str) -> bool:
        """Whether an element is no part of the text; what a reader would have seen is remarked on."""
        if not name or name in _LEFT_OUT:
            if name == "form" or name in ("iframe", "object", "embed", "audio", "video"):
                self._remarks.add("embedded_objects", partial(_words, element))
            return True
        if name in _FRAME and _name(element.getparent()) == "body":
            self._remarks.add("headers_footers", partial(_words, element))
            return True
        if element.get("hidden") is not None or _HIDDEN_STYLE.search(
            (element.get("style") or "")[:_LONGEST_STYLE]
        ):
            self._remarks.add("hidden_text", partial(_words, element))
            return True
        return False

    def _check(self, depth: int) -> None:
        # pages wrap their text in far more boxes than office files do
        if depth > 5 * self._limits.nesting:
            raise refusal("file_too_complex")


def _around_blocks(root: Element) -> frozenset[Element]:
    """Every element with a block somewhere below it, found in one pass."""
    found: set[Element] = set()
    for element in root.iter(*_BLOCKS):
        above = element.getparent()
        while above is not None and above not in found:
            found.add(above)
            above = above.getparent()
    return frozenset(found)


def _name(element: Element | None) -> str:
    name = getattr(element, "tag", "")
    return name.lower() if isinstance(name, str) else ""


def _nested(element: Element) -> Iterator[Element]:
    """The lists and tables in an entry or cell, the outermost ones."""
    for each in element:
        if _name(each) in ("ul", "ol", "table"):
            yield each
        else:
            yield from _nested(each)


def _rows(table: Element) -> Iterator[Element]:
    for each in table:
        if _name(each) == "tr":
            yield each
        elif _name(each) in ("thead", "tbody", "tfoot"):
            yield from _rows(each)


def _label(parent: Element, level: int, number: int) -> Label:
    if _name(parent) != "ol":
        return Label(level - 1, "•", is_bullet=True)
    style = _FORMATS.get(parent.get("type") or "")
    printed = in_format(number, style) if style else None
    if printed:
        return Label(level - 1, f"{printed}.")
    return Label(level - 1, f"{number}.", number=number)


def _words(element: Element) -> str:
    found, length = [], 0
    for words in element.itertext():
        found.append(words)
        length += len(words)
        if length > 200:
            break
    return _SPACES.sub(" ", "".join(found)).strip()
