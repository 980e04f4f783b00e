"""Finding only what the viewer may see, so that not even a count betrays the rest.

An index lags behind the database and knows nothing of viewers. So it only proposes candidates; the database says
which of them the viewer may see and by what they are sorted, and everything shown (hits, totals, numbers per facet,
whether a looser search was needed, suggestions) is computed from that alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from .engine import Found, Hit, Mode, SearchIndex
from .query import Note, read_query
from .records import Facets, SearchQuery

COUNTED = 1_000
"""Totals and facets are exact up to here, then "more than"."""

FIRST_BATCH = 200
LARGEST_BATCH = 2_000
"""How many candidates are shown to the database at once, growing from the first to the largest."""

DEEPEST = 10_000
"""Nobody leafs further; a larger offset answers with an empty page."""

LOOKED_AT = 4_000
"""Candidates looked at to learn whether any of them may be seen."""

Visible = Callable[[Sequence[Hit]], Mapping[str, Facets]]
"""Given candidates, those the viewer may see, by ref, with what they are sorted by: few database queries per call."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of visible hits in rank order, the first of them the `start`th of all (from 0).

    `total` counts the visible hits; where `is_at_least`, there are more. `facets` counts the same hits by name and
    value, the most frequent first, `kinds` by kind alone. `is_loose` says that no visible record held all words and
    records with some of them are shown.
    """

    hits: tuple[Hit, ...]
    total: int
    is_at_least: bool
    kinds: tuple[tuple[str, int], ...]
    is_loose: bool
    notes: tuple[Note, ...]
    start: int = 0
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()


def find_visible(
    index: SearchIndex,
    query: SearchQuery,
    visible: Visible,
    *,
    offset: int = 0,
    after: str = "",
    limit: int = 20,
) -> Page:
    """Ask `index` and keep what `visible` lets through; raises `SearchUnavailable` as the index does.

    With `after` the page begins behind the record of that ref, wherever it stands now, so that leafing neither repeats
    nor leaves out what was there before; `offset` serves where it is gone.
    """
    enough = max(COUNTED, min(offset, DEEPEST) + limit + 1)
    kept = _visible_hits(index, query, visible, "all", enough)
    is_loose = False
    if not kept.hits and "empty_query" not in {note.code for note in kept.notes}:
        kept = _visible_hits(index, query, visible, "any", enough)
        is_loose = bool(kept.hits)
    hits = list(kept.hits.values())
    start = _place_behind(after, kept.hits, offset)
    return Page(
        hits=tuple(hits[start : start + limit]) if start <= DEEPEST else (),
        total=len(hits),
        is_at_least=kept.is_more,
        kinds=tuple(sorted(Counter(hit.kind for hit in hits).items())),
        is_loose=is_loose,
        notes=(*kept.notes, Note("some_words_missing")) if is_loose else kept.notes,
        start=start,
        facets=_counted(kept.facets[ref] for ref in kept.hits),
    )


def finds_anything(index: SearchIndex, query: SearchQuery, visible: Visible) -> bool:
    """Whether the viewer may see any record that holds all words, among the first that are looked at."""
    start, count = 0, FIRST_BATCH
    while start < LOOKED_AT:
        found = index.find(query, start=start, count=count)
        if found.hits and any(_is_wanted(facets, _wanted(query)) for facets in visible(found.hits).values()):
            return True
        if not found.more:
            return False
        start += len(found.hits)
        count = LARGEST_BATCH
    return False


@dataclass(slots=True)
class _Kept:
    """Visible hits in rank order by ref, and what the same are sorted by."""

    hits: dict[str, Hit]
    facets: dict[str, Facets]
    is_more: bool = False
    notes: tuple[Note, ...] = ()


def _visible_hits(index: SearchIndex, query: SearchQuery, visible: Visible, mode: Mode, enough: int) -> _Kept:
    """All visible hits, or the first `enough`."""
    kept = _Kept({}, {})  # by ref: between two batches the index may have moved on and repeat itself
    wanted = _wanted(query)
    start, count = 0, FIRST_BATCH
    while True:
        found: Found = index.find(query, mode=mode, start=start, count=count)
        kept.notes = found.notes
        seen = visible(found.hits) if found.hits else {}
        for hit in found.hits:
            facets = seen.get(hit.ref)
            if facets is None or hit.ref in kept.hits:
                continue
            if not wanted or _is_wanted(facets, wanted):
                kept.hits[hit.ref], kept.facets[hit.ref] = hit, facets
        if len(kept.hits) > enough:
            kept.hits = dict(list(kept.hits.items())[:enough])
            kept.is_more = True
            return kept
        if not found.more:
            return kept
        start += len(found.hits)
        count = min(count * 2, LARGEST_BATCH)


def _wanted(query: SearchQuery) -> dict[str, set[str]]:
    """By name, the values of which a record must have one: what the index was told may be stale or not for the viewer,
    so it is asked of the database again."""
    wanted: dict[str, set[str]] = {}
    for name, value in query.facets:
        wanted.setdefault(name, set()).add(value)
    for name, value in read_query(query.words).fields:
        if name == "outcome":
            wanted.setdefault(name, set()).add(value)
    return wanted


def _is_wanted(facets: Facets, wanted: Mapping[str, set[str]]) -> bool:
    return all(
        any(name == one and value in values for name, value in facets) for one, values in wanted.items()
    )


def _place_behind(ref: str, hits: Mapping[str, Hit], offset: int) -> int:
    return next((place + 1 for place, one in enumerate(hits) if one == ref), offset) if ref else offset


def _counted(facets: Iterable[Facets]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    found: dict[str, list[tuple[str, int]]] = {}
    for (name, value), count in Counter(chain.from_iterable(facets)).items():
        found.setdefault(name, []).append((value, count))
    return tuple(
        (name, tuple(sorted(values, key=lambda pair: (-pair[1], pair[0]))))
        for name, values in sorted(found.items())
    )
