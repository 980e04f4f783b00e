"""Following passages from one text into another: where does each stand now, and how sure is that?

One comparison of the two texts serves all passages. Each is first sought where the comparison puts it: between the
neighbours it had. When little of it is left there, it is sought among what arrived elsewhere, together with the
words that left with it. A passage that stands in several places as well is `uncertain`, and so is one that is only
half like what stands in its place: a person decides. A passage of which nothing is found is `orphaned`; it is never
attached to a look-alike that stood there before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from consult.domain.anchoring.aligned import DOUBTFUL, Candidate, aligned
from consult.domain.anchoring.comparison import Comparison
from consult.domain.anchoring.documents import (
    DocumentAnchor,
    DocumentPlacement,
    Lineage,
    OriginalAnchor,
    S,
    follow_document,
)
from consult.domain.anchoring.moved import Moves
from consult.domain.anchoring.placement import ORPHANED, Placement, State
from consult.domain.anchoring.rivals import has_neighbour, has_rival, is_cast_alike
from consult.domain.text.spans import Span

__all__ = [
    "DocumentAnchor",
    "DocumentPlacement",
    "Lineage",
    "OriginalAnchor",
    "Placement",
    "State",
    "reanchor",
    "reanchor_document",
]

LOST = 0.5
"""A place less like the passage than this is not its place."""
RECOGNISABLE = 0.75
"""A place less like the passage is trusted only when one of its neighbours is there as well."""
TELLING = 30
"""And so is one of a changed passage with fewer code points, however like it."""
INTACT = 0.8
"""A passage this much like what stands in its place is not sought elsewhere."""


def reanchor(old: str, new: str, spans: Sequence[Span]) -> list[Placement]:
    """Where the passages `spans` of `old` stand in `new`, in the order given.

    A place does not depend on which passages are asked about together. An empty span, a caret, stays with the
    words on its two sides, or on one of them. Raises ValueError when a span lies outside the old text.
    """
    for span in spans:
        if span.end > len(old):
            raise ValueError(f"{span} lies outside a text of {len(old)} code points")
    if old == new:
        return [Placement(State.PLACED, span, 1.0) for span in spans]
    follower = _Follower(Comparison.near(old, new, spans))
    return [follower.placement(span) for span in spans]


def reanchor_document(
    old: Mapping[S, str],
    new: Mapping[S, str],
    anchors: Sequence[DocumentAnchor[S]],
    lineage: Iterable[Lineage[S]] = (),
) -> list[DocumentPlacement[S]]:
    """Where the passages `anchors` of one document stand in another, in the order given.

    `old` and `new` give every section's plain text by the section's lasting name, in reading order. Each passage
    is sought in its own section; then along `lineage`; then as a run of at least eight words that arrived in one
    place of any section; then, lost so far, as its comment was first made (see `consult.domain.anchoring.documents`).
    Found in another section it is `moved`. Raises ValueError when a span lies outside its section's text.
    """
    return follow_document(old, new, anchors, lineage, reanchor)


class _Follower:
    """Follows passages through one comparison."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._script = comparison.script
        self._moves = Moves(comparison)

    def placement(self, span: Span) -> Placement:
        if span.is_empty:
            return self._caret(span.start)
        here = aligned(self._script, span)
        if here is not None and here.similarity == 1.0:
            doubted = has_rival(self._comparison, span, here.span)
            return Placement(State.UNCERTAIN if doubted else State.PLACED, here.span, 1.0)
        if here is not None and here.similarity >= INTACT and not self._is_alone(span, here):
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
        if here.similarity < DOUBTFUL and self._is_alone(span, here):
            return ORPHANED
        doubted = here.similarity < DOUBTFUL or self._is_alone(span, here) or self._is_cast_alike(span, here)
        return Placement(State.UNCERTAIN if doubted else State.CHANGED, here.span, here.similarity)

    def _is_alone(self, span: Span, here: Candidate) -> bool:
        """True when a place is known only by the passage, and that is short or not very like it."""
        tells = len(span) >= TELLING and here.similarity >= RECOGNISABLE
        return not tells and not has_neighbour(self._script, span, here.span)

    def _is_cast_alike(self, span: Span, here: Candidate) -> bool:
        """True when a place not very like the passage shares only the mould with it."""
        old, new = self._script.old, self._script.new
        return here.similarity < RECOGNISABLE and is_cast_alike(old, span.of(old), here.span.of(new))

    def _caret(self, at: int) -> Placement:
        """Where the place between two words is: behind the one before it, or else before the one behind it."""
        script = self._script
        before = script.old_hunk_at(at - 1) if at else None
        behind = script.old_hunk_at(at) if at < len(script.old) else None
        follows = before is None or before.is_equal
        precedes = behind is None or behind.is_equal
        if not follows and not precedes:
            return ORPHANED
        if follows:
            place = before.new.start + at - before.old.start if before else 0
        else:
            place = behind.new.start + at - behind.old.start if behind else len(script.new)
        if follows and precedes:
            return Placement(State.PLACED, Span(place, place), 1.0)
        return Placement(State.CHANGED, Span(place, place), 0.5)

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
