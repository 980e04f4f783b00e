"""Selects about what a change of a draft can name as its cause: for those who edit the draft."""

from __future__ import annotations

from sqlalchemy import select

from consult.storage.database import db
from consult.storage.models.comments import Comment
from consult.storage.models.consultations import Register


def list_comment_numbers(document_id: int, *, limit: int = 500) -> list[tuple[int, int]]:
    """(id, number) of the comments on a document, the latest register first, by number."""
    rows = db.session.execute(
        select(Comment.id, Comment.number)
        .join(Register, Register.id == Comment.register_id)
        .where(Register.document_id == document_id)
        .order_by(Register.id.desc(), Comment.number)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]
