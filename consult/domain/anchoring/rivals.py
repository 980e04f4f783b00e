"""Telling apart the copies of a repeated passage by their neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from consult.domain.anchoring.comparison import Comparison
from consult.domain.diffing.edits import EditScript
from consult.domain.diffing.lcs import similarity
from consult.domain.diffing.tokens import words
from consult.domain.text.spans import Span

NEIGHBOURHOOD = 60
"""Code points before and behind a passage by which copies are told apart."""
SURE = 30
"""With so many unchanged code points on both sides, a place needs no comparison with others."""
MARGIN = 0.15
"""How much more alike its neighbourhood must be than that of a rival."""
NEIGHBOURLY = 0.8
"""How alike the words on one side must be to count as the same neighbour."""
MOST_RIVALS = 50
RARE = 3
"""A word that stands no more often than that in the old text is rare there."""
LEAST_RARE = 3
MOST_TELLING = 60
"""Words of a passage that are looked at for this."""
RARE_KEPT = 0.25
"""The share of a passage's rare words that must be left of it."""


def has_rival(comparison: Comparison, was: Span, now: Span) -> bool:
    """True when an unchanged passage might as well be another copy of itself.

    A rival is a copy in the new text that arrived with this change, or a copy in the old text that left with it;
    and whose neighbours are (nearly) as much like this passage's as those of the place found.
    """
    script = comparison.script
    old, new = script.old, script.new
    quote = was.of(old)
    hunk = script.old_hunk_at(was.start)
    before = was.start - hunk.old.start
    after = hunk.old.end - was.end
    if (before >= SURE or hunk.old.start == 0) and (after >= SURE or hunk.old.end == len(old)):
        return False
    limit = _neighbours_alike(old, was, new, now) - MARGIN
    return any(
        _neighbours_alike(old, was, new, copy) > limit and comparison.has_arrived(copy)
        for copy in _copies(new, quote, now)
    ) or any(
        _neighbours_alike(old, copy, new, now) > limit and comparison.has_departed(copy)
        for copy in _copies(old, quote, was)
    )


def _copies(text: str, quote: str, itself: Span) -> Iterator[Span]:
    """The other places where the quote stands in full, up to `MOST_RIVALS`."""
    at = text.find(quote)
    for _ in range(MOST_RIVALS):
        if at < 0:
            return
        copy = Span(at, at + len(quote))
        if not copy.overlaps(itself):
            yield copy
        at = text.find(quote, at + 1)


def has_neighbour(script: EditScript, was: Span, now: Span) -> bool:
    """True when the words right before a passage, or right behind it, are still those they were."""
    return max(_beside(script.old, was, script.new, now)) >= NEIGHBOURLY


def is_cast_alike(old: str, quote: str, found: str) -> bool:
    """True when two passages share only what is common in the text they come from: they are cast in one mould.

    "Inserted by the Act of 3 May, in force since 1 July" is much like any other such note; what tells them apart
    are their rare words, and when (nearly) none of these is left, the passage itself is not either.
    """
    telling = list(dict.fromkeys(words(quote).keys))[:MOST_TELLING]
    rare = {word for word in telling if old.count(word) <= RARE}
    kept = rare.intersection(words(found).keys)
    return len(rare) >= LEAST_RARE and len(kept) < RARE_KEPT * len(rare)


def _neighbours_alike(old: str, was: Span, new: str, now: Span) -> float:
    """How alike the words before and behind two places are, 0 to 1."""
    return sum(_beside(old, was, new, now)) / 2


def _beside(old: str, was: Span, new: str, now: Span) -> tuple[float, float]:
    """How alike the words before two places are, and the words behind them."""
    before = similarity(
        old[max(0, was.start - NEIGHBOURHOOD) : was.start], new[max(0, now.start - NEIGHBOURHOOD) : now.start]
    )
    after = similarity(old[was.end : was.end + NEIGHBOURHOOD], new[now.end : now.end + NEIGHBOURHOOD])
    return before, after
