"""Telling apart the copies of a repeated passage by their neighbours."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from consult.domain.diffing.edits import EditScript, Hunk
from consult.domain.diffing.lcs import similarity
from consult.domain.text.spans import Span

NEIGHBOURHOOD = 60
"""Code points before and behind a passage by which copies are told apart."""
SURE = 30
"""With so many unchanged code points on both sides, a place needs no comparison with others."""
MARGIN = 0.15
"""How much more alike its neighbourhood must be than that of a rival."""
MOST_RIVALS = 50


def has_rival(script: EditScript, was: Span, now: Span) -> bool:
    """True when an unchanged passage might as well be another copy of itself.

    A rival is a copy in the new text that arrived with this change, or a copy in the old text that left with it;
    and whose neighbours are (nearly) as much like this passage's as those of the place found.
    """
    old, new = script.old, script.new
    quote = was.of(old)
    hunk = script.hunks[bisect_right(script.old_starts, was.start) - 1]
    before = was.start - hunk.old.start
    after = hunk.old.end - was.end
    if (before >= SURE or hunk.old.start == 0) and (after >= SURE or hunk.old.end == len(old)):
        return False
    ours = _neighbours_alike(old, was, new, now)
    rivals = _copies(new, quote, now, script.hunks, script.new_starts, of_new=True)
    if any(_neighbours_alike(old, was, new, rival) > ours - MARGIN for rival in rivals):
        return True
    rivals = _copies(old, quote, was, script.hunks, script.old_starts, of_new=False)
    return any(_neighbours_alike(old, rival, new, now) > ours - MARGIN for rival in rivals)


def _copies(
    text: str, quote: str, itself: Span, hunks: Sequence[Hunk], starts: Sequence[int], *, of_new: bool
) -> Iterator[Span]:
    """Other places where the quote stands in full within changed text."""
    at = text.find(quote)
    for _ in range(MOST_RIVALS):
        if at < 0:
            return
        copy = Span(at, at + len(quote))
        hunk = hunks[bisect_right(starts, at) - 1]
        side = hunk.new if of_new else hunk.old
        if not hunk.is_equal and side.contains(copy) and not copy.overlaps(itself):
            yield copy
        at = text.find(quote, at + 1)


def _neighbours_alike(old: str, was: Span, new: str, now: Span) -> float:
    """How alike the words before and behind two places are, 0 to 1."""
    before = similarity(
        old[max(0, was.start - NEIGHBOURHOOD) : was.start][::-1],
        new[max(0, now.start - NEIGHBOURHOOD) : now.start][::-1],
    )
    after = similarity(old[was.end : was.end + NEIGHBOURHOOD], new[now.end : now.end + NEIGHBOURHOOD])
    return (before + after) / 2
