"""Words cut where the way they are set changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from consult.domain.text.passages import Setting
from consult.domain.text.spans import Span

Set = tuple[Setting, ...]


class Settings:
    """The settings of a text, to be asked about stretches of it; references without words of their own stand at the
    start of a stretch, or at its end where nothing follows them in their block."""

    def __init__(self, settings: Sequence[Setting], plain: str) -> None:
        self._settings = sorted((one for one in settings if not one.span.is_empty), key=lambda one: one.span)
        self._edges = sorted({edge for one in settings for edge in (one.span.start, one.span.end)})
        self._wordless: dict[tuple[int, bool], list[Set]] = {}
        for one in settings:
            if one.span.is_empty:
                place = one.span.start
                is_last = plain[place : place + 1] in ("", "\n", "\t")
                reference = (Setting(_ANYWHERE, one.style, one.target),)
                self._wordless.setdefault((place, is_last), []).append(reference)

    def __bool__(self) -> bool:
        return bool(self._edges)

    def wordless(self, place: int, *, is_end: bool) -> Sequence[Set]:
        """References without words at the start or at the end of a stretch."""
        return self._wordless.get((place, is_end), ())

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
        if not self:
            yield span, ()
            return
        cuts = [span.start, *self.edges(span), span.end]
        for start, end in pairwise(cuts):
            for reference in self.wordless(start, is_end=False):
                yield Span(start, start), reference
            yield Span(start, end), self.at(start)
            for reference in self.wordless(end, is_end=True):
                yield Span(end, end), reference


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
        yield from _wordless_of_both(old, new, start - shift, start, is_end=False)
        yield Span(start, end), new.at(start), old.at(start - shift)
        yield from _wordless_of_both(old, new, end - shift, end, is_end=True)


def _wordless_of_both(
    old: Settings, new: Settings, before: int, now: int, *, is_end: bool
) -> Iterator[tuple[Span, Set, Set]]:
    """References without words at one place; where the other text has none there, it counts as the same."""
    stood = old.wordless(before, is_end=is_end)
    for at, reference in enumerate(new.wordless(now, is_end=is_end)):
        yield Span(now, now), reference, stood[at] if at < len(stood) else reference
