"""Which records answer a query, and in which order: one evaluation for every engine that can list its postings.

Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, with k1 = 1.2 and b = 0.75), where
a position asked for is one thing whichever of its terms a text holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log
from typing import Protocol

from .entries import HIDDEN, label, place_count, unpacked
from .query import Asked, Clause, Phrase, Prefix, Word
from .records import Reach

K1 = 1.2
B = 0.75

MOST_EXPANSIONS = 200
"""Surfaces a beginning* stands for at most, the first in the alphabet."""

Ranked = tuple[float, int, int]
"""The negated score, the segment's place among the segments, the record's number in it: sorts best first."""


class Postings(Protocol):
    """One segment of an index, whose records have numbers of their own."""

    def records(self) -> Collection[int]:
        """The numbers of all records that were not taken out."""
        ...

    def weights(self, term: str) -> Mapping[int, float]:
        """The records under a term with how often it occurs in each (in a title it weighs more)."""
        ...

    def places(self, surface: str) -> Mapping[int, bytes]:
        """The records holding an exact form, with its packed positions (a gap after the title)."""
        ...

    def surfaces(self, beginning: str, most: int) -> Sequence[str]:
        """At most `most` exact forms with this beginning, in alphabetical order."""
        ...

    def holds_surface(self, surface: str) -> bool:
        """Whether any record holds an exact form, taken out or not."""
        ...

    def holders(self, label: str) -> Collection[int]:
        """The records with a label: ``kind:comment``, ``document:…``, ``author:nowak``."""
        ...

    def lengths(self) -> Sequence[float]:
        """The length in positions of every record, by its number."""
        ...

    def total_length(self) -> float:
        """The sum of the lengths."""
        ...


def rank(
    segments: Sequence[Postings],
    asked: Asked,
    labels: Sequence[Sequence[str]],
    *,
    loosely: bool,
    reach: Reach | None = None,
) -> list[Ranked]:
    """All records that answer, best first; equal ones in the order they were written.

    `labels` are groups of labels, of each of which a record must have one. With `loosely` a record needs only some
    of the words, and those with more of them come first; a query of one word has no looser form. Hidden records out of
    `reach` are as if they were not there, so that neither the order nor the time of an answer tells of them.
    """
    clauses = asked.essential
    if asked.asks_nothing or (loosely and len(clauses) < 2):
        return []
    hidden = [_out_of_reach(segment, reach) for segment in segments]
    found = [
        [_without(_matches(segment, clause), unseen) for clause in clauses]
        for segment, unseen in zip(segments, hidden, strict=True)
    ]
    records = sum(
        len(segment.records()) - len(unseen) for segment, unseen in zip(segments, hidden, strict=True)
    )
    rarity = [
        _rarity(sum(len(matches[place]) for matches in found), records) for place in range(len(clauses))
    ]
    average = _average_length(segments)
    ranked: list[Ranked] = []
    for order, (segment, matches, unseen) in enumerate(zip(segments, found, hidden, strict=True)):
        numbers = _candidates(segment, matches, loosely=loosely)
        if unseen and not matches:
            numbers = [number for number in numbers if number not in unseen]
        numbers = _filtered(segment, numbers, asked, labels)
        ranked += _scored(order, segment, numbers, matches, rarity, average, loosely=loosely)
    ranked.sort()
    return ranked


def _out_of_reach(segment: Postings, reach: Reach | None) -> Collection[int]:
    """The hidden records of a segment that are neither of the hosts nor of the documents reached."""
    if reach is None:
        return frozenset()
    hidden = segment.holders(HIDDEN)
    if not hidden:
        return frozenset()
    reached = [label("host", one) for one in reach.hosts] + [
        label("document", one) for one in reach.documents
    ]
    return frozenset(hidden).difference(*(segment.holders(one) for one in reached))


def _without(matches: Mapping[int, float], unseen: Collection[int]) -> Mapping[int, float]:
    if not unseen:
        return matches
    return {number: weight for number, weight in matches.items() if number not in unseen}


def _matches(segment: Postings, clause: Clause) -> Mapping[int, float]:
    """The records of a segment that hold a clause, with how often."""
    if isinstance(clause, Word):
        return _largest(segment.weights(term) for term in clause.terms)
    if isinstance(clause, Prefix):
        forms: dict[str, None] = {}
        for beginning in clause.beginnings:
            forms.update(dict.fromkeys(segment.surfaces(beginning, MOST_EXPANSIONS - len(forms))))
            if len(forms) >= MOST_EXPANSIONS:
                break
        return _largest(
            {number: float(place_count(at)) for number, at in segment.places(form).items()} for form in forms
        )
    return _phrase_matches(segment, clause)


def _largest(mappings: Iterable[Mapping[int, float]]) -> Mapping[int, float]:
    """The union; a record under several terms of one position (a lemma and its folded copy) counts once."""
    nonempty = sorted((mapping for mapping in mappings if mapping), key=len, reverse=True)
    if len(nonempty) < 2:
        return nonempty[0] if nonempty else {}
    union = dict(nonempty[0])
    for mapping in nonempty[1:]:
        for number, weight in mapping.items():
            if weight > union.get(number, 0.0):
                union[number] = weight
    return union


def _phrase_matches(segment: Postings, phrase: Phrase) -> dict[int, float]:
    """Records in which the positions follow one another, with how often they do."""
    positions = [[segment.places(surface) for surface in surfaces] for surfaces in phrase.surfaces]
    holders = [set().union(*alternatives) for alternatives in positions]
    counts: dict[int, float] = {}
    for number in set.intersection(*sorted(holders, key=len)) if holders else ():
        starts: set[int] | None = None
        for offset, alternatives in enumerate(positions):
            here = {place - offset for places in alternatives for place in unpacked(places.get(number, b""))}
            starts = here if starts is None else starts & here
            if not starts:
                break
        if starts:
            counts[number] = float(len(starts))
    return counts


def _candidates(
    segment: Postings, matches: Sequence[Mapping[int, float]], *, loosely: bool
) -> Collection[int]:
    if not matches:
        return segment.records()
    if loosely:
        return set().union(*matches)
    smallest, *others = sorted(matches, key=len)
    return [number for number in smallest if all(number in other for other in others)]


def _filtered(
    segment: Postings, numbers: Collection[int], asked: Asked, labels: Sequence[Sequence[str]]
) -> Collection[int]:
    groups = [*labels, *([label(field, term) for term in word.terms] for field, word in asked.fields)]
    for group in groups:
        if not numbers:
            break
        allowed: set[int] = set().union(*(segment.holders(label) for label in group))
        numbers = [number for number in numbers if number in allowed]
    if numbers:
        alive = segment.records()
        numbers = [number for number in numbers if number in alive]
    if numbers and asked.excluded:
        unwanted: set[int] = set().union(*(_matches(segment, clause) for clause in asked.excluded))
        numbers = [number for number in numbers if number not in unwanted]
    return numbers


def _scored(
    order: int,
    segment: Postings,
    numbers: Collection[int],
    matches: Sequence[Mapping[int, float]],
    rarity: Sequence[float],
    average: float,
    *,
    loosely: bool,
) -> list[Ranked]:
    """BM25 of every candidate; loosely, each word held outweighs any score."""
    lengths = segment.lengths()
    scale = K1 * B / average
    weighed = [(match, rare * (K1 + 1)) for match, rare in zip(matches, rarity, strict=True)]
    step = sum(rare for _, rare in weighed) + 1.0 if loosely else 0.0
    ranked: list[Ranked] = []
    for number in numbers:
        dampening = K1 * (1 - B) + scale * lengths[number]
        score = 0.0
        for match, rare in weighed:
            weight = match.get(number)
            if weight:
                score += step + rare * weight / (weight + dampening)
        ranked.append((-score, order, number))
    return ranked


def _rarity(holders: int, records: int) -> float:
    """Robertson's inverse document frequency, kept above zero."""
    return (
        log(1 + (records - holders + 0.5) / (holders + 0.5)) if holders <= records else log(1 + 0.5 / holders)
    )


def _average_length(segments: Sequence[Postings]) -> float:
    total = sum(segment.total_length() for segment in segments)
    count = sum(len(segment.lengths()) for segment in segments)
    return total / count if total else 1.0
