"""How a document falls into sections and comes back together without losing a character.

A section's source is its raw heading line or lines and everything up to the next heading. What stands
before the first heading is the preamble, level 0, and exists only if it holds more than blank lines;
leading blank lines otherwise belong to the first heading. So the sources of a document's sections, joined
in reading order, are its text, always.

`level` is the heading's own: the number of signs of an ATX heading, 1 or 2 for an underlined one. The
tree comes from nesting: a section's parent is the nearest one before it with a smaller level, and levels
may be skipped (`nest`, `depths`).

What is a heading is decided in `lines`: ATX with a space or an end after the signs, or one line of words
underlined; never inside code, comments, raw HTML, front matter, lists or quotations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consult.domain.errors import InvalidInput
from consult.domain.text import markup
from consult.domain.text.lines import ATX_OPENING, Line, classify

DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """One section of a text.

    `level` is 1 to 6, or 0 for the preamble. `heading` is its words without markup, empty for the
    preamble and for a heading without words. `source` is the whole section, `heading_source` the raw
    part of it that makes the heading: leading blank lines, the heading line or lines, their line feed.
    """

    level: int
    heading: str
    source: str
    heading_source: str

    @property
    def body(self) -> str:
        """What follows the heading."""
        return self.source[len(self.heading_source) :]


def split(text: str) -> tuple[Piece, ...]:
    """The sections of a normalised text in reading order.

    `"".join(piece.source for piece in split(text)) == text`. An empty text has no sections; one of blank
    lines only is a preamble.
    """
    if not text:
        return ()
    lines = text.split("\n")
    kinds = classify(lines)
    starts = [number for number, kind in enumerate(kinds) if kind in (Line.ATX, Line.SETEXT)]
    if not starts:
        return (Piece(0, "", text, ""),)
    pieces: list[Piece] = []
    ends = [*starts[1:], len(lines)]
    preamble = "".join(f"{line}\n" for line in lines[: starts[0]])
    if preamble.strip():
        pieces.append(Piece(0, "", preamble, ""))
        preamble = ""
    for start, end in zip(starts, ends, strict=True):
        height = 1 if kinds[start] is Line.ATX else 2
        level, words = read_heading(lines[start : start + height])
        heading_source = preamble + _joined(lines, start, start + height)
        source = preamble + _joined(lines, start, end)
        pieces.append(Piece(level, markup.words(words), source, heading_source))
        preamble = ""
    return tuple(pieces)


def nest(levels: Sequence[int]) -> tuple[int | None, ...]:
    """For each section the index of its parent: the nearest before it with a smaller level.

    None for a section at the top. A preamble (level 0) is at the top and nobody's parent.
    """
    parents: list[int | None] = []
    open_sections: list[int] = []
    for index, level in enumerate(levels):
        while open_sections and (level == 0 or levels[open_sections[-1]] >= level):
            open_sections.pop()
        parents.append(open_sections[-1] if open_sections else None)
        if level > 0:
            open_sections.append(index)
    return tuple(parents)


def depths(levels: Sequence[int]) -> tuple[int, ...]:
    """For each section the number of its ancestors: 0 at the top."""
    found: list[int] = []
    for parent in nest(levels):
        found.append(0 if parent is None else found[parent] + 1)
    return tuple(found)


def leaves_open(source: str) -> bool:
    """True when the section opens something that later words would close: a fence, a comment, raw HTML.

    Alone such an opening means nothing, but joined with the sections after it, it could hide their headings
    as soon as one of them holds a fence or a comment too; so a save must not leave one behind.
    """
    longest = {sign: max(map(len, re.findall(f"{sign}{{3,}}", source)), default=3) for sign in "`~"}
    closings = ["---", *(sign * length for sign, length in longest.items())]
    closings += ["-->", "?>", "]]>", "</pre></script></style></textarea>"]
    if not source.strip():
        return False
    alone = split(source)
    joined = split(f"{source}\n\n# x\n\n" + "\n\n".join(closings))
    return [piece.heading for piece in joined] != [*(piece.heading for piece in alone), "x"]


def heading_of(source: str) -> str:
    """The words of a section's heading; empty for a preamble."""
    return _first(source).heading


def level_of(source: str) -> int:
    """The level of a section's heading; 0 for a preamble."""
    return _first(source).level


def body(source: str) -> str:
    """A section without its raw heading."""
    return _first(source).body


def retitle(source: str, title: str) -> str:
    """The section with the words `title` as its heading, its body untouched.

    The heading keeps its style (signs before, signs after, underlining) unless the new words could not be
    read back in it. Markdown signs in `title` are escaped, so that
    `heading_of(retitle(source, title)) == " ".join(title.split())`. A preamble gains a heading of level 1.

    Raises `InvalidInput("title_empty")`, `InvalidInput("title_multiline")`.
    """
    if not title.strip():
        raise InvalidInput("title_empty", field="title")
    if "\n" in title.strip():
        raise InvalidInput("title_multiline", field="title")
    words = markup.escaped(" ".join(title.split()))
    piece = _first(source)
    if not piece.level:
        return f"# {words}\n\n{source.lstrip(chr(10))}"
    return _with_heading(piece, piece.level, words)


def with_level(source: str, level: int) -> str:
    """The section with its heading at `level`, 1 to 6; words, style where it allows, and body untouched.

    Raises `InvalidInput("level_out_of_range")` and, for a preamble, `InvalidInput("heading_missing")`.
    """
    if not 1 <= level <= DEEPEST:
        raise InvalidInput("level_out_of_range", field="level", deepest=DEEPEST)
    piece = _first(source)
    if not piece.level:
        raise InvalidInput("heading_missing", field="level")
    if piece.level == level:
        return source
    _, words = read_heading(piece.heading_source.lstrip("\n").split("\n"))
    return _with_heading(piece, level, words)


def raw_heading(source: str) -> str:
    """The words of a section's heading with their markup; empty for a preamble."""
    piece = _first(source)
    return read_heading(piece.heading_source.lstrip("\n").split("\n"))[1] if piece.level else ""


def with_raw_heading(source: str, raw: str) -> str:
    """The section with `raw`, one line of Markdown, as the words of its heading; style, level and body untouched.

    Raises `InvalidInput("heading_missing")` for a preamble.
    """
    piece = _first(source)
    if not piece.level:
        raise InvalidInput("heading_missing", field="title")
    return _with_heading(piece, piece.level, raw)


def _with_heading(piece: Piece, level: int, words: str) -> str:
    """The section under a heading of raw `words`, in the style of the one it has if that can be read back."""
    blank, lines, feed = _heading_lines(piece.heading_source)
    styled = _styled(lines, level, words)
    wanted = (level, markup.words(words))
    if not _reads_as(styled, wanted):
        styled = f"{'#' * level} {words}".rstrip()
    if piece.body and not feed:
        feed = "\n"
    return f"{blank}{styled}{feed}{piece.body}"


def _reads_as(heading: str, wanted: tuple[int, str]) -> bool:
    pieces = split(f"{heading}\n")
    return len(pieces) == 1 and (pieces[0].level, pieces[0].heading) == wanted and not pieces[0].body


def _heading_lines(heading_source: str) -> tuple[str, list[str], str]:
    """Leading blank lines, the heading's own lines, and the line feed after them (or nothing)."""
    rest = heading_source.removesuffix("\n")
    feed = heading_source[len(rest) :]
    lines = rest.split("\n")
    first = next(number for number, line in enumerate(lines) if line.strip())
    return "".join(f"{line}\n" for line in lines[:first]), lines[first:], feed


def _styled(lines: Sequence[str], level: int, words: str) -> str:
    if len(lines) == 2 and level <= 2:
        sign = "=-"[level - 1]
        return f"{words}\n{lines[1].replace('=', sign).replace('-', sign)}"
    opening = ATX_OPENING.match(lines[0])
    if len(lines) == 2 or not opening:
        return f"{'#' * level} {words}"
    _, rest = _without_closing_signs(lines[0][opening.end() :])
    closing = re.sub("#+", "#" * level, rest.rstrip())
    indent = lines[0][: opening.start(1)]
    return f"{indent}{'#' * level} {words}{closing}"


def _first(source: str) -> Piece:
    pieces = split(source)
    return pieces[0] if pieces else Piece(0, "", "", "")


def _joined(lines: Sequence[str], start: int, end: int) -> str:
    """Lines `start` to `end`, each with its line feed; the last line of a text has none."""
    joined = "\n".join(lines[start:end])
    return joined if end == len(lines) else f"{joined}\n"


def read_heading(lines: Sequence[str]) -> tuple[int, str]:
    """Level and raw words of a heading given its line, or its words and its underline."""
    opening = ATX_OPENING.match(lines[0])
    if opening:
        words, _ = _without_closing_signs(lines[0][opening.end() :])
        return len(opening[1]), words.strip()
    return (1 if lines[1].lstrip().startswith("=") else 2), lines[0].strip()


def _without_closing_signs(rest: str) -> tuple[str, str]:
    """What follows the opening signs of an ATX heading, cut before its optional closing signs."""
    kept = rest.rstrip(" \t")
    bare = kept.rstrip("#")
    if bare != kept and (not bare or bare[-1] in " \t"):
        bare = bare.rstrip(" \t")
        return bare, rest[len(bare) :]
    return kept, rest[len(kept) :]
