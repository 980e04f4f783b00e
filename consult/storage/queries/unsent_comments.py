"""Selects about comments not sent yet. They are private: every select names whose they are.

`Holder` says that: an account, or a browser by the hash of the secret it keeps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from consult.domain.text.spans import Span
from consult.storage.database import db
from consult.storage.models.documents import Document
from consult.storage.models.unsent_comments import UnsentComment, UnsentSubmission, UnsentTarget


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose unsent comments: those of an account, or of a guest's browser."""

    person_id: int | None = None
    browser_hash: str = ""


@dataclass(frozen=True, slots=True)
class UnsentTargetRow:
    """Words an unsent comment points at; the whole section where `span` is None."""

    section_id: str
    text_id: int
    span: Span | None


@dataclass(frozen=True, slots=True)
class UnsentRow:
    """A comment as it stands so far; no targets means the whole document."""

    id: int
    kind: str
    text: str
    justification: str
    proposed: str | None
    targets: tuple[UnsentTargetRow, ...]


@dataclass(frozen=True, slots=True)
class UnsentSenderRow:
    """Who hands in, as far as it was said; `pointing_for` is the comment that is to get one more passage."""

    id: int
    document_id: int
    capacity: str
    organisation_name: str
    organisation_id: int | None
    name: str
    email: str
    shown_as: str
    wants_letter: bool
    pointing_for: int | None
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class UnsentCount:
    """How many comments wait on one document."""

    slug: str
    title: str
    language: str
    count: int


def _is_of(holder: Holder) -> ColumnElement[bool]:
    if holder.person_id is not None:
        return UnsentSubmission.person_id == holder.person_id
    return UnsentSubmission.browser_hash == holder.browser_hash


def list_counts(holder: Holder) -> list[UnsentCount]:
    """Documents on which comments wait, the one written on last first."""
    rows = db.session.execute(
        select(Document.slug, Document.title, Document.language, func.count())
        .select_from(UnsentSubmission)
        .join(UnsentComment, UnsentComment.unsent_submission_id == UnsentSubmission.id)
        .join(Document, Document.id == UnsentSubmission.document_id)
        .where(_is_of(holder), UnsentComment.removed_at.is_(None))
        .group_by(Document.id, UnsentSubmission.id)
        .order_by(UnsentSubmission.kept_at.desc(), UnsentSubmission.id.desc())
    )
    return [UnsentCount(*row) for row in rows]


def find_sender(holder: Holder, document_id: int) -> UnsentSenderRow | None:
    row = find_submission(holder, document_id)
    return None if row is None else _sender(row)


def _sender(row: UnsentSubmission) -> UnsentSenderRow:
    return UnsentSenderRow(
        row.id,
        row.document_id,
        row.capacity,
        row.organisation_name,
        row.organisation_id,
        row.name,
        row.email,
        row.shown_as,
        row.wants_letter,
        row.pointing_for,
        row.kept_at,
    )


def list_unsent(unsent_submission_id: int) -> list[UnsentRow]:
    """What is to be handed in together, in its order."""
    return _rows(
        UnsentComment.unsent_submission_id == unsent_submission_id, UnsentComment.removed_at.is_(None)
    )


def find_unsent(holder: Holder, document_id: int, unsent_id: int) -> UnsentRow | None:
    """One of the holder's own, unless it was thrown away."""
    mine = select(UnsentSubmission.id).where(_is_of(holder), UnsentSubmission.document_id == document_id)
    rows = _rows(
        UnsentComment.id == unsent_id,
        UnsentComment.removed_at.is_(None),
        UnsentComment.unsent_submission_id.in_(mine),
    )
    return rows[0] if rows else None


def _rows(*conditions: ColumnElement[bool]) -> list[UnsentRow]:
    comments = db.session.scalars(
        select(UnsentComment).where(*conditions).order_by(UnsentComment.ordinal, UnsentComment.id)
    ).all()
    targets: dict[int, list[UnsentTargetRow]] = defaultdict(list)
    found = select(UnsentComment.id).where(*conditions)
    for target in db.session.scalars(
        select(UnsentTarget)
        .where(UnsentTarget.unsent_comment_id.in_(found))
        .order_by(UnsentTarget.unsent_comment_id, UnsentTarget.ordinal)
    ):
        span = Span(target.start, target.end) if target.start is not None and target.end is not None else None
        targets[target.unsent_comment_id].append(UnsentTargetRow(target.section_id, target.text_id, span))
    return [
        UnsentRow(row.id, row.kind, row.text, row.justification, row.proposed, tuple(targets[row.id]))
        for row in comments
    ]


# For services, inside a transaction


def find_submission(holder: Holder, document_id: int) -> UnsentSubmission | None:
    return db.session.scalars(
        select(UnsentSubmission).where(_is_of(holder), UnsentSubmission.document_id == document_id)
    ).one_or_none()


def list_submissions(holder: Holder) -> list[UnsentSubmission]:
    return list(
        db.session.scalars(select(UnsentSubmission).where(_is_of(holder)).order_by(UnsentSubmission.id))
    )


def find_own(holder: Holder, document_id: int, unsent_id: int) -> UnsentComment | None:
    """One of the holder's comments, thrown away or not."""
    return db.session.scalars(
        select(UnsentComment)
        .join(UnsentSubmission, UnsentSubmission.id == UnsentComment.unsent_submission_id)
        .where(_is_of(holder), UnsentSubmission.document_id == document_id, UnsentComment.id == unsent_id)
    ).one_or_none()


def find_by_token(form_token_hash: str) -> UnsentComment | None:
    return db.session.scalars(
        select(UnsentComment).where(UnsentComment.form_token_hash == form_token_hash)
    ).one_or_none()


def list_comments_of(unsent_submission_id: int) -> list[UnsentComment]:
    """Those not thrown away, in their order."""
    return list(
        db.session.scalars(
            select(UnsentComment)
            .where(
                UnsentComment.unsent_submission_id == unsent_submission_id, UnsentComment.removed_at.is_(None)
            )
            .order_by(UnsentComment.ordinal, UnsentComment.id)
        )
    )


def count_and_size(unsent_submission_id: int) -> tuple[int, int]:
    """How many comments wait, and their code points, those thrown away included."""
    row = db.session.execute(
        select(func.count(), func.coalesce(func.sum(UnsentComment.size), 0)).where(
            UnsentComment.unsent_submission_id == unsent_submission_id
        )
    ).one()
    return int(row[0]), int(row[1])


def last_ordinal(unsent_submission_id: int) -> int:
    return (
        db.session.scalar(
            select(func.max(UnsentComment.ordinal)).where(
                UnsentComment.unsent_submission_id == unsent_submission_id
            )
        )
        or 0
    )


def drop_targets(unsent_id: int) -> None:
    db.session.execute(delete(UnsentTarget).where(UnsentTarget.unsent_comment_id == unsent_id))


def drop_comments(unsent_ids: Sequence[int]) -> None:
    for start in range(0, len(unsent_ids), 500):
        ids = unsent_ids[start : start + 500]
        db.session.execute(delete(UnsentTarget).where(UnsentTarget.unsent_comment_id.in_(ids)))
        db.session.execute(delete(UnsentComment).where(UnsentComment.id.in_(ids)))
    db.session.expire_all()


def drop_submissions(condition: ColumnElement[bool]) -> int:
    """Drop what is to be handed in, with its comments; how many comments."""
    which = select(UnsentSubmission.id).where(condition)
    comments = select(UnsentComment.id).where(UnsentComment.unsent_submission_id.in_(which))
    db.session.execute(delete(UnsentTarget).where(UnsentTarget.unsent_comment_id.in_(comments)))
    gone = db.session.execute(delete(UnsentComment).where(UnsentComment.unsent_submission_id.in_(which)))
    db.session.execute(delete(UnsentSubmission).where(condition))
    db.session.expire_all()
    return int(getattr(gone, "rowcount", 0))


def drop_submission(unsent_submission_id: int) -> int:
    return drop_submissions(UnsentSubmission.id == unsent_submission_id)


def drop_of_person(person_id: int) -> int:
    return drop_submissions(UnsentSubmission.person_id == person_id)


def drop_kept_before(moment: datetime) -> int:
    return drop_submissions(UnsentSubmission.kept_at < moment)


def move_comments(from_id: int, to_id: int, *, after: int) -> None:
    """Put all of one submission behind those of another."""
    db.session.execute(
        update(UnsentComment)
        .where(UnsentComment.unsent_submission_id == from_id)
        .values(unsent_submission_id=to_id, ordinal=UnsentComment.ordinal + after)
    )
    db.session.expire_all()
