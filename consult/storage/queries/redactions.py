"""Selects and updates about words cut out of comments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, delete, exists, func, select, update
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.domain.text.spans import Span
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import Comment, CommentRevision
from consult.storage.models.history import Seal
from consult.storage.models.privacy import RedactedPassage, RedactedWords, Redaction, RedactionEnd
from consult.storage.models.submissions import SubmissionLetter


@dataclass(frozen=True, slots=True)
class SealedRow:
    """Words of a comment: `field` text, justification, proposed or letter; `value` is the original, None once it was
    destroyed or erased, `shown` what is read instead of it."""

    seal_id: int
    field: str
    revision: int
    value: str | None
    shown: str | None


@dataclass(frozen=True, slots=True)
class RedactionRow:
    """An act; `note` and `end_note` are None once erased, `ended_at` None while it holds."""

    id: int
    comment_id: int
    reason: str
    is_destroyed: bool
    note: str | None
    at: datetime
    by: str
    end_note: str | None
    ended_at: datetime | None
    ended_by: str


def list_sealed(comment_id: int) -> list[SealedRow]:
    """Every piece of a comment in every revision, the first first, and the letter it was handed in with."""
    found = []
    for field, column in (
        ("text", CommentRevision.text_seal_id),
        ("justification", CommentRevision.justification_seal_id),
        ("proposed", CommentRevision.proposed_seal_id),
    ):
        rows = db.session.execute(
            select(Seal.id, CommentRevision.no, Seal.value, RedactedWords.words)
            .join(CommentRevision, column == Seal.id)
            .outerjoin(RedactedWords, RedactedWords.seal_id == Seal.id)
            .where(CommentRevision.comment_id == comment_id)
            .order_by(CommentRevision.no)
        )
        found += [SealedRow(row[0], field, row[1], row[2], row[3]) for row in rows]
    letters = db.session.execute(
        select(Seal.id, Seal.value, RedactedWords.words)
        .join(SubmissionLetter, SubmissionLetter.text_seal_id == Seal.id)
        .join(Comment, Comment.submission_id == SubmissionLetter.submission_id)
        .outerjoin(RedactedWords, RedactedWords.seal_id == Seal.id)
        .where(Comment.id == comment_id)
    )
    return found + [SealedRow(row[0], "letter", 0, row[1], row[2]) for row in letters]


def list_redactions(comment_id: int) -> list[RedactionRow]:
    """Every act on a comment, the last first."""
    note, end_note, ender = aliased(Seal), aliased(Seal), aliased(Person)
    rows: Iterable[Any] = db.session.execute(
        select(
            Redaction.id,
            Redaction.comment_id,
            Redaction.reason,
            Redaction.is_destroyed,
            note.value,
            Redaction.at,
            func.coalesce(Person.name, ""),
            end_note.value,
            RedactionEnd.at,
            func.coalesce(ender.name, ""),
        )
        .join(note, note.id == Redaction.note_seal_id)
        .outerjoin(Person, Person.id == Redaction.person_id)
        .outerjoin(RedactionEnd, RedactionEnd.redaction_id == Redaction.id)
        .outerjoin(end_note, end_note.id == RedactionEnd.note_seal_id)
        .outerjoin(ender, ender.id == RedactionEnd.person_id)
        .where(Redaction.comment_id == comment_id)
        .order_by(Redaction.id.desc())
    )
    return [RedactionRow(*row) for row in rows]


def get_redaction(redaction_id: int) -> RedactionRow:
    """Raises NotFound."""
    comment_id = db.session.scalar(select(Redaction.comment_id).where(Redaction.id == redaction_id))
    if comment_id is None:
        raise NotFound("redaction")
    return next(row for row in list_redactions(comment_id) if row.id == redaction_id)


def list_cuts(seal_id: int) -> list[tuple[Span, str]]:
    """(where, reason) of everything cut out of a value that was not put back, the first cut first."""
    rows = db.session.execute(
        select(RedactedPassage.start, RedactedPassage.end, Redaction.reason)
        .join(Redaction, Redaction.id == RedactedPassage.redaction_id)
        .where(
            RedactedPassage.seal_id == seal_id,
            ~exists().where(RedactionEnd.redaction_id == Redaction.id),
        )
        .order_by(RedactedPassage.id)
    )
    return [(Span(start, end), reason) for start, end, reason in rows]


def list_seals_of(redaction_id: int) -> list[int]:
    return list(
        db.session.scalars(
            select(RedactedPassage.seal_id).where(RedactedPassage.redaction_id == redaction_id).distinct()
        )
    )


def is_held(seal_id: int) -> bool:
    """Whether the original is still there."""
    return db.session.scalar(select(Seal.value).where(Seal.id == seal_id)) is not None


def show_instead(seal_id: int, words: str | None) -> None:
    """Have `words` read instead of a value; the value itself again with None."""
    db.session.execute(delete(RedactedWords).where(RedactedWords.seal_id == seal_id))
    if words is not None:
        db.session.add(RedactedWords(seal_id=seal_id, words=words))
        db.session.flush()
    db.session.expire_all()


def destroy(seal_id: int, at: datetime) -> None:
    """Leave nothing of an original but its digest."""
    db.session.execute(
        update(Seal)
        .where(Seal.id == seal_id, Seal.erased_at.is_(None))
        .values(value=None, salt=None, erased_at=at)
        .execution_options(synchronize_session=False)
    )
    db.session.expire_all()


def list_shown_instead(seal_ids: list[int]) -> set[int]:
    """Those of these values that are not read as they are."""
    return set(db.session.scalars(select(RedactedWords.seal_id).where(RedactedWords.seal_id.in_(seal_ids))))


def stamp_of_redactions(comment_id: SQLColumnExpression[int]) -> ColumnElement[int]:
    """A number that changes with every act on a comment: what an index was fed before is stale then."""
    made = select(func.count(Redaction.id)).where(Redaction.comment_id == comment_id)
    ended = (
        select(func.count(RedactionEnd.redaction_id))
        .join(Redaction, Redaction.id == RedactionEnd.redaction_id)
        .where(Redaction.comment_id == comment_id)
    )
    return made.correlate(Comment).scalar_subquery() * 1000 + ended.correlate(Comment).scalar_subquery()


def count_redactions() -> Select[int]:
    """How many acts there were: what kept pages of comments depend on besides the comments."""
    ended = select(func.count()).select_from(RedactionEnd).scalar_subquery()
    return select(func.count() + ended).select_from(Redaction)
