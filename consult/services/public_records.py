"""The record as anybody may take it away: enough to recompute every published text, and nothing that names a person.

A record holds the chain of changes up to the last published version, the versions with their texts, the chains of
receipts, and the chain of what was said and decided beside the changes. What may name somebody stands in it only as a digest over a secret salt; salts leave the store in one
case, in a receipt's own file for whoever holds the receipt's secret, so that they can show what they had sent.
`static/record/check_record.py` checks both files with nothing but Python.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from consult.domain.errors import RuleBroken
from consult.domain.history.acts import ActKind
from consult.domain.history.canonical import tagged
from consult.domain.history.chain import moment
from consult.domain.policy.actors import Actor
from consult.services.acts import body_of
from consult.services.comments import COMMENT_FORMAT, get_receipt
from consult.storage.queries import acts as act_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import verification as queries
from consult.storage.queries.documents import VersionRow
from consult.storage.queries.redactions import list_shown_instead
from consult.storage.queries.verification import SubmissionRecord
from consult.storage.queries.viewers import Viewer

RECORD_FORMAT = "consult-record-2"
RECEIPT_FILE_FORMAT = "consult-receipt-file-1"


def make_public_record(actor: Actor, slug: str) -> dict[str, Any]:
    """The public record of a document, ready to be spelled as JSON.

    Changes after the last published version are left out: they belong to a draft. Raises NotFound, and RuleBroken
    while nothing was published.
    """
    document = document_queries.get_document(slug, Viewer.of(actor))
    versions = sorted(document_queries.list_versions(document.id), key=lambda version: version.number)
    if not versions:
        raise RuleBroken("nothing_published")
    changes = queries.list_change_records(document.id, until=versions[-1].change_no)
    return {
        "format": RECORD_FORMAT,
        "document": document.slug,
        "title": document.title,
        "changes": [{"body": json.loads(change.body), "hash": change.hash} for change in changes],
        "versions": [_version(version) for version in versions],
        "registers": _registers(document.id, document.slug),
        "acts": _acts(document.id, {change.hash for change in changes}),
    }


def _acts(document_id: int, published: Collection[str]) -> dict[str, Any]:
    """The chain of what was said and decided beside the changes. Only causes of published changes are shown with what
    they say; of everything else, which is the group's own, there is the digest."""
    said = {row.ref: row for row in act_queries.read_acts(ActKind.ATTRIBUTION, document_id)}
    kept = []
    for act in act_queries.list_acts(document_id):
        shown: dict[str, Any] = {"act": act.digest, "hash": act.hash}
        row = said.get(act.ref) if act.kind == ActKind.ATTRIBUTION else None
        if row is not None and row.facts["change"] in published:
            shown["body"] = body_of(ActKind.ATTRIBUTION, row, act.salt)
        kept.append(shown)
    return {"head": act_queries.get_act_head(document_id)[1] or None, "kept": kept}


def _version(version: VersionRow) -> dict[str, Any]:
    return {
        "number": version.number,
        "label": version.label,
        "published_at": moment(version.published_at),
        "change": version.change_no,
        "change_hash": version.change_hash,
        "checksum": version.checksum,
        "sections": [
            {
                "section": section.section_id,
                "depth": section.depth,
                "level": section.level,
                "label": section.label,
                "heading": section.heading,
                "text": section.source,
            }
            for section in document_queries.list_version_sections(version.id)
        ],
    }


def _registers(document_id: int, slug: str) -> list[dict[str, Any]]:
    """The chains of receipts of a document, of registers that hold any."""
    receipts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for submission in queries.list_submission_records(document_id):
        receipts[submission.register_id].append(
            {
                "receipt": submission.receipt_no,
                "received_at": moment(submission.received_at),
                "comments": [_digest(entry) for entry in json.loads(submission.body)],
                "hash": submission.receipt_hash,
            }
        )
    return [
        {
            "register": _register_name(slug, register.id),
            "head": register.head_hash,
            "receipts": receipts[register.id],
        }
        for register in queries.list_register_records(document_id)
        if register.id in receipts
    ]


def make_receipt_file(register_id: int, receipt_no: int, secret: str) -> dict[str, Any]:
    """What a sender keeps to show later what they had sent, for whoever holds the receipt's secret. Raises NotFound.

    Words that were erased since are left out; their digests stay.
    """
    receipt = get_receipt(register_id, receipt_no, secret)
    submission = queries.get_submission_record(receipt.submission_id)
    document = document_queries.get_document_by_id(queries.get_document_of_register(register_id))
    return {
        "format": RECEIPT_FILE_FORMAT,
        "register": _register_name(document.slug, register_id),
        "receipt": receipt_no,
        "received_at": moment(submission.received_at),
        "hash": submission.receipt_hash,
        "comments": _opened(submission),
    }


def _opened(submission: SubmissionRecord) -> list[dict[str, Any]]:
    """The comments of a submission as they were hashed, each with the words behind its digests."""
    entries = json.loads(submission.body)
    rows = {row.number: row for row in queries.list_comments_of_submission(submission.id)}
    seals = queries.list_seals([seal_id for row in rows.values() for seal_id in row.seal_ids])
    # not even their sender gets the words that must not be published: whoever is shown the file reads them
    cut = list_shown_instead(list(seals))
    opened = []
    for entry in entries:
        row = rows[entry["number"]]
        named = {"text": row.text_seal_id, "justification": row.justification_seal_id}
        if row.proposed_seal_id is not None:
            named["proposed"] = row.proposed_seal_id
        words = {
            field: {"value": seal.value, "salt": seal.salt.hex()}
            for field, seal, seal_id in ((field, seals[seal_id], seal_id) for field, seal_id in named.items())
            if seal.value is not None and seal.salt is not None and seal_id not in cut
        }
        opened.append({"record": entry, "words": words})
    return opened


def _digest(entry: dict[str, Any]) -> str:
    return hashlib.sha256(tagged(COMMENT_FORMAT, entry)).hexdigest()


def _register_name(slug: str, register_id: int) -> str:
    """A register as receipts name it in what they hash."""
    return f"{slug}/{register_id}"
