"""What a file says of its own making: whose tracked changes are taken in, and which words comments in the margin mean.

A text with changes tracked is read several times: once with all changes, once with none, and once for each author
with that author's alone. A text with comments in the margin is read once more with signs of private use where they
begin and end; the signs are then found in the composed text. They never reach the text that is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from consult.domain.diffing.compare import compare
from consult.domain.text.spans import Span
from consult.ports.imports import ImportedText, MarginComment, Suggestion

MOST_AUTHORS = 20
"""Authors whose changes are told apart; the changes of further ones are read as one more author's."""

MOST_COMMENTS = 2_000
LONGEST_COMMENT = 20_000
LONGEST_NAME = 200

_BEGINNINGS, _ENDS = 0xF0000, 0x100000
_SIGNS = re.compile(
    f"[{chr(_BEGINNINGS)}-{chr(_BEGINNINGS + MOST_COMMENTS)}{chr(_ENDS)}-{chr(_ENDS + MOST_COMMENTS)}]"
)
HOME = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True, slots=True)
class Note:
    """A comment in the margin before its words are found."""

    author: str
    at: datetime | None
    text: str


@dataclass(frozen=True, slots=True)
class View:
    """One way of reading a file: whose tracked changes it takes in, and whether comments leave signs."""

    takes: Callable[[str], bool] = lambda _author: True
    has_signs: bool = False


@dataclass(frozen=True, slots=True)
class Tracked:
    """Authors of tracked changes, in the order they first appear, each with the moment of their last change."""

    authors: dict[str, datetime | None]

    def add(self, author: str, at: datetime | None) -> None:
        last = self.authors.get(author)
        self.authors[author] = at if last is None or (at is not None and at > last) else last


def beginning(number: int) -> str:
    """The sign where the comment of that number (from 0) begins."""
    return chr(_BEGINNINGS + number)


def end(number: int) -> str:
    return chr(_ENDS + number)


def read_in_all_views(
    text: ImportedText, read: Callable[[View], str], tracked: Tracked, notes: Sequence[Note]
) -> ImportedText:
    """The text with its history: `read` gives the source a view of the file leads to."""
    margin = _placed(notes, text.source, read(View(has_signs=True))) if notes else ()
    original, suggestions = "", tuple[Suggestion, ...]()
    if tracked.authors:
        original = read(View(takes=lambda _author: False))
        suggestions = tuple(_suggestions(original, read, tracked))
    return ImportedText(text.source, text.title, text.remarks, text.facts, margin, original, suggestions)


def _suggestions(original: str, read: Callable[[View], str], tracked: Tracked) -> Iterable[Suggestion]:
    known = list(tracked.authors)[:MOST_AUTHORS]
    groups: list[tuple[str, frozenset[str]]] = [(author, frozenset({author})) for author in known]
    rest = frozenset(tracked.authors) - frozenset(known)
    if rest:
        groups.append(("", rest))
    for name, authors in groups:
        source = read(View(takes=authors.__contains__))
        if source != original:
            yield Suggestion(name[:LONGEST_NAME], tracked.authors.get(name), source)


def _placed(notes: Sequence[Note], source: str, marked: str) -> tuple[MarginComment, ...]:
    """The comments with their words: where their signs stand in `marked`, carried over to `source`."""
    found: dict[str, int] = {}
    bare: list[str] = []
    at = length = 0
    for sign in _SIGNS.finditer(marked):
        bare.append(marked[at : sign.start()])
        length += sign.start() - at
        at = sign.end()
        found.setdefault(sign[0], length)
    bare.append(marked[at:])
    unsigned = "".join(bare)
    script = None if unsigned == source else compare(unsigned, source)
    placed = []
    for number, note in enumerate(notes):
        start = found.get(beginning(number))
        stop = found.get(end(number), start)
        span = None
        if start is not None and stop is not None and start <= stop:
            span = Span(start, stop)
            span = script.map_span(span) if script else span
            span = span if span.of(source).strip() else None
        placed.append(MarginComment(note.author[:LONGEST_NAME], note.at, note.text[:LONGEST_COMMENT], span))
    return tuple(placed)


def moment(text: str | None) -> datetime | None:
    """A moment as office files write it; one without a zone is taken to be Warsaw's. None where it is none."""
    try:
        at = datetime.fromisoformat((text or "").strip()[:40])
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=HOME)).astimezone(UTC)
