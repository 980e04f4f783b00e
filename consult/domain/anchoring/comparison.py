"""What the passages of one text share: how it became the other text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from consult.domain.diffing.compare import compare
from consult.domain.diffing.edits import EditScript, Hunk
from consult.domain.diffing.islands import without_islands
from consult.domain.text.spans import Span

STRAY = 0.3
"""Share of a place that may, by chance, match text that stood there before, when the place is new all the same."""


class Comparison:
    """The comparison of two texts, as closely as the passages at hand need it.

    Most passages stand in text that did not change, or among a few changed lines, so only the lines near them are
    compared word by word at first. Changed lines elsewhere are compared when it is asked whether a place among
    them is new. Answers do not depend on which passages are asked about together.
    """

    def __init__(self, old: str, new: str, spans: Sequence[Span]) -> None:
        self.old = old
        self.new = new
        self._spans = spans
        self._closer: dict[Hunk, EditScript] = {}

    @cached_property
    def script(self) -> EditScript:
        return without_islands(compare(self.old, self.new, letters=False, near=self._spans))

    def has_arrived(self, place: Span) -> bool:
        """True when the text at `place` of the new text did not stand there before."""
        return self._is_change(place, self.script.new_hunks_in(place), lambda hunk: hunk.new)

    def has_departed(self, place: Span) -> bool:
        """True when the text at `place` of the old text no longer stands there."""
        return self._is_change(place, self.script.old_hunks_in(place), lambda hunk: hunk.old)

    def _is_change(self, place: Span, hunks: Sequence[Hunk], side: Callable[[Hunk], Span]) -> bool:
        unchanged = 0
        for hunk in hunks:
            part = side(hunk).intersection(place)
            if part is None:
                continue
            if hunk.is_equal:
                unchanged += len(part)
            else:
                shifted = part.shifted(-side(hunk).start)
                within = (
                    side(closer).intersection(shifted) for closer in self._within(hunk) if closer.is_equal
                )
                unchanged += sum(len(kept) for kept in within if kept)
        return unchanged <= STRAY * len(place)

    def _within(self, hunk: Hunk) -> tuple[Hunk, ...]:
        """The two sides of a changed stretch compared word by word, counted from where each starts."""
        if hunk.old.is_empty or hunk.new.is_empty:
            return ()
        if hunk not in self._closer:
            before, after = hunk.old.of(self.old), hunk.new.of(self.new)
            self._closer[hunk] = without_islands(compare(before, after, letters=False))
        return self._closer[hunk].hunks
