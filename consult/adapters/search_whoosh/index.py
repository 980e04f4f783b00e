"""The socket `SearchIndex` on a Whoosh index in a folder.

::

    <folder>/current      which generation folder answers, and by which analyser it was written
    <folder>/writing      the lock of the one writer
    <folder>/g…/          a Whoosh index

A rebuild writes a new generation folder and then replaces `current`, so readers see the old state or the new one,
never something between.
"""

from __future__ import annotations

import json
import shutil
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from threading import RLock
from typing import Any

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
    SearchUnavailable,
    entries,
    highlighted,
    near,
    select,
    stretch,
    understand,
)

from .engine import INDEX_NAME, TOC, FileIndex, FileLock, FileStorage, SegmentWriter, try_for
from .merging import merge_all_dead, merge_small_and_dead
from .schema import SCHEMA_VERSION, WATERMARK_REF, WholeLists, document, schema, watermark_document
from .shelf import CACHED_POSTINGS, PostingsCache, ReadStorage, Shelf, ShelfAtCommit, damage_reported

WRITER_MEMORY_MB = 192
"""Postings a write gathers before it sorts them on disk."""

KEPT_RANKINGS = 8
"""Rankings remembered for the next page of the same query."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The index as one commit left it."""

    folder: Path
    generation: int
    shelves: tuple[ShelfAtCommit, ...]

    def hit(self, ranked: Ranked) -> Hit:
        negated, shelf, number = ranked
        return self.shelves[shelf].shelf.hit(number, -negated)

    def documents_of(self, refs: Iterable[str]) -> list[int]:
        """The numbers, counted through all shelves, of the records standing under these refs."""
        return [
            one.first + number
            for ref in refs
            for one in self.shelves
            for number in one.shelf.numbers_of(ref)
            if number in one.records()
        ]

    def watermark(self) -> int:
        for one in self.shelves:
            for number in one.shelf.numbers_of(WATERMARK_REF):
                if number in one.records():
                    return int(one.shelf.card(number))
        raise SearchUnavailable("broken")


@contextmanager
def _written(folder: Path, fields: Any) -> Iterator[Any]:
    """A Whoosh writer that is cancelled where anything goes wrong before it has committed."""
    index = FileIndex(FileStorage(str(folder)), fields)
    writer = SegmentWriter(index, limitmb=WRITER_MEMORY_MB, codec=WholeLists())
    try:
        yield writer
    except BaseException:
        with suppress(Exception):
            writer.cancel()
        raise


class WhooshSearch:
    """An index in `folder`, which is made when it is first cleared or rebuilt.

    A write waits `wait_seconds` for another writer before it is refused as "locked". `cached_postings` bounds the
    memory of a process that searches (about 60 bytes each).
    """

    def __init__(
        self,
        folder: Path,
        analyser: Analyser,
        *,
        wait_seconds: float = 10.0,
        cached_postings: int = CACHED_POSTINGS,
    ) -> None:
        self.folder = folder
        self._analyser = analyser
        self._wait_seconds = wait_seconds
        self._schema = schema()
        self._lock = RLock()
        self._cache = PostingsCache(cached_postings)
        self._shelves: dict[str, Shelf] = {}
        self._snapshot: _Snapshot | None = None
        self._rankings: OrderedDict[tuple[SearchQuery, Mode], list[Ranked]] = OrderedDict()

    # asking

    def find(self, query: SearchQuery, *, mode: Mode = "all", start: int = 0, count: int = 500) -> Found:
        asked = understand(query, self._analyser)
        with self._reading() as snapshot:
            key = (query, mode)
            ranked = self._rankings.get(key)
            if ranked is None:
                ranked = select(snapshot.shelves, query, asked, snapshot.hit, loosely=mode == "any")
                self._rankings[key] = ranked
                while len(self._rankings) > KEPT_RANKINGS:
                    self._rankings.popitem(last=False)
            return stretch(ranked, asked, snapshot.hit, start, count)

    def near(self, word: str, *, most: int) -> list[tuple[int, str]]:
        with self._reading() as snapshot:
            return near(snapshot.shelves, word, most=most)

    def highlight(self, query: SearchQuery, passages: Sequence[Passage]) -> list[Highlighted]:
        asked = understand(query, self._analyser)
        return [highlighted(passage, asked, self._analyser) for passage in passages]

    def watermark(self) -> int:
        with self._reading() as snapshot:
            return snapshot.watermark()

    def count(self) -> int:
        with self._reading() as snapshot:
            return sum(len(shelf.records()) for shelf in snapshot.shelves) - 1

    def analyser_version(self) -> str:
        return self._analyser.version

    # writing

    def write(
        self,
        records: Sequence[SearchRecord],
        removed: Sequence[str] = (),
        *,
        watermark: int,
        for_good: bool = False,
    ) -> None:
        latest = {record.ref: record for record in records}
        documents = [document(record, entries(record, self._analyser)) for record in latest.values()]
        with self._writing():
            with self._reading() as snapshot:
                replaced = snapshot.documents_of({*latest, *removed, WATERMARK_REF})
            with damage_reported(), _written(snapshot.folder, self._schema) as writer:
                for number in replaced:
                    writer.delete_document(number)
                for each in (*documents, watermark_document(watermark)):
                    writer.add_document(**each)
                writer.commit(mergetype=merge_all_dead if for_good else merge_small_and_dead)

    def clear(self) -> None:
        self.rebuild((), watermark=0)

    def rebuild(
        self,
        batches: Iterable[Sequence[SearchRecord]],
        *,
        watermark: int,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._writing():
            folder = self.folder / f"g{token_hex(6)}"
            folder.mkdir()
            try:
                FileIndex.create(FileStorage(str(folder)), self._schema)
                with _written(folder, self._schema) as writer:
                    taken = 0
                    for batch in batches:
                        for record in batch:
                            writer.add_document(**document(record, entries(record, self._analyser)))
                        taken += len(batch)
                        progress(taken)
                    writer.add_document(**watermark_document(watermark))
                    writer.commit(merge=False)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            self._point_to(folder)
            for other in self.folder.glob("g*"):
                if other != folder:
                    shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock of the one writer, which a dying process lets go of."""
        if not self.folder.is_dir():
            raise SearchUnavailable("missing")
        lock = FileLock(str(self.folder / "writing"))
        if not try_for(lock.acquire, timeout=self._wait_seconds, delay=0.05):
            raise SearchUnavailable("locked")
        try:
            yield
        finally:
            lock.release()

    # the state readers see

    @contextmanager
    def _reading(self) -> Iterator[_Snapshot]:
        """The latest commit, for one thread at a time: Whoosh's files have one reading position each."""
        with self._lock:
            yield self._latest()

    def _latest(self) -> _Snapshot:
        """The latest commit, opened if need be; again where a later commit took its files away meanwhile."""
        folder, generation = self._pointed_to()
        while (self._snapshot and (self._snapshot.folder, self._snapshot.generation)) != (folder, generation):
            storage = ReadStorage(folder)
            try:
                with damage_reported():
                    self._snapshot = self._opened(folder, storage, generation)
                self._rankings.clear()
            except SearchUnavailable:
                storage.close_files()
                meant, (folder, generation) = (folder, generation), self._pointed_to()
                if (folder, generation) == meant:
                    raise
        if self._snapshot is None:
            raise SearchUnavailable("broken")
        return self._snapshot

    def _pointed_to(self) -> tuple[Path, int]:
        """The folder that answers now, and the number of its latest commit."""
        try:
            told = json.loads((self.folder / "current").read_text(encoding="utf-8"))
            folder, version = self.folder / str(told["folder"]), told["version"]
        except FileNotFoundError as error:
            raise SearchUnavailable("missing") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SearchUnavailable("broken") from error
        if version != self._version():
            raise SearchUnavailable("outdated")
        with damage_reported():
            return folder, TOC._latest_generation(ReadStorage(folder), INDEX_NAME)

    def _opened(self, folder: Path, storage: ReadStorage, generation: int) -> _Snapshot:
        """Open a commit, keeping the segments it shares with the one before, with their decoded postings."""
        toc = TOC.read(storage, INDEX_NAME, gen=generation, schema=self._schema)
        shelves: list[ShelfAtCommit] = []
        first = 0
        for segment in toc.segments:
            name = str(segment.segment_id())
            shelf = self._shelves.get(name) or Shelf(storage, segment, self._schema, self._cache)
            self._shelves[name] = shelf
            shelves.append(ShelfAtCommit(shelf, frozenset(segment.deleted_docs()), first))
            first += shelf.size
        self._shelves = {one.shelf.name: one.shelf for one in shelves}
        return _Snapshot(folder, generation, tuple(shelves))

    def _point_to(self, folder: Path) -> None:
        told = json.dumps({"folder": folder.name, "version": self._version()})
        draft = self.folder / f"current.{token_hex(4)}"
        draft.write_text(told, encoding="utf-8")
        draft.replace(self.folder / "current")

    def _version(self) -> str:
        return f"{SCHEMA_VERSION}/{self._analyser.version}"
