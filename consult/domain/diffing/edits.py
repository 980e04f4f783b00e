"""The edit script: how one text became another, as an ordered partition of both.

A script is a tuple of hunks. Each hunk pairs a span of the old text with a span of the new text and says what
happened there. The hunks stand in order and leave no gap: the first begins at 0 in both texts, each begins where
the one before it ended in both texts, the last ends at the end of both. Two hunks that follow one another are
never both ``equal`` and never both changes: an insertion beside a deletion is one ``replace``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from consult.domain.text.spans import Span


class Kind(StrEnum):
    """What happened at a hunk."""

    EQUAL = "equal"
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Hunk:
    """One step of a script: `old` became `new`, both in code points of their whole texts.

    ``equal``: both spans hold the same words. ``insert``: `old` is empty and marks the place. ``delete``: `new` is
    empty and marks the place. ``replace``: neither is empty and their words differ.
    """

    old: Span
    new: Span
    is_equal: bool

    @property
    def kind(self) -> Kind:
        if self.is_equal:
            return Kind.EQUAL
        if self.old.is_empty:
            return Kind.INSERT
        if self.new.is_empty:
            return Kind.DELETE
        return Kind.REPLACE


Match = tuple[int, int, int]
"""An equal run: start in the old text, start in the new text, length; all in code points."""


@dataclass(frozen=True, slots=True)
class EditScript:
    """How `old` became `new`: see the module for what `hunks` promise."""

    old: str
    new: str
    hunks: tuple[Hunk, ...]
    old_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where each hunk starts in the old text, and in the new: for finding a hunk by bisection."""
    new_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "old_starts", tuple([hunk.old.start for hunk in self.hunks]))
        object.__setattr__(self, "new_starts", tuple([hunk.new.start for hunk in self.hunks]))

    @property
    def is_identity(self) -> bool:
        """True when nothing changed."""
        return self.old == self.new

    def changes(self) -> Iterator[Hunk]:
        """The hunks that are not equal, in order."""
        return (hunk for hunk in self.hunks if not hunk.is_equal)

    def old_hunk_at(self, position: int) -> Hunk:
        """The last hunk that begins at or before this place of the old text; the script must not be empty."""
        return self.hunks[max(0, bisect_right(self.old_starts, position) - 1)]

    def old_hunks_in(self, span: Span) -> tuple[Hunk, ...]:
        """The hunks from the one in which `span` of the old text starts to the one in which it ends."""
        first = max(0, bisect_right(self.old_starts, span.start) - 1)
        return self.hunks[first : bisect_left(self.old_starts, span.end, lo=first)]

    def new_hunks_in(self, span: Span) -> tuple[Hunk, ...]:
        """The same for a span of the new text."""
        first = max(0, bisect_right(self.new_starts, span.start) - 1)
        return self.hunks[first : bisect_left(self.new_starts, span.end, lo=first)]

    def apply(self, text: str) -> str:
        """The new text, made from `text`, which must be the old text (else ValueError)."""
        if text != self.old:
            raise ValueError("this script was made from another text")
        return "".join(hunk.old.of(text) if hunk.is_equal else hunk.new.of(self.new) for hunk in self.hunks)

    def inverse(self) -> EditScript:
        """The script that leads back from the new text to the old one."""
        return EditScript(
            self.new, self.old, tuple(Hunk(hunk.new, hunk.old, hunk.is_equal) for hunk in self.hunks)
        )

    def map_span(self, span: Span) -> Span:
        """Where the words of `span` (in the old text) stand in the new text.

        What was inserted exactly at either edge stays outside; what was inserted within is inside. A span whose
        words were all deleted maps to the empty span at the place where they stood. A run that was replaced maps
        to what replaced it; part of such a run maps to the same part of its replacement, by proportion.
        An empty span maps to an empty span, after what was inserted at its place. Mapping is monotone: starts keep
        their order, and so do ends. Raises ValueError when `span` lies outside the old text.
        """
        if span.end > len(self.old):
            raise ValueError(f"{span} lies outside a text of {len(self.old)} code points")
        start = self._map_start(span.start)
        return Span(start, max(start, self._map_end(span.end)))

    def _map_start(self, position: int) -> int:
        """Where `position`, taken as the first code point of something, now stands."""
        index = bisect_right(self.old_starts, position) - 1
        if index < 0:
            return len(self.new)
        return _within(self.hunks[index], position)

    def _map_end(self, position: int) -> int:
        """Where `position`, taken as just behind the last code point of something, now stands."""
        index = max(0, bisect_left(self.old_starts, position) - 1)
        if not self.hunks:
            return 0
        return _within(self.hunks[index], position)


def _within(hunk: Hunk, position: int) -> int:
    """Where a place within or at the edge of the old side of `hunk` stands on its new side."""
    offset = position - hunk.old.start
    if hunk.is_equal:
        return hunk.new.start + offset
    if hunk.old.is_empty:
        return hunk.new.end
    return hunk.new.start + round(offset * len(hunk.new) / len(hunk.old))


def script(old: str, new: str, matches: Iterable[Match]) -> EditScript:
    """The script whose equal hunks are `matches`: in order in both texts, not overlapping, their words equal.

    Matches that touch in both texts become one hunk, empty ones are dropped.
    """
    hunks: list[Hunk] = []
    old_at = new_at = equal_old = equal_new = 0  # [equal_x, x_at) is the equal run being grown

    def close_equal() -> None:
        if old_at > equal_old:
            hunks.append(Hunk(Span(equal_old, old_at), Span(equal_new, new_at), True))

    for old_start, new_start, length in matches:
        if not length:
            continue
        if old_start != old_at or new_start != new_at:
            close_equal()
            hunks.append(Hunk(Span(old_at, old_start), Span(new_at, new_start), False))
            equal_old, equal_new = old_start, new_start
        old_at, new_at = old_start + length, new_start + length
    close_equal()
    if old_at < len(old) or new_at < len(new):
        hunks.append(Hunk(Span(old_at, len(old)), Span(new_at, len(new)), False))
    return EditScript(old, new, tuple(hunks))
