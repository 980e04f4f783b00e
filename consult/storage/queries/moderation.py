"""Selects about the moderation of comments: what waits, what is hidden, what was done and who appealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consult.domain.process.moderation import Act
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import Comment, PersonData, Submission
from consult.storage.models.history import Seal
from consult.storage.models.moderation import CommentStanding, ModerationAct
from consult.storage.queries.addressees import Addressee
from consult.storage.queries.comments.words import is_from_the_account


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act; `words` None once erased, `person` the name of whoever acted, for the host's eyes only."""

    id: int
    comment_id: int | None
    act: str
    reason: str
    words: str | None
    at: datetime
    person_id: int | None
    person: str


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A comment whose words are not for everybody; `is_appealed` where its author waits for a decision."""

    comment_id: int
    number: int
    state: str
    act_id: int | None
    is_appealed: bool


def looks_before(consultation_id: int) -> bool:
    """Whether comments that come now wait until somebody has looked at them."""
    last = db.session.scalar(
        select(ModerationAct.act)
        .where(ModerationAct.consultation_id == consultation_id, ModerationAct.comment_id.is_(None))
        .order_by(ModerationAct.id.desc())
        .limit(1)
    )
    return last == Act.BEFORE


def find_standing(comment_id: int) -> CommentStanding | None:
    """The row to be changed inside a unit of work."""
    return db.session.get(CommentStanding, comment_id, populate_existing=True)


def drop_standing(row: CommentStanding) -> None:
    """From now on the words are for everybody."""
    db.session.delete(row)


def list_acts_on(comment_id: int) -> list[ActRow]:
    """What was done to a comment, in order."""
    return _acts(ModerationAct.comment_id == comment_id)


def _acts(condition: object) -> list[ActRow]:
    rows = db.session.execute(
        select(ModerationAct, Seal.value, Person.name)
        .join(Seal, Seal.id == ModerationAct.words_seal_id)
        .outerjoin(Person, Person.id == ModerationAct.person_id)
        .where(condition)  # type: ignore[arg-type]
        .order_by(ModerationAct.id)
    )
    return [
        ActRow(act.id, act.comment_id, act.act, act.reason, words, act.at, act.person_id, name or "")
        for act, words, name in rows
    ]


def list_standings(register_id: int) -> list[StandingRow]:
    """Every comment of a register whose words are not for everybody, by number."""
    rows = db.session.execute(
        select(Comment.id, Comment.number, CommentStanding.state, CommentStanding.act_id)
        .join(CommentStanding, CommentStanding.comment_id == Comment.id)
        .where(Comment.register_id == register_id)
        .order_by(Comment.number)
    ).all()
    appealed = _last_acts([row[0] for row in rows])
    return [StandingRow(*row, is_appealed=appealed.get(row[0]) == Act.APPEALED) for row in rows]


def _last_acts(comment_ids: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(comment_ids), 500):
        rows = db.session.execute(
            select(ModerationAct.comment_id, ModerationAct.act)
            .where(ModerationAct.comment_id.in_(comment_ids[start : start + 500]))
            .order_by(ModerationAct.id)
        )
        found |= {row[0]: row[1] for row in rows if row[0] is not None}
    return found


def find_author(comment_id: int) -> Addressee | None:
    """Whom to write to about a comment: the account that spoke for itself, else the address left; None without one."""
    row = db.session.execute(
        select(Submission.id, Submission.person_id, is_from_the_account(), PersonData.email)
        .join(Comment, Comment.submission_id == Submission.id)
        .outerjoin(PersonData, PersonData.submission_id == Submission.id)
        .where(Comment.id == comment_id)
    ).one()
    if row[1] is not None and row[2]:
        return Addressee(row[1], None)
    return Addressee(None, row[0]) if row[3] else None


def is_own_comment(comment_id: int, person_id: int) -> bool:
    """Whether the person handed the comment in signed in, for themselves or their organisation."""
    found = db.session.scalar(
        select(Comment.id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(Comment.id == comment_id, Submission.person_id == person_id, is_from_the_account())
    )
    return found is not None
