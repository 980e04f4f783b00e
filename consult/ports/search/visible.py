"""Finding only what the viewer may see, so that not even a count betrays the rest.

An index lags behind the database and knows nothing of viewers. So it only proposes candidates; the database says
which of them the viewer may see, and everything shown (hits, totals, numbers per kind, whether a looser search was
needed) is computed from those alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from .engine import Found, Hit, Mode, SearchIndex
from .query import Note
from .records import SearchQuery

COUNTED = 1_000
"""Totals are exact up to here, then "more than"."""

FIRST_BATCH = 200
LARGEST_BATCH = 2_000
"""How many candidates are shown to the database at once, growing from the first to the largest."""

DEEPEST = 10_000
"""Nobody leafs further; a larger offset answers with an empty page."""

Visible = Callable[[Sequence[Hit]], Collection[str]]
"""Given candidates, the refs of those the viewer may see: one database query per call."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of visible hits in rank order.

    `total` counts the visible hits; where `is_at_least`, there are more. `kinds` counts the same hits by kind.
    `is_loose` says that no visible record held all words and records with some of them are shown.
    """

    hits: tuple[Hit, ...]
    total: int
    is_at_least: bool
    kinds: tuple[tuple[str, int], ...]
    is_loose: bool
    notes: tuple[Note, ...]


def find_visible(
    index: SearchIndex, query: SearchQuery, visible: Visible, *, offset: int = 0, limit: int = 20
) -> Page:
    """Ask `index` and keep what `visible` lets through; raises `SearchUnavailable` as the index does."""
    enough = max(COUNTED, min(offset, DEEPEST) + limit)
    hits, is_more, notes = _visible_hits(index, query, visible, "all", enough)
    is_loose = False
    if not hits and "empty_query" not in {note.code for note in notes}:
        hits, is_more, notes = _visible_hits(index, query, visible, "any", enough)
        is_loose = bool(hits)
    return Page(
        hits=tuple(hits[offset : offset + limit]) if offset <= DEEPEST else (),
        total=len(hits),
        is_at_least=is_more,
        kinds=tuple(sorted(Counter(hit.kind for hit in hits).items())),
        is_loose=is_loose,
        notes=(*notes, Note("some_words_missing")) if is_loose else notes,
    )


def _visible_hits(
    index: SearchIndex, query: SearchQuery, visible: Visible, mode: Mode, enough: int
) -> tuple[list[Hit], bool, tuple[Note, ...]]:
    """Visible hits in rank order: all of them, or the first `enough` and True."""
    kept: dict[str, Hit] = {}  # by ref: between two batches the index may have moved on and repeat itself
    start, count = 0, FIRST_BATCH
    while True:
        found: Found = index.find(query, mode=mode, start=start, count=count)
        seen = visible(found.hits) if found.hits else ()
        for hit in found.hits:
            if hit.ref in seen:
                kept.setdefault(hit.ref, hit)
        if len(kept) > enough:
            return list(kept.values())[:enough], True, found.notes
        if not found.more:
            return list(kept.values()), False, found.notes
        start += len(found.hits)
        count = min(count * 2, LARGEST_BATCH)
