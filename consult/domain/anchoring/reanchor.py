"""Following passages from one text into another: where does each stand now, and how sure is that?

One comparison of the two texts serves all passages. Each is first sought where the comparison puts it: between the
neighbours it had. When little of it is left there, it is sought among what arrived elsewhere, together with the
words that left with it. A passage that stands in several places as well is `uncertain`, and so is one that is only
half like what stands in its place: a person decides. A passage of which nothing is found is `orphaned`; it is never
attached to a look-alike that stood there before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.anchoring.aligned import DOUBTFUL, Candidate, aligned
from consult.domain.anchoring.comparison import Comparison
from consult.domain.anchoring.moved import Moves
from consult.domain.anchoring.rivals import has_neighbour, has_rival
from consult.domain.text.spans import Span

LOST = 0.5
"""A place less like the passage than this is not its place."""
RECOGNISABLE = 0.75
"""A place less like the passage is trusted only when one of its neighbours is there as well."""
INTACT = 0.8
"""A passage this much like what stands in its place is not sought elsewhere."""


class State(StrEnum):
    """How a passage fares in another text; the first that applies."""

    ORPHANED = "orphaned"
    UNCERTAIN = "uncertain"
    MOVED = "moved"
    CHANGED = "changed"
    PLACED = "placed"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands in the new text (None iff orphaned), and how alike old and new words are, 0 to 1."""

    state: State
    span: Span | None
    similarity: float


ORPHANED = Placement(State.ORPHANED, None, 0.0)


def reanchor(old: str, new: str, spans: Sequence[Span]) -> list[Placement]:
    """Where the passages `spans` of `old` stand in `new`, in the order given.

    Raises ValueError when a span lies outside the old text. An empty span, a caret, is placed between its
    neighbours when both are still there.
    """
    for span in spans:
        if span.end > len(old):
            raise ValueError(f"{span} lies outside a text of {len(old)} code points")
    if old == new:
        return [Placement(State.PLACED, span, 1.0) for span in spans]
    follower = _Follower(Comparison(old, new, spans))
    return [follower.placement(span) for span in spans]


class _Follower:
    """Follows passages through one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._script = comparison.script
        self._moves = Moves(comparison)

    def placement(self, span: Span) -> Placement:
        here = aligned(self._script, span)
        if here is not None and here.similarity == 1.0:
            doubted = has_rival(self._comparison, span, here.span)
            return Placement(State.UNCERTAIN if doubted else State.PLACED, here.span, 1.0)
        if here is not None and here.similarity >= INTACT:
            return Placement(State.CHANGED, here.span, here.similarity)
        there = self._moves.find(span)
        if there is None or (here is not None and here.similarity >= there.candidate.similarity):
            return self._kept(span, here)
        found = there.candidate
        torn = here is not None and here.similarity >= max(DOUBTFUL, found.similarity - 0.25)
        if torn or not there.is_certain:
            return Placement(State.UNCERTAIN, found.span, found.similarity)
        if self._crosses(span, found.span):
            return Placement(State.MOVED, found.span, found.similarity)
        state = State.PLACED if found.similarity == 1.0 else State.CHANGED
        return Placement(state, found.span, found.similarity)

    def _kept(self, span: Span, here: Candidate | None) -> Placement:
        if here is None or here.similarity < LOST:
            return ORPHANED
        alone = here.similarity < RECOGNISABLE and not has_neighbour(self._script, span, here.span)
        if here.similarity < DOUBTFUL or alone:
            return Placement(State.UNCERTAIN, here.span, here.similarity)
        return Placement(State.CHANGED, here.span, here.similarity)

    def _crosses(self, was: Span, now: Span) -> bool:
        """True when some text that kept its order stands between where the passage was and where it is."""
        script = self._script
        before = bisect_right(script.old_starts, was.start) - 1
        after = bisect_left(script.old_starts, was.end)
        earliest = max((h.new.end for h in script.hunks[: before + 1][-2:] if h.is_equal), default=0)
        latest = min(
            (h.new.start for h in script.hunks[after : after + 2] if h.is_equal), default=len(script.new)
        )
        return not earliest <= now.start <= now.end <= latest
