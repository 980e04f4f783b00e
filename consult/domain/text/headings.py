"""Headings of a text that was written elsewhere: which lines are headings, which only look like ones, and setting it right.

Programs let people make a heading by pressing "bold", so a file may look perfectly arranged and hold no headings at
all. What looks like one is proposed, never decided: a person says which lines are headings and on which level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.domain.errors import InvalidInput
from consult.domain.text import markup
from consult.domain.text.lines import Line, classify
from consult.domain.text.outline import DEEPEST, split, with_level

LONGEST_LIKELY = 160
"""Code points of a line that may be a heading; longer ones are paragraphs in bold."""

_WHOLE_BOLD = re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_UNIT = re.compile(
    r"(?P<upper>księga|część|tytuł|part|title)|(?P<middle>dział|rozdział|chapter)|(?P<lower>oddział|podrozdział)"
    r"|(?P<annex>załącznik|aneks|annex)|(?P<least>art\.|§)|(?P<roman>[IVXLC]{1,7}\.)|(?P<figures>\d{1,3}(?:\.\d{1,3}){1,4}\.?(?=\s))",
    re.IGNORECASE,
)
_LEVELS = {"upper": 1, "annex": 1, "middle": 2, "roman": 2, "lower": 3, "least": 4}
_SENTENCE_END = (";", ",", ":")
_OPENING_SIGNS = re.compile(r"(?:[#>|]|[-+*](?=\s|$)|\d+(?=\.(?:\s|$))|[=~`]{1,})")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that is a heading (`level` 1 to 6) or looks like one (`level` 0); `line` counts from 0.

    `likely` is the level it has or would probably have.
    """

    line: int
    words: str
    level: int
    likely: int


def find_headings(text: str) -> tuple[Heading, ...]:
    """The headings of a normalised text, and the paragraphs of one short line that look like some, in order."""
    lines = text.split("\n")
    kinds = classify(lines)
    found: list[Heading] = []
    at = 0
    levels: dict[int, tuple[int, str]] = {}
    for piece in split(text):
        if piece.level:
            first = at + len(piece.heading_source) - len(piece.heading_source.lstrip("\n"))
            levels[text.count("\n", 0, first)] = (piece.level, piece.heading)
        at += len(piece.source)
    last = 0
    for number, kind in enumerate(kinds):
        if number in levels:
            last, words = levels[number]
            found.append(Heading(number, words, last, last))
        elif kind is Line.WORDS and _stands_alone(kinds, number):
            likely = _likely_level(lines[number], last)
            if likely:
                found.append(Heading(number, markup.words(_without_bold(lines[number].strip())), 0, likely))
    return tuple(found)


def arrange(text: str, wanted: Mapping[int, int]) -> str:
    """The text with lines made headings of a level (1 to 6), or plain paragraphs (0); by line, as `find_headings` counts.

    Lines not named, and names of lines that are no headings and do not look like any, leave the text as it is. The words
    stay the same. Raises InvalidInput("level_out_of_range").
    """
    if any(not 0 <= level <= DEEPEST for level in wanted.values()):
        raise InvalidInput("level_out_of_range", field="level", deepest=DEEPEST)
    changes = {
        heading.line: (heading, wanted[heading.line])
        for heading in find_headings(text)
        if wanted.get(heading.line, heading.level) != heading.level
    }
    lines = text.split("\n")
    kinds = classify(lines)
    made: list[str] = []
    number = 0
    while number < len(lines):
        if number not in changes:
            made.append(lines[number])
            number += 1
            continue
        heading, level = changes[number]
        length = 2 if kinds[number] is Line.SETEXT else 1
        own = lines[number : number + length]
        following = lines[number + length] if number + length < len(lines) else ""
        made += _heading(own, heading, level) if level else _paragraph(own, following)
        number += length
    return "\n".join(made)


def _stands_alone(kinds: Sequence[Line], number: int) -> bool:
    before = kinds[number - 1] if number else Line.BLANK
    after = kinds[number + 1] if number + 1 < len(kinds) else Line.BLANK
    return before in (Line.BLANK, Line.ATX, Line.UNDERLINE) and after is Line.BLANK


def _likely_level(line: str, above: int) -> int:
    """The level a line probably has as a heading, under the heading before it; 0 for one that is a paragraph."""
    written = line.strip()
    words = markup.words(_without_bold(written))
    if not words or len(words) > LONGEST_LIKELY or words.endswith(_SENTENCE_END):
        return 0
    unit = _UNIT.match(words)
    is_bold = _WHOLE_BOLD.fullmatch(written) is not None
    is_loud = words == words.upper() and sum(sign.isalpha() for sign in words) > 3
    is_short = len(words) <= 60 and (not words.endswith(".") or words.count(" ") < 2)
    if unit and (is_bold or is_loud or is_short):
        kind = unit.lastgroup or ""
        return _LEVELS.get(kind) or min(DEEPEST, 1 + unit[0].rstrip(".").count("."))
    if (is_bold and not words.endswith(".")) or is_loud:
        return min(DEEPEST, max(above, 1) + (1 if above else 0))
    return 0


def _without_bold(line: str) -> str:
    whole = _WHOLE_BOLD.fullmatch(line)
    return whole[2] if whole else line


def _heading(own: Sequence[str], heading: Heading, level: int) -> list[str]:
    if heading.level:
        return with_level("\n".join(own) + "\n", level).rstrip("\n").split("\n")
    words = _without_bold(own[0].strip())
    made = f"{'#' * level} " + re.sub(r"(#+)\s*$", lambda signs: "\\#" * len(signs[1]), words)
    return [made.rstrip()]


def _paragraph(own: Sequence[str], following: str) -> list[str]:
    """A heading's words as a paragraph of their own, kept from becoming markup."""
    words = own[0].strip() if len(own) == 2 else re.sub(r"^\s*#{1,6}\s*|\s+#+\s*$", "", own[0]).strip()
    sign = _OPENING_SIGNS.match(words)
    if sign:
        at = sign.end() if sign[0][0].isdigit() else 0
        words = f"{words[:at]}\\{words[at:]}"
    return [words, ""] if following.strip() else [words]
