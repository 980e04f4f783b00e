"""Keeping what people decide or say about a document in its chain of acts."""

from __future__ import annotations

import secrets

from consult.domain.history.acts import ActKind, act_body, act_digest, act_hash
from consult.domain.history.canonical import Canonical
from consult.domain.history.chain import SALT_BYTES
from consult.storage.models import RecordedAct
from consult.storage.queries import acts as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.acts import ActRow
from consult.storage.unit_of_work import Work


def keep_act(work: Work, document_id: int, kind: ActKind, ref: object) -> None:
    """Put the act whose row has the key `ref` at the end of the document's chain, in the same transaction as the row."""
    work.flush()
    document = document_queries.lock_document(document_id)
    (row,) = queries.read_acts(kind, document_id, ref=str(ref))
    salt = secrets.token_bytes(SALT_BYTES)
    digest = act_digest(body_of(kind, row, salt))
    number, prev = document.last_act_no + 1, document.act_head
    link = act_hash(document=document.slug, number=number, digest=digest, prev=prev or None)
    work.add(
        RecordedAct(
            document_id=document_id,
            number=number,
            kind=str(kind),
            ref=row.ref,
            salt=salt,
            digest=digest,
            prev_hash=prev,
            hash=link,
        )
    )
    document.last_act_no, document.act_head = number, link
    work.flush()


def body_of(kind: ActKind, row: ActRow, salt: bytes) -> dict[str, Canonical]:
    """What an act's digest is made of, by what its row says now."""
    return act_body(kind, at=row.at, by=row.person_id, facts=row.facts, words=row.words, salt=salt)
