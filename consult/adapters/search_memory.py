"""A search index that lives in the process: for tests, and for installations that say SEARCH_URL=memory://."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile
from threading import RLock

from consult.ports.search import (
    Analyser,
    Found,
    Highlighted,
    Hit,
    Mode,
    Passage,
    Ranked,
    SearchQuery,
    SearchRecord,
    entries,
    highlighted,
    near,
    select,
    stretch,
    understand,
)


class _Shelf:
    """The postings of all records, which keep the numbers they were written under."""

    def __init__(self) -> None:
        self.hits: dict[int, Hit] = {}
        self.numbers: dict[str, int] = {}
        self._terms: dict[int, tuple[tuple[str, ...], ...]] = {}
        self._weights: dict[str, dict[int, float]] = {}
        self._places: dict[str, dict[int, bytes]] = {}
        self._holders: dict[str, dict[int, None]] = {}
        self._lengths: list[float] = []
        self._surfaces: list[str] = []

    def put(self, record: SearchRecord, analyser: Analyser) -> None:
        self.remove(record.ref)
        number = len(self._lengths)
        written = entries(record, analyser)
        for term, weight in written.weights.items():
            self._weights.setdefault(term, {})[number] = weight
        for surface, places in written.places.items():
            if surface not in self._places:
                insort(self._surfaces, surface)
            self._places.setdefault(surface, {})[number] = places
        for label in written.labels:
            self._holders.setdefault(label, {})[number] = None
        self._lengths.append(written.length)
        self._terms[number] = (tuple(written.weights), tuple(written.places), tuple(written.labels))
        self.numbers[record.ref] = number
        self.hits[number] = Hit(
            record.ref,
            record.kind,
            record.document_id,
            0.0,
            record.at,
            record.place,
            record.stands,
            record.stamp,
        )

    def remove(self, ref: str) -> None:
        number = self.numbers.pop(ref, None)
        if number is None:
            return
        del self.hits[number]
        self._lengths[number] = 0.0
        terms, surfaces, labels = self._terms.pop(number)
        for term in terms:
            del self._weights[term][number]
        for surface in surfaces:
            del self._places[surface][number]
        for label in labels:
            del self._holders[label][number]

    # what `rank` asks of a segment

    def records(self) -> Collection[int]:
        return self.hits.keys()

    def weights(self, term: str) -> Mapping[int, float]:
        return self._weights.get(term, {})

    def places(self, surface: str) -> Mapping[int, bytes]:
        return self._places.get(surface, {})

    def surfaces(self, beginning: str, most: int) -> Sequence[str]:
        following = islice(self._surfaces, bisect_left(self._surfaces, beginning), None)
        return list(islice(takewhile(lambda surface: surface.startswith(beginning), following), most))

    def holds_surface(self, surface: str) -> bool:
        return bool(self._places.get(surface))

    def holders(self, label: str) -> Collection[int]:
        return self._holders.get(label, {}).keys()

    def lengths(self) -> Sequence[float]:
        return self._lengths

    def total_length(self) -> float:
        return sum(self._lengths)


class MemorySearch:
    """The socket `SearchIndex`, kept in dictionaries behind one lock."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._lock = RLock()
        self._shelf = _Shelf()
        self._watermark = 0

    def write(
        self,
        records: Sequence[SearchRecord],
        removed: Sequence[str] = (),
        *,
        watermark: int,
        for_good: bool = False,
    ) -> None:
        del for_good  # nothing is left of what is taken out of memory
        with self._lock:
            for ref in removed:
                self._shelf.remove(ref)
            for record in records:
                self._shelf.put(record, self._analyser)
            self._watermark = watermark

    def find(self, query: SearchQuery, *, mode: Mode = "all", start: int = 0, count: int = 500) -> Found:
        asked = understand(query, self._analyser)
        with self._lock:
            shelf = self._shelf

            def hit_of(ranked: Ranked) -> Hit:
                return replace(shelf.hits[ranked[2]], score=-ranked[0])

            ranked = select([shelf], query, asked, hit_of, loosely=mode == "any")
            return stretch(ranked, asked, hit_of, start, count)

    def near(self, word: str, *, most: int) -> list[tuple[int, str]]:
        with self._lock:
            return near([self._shelf], word, most=most)

    def highlight(self, query: SearchQuery, passages: Sequence[Passage]) -> list[Highlighted]:
        asked = understand(query, self._analyser)
        return [highlighted(passage, asked, self._analyser) for passage in passages]

    def watermark(self) -> int:
        return self._watermark

    def analyser_version(self) -> str:
        return self._analyser.version

    def count(self) -> int:
        return len(self._shelf.numbers)

    def clear(self) -> None:
        with self._lock:
            self._shelf = _Shelf()
            self._watermark = 0

    def rebuild(
        self,
        batches: Iterable[Sequence[SearchRecord]],
        *,
        watermark: int,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        shelf = _Shelf()
        for batch in batches:
            for record in batch:
                shelf.put(record, self._analyser)
            progress(len(shelf.numbers))
        with self._lock:
            self._shelf = shelf
            self._watermark = watermark
