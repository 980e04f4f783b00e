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
    select,
    stretch,
    understand,
)

from .engine import INDEX_NAME, TOC, FileIndex, FileLock, FileStorage, SegmentWriter, try_for
from .merging import merge_small_and_dead
from .schema import SCHEMA_VERSION, WATERMARK_REF, WholeLists, document, schema, watermark_document
from .shelf import PostingsCache, Shelf, ShelfAtCommit, damage_reported

WRITER_MEMORY_MB = 192
"""Postings a write gathers before it sorts them on disk."""

KEPT_RANKINGS = 8
"""Rankings remembered for the next page of the same query."""

OPENING_ATTEMPTS = 8
"""How often a reader tries again when a commit removed the files it was about to open."""


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


class WhooshSearch:
    """An index in `folder`, which is made when it is first cleared or rebuilt."""

    def __init__(self, folder: Path, analyser: Analyser, *, wait_seconds: float = 10.0) -> None:
        self._folder = folder
        self._analyser = analyser
        self._wait_seconds = wait_seconds
        self._schema = schema()
        self._lock = RLock()
        self._cache = PostingsCache()
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

    def write(self, records: Sequence[SearchRecord], removed: Sequence[str] = (), *, watermark: int) -> None:
        latest = {record.ref: record for record in records}
        with self._writing():
            with self._reading() as snapshot:
                replaced = snapshot.documents_of({*latest, *removed, WATERMARK_REF})
            writer = self._writer(snapshot.folder)
            try:
                for number in replaced:
                    writer.delete_document(number)
                for record in latest.values():
                    writer.add_document(**document(record, entries(record, self._analyser)))
                writer.add_document(**watermark_document(watermark))
                writer.commit(mergetype=merge_small_and_dead)
            except BaseException:
                with suppress(Exception):
                    writer.cancel()
                raise

    def clear(self) -> None:
        self.rebuild((), watermark=0)

    def rebuild(
        self,
        batches: Iterable[Sequence[SearchRecord]],
        *,
        watermark: int,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._writing():
            folder = self._folder / f"g{token_hex(6)}"
            folder.mkdir()
            try:
                FileIndex.create(FileStorage(str(folder)), self._schema)
                self._fill(folder, batches, watermark, progress)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            self._point_to(folder)
            for other in self._folder.glob("g*"):
                if other != folder:
                    shutil.rmtree(other, ignore_errors=True)

    def _fill(
        self,
        folder: Path,
        batches: Iterable[Sequence[SearchRecord]],
        watermark: int,
        progress: Callable[[int], None],
    ) -> None:
        writer = self._writer(folder)
        try:
            taken = 0
            for batch in batches:
                for record in batch:
                    writer.add_document(**document(record, entries(record, self._analyser)))
                taken += len(batch)
                progress(taken)
            writer.add_document(**watermark_document(watermark))
            writer.commit(merge=False)
        except BaseException:
            with suppress(Exception):
                writer.cancel()
            raise

    def _writer(self, folder: Path) -> Any:
        index = FileIndex(FileStorage(str(folder)), self._schema)
        return SegmentWriter(index, limitmb=WRITER_MEMORY_MB, codec=WholeLists())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock of the one writer, which a dying process lets go of."""
        if not self._folder.is_dir():
            raise SearchUnavailable("missing")
        lock = FileLock(str(self._folder / "writing"))
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
        folder = self._pointed_to()
        storage = FileStorage(str(folder))
        for attempt in range(1, OPENING_ATTEMPTS + 1):
            with damage_reported():
                generation = TOC._latest_generation(storage, INDEX_NAME)
            if self._snapshot and (self._snapshot.folder, self._snapshot.generation) == (folder, generation):
                return self._snapshot
            try:
                with damage_reported():
                    self._snapshot = self._opened(folder, storage, generation)
            except SearchUnavailable as error:
                is_gone = isinstance(error.__cause__, FileNotFoundError)  # removed by a later commit
                if not is_gone or attempt == OPENING_ATTEMPTS:
                    raise
            else:
                self._rankings.clear()
                return self._snapshot
        raise AssertionError("unreachable")

    def _pointed_to(self) -> Path:
        try:
            told = json.loads((self._folder / "current").read_text(encoding="utf-8"))
            folder, version = self._folder / str(told["folder"]), told["version"]
        except FileNotFoundError as error:
            raise SearchUnavailable("missing") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SearchUnavailable("broken") from error
        if version != self._version():
            raise SearchUnavailable("outdated")
        return folder

    def _opened(self, folder: Path, storage: FileStorage, generation: int) -> _Snapshot:
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
        draft = self._folder / f"current.{token_hex(4)}"
        draft.write_text(told, encoding="utf-8")
        draft.replace(self._folder / "current")

    def _version(self) -> str:
        return f"{SCHEMA_VERSION}/{self._analyser.version}"
