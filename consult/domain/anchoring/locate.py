"""Finding a described passage in a text of which nothing else is known.

An exact quote is looked for first; copies are told apart by their neighbours. Failing that, runs of the quote's
words point to where it may stand, and the best places are compared with it closely. A place is certain only when
it is like the passage and clearly better than the next best.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consult.domain.anchoring.aligned import aligned
from consult.domain.anchoring.selectors import Selectors
from consult.domain.diffing.compare import compare
from consult.domain.diffing.islands import without_islands
from consult.domain.diffing.lcs import similarity
from consult.domain.diffing.tokens import words
from consult.domain.text.spans import Span

LOST = 0.6
"""A place less like the passage, its neighbours counted in, is not the passage."""
SURE = 0.9
"""A certain place is at least so much like the passage itself."""
NEIGHBOURLY = 0.8
"""And so are the words on one of its sides, unless a long quote stands there to the letter."""
MARGIN = 0.15
"""And no other place fits nearly as well."""
TELLING = 40
"""A quote of so many code points says enough by itself."""
MOST_COPIES = 500
MOST_RUNS = 24
"""Runs of words that are searched for when the exact quote is not there."""
MOST_HITS = 40
"""Places where one such run may stand; a run that stands in more says nothing."""
MOST_PLACES = 6
"""Places that are compared closely."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a passage stands, how well that place fits (0 to 1), and whether nobody needs to check."""

    span: Span
    score: float
    certain: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the text, how like the quote it is, and its two sides how like the quote's."""

    span: Span
    alike: float
    before: float
    behind: float

    @property
    def neighbours(self) -> float:
        """The side that is more alike counts double: text is often changed on one side of a passage."""
        return (2 * max(self.before, self.behind) + min(self.before, self.behind)) / 3

    @property
    def score(self) -> float:
        return 0.8 * self.alike + 0.2 * self.neighbours

    @property
    def fit(self) -> float:
        """What copies are told apart by: quote and neighbours count the same."""
        return (self.alike + self.neighbours) / 2

    @property
    def is_complete(self) -> bool:
        """True when quote and neighbours all stand here to the letter."""
        return self.alike == self.before == self.behind == 1.0

    @property
    def is_known(self) -> bool:
        """True when this would be the passage if there were no other place."""
        told = self.alike == 1.0 and len(self.span) >= TELLING
        return self.alike >= SURE and (told or max(self.before, self.behind) >= NEIGHBOURLY)


def locate(text: str, selectors: Selectors) -> Located | None:
    """Where the described passage stands in `text`, or None when nothing there is like it.

    An empty quote, a caret, is located between its neighbours. Any text up to 400 KB in some 20 ms.
    """
    if not selectors.exact.strip():
        return _caret(text, selectors)
    places = list(_exact(text, selectors)) or list(_similar(text, selectors))
    places.sort(key=lambda place: (-place.fit, _distance(place.span, selectors), place.span))
    if not places or places[0].score < LOST:
        return None
    best = places[0]
    others = [place for place in places[1:] if not place.span.overlaps(best.span)]
    certain = best.is_known and all(
        (best.is_complete and not other.is_complete) or best.fit - other.fit >= MARGIN for other in others
    )
    return Located(best.span, best.score, certain)


def _exact(text: str, selectors: Selectors) -> Iterator[_Place]:
    """Every place of the exact quote; first of all the one between its neighbours."""
    whole = text.find(selectors.prefix + selectors.exact + selectors.suffix)
    if whole >= 0:
        start = whole + len(selectors.prefix)
        yield _place(text, Span(start, start + len(selectors.exact)), 1.0, selectors)
    at = text.find(selectors.exact)
    for _ in range(MOST_COPIES):
        if at < 0:
            return
        span = Span(at, at + len(selectors.exact))
        yield _place(text, span, 1.0, selectors)
        at = text.find(selectors.exact, at + 1)


def _similar(text: str, selectors: Selectors) -> Iterator[_Place]:
    """The places most like the quote."""
    pattern = selectors.prefix + selectors.exact + selectors.suffix
    quote = Span(len(selectors.prefix), len(selectors.prefix) + len(selectors.exact))
    slack = 40 + len(pattern) // 4
    for start in _pointed_at(text, pattern, quote):
        region = Span(max(0, start - slack), min(len(text), max(0, start) + len(pattern) + slack))
        script = without_islands(compare(pattern, region.of(text), letters=False))
        found = aligned(script, quote)
        if found:
            yield _place(text, found.span.shifted(region.start), found.similarity, selectors)


def _pointed_at(text: str, pattern: str, quote: Span) -> list[int]:
    """Where the pattern may begin: the places most runs of its words point to, the best first.

    Long runs are tried first; shorter ones only when these stand nowhere.
    """
    cut = words(pattern, quote.start, quote.end)
    for size in (4, 2, 1):
        votes: list[int] = []
        last = len(cut) - size
        step = max(1, (last + 1) // MOST_RUNS)
        for index in range(0, last + 1, step):
            run = pattern[cut.starts[index] : cut.ends[index + size - 1]]
            if len(run) >= 4:
                votes.extend(at - cut.starts[index] for at in _places(text, run))
        if votes:
            return _densest(sorted(votes), 20 + len(quote) // 4)
    return []


def _places(text: str, run: str) -> list[int]:
    """Where a run of words stands, when in no more than `MOST_HITS` places; else nowhere."""
    found: list[int] = []
    at = text.find(run)
    while at >= 0:
        found.append(at)
        if len(found) > MOST_HITS:
            return []
        at = text.find(run, at + 1)
    return found


def _densest(votes: list[int], width: int) -> list[int]:
    """The middles of the clusters with the most votes; votes within `width` of the one before are one cluster."""
    clusters: list[list[int]] = []
    for vote in votes:
        if clusters and vote - clusters[-1][-1] <= width:
            clusters[-1].append(vote)
        else:
            clusters.append([vote])
    clusters.sort(key=lambda cluster: (-len(cluster), cluster[0]))
    return [cluster[len(cluster) // 2] for cluster in clusters[:MOST_PLACES]]


def _place(text: str, span: Span, alike: float, selectors: Selectors) -> _Place:
    """The place with its two sides compared; the edge of a text is like the edge of a text."""
    before, behind = selectors.prefix, selectors.suffix
    return _Place(
        span,
        alike,
        similarity(before, text[max(0, span.start - max(1, len(before))) : span.start]),
        similarity(behind, text[span.end : span.end + max(1, len(behind))]),
    )


def _caret(text: str, selectors: Selectors) -> Located | None:
    """Where a caret stands: behind its prefix and before its suffix, or beside the one that is left."""
    before, behind = selectors.prefix, selectors.suffix
    if not before.strip() and not behind.strip():
        return None
    at = text.find(before + behind)
    if at >= 0 and before + behind:
        place = at + len(before)
        once = text.find(before + behind, at + 1) < 0
        return Located(Span(place, place), 1.0, once)
    for part, offset in ((before, len(before)), (behind, 0)):
        at = text.find(part) if part.strip() else -1
        if at >= 0 and text.find(part, at + 1) < 0:
            return Located(Span(at + offset, at + offset), SURE - 0.01, False)
    return None


def _distance(span: Span, selectors: Selectors) -> int:
    return abs(span.start - selectors.position.start) if selectors.position else 0
