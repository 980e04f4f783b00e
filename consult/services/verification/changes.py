"""The chain of changes: each is what its hash was made of, its row repeats it, and none is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from consult.domain.history.chain import Link, moment, verify_chain
from consult.services.attributions import AttributedTo
from consult.services.verification.records import Record, Wrong, is_true
from consult.storage.queries import verification as queries
from consult.storage.queries.verification import ChangeRecord


def chain_faults(record: Record) -> Iterator[Wrong]:
    """Every change is what its hash was made of and follows the one before: the checks of domain.history.chain."""
    bad = verify_chain(
        Link(body or {}, change.hash) for change, body in zip(record.changes, record.bodies, strict=True)
    )
    if bad:
        yield "change", str(record.changes[bad.at].number), bad.fault


def row_faults(record: Record) -> Iterator[Wrong]:
    """The row of a change repeats what was hashed."""
    for change, body in record.read_changes():
        if not _repeats(change, body, record.document.slug):
            yield "change", str(change.number), "altered"


def _repeats(change: ChangeRecord, body: Mapping[str, Any], slug: str) -> bool:
    cause = body["cause"] or {"kind": "", "ref": None}
    return (
        body["document"] == slug
        and body["number"] == change.number
        and (body["prev"] or "") == change.prev_hash
        and body["at"] == moment(change.at)
        and (cause["kind"], cause["ref"]) == (change.cause_kind, change.cause_ref)
    )


def return_faults(record: Record) -> Iterator[Wrong]:
    """A change said to take an earlier one back, or to bring its state back, was hashed as doing so."""
    for change, body in record.read_changes():
        named = [operation.get("change") for operation in body["operations"] if "section" not in operation]
        if named != ([] if change.of_no is None else [change.of_no]):
            yield "change", str(change.number), "other_return"


def tail_faults(record: Record) -> Iterator[Wrong]:
    """As many changes as the document counts."""
    last = record.changes[-1].number if record.changes else 0
    if last != record.document.last_change_no:
        yield "change", str(max(last, record.document.last_change_no)), "missing"


def head_faults(record: Record) -> Iterator[Wrong]:
    """The head of the document is the hash of its last change."""
    if record.changes and record.changes[-1].hash != record.document.head_hash:
        yield "change", str(record.changes[-1].number), "head"


def seal_faults(record: Record) -> Iterator[Wrong]:
    """Who made a change and the note to it are what was sealed, or were erased."""
    seals = queries.list_seals(
        [seal_id for change in record.changes for seal_id in (change.actor_seal_id, change.note_seal_id)]
    )
    for change, body in record.read_changes():
        for seal_id, digest in ((change.actor_seal_id, body["actor"]), (change.note_seal_id, body["note"])):
            if not is_true(seals.get(seal_id), digest):
                yield "seal", str(change.number), "altered"


# Causes said afterwards: no chain holds them, yet each follows from the one before


def attribution_order_faults(record: Record) -> Iterator[Wrong]:
    """Causes said of one change count up from 1."""
    said: dict[int, int] = defaultdict(int)
    for row in record.attributions:
        said[row.number] += 1
        if row.no != said[row.number]:
            yield "attribution", str(row.number), "missing"


def attribution_seal_faults(record: Record) -> Iterator[Wrong]:
    """The reason given is what was sealed, or was erased."""
    seals = queries.list_seals([row.reason_seal_id for row in record.attributions])
    for row in record.attributions:
        seal = seals.get(row.reason_seal_id)
        if not is_true(seal, seal.digest if seal else None):
            yield "attribution", str(row.number), "altered"


def attribution_kind_faults(record: Record) -> Iterator[Wrong]:
    """A cause is said afterwards only of a change that was recorded without one, and is of a kind that can be said."""
    for row in record.attributions:
        if row.recorded_kind or row.cause_kind not in set(AttributedTo):
            yield "attribution", str(row.number), "unfounded"
