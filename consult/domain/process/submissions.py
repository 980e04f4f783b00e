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


class Flag(StrEnum):
    """Why a submission stands apart from the rest whatever its day; a person says so, each with a reason."""

    UNSIGNED = "unsigned"
    ANONYMOUS = "anonymous"
    INELIGIBLE = "ineligible"


FLAGS = tuple(Flag)
LATE = "late"
"""The reason to stand apart that nobody has to say: the days do."""


class Standing(StrEnum):
    """Whether a submission counts with the rest, or apart from them and then by what an official decided."""

    IN_TIME = "in_time"
    WAITING = "waiting"
    CONSIDERED = "considered"
    LEFT_OUT = "left_out"


STANDINGS = tuple(Standing)


def standing_of(*, is_apart: bool, is_considered: bool | None) -> Standing:
    """`is_apart` says that it came late or bears a flag; `is_considered` is the last decision of an official, None where
    there is none."""
    if not is_apart:
        return Standing.IN_TIME
    if is_considered is None:
        return Standing.WAITING
    return Standing.CONSIDERED if is_considered else Standing.LEFT_OUT


LARGEST_FILE = 20_000_000
"""Bytes of a scan; ten pages in colour are five million."""

MOST_FILES = 20
"""Files that may come with a submission."""

LONGEST_FILE_NAME = 200

_END_OF_PDF = 4_096


def scan_kind(content: bytes) -> str:
    """What a scan is by what it holds, whatever its name says: "pdf", "png" or "jpeg"; "" for anything else.

    Both ends are looked at: a file that breaks off is no scan anybody can read.
    """
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-_END_OF_PDF:]:
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") and content.rstrip(b"\0")[-8:-4] == b"IEND":
        return "png"
    if content.startswith(b"\xff\xd8\xff") and content.rstrip(b"\0\r\n").endswith(b"\xff\xd9"):
        return "jpeg"
    return ""


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
