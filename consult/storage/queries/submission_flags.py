"""Selects about what is amiss with submissions, and which comments stand apart because of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import Submission
from consult.storage.models.history import Seal
from consult.storage.models.submissions import SubmissionFlag


@dataclass(frozen=True, slots=True)
class FlagRow:
    """What somebody said to be amiss, or no longer; `reason` is None once erased."""

    code: str
    is_raised: bool
    reason: str | None
    at: datetime
    by: str


def _last() -> ColumnElement[bool]:
    """Condition: the last word about its reason."""
    later = aliased(SubmissionFlag)
    return ~exists().where(
        later.submission_id == SubmissionFlag.submission_id,
        later.code == SubmissionFlag.code,
        later.no > SubmissionFlag.no,
    )


def is_flagged() -> ColumnElement[bool]:
    """Condition on Submission: something is amiss with it."""
    return exists().where(
        and_(SubmissionFlag.submission_id == Submission.id, SubmissionFlag.is_raised, _last())
    )


def last_no(submission_id: int, code: str) -> int:
    return (
        db.session.scalar(
            select(func.max(SubmissionFlag.no)).where(
                SubmissionFlag.submission_id == submission_id, SubmissionFlag.code == code
            )
        )
        or 0
    )


def flags_of(submission_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What is amiss now, by submission; those with nothing are not in it."""
    found: dict[int, tuple[str, ...]] = {}
    ids = sorted(submission_ids)
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(SubmissionFlag.submission_id, SubmissionFlag.code)
            .where(
                SubmissionFlag.submission_id.in_(ids[start : start + 500]), SubmissionFlag.is_raised, _last()
            )
            .order_by(SubmissionFlag.code)
        )
        for submission_id, code in rows:
            found[submission_id] = (*found.get(submission_id, ()), code)
    return found


def list_flags(submission_id: int) -> list[FlagRow]:
    """Everything that was said to be amiss with a submission, the last first."""
    rows = db.session.execute(
        select(
            SubmissionFlag.code,
            SubmissionFlag.is_raised,
            Seal.value,
            SubmissionFlag.at,
            func.coalesce(Person.name, ""),
        )
        .join(Seal, Seal.id == SubmissionFlag.reason_seal_id)
        .outerjoin(Person, Person.id == SubmissionFlag.person_id)
        .where(SubmissionFlag.submission_id == submission_id)
        .order_by(SubmissionFlag.at.desc(), SubmissionFlag.no.desc(), SubmissionFlag.code)
    )
    return [FlagRow(*row) for row in rows]
