"""Recomputing every hash of a document, and asking of every row that no hash holds whether it follows from one.

What a change, a version or a receipt says is hashed; titles, renderings, places and answers repeat it in rows
that pages read. A row that says anything else than the record names itself here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from consult.domain.policy.actors import Actor
from consult.services.verification.drafts import change_faults, standing_faults, text_faults
from consult.services.verification.records import Record, Wrong
from consult.services.verification.submissions import answer_faults, submission_faults
from consult.services.verification.versions import version_faults
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that does not hold: what it is (change, seal, text, occupancy, version, receipt, comment, answer),
    which, and why."""

    document: str
    record: str
    ref: str
    fault: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was recomputed for a document, and the first record that does not hold, if any."""

    document: str
    changes: int
    texts: int
    versions: int
    receipts: int
    head: str
    fault: Fault | None


def verify_documents(actor: Actor, slug: str | None = None) -> list[Verified]:
    """Verify one document or all the actor may know of."""
    viewer = Viewer.of(actor)
    documents = (
        [document_queries.get_document(slug, viewer)] if slug else document_queries.list_documents(viewer)
    )
    return [_verify(document) for document in documents]


def _verify(document: DocumentRow) -> Verified:
    record = Record.of(document)
    first = next(_faults(record), None)
    return Verified(
        document=document.slug,
        changes=len(record.changes),
        texts=len(record.texts),
        versions=len(record.versions),
        receipts=len(record.submissions),
        head=document.head_hash,
        fault=Fault(document.slug, *first) if first else None,
    )


def _faults(record: Record) -> Iterator[Wrong]:
    """Everything wrong, in the order in which one thing is built on another."""
    return chain(
        change_faults(record),
        text_faults(record),
        standing_faults(record),
        version_faults(record),
        submission_faults(record),
        answer_faults(record),
    )
