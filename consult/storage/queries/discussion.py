"""Selects about what others say to a comment."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.exc import IntegrityError

from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.discussion import CommentSupport


@dataclass(frozen=True, slots=True)
class Supporter:
    """Who supports: an account, or a guest's browser by the hash of the secret it keeps."""

    person_id: int | None = None
    browser_hash: str = ""


def count_of_support() -> ColumnElement[int]:
    """How many support the comment a statement is about."""
    return (
        select(func.count())
        .select_from(CommentSupport)
        .where(CommentSupport.comment_id == Comment.id)
        .correlate(Comment)
        .scalar_subquery()
    )


def is_supported_by(comment_id: int, supporter: Supporter) -> bool:
    found = db.session.scalar(
        select(CommentSupport.id).where(CommentSupport.comment_id == comment_id, _is_of(supporter))
    )
    return found is not None


def add_support(row: CommentSupport) -> bool:
    """Keep it; False where it is kept already. That nobody supports twice is the table's own rule, so no two presses at
    one moment can get round it."""
    with suppress(IntegrityError), db.session.begin_nested():
        db.session.add(row)
        return True
    return False


def remove_support(comment_id: int, supporter: Supporter) -> bool:
    """Drop it; False where there was none."""
    found = db.session.execute(
        delete(CommentSupport).where(CommentSupport.comment_id == comment_id, _is_of(supporter))
    )
    return bool(found.rowcount)  # type: ignore[attr-defined]


def _is_of(supporter: Supporter) -> ColumnElement[bool]:
    if supporter.person_id is not None:
        return CommentSupport.person_id == supporter.person_id
    return CommentSupport.browser_hash == supporter.browser_hash
