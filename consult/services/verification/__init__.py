"""Recomputing every hash of a document, and asking of every row that no hash holds whether it follows from one.

What a change, a version or a receipt says is hashed; titles, renderings, places and answers repeat it in rows
that pages read. A row that says anything else than the record names itself here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from consult.domain.policy.actors import Actor
from consult.services.verification import acts, changes, drafts, files, submissions, versions
from consult.services.verification.records import Record, Wrong
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that does not hold: what it is (change, seal, attribution, act or one of its kinds, text, occupancy,
    version, receipt, comment, answer, provenance, picture, attachment), which, and why."""

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
    """Everything wrong, in the order of CHECKS."""
    return chain.from_iterable(check(record) for check in CHECKS)


CHECKS: tuple[Callable[[Record], Iterator[Wrong]], ...] = (
    changes.chain_faults,
    changes.row_faults,
    changes.return_faults,
    changes.tail_faults,
    changes.head_faults,
    changes.seal_faults,
    changes.attribution_order_faults,
    changes.attribution_seal_faults,
    changes.attribution_kind_faults,
    acts.act_order_faults,
    acts.act_hash_faults,
    acts.act_link_faults,
    acts.act_tail_faults,
    acts.act_row_faults,
    acts.lost_act_faults,
    acts.unkept_act_faults,
    drafts.source_faults,
    drafts.recording_faults,
    drafts.rendering_faults,
    drafts.lost_text_faults,
    drafts.standing_faults,
    drafts.parent_faults,
    files.picture_faults,
    files.picture_use_faults,
    files.attachment_faults,
    versions.order_faults,
    versions.manifest_faults,
    versions.definition_faults,
    versions.anchor_faults,
    versions.content_faults,
    submissions.receipt_order_faults,
    submissions.receipt_hash_faults,
    submissions.receipt_link_faults,
    submissions.receipt_tail_faults,
    submissions.number_faults,
    submissions.comment_row_faults,
    submissions.comment_word_faults,
    submissions.comment_place_faults,
    submissions.lost_comment_faults,
    submissions.answer_word_faults,
    submissions.holding_answer_faults,
    drafts.origin_faults,
)
"""Everything that is asked of a record, in the order in which one thing is built on another; each check finds what no
other one finds, which a test proves by leaving it out."""
