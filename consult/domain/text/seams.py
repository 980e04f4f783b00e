"""Where a section can be cut in two, and how two become one, without losing or changing a word.

A section is cut only between blocks that stand apart: before a paragraph, a list, a table, a quotation, a
piece of code, never inside one, and never between the two ends of raw HTML that encloses several. A list
with blank lines between its points is one block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from consult.domain.errors import InvalidInput
from consult.domain.text import outline
from consult.domain.text.lines import Line, classify
from consult.domain.text.spans import Span

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)(?:\s[^<>]*?)?(/?)>")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")
_NEED_NO_END = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "p",
        "source",
        "td",
        "th",
        "tr",
        "track",
        "wbr",
    ]
)


class Kept(StrEnum):
    """What becomes of the heading of a section that is joined to the one before."""

    BOLD = "bold"
    """A paragraph in bold."""
    TEXT = "text"
    """A plain paragraph."""
    NONE = "none"
    """It goes; its words stay in history alone."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that went over unchanged: a span of the old source, and where it begins in the new one."""

    span: Span
    to_start: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Two sections as one: `went` tells where the words of the second came to stand."""

    source: str
    went: tuple[Stretch, ...]


def blocks(source: str) -> tuple[Span, ...]:
    """The blocks of a section below its heading, in order, without the blank lines between them.

    Blocks are as large as they must be for a cut between any two to change neither.
    """
    lines = source.split("\n")
    kinds = classify(lines)
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found: list[tuple[int, int]] = []
    for at in range(_heading_end(kinds), len(lines)):
        if kinds[at] is Line.BLANK:
            continue
        if found and (found[-1][1] == at - 1 or _goes_on(kinds[found[-1][1]], kinds[at])):
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    whole = _with_whole_html(lines, kinds, found)
    return tuple(Span(starts[first], starts[last] + len(lines[last])) for first, last in whole)


def seams(source: str) -> tuple[int, ...]:
    """Where a section can be cut: the start of every block but one with nothing at all before it."""
    return tuple(block.start for block in blocks(source) if block.start > 0)


def cut(source: str, at: int, heading: str) -> tuple[str, str]:
    """The two sections that begin with the section's own heading and with the raw line `heading`, cut at a seam.

    Raises `InvalidInput("split_inside_block")` anywhere else, `InvalidInput("block_left_open")` where what stands
    before the seam would swallow what follows.
    """
    if at not in seams(source):
        raise InvalidInput("split_inside_block", field="at")
    first = source[:at] if source[:at].endswith("\n\n") else f"{source[:at]}\n"
    second = f"{heading}\n\n{source[at:]}"
    if [piece.source for piece in outline.split(first + second)] != [first, second]:
        raise InvalidInput("block_left_open", field="at")
    return first, second


def join(first: str, second: str, kept: Kept) -> Joined:
    """The text of two sections under the heading of the first; all code points but heading signs and, as asked, the
    words of the second heading go over.

    `first` ends with a blank line or nothing. Raises `InvalidInput("block_left_open")` when something left open in
    it would swallow what follows.
    """
    piece = outline.split(second)[0] if second else None
    raw, raw_at = _raw_heading(piece.heading_source) if piece and piece.level else ("", 0)
    before, words, after = _as_paragraph(raw, kept)
    body_at = len(piece.heading_source) if piece else 0
    if not piece or not piece.level:
        body_at = len(second) - len(second.lstrip("\n"))
    went: list[Stretch] = []
    joined = first
    if words:
        joined += before
        for word in words:
            joined += "\\" if word is not words[0] else ""
            went.append(Stretch(Span(raw_at, raw_at + len(word)), len(joined)))
            joined += word
            raw_at += len(word)
        joined += f"{after}\n"
        joined += "" if second[body_at:].startswith("\n") or not second[body_at:] else "\n"
    else:
        body_at += len(second[body_at:]) - len(second[body_at:].lstrip("\n"))
    if second[body_at:]:
        went.append(Stretch(Span(body_at, len(second)), len(joined)))
    joined += second[body_at:]
    if outline.leaves_open(first) or len(outline.split(joined)) > 1:
        raise InvalidInput("block_left_open", field="heading")
    return Joined(joined, tuple(went))


def follows(source: str, following: str) -> bool:
    """Whether a section may stand right after another: joined, they fall apart at the same place."""
    pieces = outline.split(source + following)
    return [piece.source for piece in pieces] == [source, following]


def _heading_end(kinds: Sequence[Line]) -> int:
    for at, kind in enumerate(kinds):
        if kind is Line.ATX:
            return at + 1
        if kind is Line.SETEXT:
            return at + 2
        if kind is not Line.BLANK:
            return 0
    return 0


def _goes_on(before: Line, kind: Line) -> bool:
    """Whether a line behind blank lines still belongs to the block before them."""
    if kind is Line.CONTAINED:
        return before in (Line.CONTAINED, Line.NOTE)
    return kind is Line.CODE and before is Line.CODE


def _with_whole_html(
    lines: Sequence[str], kinds: Sequence[Line], found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The blocks, with everything from an opening tag to its closing one made one; what never closes opens nothing."""
    opened: dict[str, list[int]] = {}
    reaches: dict[int, int] = {}
    for at, name, is_end in _tags(lines, kinds):
        if not is_end:
            opened.setdefault(name, []).append(at)
        elif opened.get(name):
            start = opened[name].pop()
            reaches[start] = max(reaches.get(start, at), at)
    reach = -1
    merged: list[tuple[int, int]] = []
    for first, last in found:
        if merged and first <= reach:
            merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
        reach = max([reach, *(reaches[at] for at in range(first, last + 1) if at in reaches)])
    return merged


def _tags(lines: Sequence[str], kinds: Sequence[Line]) -> list[tuple[int, str, bool]]:
    """Raw HTML tags that need an end, in order: (line, name, whether it is the end)."""
    return [
        (at, tag[2].lower(), bool(tag[1]))
        for at, kind in enumerate(kinds)
        if kind is Line.HTML
        for tag in _TAG.finditer(lines[at])
        if not tag[3] and tag[2].lower() not in _NEED_NO_END
    ]


def _raw_heading(heading_source: str) -> tuple[str, int]:
    """The raw words of a heading and where they begin in its source."""
    rest = heading_source.lstrip("\n \t")
    lead = len(heading_source) - len(rest)
    _, words = outline.read_heading(heading_source[lead:].rstrip("\n").split("\n"))
    return words, heading_source.index(words, lead) if words else 0


def _as_paragraph(raw: str, kept: Kept) -> tuple[str, tuple[str, ...], str]:
    """A heading's words as a line that is read as a paragraph: what comes before them, they, what comes after.

    The words are in two where a sign has to come between, lest they begin a list ("1. Aim", as "1\\. Aim").
    """
    if not raw or kept is Kept.NONE:
        return "", (), ""
    if kept is Kept.BOLD and not set(raw) & set("*_\\`<["):
        return "**", (raw,), "**"
    if classify([raw])[0] is Line.WORDS:
        return "", (raw,), ""
    number = _NUMBER.match(raw)
    if number:
        return "", (raw[: number.end()], raw[number.end() :]), ""
    return "\\", (raw,), ""
