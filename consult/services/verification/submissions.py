"""Submissions and their receipts, the comments in them, and the answers."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consult.domain.history.canonical import tagged
from consult.domain.history.chain import receipt_hash
from consult.services.comments import COMMENT_FORMAT, sender_record
from consult.services.verification.records import Record, Wrong, is_true
from consult.storage.queries import verification as queries
from consult.storage.queries.verification import CommentRecord, SealRow, SubmissionRecord, TargetRecord


def submission_faults(record: Record) -> Iterator[Wrong]:
    """Receipts chain within their register; every comment is the one its receipt was given for."""
    registers: dict[int, list[SubmissionRecord]] = defaultdict(list)
    for submission in record.submissions:
        registers[submission.register_id].append(submission)
    recorded: dict[tuple[int, int], tuple[int, Mapping[str, Any]]] = {}
    for register in queries.list_register_records(record.document.id):
        handed_in = registers.get(register.id, [])
        prev = ""
        for at, submission in enumerate(handed_in, start=1):
            ref = f"{register.id}/{submission.receipt_no}"
            if submission.receipt_no != at:
                yield "receipt", f"{register.id}/{at}", "missing"
            records = _records(submission)
            if records is None or submission.prev_hash != prev:
                yield "receipt", ref, "altered"
                return
            if not _is_receipt(submission, records, prev, record.document.slug):
                yield "receipt", ref, "altered"
            recorded |= {(register.id, entry["number"]): (submission.id, entry) for entry in records}
            prev = submission.receipt_hash
        if (len(handed_in), prev) != (register.last_receipt, register.head_hash):
            yield "receipt", f"{register.id}/{register.last_receipt}", "missing"
        if {number for at, number in recorded if at == register.id} != set(
            range(1, register.last_number + 1)
        ):
            yield "comment", f"{register.id}/{register.last_number}", "missing"
    yield from _comment_faults(record, recorded)


def _records(submission: SubmissionRecord) -> list[dict[str, Any]] | None:
    try:
        found = json.loads(submission.body)
    except ValueError:
        return None
    is_read = isinstance(found, list) and all(isinstance(one, dict) and "number" in one for one in found)
    return found if is_read else None


def _is_receipt(
    submission: SubmissionRecord, records: Sequence[dict[str, Any]], prev: str, slug: str
) -> bool:
    recomputed = receipt_hash(
        register=f"{slug}/{submission.register_id}",
        receipt_no=str(submission.receipt_no),
        received_at=submission.received_at,
        comments=[hashlib.sha256(tagged(COMMENT_FORMAT, entry)).hexdigest() for entry in records],
        prev=prev or None,
    )
    sender = sender_record(
        capacity=submission.capacity,
        organisation=submission.organisation_name_then,
        channel=submission.channel,
        received_on=submission.received_on,
        case_sign=submission.case_sign,
        postmark_on=submission.postmark_on,
    )
    return recomputed == submission.receipt_hash and all(entry.get("sender") == sender for entry in records)


def _comment_faults(
    record: Record, recorded: Mapping[tuple[int, int], tuple[int, Mapping[str, Any]]]
) -> Iterator[Wrong]:
    comments = queries.list_comment_records(record.document.id)
    targets: dict[int, list[TargetRecord]] = defaultdict(list)
    for target in queries.list_target_records(record.document.id):
        targets[target.comment_id].append(target)
    seals = queries.list_seals([seal_id for comment in comments for seal_id in comment.seal_ids])
    for comment in comments:
        ref = f"{comment.register_id}/{comment.number}"
        submission_id, entry = recorded.get((comment.register_id, comment.number), (0, None))
        if (
            entry is None
            or submission_id != comment.submission_id
            or comment.kind != entry["kind"]
            or not _says(comment, entry, seals)
            or not _points(targets[comment.id], entry["targets"])
        ):
            yield "comment", ref, "altered"
    known = {(comment.register_id, comment.number) for comment in comments}
    for register_id, number in sorted(recorded.keys() - known):
        yield "comment", f"{register_id}/{number}", "missing"


def _says(comment: CommentRecord, entry: Mapping[str, Any], seals: Mapping[int, SealRow]) -> bool:
    if (comment.proposed_seal_id is None) != (entry["proposed"] is None):
        return False
    said = [(comment.text_seal_id, entry["text"]), (comment.justification_seal_id, entry["justification"])]
    if comment.proposed_seal_id is not None:
        said.append((comment.proposed_seal_id, entry["proposed"]))
    return all(is_true(seals.get(seal_id), digest) for seal_id, digest in said)


def _points(targets: Sequence[TargetRecord], entries: Sequence[Mapping[str, Any]]) -> bool:
    return [
        {
            "section": target.section_id,
            "plain": hashlib.sha256(target.plain.encode()).hexdigest(),
            "start": target.start,
            "end": target.end,
        }
        for target in targets
    ] == list(entries) and all(target.exact == target.plain[target.start : target.end] for target in targets)


def answer_faults(record: Record) -> Iterator[Wrong]:
    """Answers count up from 1, say what was sealed, and the one that holds is the one it claims to be."""
    rows = queries.list_answer_records(record.document.id)
    seals = queries.list_seals([row.justification_seal_id for row in rows])
    given: dict[int, int] = defaultdict(int)
    for row in rows:
        ref = f"{row.register_id}/{row.number}"
        seal = seals.get(row.justification_seal_id)
        given[row.comment_id] += 1
        if row.no != given[row.comment_id]:
            yield "answer", ref, "missing"
        if not is_true(seal, seal.digest if seal else None):
            yield "answer", ref, "altered"
        if row.no == row.holding_no and row.outcome != row.holding_outcome:
            yield "answer", ref, "altered"
        if row.holding_no is None or row.holding_no < row.no:
            yield "answer", ref, "altered"
