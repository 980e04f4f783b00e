"""The chain of what people decided or said about a document beside its changes: causes named afterwards, statuses of
sections, stages, the course of proposals, decisions of meetings, decisions about what came late, corrections
of comments by their authors, their moderation, what became of attached files, answers to comments.

An act stands in a row of its own feature. Its **digest** is over what the row says, with everything that may name or
betray somebody sealed under the act's own salt; its **hash** is over that digest and the hash of the act before. So a
single act can be shown whole while the others stay digests, and none can be altered, dropped, inserted or put elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from consult.domain.history.canonical import Canonical, tagged
from consult.domain.history.chain import moment, sealed

ACT_FORMAT = "consult-act-1"
ACT_LINK_FORMAT = "consult-act-link-1"


class ActKind(StrEnum):
    """What is kept in the chain of acts."""

    ATTRIBUTION = "attribution"
    SECTION_STATUS = "section_status"
    STAGE = "stage"
    PROPOSAL = "proposal"
    DECISION = "decision"
    LATE = "late_decision"
    REVISION = "comment_revision"
    MODERATION = "moderation"
    ATTACHMENT = "attachment"
    ANSWER = "answer"


def act_body(
    kind: ActKind,
    *,
    at: datetime,
    by: int | None,
    facts: Mapping[str, Canonical],
    words: Mapping[str, str],
    salt: bytes,
) -> dict[str, Canonical]:
    """The body of an act as it is hashed: `facts` as they are, `by` (the id of a person, None for the system) and
    `words` sealed under `salt`."""
    return {
        "kind": str(kind),
        "at": moment(at),
        "by": sealed("" if by is None else str(by), salt),
        **facts,
        **{field: sealed(value, salt) for field, value in words.items()},
    }


def act_digest(body: Mapping[str, Canonical]) -> str:
    """The digest of an act's body (see act_body)."""
    return sha256(tagged(ACT_FORMAT, body)).hexdigest()


def act_hash(*, document: str, number: int, digest: str, prev: str | None) -> str:
    """The hash of an act: `document` is the lasting identifier, `number` counts from 1 within it, `prev` is the hash of
    the act before, None for the first."""
    link: dict[str, Canonical] = {"document": document, "number": number, "act": digest, "prev": prev}
    return sha256(tagged(ACT_LINK_FORMAT, link)).hexdigest()
