"""From a query to an ordered list of candidates: ranking, then what needs a record's dates and place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from .engine import Found, Hit
from .entries import NOW, label
from .query import Asked
from .ranking import Postings, Ranked, rank
from .records import SearchQuery, stood_at

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

HitOf = Callable[[Ranked], Hit]
"""Gives what an engine stored of a ranked record, with its score."""


def select(
    segments: Sequence[Postings], query: SearchQuery, asked: Asked, hit_of: HitOf, *, loosely: bool
) -> list[Ranked]:
    """All candidates in the order asked for."""
    ranked = rank(segments, asked, _labels(query, asked), loosely=loosely, reach=query.reach)
    if query.as_of or asked.since or asked.before:
        ranked = [one for one in ranked if _is_in_time(hit_of(one), query, asked)]
    if query.sort == "relevance":
        return ranked
    if query.sort == "place":
        return sorted(ranked, key=lambda one: _place(hit_of(one)))
    return sorted(ranked, key=lambda one: hit_of(one).at or _LONG_AGO, reverse=query.sort == "newest")


def stretch(ranked: Sequence[Ranked], asked: Asked, hit_of: HitOf, start: int, count: int) -> Found:
    """The hits from rank `start` on."""
    hits = tuple(map(hit_of, ranked[start : start + count]))
    return Found(hits, more=start + count < len(ranked), notes=asked.notes)


def _labels(query: SearchQuery, asked: Asked) -> list[list[str]]:
    groups = [[label("kind", kind) for kind in kinds] for kinds in (query.kinds, asked.kinds) if kinds]
    if query.document_id:
        groups.append([label("document", query.document_id)])
    groups += [
        [label(name, value) for other, value in query.facets if other == name]
        for name in dict.fromkeys(name for name, _ in query.facets)
    ]
    if query.state == "current":
        groups.append([NOW])
    return groups


def _is_in_time(hit: Hit, query: SearchQuery, asked: Asked) -> bool:
    if query.as_of and not stood_at(hit.stands, hit.at, query.as_of):
        return False
    if asked.since and (hit.at is None or hit.at < asked.since):
        return False
    return not (asked.before and (hit.at is None or hit.at >= asked.before))


def _place(hit: Hit) -> tuple[str, int]:
    return hit.document_id, hit.place
