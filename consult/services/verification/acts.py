"""What people decided or said beside the changes: the chain of acts, and the rows that each act stands in."""

from __future__ import annotations

from collections.abc import Iterator

from consult.domain.history.acts import ActKind, act_digest, act_hash
from consult.services.acts import body_of
from consult.services.verification.records import Record, Wrong


def act_order_faults(record: Record) -> Iterator[Wrong]:
    """Acts count up from 1."""
    for at, act in enumerate(record.acts, start=1):
        if act.number != at:
            yield "act", str(at), "missing"


def act_hash_faults(record: Record) -> Iterator[Wrong]:
    """The hash of an act is made of its digest, its number and the hash before."""
    for act in record.acts:
        recomputed = act_hash(
            document=record.document.slug,
            number=act.number,
            digest=act.digest,
            prev=act.prev_hash or None,
        )
        if recomputed != act.hash:
            yield "act", str(act.number), "altered"


def act_link_faults(record: Record) -> Iterator[Wrong]:
    """Every act names the hash of the one before."""
    prev = ""
    for act in record.acts:
        if act.prev_hash != prev:
            yield "act", str(act.number), "broken_link"
        prev = act.hash


def act_tail_faults(record: Record) -> Iterator[Wrong]:
    """As many acts as the document counts, the last one its head."""
    last = (record.acts[-1].number, record.acts[-1].hash) if record.acts else (0, "")
    if last != record.act_head:
        yield "act", str(max(last[0], record.act_head[0])), "missing"


def act_row_faults(record: Record) -> Iterator[Wrong]:
    """The row of an act says what was kept of it."""
    for act in record.acts:
        row = record.act_rows.get((act.kind, act.ref))
        if row is not None and act_digest(body_of(ActKind(act.kind), row, act.salt)) != act.digest:
            yield act.kind, row.name, "altered"


def lost_act_faults(record: Record) -> Iterator[Wrong]:
    """Every act has its row."""
    for act in record.acts:
        if (act.kind, act.ref) not in record.act_rows:
            yield act.kind, act.ref, "missing"


def unkept_act_faults(record: Record) -> Iterator[Wrong]:
    """Every row stands in the chain."""
    kept = {(act.kind, act.ref) for act in record.acts}
    for key, row in record.act_rows.items():
        if key not in kept:
            yield key[0], row.name, "unrecorded"
