"""What an engine does for the services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from .marks import Highlighted, Passage
from .query import Note
from .records import SearchQuery, SearchRecord, Stand

Mode = Literal["all", "any"]
Reason = Literal["missing", "outdated", "broken", "locked"]


class SearchUnavailable(Exception):
    """The engine cannot answer or write now; the database can be asked instead.

    `reason` is "missing" (never built), "outdated" (built by another analyser), "broken" (unreadable) or "locked"
    (somebody else is writing). All but "locked" are healed by a rebuild.
    """

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Hit:
    """One candidate: what was fed of the record except its words. Not yet checked against what a viewer may see."""

    ref: str
    kind: str
    document_id: str
    score: float
    at: datetime | None = None
    place: int = 0
    stands: tuple[Stand, ...] = ()
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the ranking; `more` says that it goes on, `notes` how the query was read."""

    hits: tuple[Hit, ...]
    more: bool
    notes: tuple[Note, ...] = ()


class SearchIndex(Protocol):
    """An index that one process writes and many read. Every method may raise `SearchUnavailable`."""

    def write(
        self,
        records: Sequence[SearchRecord],
        removed: Sequence[str] = (),
        *,
        watermark: int,
        for_good: bool = False,
    ) -> None:
        """Put in or replace `records`, take out `removed` refs, and remember `watermark`, all or nothing.

        A ref given twice counts as given last; removing wins over nothing but what was there before. `for_good` leaves
        no byte of what is taken out or replaced, now or before.
        """
        ...

    def find(self, query: SearchQuery, *, mode: Mode = "all", start: int = 0, count: int = 500) -> Found:
        """The candidates from rank `start` on; `mode` "any" takes records with some of the words, most words first."""
        ...

    def near(self, word: str, *, most: int) -> list[tuple[int, str]]:
        """Forms that stand in records and are spelled nearly like `word`, each after the number of its slips, the nearest
        first. They may stand in records the viewer may not see, so none is shown before a search for it has found
        something."""
        ...

    def highlight(self, query: SearchQuery, passages: Sequence[Passage]) -> list[Highlighted]:
        """Mark what answers the query in texts the caller read from the database; input order."""
        ...

    def watermark(self) -> int:
        """The number given with the last completed write or rebuild; 0 for a new index."""
        ...

    def analyser_version(self) -> str: ...

    def count(self) -> int:
        """How many records are in it."""
        ...

    def clear(self) -> None:
        """Start again with an empty index at watermark 0, whatever state it was in."""
        ...

    def rebuild(
        self,
        batches: Iterable[Sequence[SearchRecord]],
        *,
        watermark: int,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Replace everything by `batches`, answering from the old state until the new one is complete.

        Calls `progress` with the number of records taken after every batch.
        """
        ...
