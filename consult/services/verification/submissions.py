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
from consult.storage.queries.verification import (
    CommentRecord,
    RegisterRecord,
    SealRow,
    SubmissionRecord,
    TargetRecord,
)


def receipt_order_faults(record: Record) -> Iterator[Wrong]:
    """Receipts count up from 1 within their register."""
    for register, handed_in in _registers(record):
        for at, submission in enumerate(handed_in, start=1):
            if submission.receipt_no != at:
                yield "receipt", f"{register.id}/{at}", "missing"


def receipt_link_faults(record: Record) -> Iterator[Wrong]:
    """What a receipt was given for can be read, and it names the receipt before."""
    for register, handed_in in _registers(record):
        prev = ""
        for submission in handed_in:
            if _records(submission) is None or submission.prev_hash != prev:
                yield "receipt", f"{register.id}/{submission.receipt_no}", "altered"
            prev = submission.receipt_hash


def receipt_hash_faults(record: Record) -> Iterator[Wrong]:
    """A receipt's hash is made of what it was given for, by whom and when."""
    for register, handed_in in _registers(record):
        prev = ""
        for submission in handed_in:
            records = _records(submission)
            if records is not None and not _is_receipt(submission, records, prev, record.document.slug):
                yield "receipt", f"{register.id}/{submission.receipt_no}", "altered"
            prev = submission.receipt_hash


def receipt_tail_faults(record: Record) -> Iterator[Wrong]:
    """As many receipts as their register counts, the last one its head."""
    for register, handed_in in _registers(record):
        head = handed_in[-1].receipt_hash if handed_in else ""
        if (len(handed_in), head) != (register.last_receipt, register.head_hash):
            yield "receipt", f"{register.id}/{register.last_receipt}", "missing"


def number_faults(record: Record) -> Iterator[Wrong]:
    """Every number a register gave out was given to a comment."""
    recorded = _recorded(record)
    for register, _ in _registers(record):
        given = {number for register_id, number in recorded if register_id == register.id}
        if given != set(range(1, register.last_number + 1)):
            yield "comment", f"{register.id}/{register.last_number}", "missing"


def _registers(record: Record) -> list[tuple[RegisterRecord, list[SubmissionRecord]]]:
    """Every register with what was handed in to it, in order."""
    handed_in: dict[int, list[SubmissionRecord]] = defaultdict(list)
    for submission in record.submissions:
        handed_in[submission.register_id].append(submission)
    return [
        (register, handed_in[register.id]) for register in queries.list_register_records(record.document.id)
    ]


def _recorded(record: Record) -> dict[tuple[int, int], tuple[int, Mapping[str, Any]]]:
    """(submission, what was recorded) of every comment by register and number."""
    return {
        (submission.register_id, entry["number"]): (submission.id, entry)
        for submission in record.submissions
        for entry in _records(submission) or ()
    }


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


def comment_row_faults(record: Record) -> Iterator[Wrong]:
    """Every comment is one that a receipt was given for, in that submission and of that kind."""
    recorded = _recorded(record)
    for comment in queries.list_comment_records(record.document.id):
        submission_id, entry = recorded.get((comment.register_id, comment.number), (0, None))
        if entry is None or (submission_id, entry["kind"]) != (comment.submission_id, comment.kind):
            yield "comment", f"{comment.register_id}/{comment.number}", "altered"


def comment_word_faults(record: Record) -> Iterator[Wrong]:
    """A comment says what its receipt was given for, or was erased."""
    found = _with_entries(record)
    seals = queries.list_seals([seal_id for comment, _ in found for seal_id in comment.seal_ids])
    for comment, entry in found:
        if not _says(comment, entry, seals):
            yield "comment", f"{comment.register_id}/{comment.number}", "altered"


def comment_place_faults(record: Record) -> Iterator[Wrong]:
    """A comment points at the words its receipt was given for."""
    targets: dict[int, list[TargetRecord]] = defaultdict(list)
    for target in queries.list_target_records(record.document.id):
        targets[target.comment_id].append(target)
    for comment, entry in _with_entries(record):
        if not _points(targets[comment.id], entry["targets"]):
            yield "comment", f"{comment.register_id}/{comment.number}", "altered"


def lost_comment_faults(record: Record) -> Iterator[Wrong]:
    """Every comment a receipt was given for is kept."""
    comments = queries.list_comment_records(record.document.id)
    known = {(comment.register_id, comment.number) for comment in comments}
    for register_id, number in sorted(_recorded(record).keys() - known):
        yield "comment", f"{register_id}/{number}", "missing"


def _with_entries(record: Record) -> list[tuple[CommentRecord, Mapping[str, Any]]]:
    """The comments with what was recorded of them."""
    recorded = _recorded(record)
    comments = queries.list_comment_records(record.document.id)
    return [
        (comment, recorded[comment.register_id, comment.number][1])
        for comment in comments
        if (comment.register_id, comment.number) in recorded
    ]


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


def answer_word_faults(record: Record) -> Iterator[Wrong]:
    """The reasons of an answer are what was sealed, or were erased."""
    rows = queries.list_answer_records(record.document.id)
    seals = queries.list_seals([row.justification_seal_id for row in rows])
    for row in rows:
        seal = seals.get(row.justification_seal_id)
        if not is_true(seal, seal.digest if seal else None):
            yield "answer", f"{row.register_id}/{row.number}", "altered"


def holding_answer_faults(record: Record) -> Iterator[Wrong]:
    """The answer that holds is the last one given, with its outcome."""
    for row in queries.list_answer_records(record.document.id):
        is_last_altered = row.no == row.holding_no and row.outcome != row.holding_outcome
        if is_last_altered or row.holding_no is None or row.holding_no < row.no:
            yield "answer", f"{row.register_id}/{row.number}", "altered"
