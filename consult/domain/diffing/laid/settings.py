"""Words cut where the way they are set changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from consult.domain.text.passages import Setting
from consult.domain.text.spans import Span

Set = tuple[Setting, ...]


class Settings:
    """The settings of a text, to be asked about stretches of it."""

    def __init__(self, settings: Sequence[Setting]) -> None:
        self._settings = sorted(settings, key=lambda setting: setting.span)
        self._edges = sorted({edge for one in settings for edge in (one.span.start, one.span.end)})

    def __bool__(self) -> bool:
        return bool(self._settings)

    def edges(self, span: Span) -> list[int]:
        """Where something begins or ends strictly within a span."""
        first = bisect_left(self._edges, span.start + 1)
        return self._edges[first : bisect_left(self._edges, span.end)]

    def at(self, place: int) -> Set:
        """How the code point at a place is set; spans are left out of what is told, being of no matter there."""
        found = {
            Setting(_ANYWHERE, one.style, one.target)
            for one in self._settings
            if one.span.start <= place < one.span.end
        }
        return tuple(sorted(found, key=lambda setting: (setting.style, setting.target)))

    def pieces(self, span: Span) -> Iterator[tuple[Span, Set]]:
        """A stretch cut where its setting changes."""
        if not self._settings:
            yield span, ()
            return
        cuts = [span.start, *self.edges(span), span.end]
        for start, end in pairwise(cuts):
            yield Span(start, end), self.at(start)


_ANYWHERE = Span(0, 0)


def pieces_of_both(
    old: Settings, new: Settings, old_start: int, span: Span
) -> Iterator[tuple[Span, Set, Set]]:
    """A stretch of the new text that stood equal in the old one from `old_start`: (span, set now, set before)."""
    if not old and not new:
        yield span, (), ()
        return
    shift = span.start - old_start
    before = Span(old_start, old_start + len(span))
    cuts = sorted({span.start, span.end, *new.edges(span), *(edge + shift for edge in old.edges(before))})
    for start, end in pairwise(cuts):
        yield Span(start, end), new.at(start), old.at(start - shift)
