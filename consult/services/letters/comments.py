"""Letters to whoever commented: what was received, and what the host answered.

An address beside a comment is anybody's, nobody confirmed it. So these letters say numbers and places, which are public,
and never the words of a comment: nobody shall have the office carry a text of theirs to somebody else's mailbox. Nor do
they hold the receipt's address, whose secret is kept nowhere; every comment has a page of its own under its number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from textwrap import shorten
from typing import Any

from consult.domain.errors import NotFound
from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.addressees import Addressee, list_comment_ids_of


def gather_received(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    """What was received and until when more is; None where all of it was erased meanwhile."""
    receipt = queries.find_receipt_of(int(ref["received_submission_id"]))
    rows = queries.list_comments_by_id(receipt.comment_ids, with_drafts=False) if receipt else []
    if receipt is None or not rows or all(row.text is None for row in rows):
        return None
    document = document_queries.get_document_by_id(rows[0].document_id)
    consultation_id = rows[0].consultation_id
    consultation = consultation_queries.get_consultation(consultation_id) if consultation_id else None
    return {
        "document_title": document.title,
        "document_language": document.language,
        "host_name": document.host_name,
        "receipt_no": receipt.name,
        "received_at": receipt.received_at,
        "comments": _listed(rows),
        "is_consulted": consultation is not None,
        "is_open": consultation is not None and consultation.is_open(now),
        "closes_at": consultation.closes_at if consultation else now,
        "text_path": f"/documents/{document.slug}",
    }


def gather_answered(recipient: Recipient, ref: Mapping[str, Any], _now: datetime) -> Mapping[str, Any] | None:
    """The outcome of each comment of one's own; None where none of them is left."""
    try:
        consultation = consultation_queries.get_consultation(int(ref["consultation_id"]))
    except NotFound:
        return None
    addressee = Addressee(recipient.person_id, recipient.submission_id)
    ids = list_comment_ids_of(consultation.id, addressee)
    rows = [row for row in queries.list_comments_by_id(ids, with_drafts=False) if row.answer is not None]
    if not rows:
        return None
    return {
        "title": consultation.title,
        "document_title": consultation.document_title,
        "document_language": document_queries.get_document_by_id(consultation.document_id).language,
        "host_name": consultation.host_name,
        "comments": _listed(rows),
        "consultation_path": f"/consultations/{consultation.id}",
    }


def _listed(rows: Sequence[queries.CommentRow]) -> list[dict[str, Any]]:
    """Number, the title of the part it is on, or its first words ("" for the whole document), outcome and page of every comment."""
    placed = queries.list_placements_of([row.id for row in rows])
    texts = {text.id: text for text in document_queries.list_texts(sorted({p.origin_text for p in placed}))}
    parts = {
        place.comment_id: texts[place.origin_text].heading or shorten(place.exact, 80, placeholder="…")
        for place in reversed(placed)
    }
    return [
        {
            "number": row.number,
            "part": parts.get(row.id, ""),
            "outcome": row.answer.outcome if row.answer else "",
            "path": f"/comments/{row.register_id}/{row.number}",
        }
        for row in sorted(rows, key=lambda row: row.number)
    ]


GATHERERS: dict[str, Gatherer] = {
    "comments/received": gather_received,
    "comments/answered": gather_answered,
}
