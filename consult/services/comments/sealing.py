"""Comments as the record knows them: words by their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consult.domain.history.canonical import Canonical
from consult.domain.text.spans import Span
from consult.services.comments.values import Remark
from consult.storage.queries.documents import TextRow
from consult.storage.unit_of_work import Work

COMMENT_FORMAT = "consult-comment-1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """The seals of a comment's words: ids for rows, digests for the hash."""

    text_id: int
    text: str
    justification_id: int
    justification: str
    proposed_id: int | None
    proposed: str | None

    @classmethod
    def of(cls, work: Work, remark: Remark) -> Sealed:
        text, justification = work.seal(remark.text), work.seal(remark.justification)
        proposed = None if remark.proposed is None else work.seal(remark.proposed)
        return cls(
            text.id,
            text.digest,
            justification.id,
            justification.digest,
            proposed.id if proposed else None,
            proposed.digest if proposed else None,
        )


def sender_record(
    *,
    capacity: str,
    organisation: str,
    channel: str,
    received_on: date,
    case_sign: str,
    postmark_on: date | None = None,
) -> dict[str, Canonical]:
    """In whose name and how comments came, as the receipt's hash knows it; an organisation's name by digest, a postmark
    only where there is one."""
    stamped: dict[str, Canonical] = {"postmark_on": postmark_on.isoformat()} if postmark_on else {}
    return {
        **stamped,
        "capacity": capacity,
        "organisation": hashlib.sha256(organisation.encode()).hexdigest(),
        "channel": channel,
        "received_on": received_on.isoformat(),
        "case_sign": case_sign,
    }


def comment_record(
    number: int,
    remark: Remark,
    seals: Sealed,
    places: Sequence[Span],
    texts: dict[int, TextRow],
    said_by: dict[str, Canonical],
) -> dict[str, Canonical]:
    """A comment as the receipt's hash knows it."""
    return {
        "number": number,
        "sender": said_by,
        "kind": remark.kind,
        "text": seals.text,
        "justification": seals.justification,
        "proposed": seals.proposed,
        "targets": [
            {
                "section": pointing.section_id,
                "plain": hashlib.sha256(texts[pointing.text_id].plain.encode()).hexdigest(),
                "start": span.start,
                "end": span.end,
            }
            for pointing, span in zip(remark.pointings, places, strict=True)
        ],
    }
