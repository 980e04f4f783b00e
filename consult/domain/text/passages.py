"""The shape of a rendered section: its paragraphs, entries of lists, tables by cell, and how words in them are set.

Read off the sanitised HTML beside the plain text of `domain.text.plain`; every span is in code points of that text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from html import unescape
from operator import attrgetter

from consult.domain.text.plain import VOID, Reading, Run, read
from consult.domain.text.spans import Span

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>")
_HREF = re.compile(r"\bhref=\"([^\"]*)\"")
_START = re.compile(r"\bstart=\"(\d{1,6})\"")
_GENERATED = re.compile(r"\bdata-generated\b")


class Shape(StrEnum):
    """What a passage is for those who read it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ENTRY = "entry"
    QUOTE = "quote"
    CODE = "code"
    NOTE = "note"
    TABLE = "table"


class Style(StrEnum):
    """How words are set."""

    STRONG = "strong"
    EMPHASIS = "em"
    STRUCK = "s"
    CODE = "code"
    LINK = "link"


_STYLES = {
    "strong": Style.STRONG,
    "b": Style.STRONG,
    "em": Style.EMPHASIS,
    "i": Style.EMPHASIS,
    "del": Style.STRUCK,
    "s": Style.STRUCK,
    "code": Style.CODE,
    "a": Style.LINK,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Words set in one way; `target` is where a link leads. The span of a reference that consists of a generated number
    is empty: it stands where the number is read."""

    span: Span
    style: Style
    target: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table by its cells."""

    cells: tuple[Span, ...]
    is_head: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """What a reader sees as one paragraph, or one whole table.

    `mark` stands before an entry of a list ("3." or "•"), on its first passage only; `depth` counts the lists around
    it; `level` is that of a heading. `rows` are there for a table.
    """

    shape: Shape
    span: Span
    mark: str = ""
    depth: int = 0
    level: int = 0
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """A section as it is laid out: its plain text, its passages in order, and what is set in some way."""

    plain: str
    passages: tuple[Passage, ...]
    settings: tuple[Setting, ...]


@dataclass(slots=True)
class _Open:
    """A tag that is open, and where its content begins in the HTML; `count` numbers the entries of a list,
    `holds_generated` says that something in it is no part of the text."""

    name: str
    at: int
    attributes: str
    count: int = 0
    holds_generated: bool = False


_start_of, _end_of = attrgetter("html_start"), attrgetter("html_end")


@dataclass(slots=True)
class _Reader:
    reading: Reading
    open: list[_Open] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    cells: list[Span] = field(default_factory=list)
    heads: int = 0
    tables: int = 0
    next_block: int = 0
    pending_mark: str = ""

    def span(self, begins: int, ends: int) -> Span:
        """The plain text of a stretch of the HTML."""
        runs: Sequence[Run] = self.reading.runs
        first = bisect_left(runs, begins, key=_start_of)
        last = bisect_right(runs, ends, key=_end_of) - 1
        if first > last:
            place = runs[first].plain_start if first < len(runs) else len(self.reading.plain)
            return Span(place, place)
        return Span(runs[first].plain_start, runs[last].plain_end)

    def begin(self, name: str, attributes: str, at: int) -> None:
        if name == "li":
            self._begin_entry()
        elif name == "table":
            self.tables += 1
        elif name == "tr":
            self.cells, self.heads = [], 0
        self.open.append(_Open(name, at, attributes))

    def _begin_entry(self) -> None:
        parent = self.open[-1] if self.open else None
        if parent is None or parent.name != "ol":
            self.pending_mark = "•"
            return
        found = _START.search(parent.attributes)
        parent.count += 1
        self.pending_mark = f"{(int(found[1]) if found else 1) + parent.count - 1}."

    def end(self, name: str, at: int) -> None:
        while self.open and self.open[-1].name != name:
            self.open.pop()  # the sanitiser closes what it opens; never fail on what it may let through
        if not self.open:
            return
        opened = self.open.pop()
        if name in ("td", "th"):
            self.cells.append(self.span(opened.at, at))
            self.heads += name == "th"
        elif name == "tr":
            self.rows.append(Row(tuple(self.cells), bool(self.cells) and self.heads == len(self.cells)))
        elif name == "table":
            self._end_table(opened, at)
        elif name in _STYLES and not self._is_within("pre"):
            self._set(opened, at)

    def _end_table(self, opened: _Open, at: int) -> None:
        self.tables -= 1
        if self.tables == 0:
            rows, self.rows = tuple(self.rows), []
            self.passages.append(Passage(Shape.TABLE, self.span(opened.at, at), rows=rows))

    def _set(self, opened: _Open, at: int) -> None:
        span = self.span(opened.at, at)
        found = _HREF.search(opened.attributes)
        target = unescape(found[1]) if found else ""
        if span.is_empty and opened.holds_generated and target:
            place = self._place(opened.at)
            if place is not None:
                self.settings.append(Setting(Span(place, place), _STYLES[opened.name], target))
        elif not span.is_empty:
            self.settings.append(Setting(span, _STYLES[opened.name], target))

    def _place(self, at: int) -> int | None:
        """Where something that is no part of the plain text is read: before what follows in the same block, else behind
        what stands before it there; None in a block without any text."""
        runs: Sequence[Run] = self.reading.runs
        following = bisect_left(runs, at, key=_start_of)
        block = bisect_right(self.reading.block_starts, at)
        begins = self.reading.block_starts[block - 1] if block else 0
        ends = self.reading.block_starts[block] if block < len(self.reading.block_starts) else None
        if following < len(runs) and (ends is None or runs[following].html_start < ends):
            return runs[following].plain_start
        if following and runs[following - 1].html_start >= begins:
            return runs[following - 1].plain_end
        return None

    def _is_within(self, name: str) -> bool:
        return any(tag.name == name for tag in self.open)

    def lay_blocks(self, at: int) -> None:
        """Take the blocks whose content begins here."""
        places, blocks = self.reading.block_starts, self.reading.blocks
        while self.next_block < len(places) and places[self.next_block] <= at:
            block = blocks[self.next_block]
            self.next_block += 1
            if not self.tables and not block.is_empty:
                self.passages.append(self._passage(block))

    def _passage(self, block: Span) -> Passage:
        names = [tag.name for tag in self.open]
        if names == ["p"]:
            return Passage(Shape.PARAGRAPH, block)
        depth = sum(name in ("ol", "ul") for name in names)
        if depth:
            mark, self.pending_mark = self.pending_mark, ""
            return Passage(Shape.ENTRY, block, mark=mark, depth=depth)
        for name in reversed(names):
            if name[0] == "h" and name[1:].isdigit():
                return Passage(Shape.HEADING, block, level=int(name[1:]))
            if name == "pre":
                return Passage(Shape.CODE, block)
            if name == "blockquote":
                return Passage(Shape.QUOTE, block)
        is_note = any(tag.name == "div" and 'class="note"' in tag.attributes for tag in self.open)
        return Passage(Shape.NOTE if is_note else Shape.PARAGRAPH, block)


def lay_out(html: str) -> Laid:
    """Read a section's sanitised HTML (as the renderer gives it); time linear in its length."""
    reading = read(html)
    reader = _Reader(reading)
    skipping = 0
    reader.lay_blocks(0)
    places = [*reading.block_starts, len(html) + 1]
    for tag in _TAG.finditer(html):
        closes, name, attributes = tag.groups()
        if skipping:
            if name not in VOID:
                skipping += -1 if closes else 1
            continue
        if not closes and attributes and _GENERATED.search(attributes):
            if reader.open:
                reader.open[-1].holds_generated = True
            skipping = 0 if name in VOID else 1
            continue
        if closes:
            reader.end(name, tag.start())
        elif name not in VOID:
            reader.begin(name, attributes, tag.end())
        if places[reader.next_block] <= tag.end():
            reader.lay_blocks(tag.end())
    return Laid(reading.plain, tuple(reader.passages), tuple(reader.settings))
