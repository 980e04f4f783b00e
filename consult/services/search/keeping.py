"""Keeping the index true: it is fed with what happened, after it was saved, and can always be built anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from consult.domain.history.events import IndexRebuildAsked
from consult.ports.search import SearchRecord, SearchUnavailable
from consult.storage.queries import deliveries as delivery_queries
from consult.storage.queries import search as queries
from consult.storage.queries.contact_data import list_comment_ids as list_comment_ids_of_submission
from consult.storage.queries.deliveries import PendingRow
from consult.storage.queries.upkeep import ERASURES
from consult.storage.unit_of_work import current_ports, end_reading, unit_of_work

CONSUMER = "search"
BATCH = 200


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
            current_ports().search.write(
                records,
                emptied,
                watermark=pending[-1].event_id,
                for_good=any(event.kind in ERASURES for event in pending),
            )
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


BY_ID = {
    "announcement_id": ("announcement",),
    "meeting_id": ("meeting", "meeting_note"),
    "opinion_id": ("opinion",),
    "explanation_id": ("explanation",),
    "group_id": ("group",),
    "version_id": ("version",),
    "comment_id": ("comment",),
    "dissent_id": ("dissent",),
    "collection_id": ("collection",),
}
"""Kinds of record that events tell to write anew, by the name of the id they carry."""


def _refs(event: PendingRow) -> Iterator[str]:
    """What an event says has to be written anew."""
    ids = {name: int(value) for name, value in event.refs.items() if value and value.isdigit()}
    feature = event.kind.partition(".")[0]
    if change_id := ids.get("change_id"):
        yield queries.ref_of("change_note", change_id)
        for text_id in queries.list_text_ids_of_change(change_id):
            yield queries.ref_of("section_text", text_id)
    if version_id := ids.get("version_id"):
        for text_id in queries.list_text_ids_of_version(version_id):
            yield queries.ref_of("section_text", text_id)
    if meeting_id := ids.get("meeting_id"):
        for decision_id in queries.list_decision_ids(meeting_id):
            yield queries.ref_of("decision", decision_id)
    for name, kinds in BY_ID.items():
        if row_id := ids.get(name):
            yield from (queries.ref_of(kind, row_id) for kind in kinds)
    if feature == "document" and (document_id := ids.get("document_id")):
        yield queries.ref_of("document", document_id)
    if feature == "disposition" and (comment_id := ids.get("comment_id")):
        yield queries.ref_of("disposition", comment_id)
    if feature == "consultation" and (consultation_id := ids.get("consultation_id")):
        yield queries.ref_of("consultation", consultation_id)
        for announcement_id in queries.list_announcement_ids(consultation_id):
            yield queries.ref_of("announcement", announcement_id)
    if proposal_id := ids.get("proposal_id"):
        yield queries.ref_of("proposal", proposal_id)
        for reply_id in queries.list_reply_ids_of_proposal(proposal_id):
            yield queries.ref_of("proposal_reply", reply_id)
    if feature in ("organisation", "host") and (organisation_id := ids.get("organisation_id")):
        yield queries.ref_of("organisation", organisation_id)
        for text_id in queries.list_host_text_ids(organisation_id):
            yield queries.ref_of("host_text", text_id)
    if feature == "sender" and (submission_id := ids.get("submission_id")):
        for comment_id in list_comment_ids_of_submission(submission_id):
            yield queries.ref_of("comment", comment_id)
    if feature in ("account", "person") and (person_id := ids.get("person_id")):
        for comment_id in queries.list_comment_ids_of_person(
            person_id
        ):  # beside which a name stands, or no longer
            yield queries.ref_of("comment", comment_id)


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
