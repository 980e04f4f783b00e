"""Words that must not be parted at the end of a line.

Polish setting leaves no one-letter word hanging at the end of a line (a, i, o, u, w, z), and keeps a number with what
it numbers (art. 5, § 12, nr 3, 14 dni). What belongs together is named by its place; whoever shows the text keeps
each place on one line. The text itself stays as it is, so that offsets stay true and what is copied holds ordinary
spaces.
"""

from __future__ import annotations

import re

from consult.domain.text.spans import Span

LONGEST = 28
"""Code points kept together at most: more would overflow a narrow screen."""

_SPACE = "[ \n]"
_HANGING = rf"(?:(?<![\w&.])[aiouwzAIOUWZ]{_SPACE})"
_NUMBERED = rf"(?:[Aa]rt\.|[Uu]st\.|[Pp]kt|[Ll]it\.|[Pp]oz\.|[Nn]r|[Ss]tr\.|§§?){_SPACE}\w[\w–-]*"
_COUNTED = (
    rf"(?<![,.])(?:\d{{4}}{_SPACE}r\.|\d{{1,3}}(?:{_SPACE}\d{{3}})*{_SPACE}"
    r"(?:dni|dnia|zł|%|proc\.|godz\.|min|tys\.|mln|mld|m|km|ha|osób|osoby))(?!\w)"
)
_TOGETHER = re.compile(rf"{_HANGING}*(?<![\w&])(?:{_NUMBERED}|{_COUNTED})|{_HANGING}+[^\s<>&]+")


def together(text: str) -> list[Span]:
    """The places in a run of text that belong on one line, in order and apart from one another.

    Time grows with the length of the text; HTML's own references (`&amp;`) may stand in it and are left alone.
    """
    return [
        Span(found.start(), found.end())
        for found in _TOGETHER.finditer(text)
        if found.end() - found.start() <= LONGEST
    ]
