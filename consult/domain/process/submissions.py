"""What the host enters for others: how a submission stands to the end of its consultation, and a letter cut into comments.

A letter is one text; each comment taken from it names its passage. What no comment names is shown until somebody says
that it is no comment: so nothing a sender wrote gets lost between the letter and the register. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from enum import StrEnum

from consult.domain.process.comments import Channel
from consult.domain.text.spans import Span

LONGEST_LETTER = 200_000
"""Code points of a letter: a hundred pages."""

LONGEST_CASE_SIGN = 100
LONGEST_REASON = 4_000

ENTERED = tuple(channel for channel in Channel if channel is not Channel.WEB)
"""The channels a host enters itself."""

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t\u00a0]*(?:\n|\Z)))*")


class Standing(StrEnum):
    """How a submission stands to the end: by the rule, and by what an official decided about a late one."""

    IN_TIME = "in_time"
    LATE = "late"
    CONSIDERED = "considered"
    LEFT_OUT = "left_out"


STANDINGS = tuple(Standing)


def standing_of(*, is_late: bool, is_considered: bool | None) -> Standing:
    """`is_considered` is the last decision of an official, None where there is none."""
    if not is_late:
        return Standing.IN_TIME
    if is_considered is None:
        return Standing.LATE
    return Standing.CONSIDERED if is_considered else Standing.LEFT_OUT


def paragraphs(letter: str) -> list[Span]:
    """The paragraphs of a letter, cut at blank lines, without the space around them."""
    return [
        Span(found.start(), found.start() + len(found[0].rstrip())) for found in _PARAGRAPH.finditer(letter)
    ]


def joined(parts: Iterable[Span], chosen: Collection[int]) -> list[Span]:
    """The chosen parts, by their place from 0; neighbours become one span."""
    spans: list[Span] = []
    last = -2
    for place, part in enumerate(parts):
        if place not in chosen:
            continue
        if place == last + 1 and spans:
            spans[-1] = Span(spans[-1].start, part.end)
        else:
            spans.append(part)
        last = place
    return spans


def trimmed(letter: str, start: int, end: int) -> Span | None:
    """The span without the space at its ends; None where nothing of it is left or it leaves the letter."""
    if not 0 <= start < end <= len(letter):
        return None
    words = letter[start:end]
    first = start + len(words) - len(words.lstrip())
    span = Span(first, first + len(words.strip()))
    return None if span.is_empty else span


def unassigned(letter: str, spans: Iterable[Span]) -> list[Span]:
    """What no span covers, without the space at the ends of each stretch."""
    left: list[Span] = []
    at = 0
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        rest = trimmed(letter, at, min(span.start, len(letter)))
        if rest is not None:
            left.append(rest)
        at = max(at, span.end)
    rest = trimmed(letter, at, len(letter))
    return [*left, rest] if rest is not None else left
