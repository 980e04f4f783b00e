"""What was handed in at once, and the proof of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consult.storage.database import db
from consult.storage.models.comments import (
    Comment,
    Submission,
)


def find_submission_by_token(form_token_hash: str) -> Submission | None:
    """The submission a form already made, when the same form is sent twice."""
    return db.session.scalars(
        select(Submission).where(Submission.form_token_hash == form_token_hash)
    ).one_or_none()


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What a sender gets: the receipt and the comments in it."""

    submission_id: int
    register_id: int
    receipt_no: int
    receipt_hash: str
    received_at: datetime
    secret_hash: str
    comment_ids: tuple[int, ...]
    numbers: tuple[int, ...]

    @property
    def name(self) -> str:
        """The receipt as people cite it: its register, its number and the beginning of its seal."""
        return f"{self.register_id}/{self.receipt_no} · {self.receipt_hash[:16]}"


def find_receipt(register_id: int, receipt_no: int) -> ReceiptRow | None:
    submission = db.session.scalars(
        select(Submission).where(Submission.register_id == register_id, Submission.receipt_no == receipt_no)
    ).one_or_none()
    return receipt_of(submission) if submission else None


def find_receipt_of(submission_id: int) -> ReceiptRow | None:
    submission = db.session.get(Submission, submission_id)
    return receipt_of(submission) if submission else None


def receipt_of(submission: Submission) -> ReceiptRow:
    rows = db.session.execute(
        select(Comment.id, Comment.number)
        .where(Comment.submission_id == submission.id)
        .order_by(Comment.number)
    ).all()
    return ReceiptRow(
        submission_id=submission.id,
        register_id=submission.register_id,
        receipt_no=submission.receipt_no,
        receipt_hash=submission.receipt_hash,
        received_at=submission.received_at,
        secret_hash=submission.secret_hash,
        comment_ids=tuple(row[0] for row in rows),
        numbers=tuple(row[1] for row in rows),
    )
