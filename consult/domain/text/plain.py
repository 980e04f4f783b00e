"""The text a reader selects in a rendered section, read off its sanitised HTML.

Plain text is defined here and nowhere else, as one walk over the elements and texts of a section in
document order. A browser can do the same walk over its DOM (and does, to turn a selection into offsets):

1. An element with the attribute `data-generated` is skipped with everything in it.
2. White space is space, tab, line feed, form feed and carriage return; a no-break space is a letter.
3. Nothing is written for white space and for element boundaries when they are met. They raise a *pending
   separator*, and the strongest one pending is written before the next letter; none is written before the
   first letter of the section or after the last.

        weakest   SPACE   " "    a run of white space in a text outside `pre`
                  BREAK   "\\n"   `br`
                  BLOCK   "\\n"   the start or the end of a block element
                  CELL    "\\t"   the end of `td`, `th`
        strongest ROW     "\\n"   the start or the end of `tr` and of the parts of a table

4. Inside `pre` white space is kept as it stands, except line feeds before its first letter and all white
   space after its last. (Held back until the next letter of the same `pre`; then written after the
   separator that is pending.)
5. Everything else changes nothing. Character references count as the character they stand for.

So blocks are separated by exactly one line feed, cells by one tab, soft line breaks are spaces, and an
empty block or cell leaves no trace.

A *block* is what lies between two separators BLOCK or ROW; a table row is one block unless a cell holds
several. Blocks are what a person can comment on without selecting words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from consult.domain.text.spans import Span

SPACE, BREAK, BLOCK, CELL, ROW = 1, 2, 3, 4, 5
_WRITTEN = ("", " ", "\n", "\n", "\t", "\n")

_BLOCK_NAMES = """
    p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre hr figure figcaption caption
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
ROWS = frozenset(["tr", "table", "thead", "tbody", "tfoot"])
CELLS = frozenset(["td", "th"])
VOID = frozenset(["br", "hr", "img", "wbr", "col"])

# A tag as the sanitiser writes it: lower case, attribute values in double quotes.
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>")
_ATTRIBUTE_VALUE = re.compile(r"\"[^\"]*\"")
_UNEVEN = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#39);|[ \t\n\f\r]{2,}")
_EDGES = re.compile(r"([ \t\n\f\r]*)(.*?)([ \t\n\f\r]*)\Z", re.DOTALL)
_WHITE = " \t\n\f\r"
_MEANING = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\u00a0", "&#39;": "'"}


class Run(NamedTuple):
    """A stretch of one text of the HTML and the plain text it became.

    The two are of equal length and correspond letter by letter, unless the run is one character of plain
    text (a character reference, or several white spaces read as one). `text` numbers the texts of the
    HTML: two runs with the same number have no tag between them.
    """

    plain_start: int
    plain_end: int
    html_start: int
    html_end: int
    text: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A section's HTML as read: its plain text, its blocks and how the two correspond.

    `block_starts[n]` is the place in the HTML directly behind the last boundary before block `n`: where
    something put in becomes the first thing inside that block.
    """

    plain: str
    blocks: tuple[Span, ...]
    block_starts: tuple[int, ...]
    runs: tuple[Run, ...]


def plain_of(html: str) -> str:
    """The plain text of a section's sanitised HTML."""
    return read(html).plain


def blocks(html: str) -> tuple[Span, ...]:
    """The spans of a section's blocks in its plain text, in order; they leave out only the separators."""
    return read(html).blocks


def read(html: str) -> Reading:
    """Walk over sanitised HTML (as the renderer gives it) by the rules above; time linear in its length."""
    walk = _Walk(html)
    walk.run()
    length = len(walk)
    ends = [start - 1 for start in walk.starts[1:]]
    spans = [Span(start, end) for start, end in zip(walk.starts, [*ends, length], strict=False)]
    return Reading("".join(walk.parts), tuple(spans), tuple(walk.places), tuple(walk.runs))


class _Walk:
    def __init__(self, html: str) -> None:
        self.html = html
        self.parts: list[str] = []
        self.length = 0
        self.pending = BLOCK
        self.space: tuple[int, int, int] | None = None  # where the pending SPACE stands: start, end, text
        self.boundary = 0  # behind the last element boundary that separates blocks
        self.starts: list[int] = []
        self.places: list[int] = []
        self.runs: list[Run] = []
        self.text = 0
        self.pre = 0
        self.pre_has_letters = False
        self.held: tuple[str, int] | None = None

    def __len__(self) -> int:
        return self.length

    def run(self) -> None:
        html, at = self.html, 0
        skipping = 0
        for tag in _TAG.finditer(html):
            if not skipping and tag.start() > at:
                self._read_text(at, tag.start())
            at = tag.end()
            closes, name, attributes = tag.groups()
            if skipping:
                if name not in VOID:
                    skipping += -1 if closes else 1
                continue
            if not closes and attributes and "data-generated" in _ATTRIBUTE_VALUE.sub("", attributes):
                self.text += 1  # a mark is cut where something generated stands between its words
                skipping = 0 if name in VOID else 1
                continue
            self._read_tag(name, bool(closes), at)
        if not skipping and at < len(html):
            self._read_text(at, len(html))

    def _read_tag(self, name: str, closes: bool, end: int) -> None:
        self.text += 1
        if name in BLOCKS:
            self._separate(BLOCK, end)
            if name == "pre":
                self.pre = max(0, self.pre + (-1 if closes else 1))
                self.pre_has_letters, self.held = False, None
        elif name in ROWS:
            self._separate(ROW, end)
        elif name in CELLS:
            if closes:
                self.pending = max(self.pending, CELL)
            elif self.pending in (BLOCK, ROW):
                self.boundary = end
        elif name == "br":
            self.pending = max(self.pending, BREAK)

    def _separate(self, strength: int, end: int) -> None:
        self.pending = max(self.pending, strength)
        self.boundary = end

    def _read_text(self, start: int, end: int) -> None:
        if end - start == 1 and self.html[start] == "\n" and self.pending >= SPACE and not self.pre:
            return  # what stands between two blocks of most texts
        if self.pre:
            self._read_verbatim(start, end)
            return
        if self.html[start] not in _WHITE and self.html[end - 1] not in _WHITE:
            self._read_even(start, end)
            return
        edges = _EDGES.match(self.html, start, end)
        assert edges  # noqa: S101 - the pattern matches every text
        before, middle, after = edges.span(1), edges.span(2), edges.span(3)
        if before[0] < before[1]:
            self._space(*before)
        if middle[0] < middle[1]:
            self._read_even(*middle)
        if after[0] < after[1]:
            self._space(*after)

    def _read_even(self, start: int, end: int) -> None:
        """Words with single white spaces between them go over in one piece; what is uneven goes alone."""
        at = start
        for uneven in _UNEVEN.finditer(self.html, start, end):
            self._write(_spaced(self.html[at : uneven.start()]), at, uneven.start())
            self._write(_MEANING.get(uneven[0], " "), *uneven.span())
            at = uneven.end()
        self._write(_spaced(self.html[at:end]), at, end)

    def _read_verbatim(self, start: int, end: int) -> None:
        at = start
        for uneven in _UNEVEN.finditer(self.html, start, end):
            meaning = _MEANING.get(uneven[0])
            if meaning is None:
                continue
            self._write_verbatim(self.html[at : uneven.start()], at)
            self._write_verbatim(meaning, *uneven.span())
            at = uneven.end()
        self._write_verbatim(self.html[at:end], at)

    def _write_verbatim(self, words: str, start: int, end: int | None = None) -> None:
        kept = words.rstrip(_WHITE)
        if kept:
            if self.held:
                held, self.held = self.held, None
                if not self.pre_has_letters:
                    stripped = held[0].lstrip("\n\r")
                    held = (stripped, held[1] + len(held[0]) - len(stripped))
                self._write(held[0], held[1], held[1] + len(held[0]))
            elif not self.pre_has_letters:
                first = len(kept) - len(kept.lstrip("\n\r"))
                kept, start = kept[first:], start + first
            self.pre_has_letters = True
            self._write(kept, start, end if end is not None else start + len(kept))
        if len(words.rstrip(_WHITE)) < len(words):
            rest = words[len(words.rstrip(_WHITE)) :]
            at = (end if end is not None else start + len(kept)) if kept else start
            self.held = (self.held[0] + rest, self.held[1]) if self.held else (rest, at)

    def _space(self, start: int, end: int) -> None:
        if self.pending < SPACE:
            self.pending = SPACE
            self.space = (start, end, self.text)

    def _write(self, words: str, start: int, end: int) -> None:
        if not words:
            return
        if self.pending:
            self._write_separator()
        self.runs.append(Run(self.length, self.length + len(words), start, end, self.text))
        self.parts.append(words)
        self.length += len(words)

    def _write_separator(self) -> None:
        pending, self.pending = self.pending, 0
        if self.length:
            if pending == SPACE and self.space:
                start, end, text = self.space
                self.runs.append(Run(self.length, self.length + 1, start, end, text))
            self.parts.append(_WRITTEN[pending])
            self.length += 1
        if pending in (BLOCK, ROW) or not self.length:
            self.starts.append(self.length)
            self.places.append(self.boundary)


def _spaced(words: str) -> str:
    """White space as spaces, place for place; four searches cost less than a look at every letter."""
    return words.replace("\n", " ").replace("\t", " ").replace("\f", " ").replace("\r", " ")
