"""What is held of how to reach the senders of comments, and emptying it.

What they said keeps its number and words, and what they wanted everybody to see of their name stays unless it is to go
too. Every hash still holds: names and addresses stand outside the record, a letter goes the one way a seal can be altered.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update

from consult.domain.process.retention import DEFAULT_MONTHS
from consult.storage.database import db
from consult.storage.models.comments import Comment, PersonData, Submission
from consult.storage.models.consultations import Consultation, Register
from consult.storage.models.history import Seal
from consult.storage.models.joint_answers import JointAnswer, JointAnswerLetter, JointAnswerRemark
from consult.storage.models.organisations import Host, Organisation
from consult.storage.models.submissions import SubmissionFile, SubmissionFileContent, SubmissionLetter

BATCH = 500


@dataclass(frozen=True, slots=True)
class EndedRow:
    """A consultation that is over and whose senders can still be reached. `ended_at` is when its report or its answers
    were published, else when it closed or was called off; `submissions` hold contact data, letters or files."""

    consultation_id: int
    document_id: int
    title: str
    host_name: str
    ended_at: datetime
    months: int
    submissions: tuple[int, ...]


def list_ended(now: datetime) -> list[EndedRow]:
    """Every consultation that is over with the submissions of which something is held, the first ended first."""
    ended_at = func.coalesce(
        Consultation.reported_at,
        Consultation.answers_published_at,
        Consultation.cancelled_at,
        Consultation.closes_at,
    )
    rows = db.session.execute(
        select(
            Consultation.id,
            Consultation.document_id,
            Consultation.title,
            Organisation.name,
            Consultation.reported_at,
            Consultation.answers_published_at,
            Consultation.cancelled_at,
            Consultation.closes_at,
            func.coalesce(Host.retention_months, DEFAULT_MONTHS),
            Register.id,
        )
        .join(Register, Register.consultation_id == Consultation.id)
        .join(Organisation, Organisation.id == Consultation.host_id)
        .outerjoin(Host, Host.organisation_id == Organisation.id)
        .where(or_(Consultation.closes_at < now, Consultation.cancelled_at.is_not(None)))
        .order_by(ended_at, Consultation.id)
    ).all()
    found = []
    for row in rows:
        held = tuple(db.session.scalars(_held().where(Submission.register_id == row[9])))
        if held:
            ended: datetime = row[4] or row[5] or row[6] or row[7]
            found.append(EndedRow(row[0], row[1], row[2], row[3], ended, row[8], held))
    return found


def list_held(submission_ids: Collection[int]) -> list[int]:
    """Those of these submissions of which contact data, a letter or files are held."""
    return list(db.session.scalars(_held().where(Submission.id.in_(submission_ids))))


def has_public_name(submission_id: int) -> bool:
    """Whether anything is seen of the sender's name."""
    shown = db.session.scalar(select(PersonData.shown_name).where(PersonData.submission_id == submission_id))
    return bool(shown)


def list_comment_ids(submission_id: int) -> list[int]:
    statement = select(Comment.id).where(Comment.submission_id == submission_id).order_by(Comment.id)
    return list(db.session.scalars(statement))


def _held() -> Select[int]:
    letter = (
        exists()
        .where(SubmissionLetter.submission_id == Submission.id)
        .where(Seal.id == SubmissionLetter.text_seal_id, Seal.value.is_not(None))
    )
    file = (
        exists()
        .where(SubmissionFile.submission_id == Submission.id)
        .where(SubmissionFileContent.file_id == SubmissionFile.id)
    )
    return (
        select(Submission.id)
        .outerjoin(PersonData, PersonData.submission_id == Submission.id)
        .outerjoin(JointAnswer, JointAnswer.submission_id == Submission.id)
        .where(or_(_is_reachable(), letter, file, JointAnswer.signed_by != ""))
        .order_by(Submission.id)
    )


def _is_reachable() -> ColumnElement[bool]:
    return and_(
        PersonData.submission_id.is_not(None),
        or_(
            and_(PersonData.name != "", PersonData.name != PersonData.shown_name),
            and_(PersonData.name != "", PersonData.shown_name == ""),
            PersonData.email != "",
        ),
    )


def forget_senders(submission_ids: Collection[int], *, at: datetime, keeps_public_name: bool) -> None:
    """Empty names, addresses, letters, files and signatures of these submissions. `keeps_public_name` leaves what their
    senders wanted everybody to see."""
    ids = sorted(submission_ids)
    for start in range(0, len(ids), BATCH):
        _forget(ids[start : start + BATCH], at, keeps_public_name)
    db.session.expire_all()


def _forget(ids: list[int], at: datetime, keeps_public_name: bool) -> None:
    emptied: dict[str, str] = {"name": "", "email": "", "language": ""}
    if not keeps_public_name:
        emptied |= {"shown_as": "", "shown_name": ""}
    _do(update(PersonData).where(PersonData.submission_id.in_(ids)).values(emptied))
    letters = select(SubmissionLetter.text_seal_id).where(SubmissionLetter.submission_id.in_(ids))
    _do(
        update(Seal)
        .where(Seal.id.in_(letters), Seal.erased_at.is_(None))
        .values(value=None, salt=None, erased_at=at)
    )
    files = select(SubmissionFile.id).where(SubmissionFile.submission_id.in_(ids))
    _do(delete(SubmissionFileContent).where(SubmissionFileContent.file_id.in_(files)))
    answers = select(JointAnswer.id).where(JointAnswer.submission_id.in_(ids))
    _do(delete(JointAnswerLetter).where(JointAnswerLetter.answer_id.in_(answers)))
    _do(update(JointAnswerRemark).where(JointAnswerRemark.answer_id.in_(answers)).values(name=""))
    _do(
        update(JointAnswer)
        .where(JointAnswer.submission_id.in_(ids))
        .values(signed_by="", authority="", resolution_no="")
    )


def _do(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
