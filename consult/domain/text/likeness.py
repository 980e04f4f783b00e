"""How much two short texts say the same: counted in words, so that it can be explained to anybody.

A word is met in the other text when the two share a term there (a lemma, a stem), wherever it stands; words that say
nothing by themselves do not count. Neighbouring pairs tell which of two texts with the same words is nearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Terms = frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """`words` is the share of the words of both texts that are met in the other one, `pairs` the same of neighbours."""

    words: float
    pairs: float

    @property
    def percent(self) -> int:
        """Whole percents of the same words; a hundred only where all are met."""
        return 100 if self.words >= 1 else min(99, round(100 * self.words))


def likeness(one: Sequence[Terms], other: Sequence[Terms]) -> Likeness:
    """How alike two texts are, given the terms of their telling words in order. Two empty texts are not alike."""
    if not one or not other:
        return Likeness(0.0, 0.0)
    words = _met(one, other) + _met(other, one)
    pairs = _met_pairs(one, other) + _met_pairs(other, one)
    pair_count = len(one) + len(other) - 2
    share = words / (len(one) + len(other))
    return Likeness(share, pairs / pair_count if pair_count else share)


def _met(texts: Sequence[Terms], other: Sequence[Terms]) -> int:
    known = frozenset().union(*other)
    return sum(not known.isdisjoint(terms) for terms in texts)


def _met_pairs(texts: Sequence[Terms], other: Sequence[Terms]) -> int:
    known = {(before, after) for one, two in pairwise(other) for before in one for after in two}
    return sum(
        any((before, after) in known for before in one for after in two) for one, two in pairwise(texts)
    )
