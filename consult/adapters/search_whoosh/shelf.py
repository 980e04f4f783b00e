"""One immutable segment of a Whoosh index as the postings the port's ranking asks for.

Whoosh's own matchers step through posting lists one record at a time in Python, which costs more than everything
else. Here each list is decoded whole, a block at a time, and kept for the next query.
"""

from __future__ import annotations

import json
from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate, chain, takewhile
from pathlib import Path
from typing import Any

from consult.ports.search import Hit, SearchUnavailable

from .engine import FileStorage, reading
from .schema import Card, Length, hit_from, term_bytes

CACHED_POSTINGS = 400_000
"""Decoded postings kept in memory over all segments, about 60 bytes each."""

_read_json = json.JSONDecoder().raw_decode

SMALLEST_COUNTED = 16
"""What an empty or tiny list counts for in the cache."""


class PostingsCache:
    """The lists used last, up to a number of postings in all."""

    def __init__(self, room: int = CACHED_POSTINGS) -> None:
        self._room = room
        self._held = 0
        self._lists: OrderedDict[tuple[str, str, str], Any] = OrderedDict()

    def get(self, key: tuple[str, str, str], read: Callable[[], Any]) -> Any:
        if key in self._lists:
            self._lists.move_to_end(key)
            return self._lists[key]
        found = read()
        self._lists[key] = found
        self._held += len(found) + SMALLEST_COUNTED
        while self._held > self._room and len(self._lists) > 1:
            self._held -= len(self._lists.popitem(last=False)[1]) + SMALLEST_COUNTED
        return found


@contextmanager
def damage_reported() -> Iterator[None]:
    """Whatever Whoosh stumbles over in damaged files (it checks nothing) means that the index is broken."""
    try:
        yield
    except SearchUnavailable:
        raise
    except Exception as error:
        raise SearchUnavailable("broken") from error


class ReadStorage(FileStorage):
    """A folder whose files are closed where opening them went wrong; Whoosh closes them only where it went well."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), readonly=True)
        self._files: list[Any] = []

    def open_file(self, name: str, **options: Any) -> Any:
        self._files.append(super().open_file(name, **options))
        return self._files[-1]

    def close_files(self) -> None:
        for file in self._files:
            if not file.is_closed:
                file.close()
        self._files.clear()


class Shelf:
    """A segment opened for reading, by one thread at a time."""

    def __init__(self, storage: ReadStorage, segment: Any, schema: Any, cache: PostingsCache) -> None:
        self.name = str(segment.segment_id())
        self.size: int = segment.doc_count_all()
        self._schema = schema
        self._cache = cache
        codec = segment.codec()
        files = segment.open_compound_file(storage) if segment.is_compound() else storage
        self._terms = codec.terms_reader(files, segment)
        self._records = codec.per_document_reader(files, segment)
        self._cards: Any = None
        self._lengths: array[int] | None = None
        self._total_length = 0.0

    def records(self) -> Collection[int]:
        return range(self.size)

    def weights(self, term: str) -> Mapping[int, float]:
        weights: Mapping[int, float] = self._list("words", term, self._read_weights)
        return weights

    def places(self, surface: str) -> Mapping[int, bytes]:
        places: Mapping[int, bytes] = self._list("places", surface, self._read_places)
        return places

    def holders(self, label: str) -> Collection[int]:
        numbers: Collection[int] = self._list("labels", label, self._read_numbers)
        return numbers

    def surfaces(self, beginning: str, most: int) -> Sequence[str]:
        start = term_bytes(beginning)
        with damage_reported():
            following = self._terms.terms_from("places", start)
            same = takewhile(lambda key: key[0] == "places" and key[1].startswith(start), following)
            return [term.decode() for (_, term), _ in zip(same, range(most), strict=False)]

    def holds_surface(self, surface: str) -> bool:
        with damage_reported():
            return ("places", term_bytes(surface)) in self._terms

    def lengths(self) -> Sequence[float]:
        if self._lengths is None:
            with damage_reported():
                column = self._records.column_reader("length", Length.column_type)
                self._lengths = array("I", (column[number] for number in range(self.size)))
                self._total_length = float(sum(self._lengths))
        return self._lengths

    def total_length(self) -> float:
        self.lengths()
        return self._total_length

    def card(self, number: int) -> Any:
        try:  # not by `damage_reported`: a thousand cards are read for one page
            if self._cards is None:
                self._cards = self._records.column_reader("card", Card.column_type)
            return _read_json(bytes(self._cards[number]).decode())[0]
        except Exception as error:
            raise SearchUnavailable("broken") from error

    def hit(self, number: int, score: float) -> Hit:
        return hit_from(self.card(number), score)

    def numbers_of(self, ref: str) -> list[int]:
        """The records written under a ref, taken out or not."""
        with damage_reported():
            return list(self._read_numbers("ref", ref))

    def _list(self, field: str, term: str, read: Callable[[str, str], Any]) -> Any:
        with damage_reported():
            return self._cache.get((self.name, field, term), lambda: read(field, term))

    def _read_weights(self, field: str, term: str) -> dict[int, float]:
        weights: dict[int, float] = {}
        for numbers, block in self._blocks(field, term):
            block._read_weights()
            weights.update(zip(numbers, block._weights, strict=True))
        return weights

    def _read_places(self, field: str, term: str) -> dict[int, bytes]:
        places: dict[int, bytes] = {}
        for numbers, block in self._blocks(field, term):
            block._read_values()
            places.update(zip(numbers, block._values, strict=True))
        return places

    def _read_numbers(self, field: str, term: str) -> frozenset[int]:
        return frozenset(chain.from_iterable(numbers for numbers, _ in self._blocks(field, term)))

    def _blocks(self, field: str, term: str) -> Iterator[tuple[Iterator[int], Any]]:
        """The posting blocks of a term, each after its record numbers; nothing for a term no record has.

        These attributes are not Whoosh's public face, but its version is fixed, and its public matcher gives one
        posting per call. The numbers of a block are kept as differences.
        """
        try:
            matcher = self._terms.matcher(field, term_bytes(term), self._schema[field].format)
        except reading.TermNotFound:
            return
        while True:
            matcher._read_data()
            yield accumulate(matcher._data[0]), matcher
            if matcher._lastblock:
                return
            matcher._next_block()


class ShelfAtCommit:
    """A segment as one commit left it: without the records taken out by then."""

    def __init__(self, shelf: Shelf, taken_out: Collection[int], first: int) -> None:
        self.shelf = shelf
        self.first = first
        self._alive: Collection[int] = (
            range(shelf.size) if not taken_out else set(range(shelf.size)).difference(taken_out)
        )
        self.weights = shelf.weights
        self.places = shelf.places
        self.surfaces = shelf.surfaces
        self.holders = shelf.holders
        self.holds_surface = shelf.holds_surface
        self.lengths = shelf.lengths
        self.total_length = shelf.total_length

    def records(self) -> Collection[int]:
        return self._alive
