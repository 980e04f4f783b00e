"""What the passages of one text share: how it became the other text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

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

    def __init__(self, script: EditScript) -> None:
        self.script = script
        self._closer: dict[Hunk, EditScript] = {}

    @classmethod
    def near(cls, old: str, new: str, spans: Iterable[Span]) -> Comparison:
        """The comparison of two texts in which these passages of the old one are to be followed."""
        return cls(without_islands(compare(old, new, letters=False, near=spans)))

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
            before, after = hunk.old.of(self.script.old), hunk.new.of(self.script.new)
            self._closer[hunk] = without_islands(compare(before, after, letters=False))
        return self._closer[hunk].hunks


def chained(parts: Iterable[tuple[str, str, EditScript | None]]) -> tuple[Comparison, list[tuple[int, int]]]:
    """Several pairs of texts as one comparison, and where each pair begins in the two long texts.

    A pair is an old text, a new text and their comparison; None for a pair of which one text is missing (empty).
    A line feed stands between one pair and the next.
    """
    old_parts: list[str] = []
    new_parts: list[str] = []
    hunks: list[Hunk] = []
    starts: list[tuple[int, int]] = []
    old_at = new_at = 0
    for old, new, script in parts:
        starts.append((old_at, new_at))
        inner = script.hunks if script else (Hunk(Span(0, len(old)), Span(0, len(new)), False),)
        hunks.extend(
            Hunk(hunk.old.shifted(old_at), hunk.new.shifted(new_at), hunk.is_equal) for hunk in inner
        )
        old_at, new_at = old_at + len(old), new_at + len(new)
        hunks.append(Hunk(Span(old_at, old_at + 1), Span(new_at, new_at + 1), True))
        old_at, new_at = old_at + 1, new_at + 1
        old_parts += (old, "\n")
        new_parts += (new, "\n")
    return Comparison(EditScript("".join(old_parts), "".join(new_parts), tuple(hunks))), starts
