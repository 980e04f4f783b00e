"""Selects about answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition, DispositionRevision
from consult.storage.models.history import Seal


def find_disposition(comment_id: int) -> Disposition | None:
    """The answer that holds now, as a row to be changed inside a unit of work."""
    return db.session.get(Disposition, comment_id, populate_existing=True)


def last_revision_no(comment_id: int) -> int:
    """The number of the last answer a comment was ever given, also of one that was taken back; 0 for none."""
    return (
        db.session.scalar(
            select(func.max(DispositionRevision.no)).where(DispositionRevision.comment_id == comment_id)
        )
        or 0
    )


def take_back(disposition: Disposition) -> None:
    """Let no answer hold any more, inside a unit of work; what was given stays among the revisions."""
    db.session.delete(disposition)
    db.session.flush()


def count_by_outcome(register_id: int) -> dict[str, int]:
    """How many comments of a register have which outcome; those without an answer are not in it."""
    rows = db.session.execute(
        select(Disposition.outcome, func.count())
        .join(Comment, Comment.id == Disposition.comment_id)
        .where(Comment.register_id == register_id)
        .group_by(Disposition.outcome)
    )
    return {row[0]: row[1] for row in rows}


def list_unpublished(consultation_id: int) -> list[Disposition]:
    """Answers of a consultation that are not published yet, in order of comment number."""
    return list(
        db.session.scalars(
            select(Disposition)
            .join(Comment, Comment.id == Disposition.comment_id)
            .join(Register, Register.id == Comment.register_id)
            .where(Register.consultation_id == consultation_id, Disposition.state != "published")
            .order_by(Comment.number)
        )
    )


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One answer as it was given."""

    no: int
    outcome: str
    justification: str | None
    at: datetime


def list_revisions(comment_id: int) -> list[RevisionRow]:
    """Every answer a comment was given, the first first."""
    rows = db.session.execute(
        select(DispositionRevision.no, DispositionRevision.outcome, Seal.value, DispositionRevision.at)
        .join(Seal, Seal.id == DispositionRevision.justification_seal_id)
        .where(DispositionRevision.comment_id == comment_id)
        .order_by(DispositionRevision.no)
    )
    return [RevisionRow(*row) for row in rows]
