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


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a text is counted: the terms of its telling words in order, and all of them together."""

    words: tuple[Terms, ...]
    terms: frozenset[str]


def sketch(words: Sequence[Terms]) -> Sketch:
    return Sketch(tuple(words), frozenset().union(*words))


def likeness(one: Sequence[Terms], other: Sequence[Terms]) -> Likeness:
    """How alike two texts are, given the terms of their telling words in order. Two empty texts are not alike."""
    return likeness_of(sketch(one), sketch(other))


def likeness_of(one: Sketch, other: Sketch) -> Likeness:
    if not one.words or not other.words:
        return Likeness(0.0, 0.0)
    pairs = _met_pairs(one.words, other.words) + _met_pairs(other.words, one.words)
    pair_count = len(one.words) + len(other.words) - 2
    share = share_of_words(one, other)
    return Likeness(share, pairs / pair_count if pair_count else share)


def share_of_words(one: Sketch, other: Sketch) -> float:
    """The `words` of their likeness alone, which is quickly told."""
    if not one.words or not other.words:
        return 0.0
    met = _met(one.words, other.terms) + _met(other.words, one.terms)
    return met / (len(one.words) + len(other.words))


def _met(words: Sequence[Terms], known: frozenset[str]) -> int:
    return sum(not known.isdisjoint(terms) for terms in words)


def _met_pairs(texts: Sequence[Terms], other: Sequence[Terms]) -> int:
    known = {(before, after) for one, two in pairwise(other) for before in one for after in two}
    return sum(
        any((before, after) in known for before in one for after in two) for one, two in pairwise(texts)
    )
