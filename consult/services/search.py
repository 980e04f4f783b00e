"""Finding: the index proposes, the database says what the viewer may see; and keeping the index true."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.domain.history.events import IndexRebuildAsked
from consult.domain.policy.actors import Actor
from consult.ports.search import (
    Highlighted,
    Hit,
    Note,
    Page,
    Passage,
    SearchQuery,
    SearchRecord,
    SearchUnavailable,
    find_visible,
)
from consult.storage.queries import deliveries as delivery_queries
from consult.storage.queries import search as queries
from consult.storage.queries.deliveries import PendingRow
from consult.storage.queries.search import ResultRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports, end_reading, unit_of_work

CONSUMER = "search"
BATCH = 200
PAGE_SIZE = 20
MOST_BY_PLAIN_SEARCH = 200


@dataclass(frozen=True, slots=True)
class Result:
    """One line of an answer: the thing found and where in it the words stand."""

    row: ResultRow
    marked: Highlighted


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of what the viewer may see. `is_slow_way` says that the index could not answer and plain search did."""

    results: tuple[Result, ...]
    total: int
    is_at_least: bool
    kinds: tuple[tuple[str, int], ...]
    is_loose: bool
    notes: tuple[Note, ...]
    is_slow_way: bool = False


def search(actor: Actor, query: SearchQuery, *, offset: int = 0, limit: int = PAGE_SIZE) -> Answer:
    """Answer a query with what the actor may see, counted after the check."""
    viewer = Viewer.of(actor)
    ports = current_ports()

    def visible(hits: Sequence[Hit]) -> Collection[str]:
        return queries.visible_refs([hit.ref for hit in hits], viewer)

    is_slow_way = False
    try:
        page = find_visible(ports.search, query, visible, offset=offset, limit=limit)
    except SearchUnavailable as unavailable:
        is_slow_way = True
        page = _slow_page(query, viewer, offset, limit, unavailable.reason)
        ports.jobs.wake("deliver")
    rows = queries.list_results([hit.ref for hit in page.hits])
    shown = [rows[hit.ref] for hit in page.hits if hit.ref in rows]
    passages = [
        Passage(body=row.body, title=row.title or row.document_title, language=row.language) for row in shown
    ]
    marked = ports.search.highlight(query, passages)
    return Answer(
        results=tuple(Result(row, marks) for row, marks in zip(shown, marked, strict=True)),
        total=page.total,
        is_at_least=page.is_at_least,
        kinds=page.kinds,
        is_loose=page.is_loose,
        notes=page.notes,
        is_slow_way=is_slow_way,
    )


def _slow_page(query: SearchQuery, viewer: Viewer, offset: int, limit: int, reason: str) -> Page:
    words = [word.strip('"-*') for word in query.words.replace("\0", " ").split()[:8]]
    refs = queries.list_refs_by_plain_search([word for word in words if word], limit=MOST_BY_PLAIN_SEARCH)
    seen = queries.visible_refs(refs, viewer)
    hits = tuple(Hit(ref, "section_text", "", 0.0) for ref in refs if ref in seen)
    return Page(
        hits=hits[offset : offset + limit],
        total=len(hits),
        is_at_least=len(hits) == MOST_BY_PLAIN_SEARCH,  # counted after the check, like everything shown
        kinds=(("section_text", len(hits)),) if hits else (),
        is_loose=False,
        notes=(Note(f"index_{reason}"),),
    )


# Keeping the index true


def deliver_pending(*, now: Callable[[], datetime]) -> int:
    """Feed the index with everything that happened since it last heard; returns how many events.

    Run by the worker only: the index has one writer. Writing twice what was written is harmless, so a
    worker killed between the two loses nothing. An index that cannot be written is rebuilt, and so is one somebody asked
    to have rebuilt: their asking stays pending until it is done.
    """
    done = 0
    try:
        current_ports().search.watermark()
        while pending := delivery_queries.list_pending(CONSUMER, limit=BATCH):
            if any(event.kind == IndexRebuildAsked.kind for event in pending):
                reindex(now=now)
                continue
            records, emptied = _records(pending)
            end_reading()
            current_ports().search.write(records, emptied, watermark=pending[-1].event_id)
            with unit_of_work():
                delivery_queries.mark_done(CONSUMER, [event.event_id for event in pending], now())
            done += len(pending)
    except SearchUnavailable as unavailable:
        if unavailable.reason != "locked":
            reindex(now=now)
    return done


def _records(pending: Sequence[PendingRow]) -> tuple[list[SearchRecord], list[str]]:
    """What the events say is to be written, and the refs that hold no words any more."""
    refs = {ref: None for event in pending for ref in _refs(event)}
    records = queries.list_records(refs)
    return records, sorted(refs.keys() - {record.ref for record in records})


def _refs(event: PendingRow) -> Iterator[str]:
    """What an event says has to be written anew."""
    ids = event.refs
    if change_id := ids.get("change_id"):
        yield queries.ref_of("change_note", change_id)
        for text_id in queries.list_text_ids_of_change(int(change_id)):
            yield queries.ref_of("section_text", text_id)
    if event.kind.startswith("document.") and (document_id := ids.get("document_id")):
        yield queries.ref_of("document", document_id)
    if version_id := ids.get("version_id"):
        yield queries.ref_of("version", version_id)
    if comment_id := ids.get("comment_id"):
        yield queries.ref_of("comment", comment_id)
        if event.kind.startswith("disposition."):
            yield queries.ref_of("disposition", comment_id)


def reindex(*, now: Callable[[], datetime], progress: Callable[[int, int], None] = lambda *_: None) -> int:
    """Rebuild the index from the database; `progress` hears (records done, records in all). Returns records."""
    watermark = delivery_queries.last_event()
    pending = delivery_queries.list_pending_ids(
        CONSUMER
    )  # what another transaction adds meanwhile stays pending
    total = queries.count_records()
    done = 0

    def counted(count: int) -> None:
        nonlocal done
        done = count
        progress(count, total)

    current_ports().search.rebuild(queries.iterate_records(), watermark=watermark, progress=counted)
    end_reading()
    with unit_of_work():
        delivery_queries.mark_done(CONSUMER, pending, now())
    return done


def lag() -> int:
    """How many events the index has not heard of."""
    return delivery_queries.count_pending(CONSUMER)
