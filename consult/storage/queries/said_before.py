"""What was said in the comments of a document before: read when a file brings comments that may be there already."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from consult.storage.database import db
from consult.storage.models.comments import Comment, CommentRevision, CommentTarget, PersonData, Submission
from consult.storage.models.consultations import Register
from consult.storage.models.history import Seal
from consult.storage.queries.sealed import shown_words


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A comment as it was handed in: the sender's name and the words, "" once erased; `quotes` are the words it was made
    on, in order, and none for a comment on the whole document."""

    author: str
    text: str
    quotes: tuple[str, ...]


def list_said(document_id: int) -> list[SaidRow]:
    """Every comment of a document in its first words, also those corrected or taken back since."""
    rows = db.session.execute(
        select(Comment.id, func.coalesce(PersonData.name, ""), func.coalesce(shown_words(Seal), ""))
        .join(Register, Register.id == Comment.register_id)
        .join(CommentRevision, and_(CommentRevision.comment_id == Comment.id, CommentRevision.no == 1))
        .join(Seal, Seal.id == CommentRevision.text_seal_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .outerjoin(PersonData, PersonData.submission_id == Submission.id)
        .where(Register.document_id == document_id)
        .order_by(Comment.id)
    ).all()
    quotes: dict[int, list[str]] = {}
    targets = db.session.execute(
        select(CommentTarget.comment_id, CommentTarget.exact)
        .join(Comment, Comment.id == CommentTarget.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .where(Register.document_id == document_id)
        .order_by(CommentTarget.comment_id, CommentTarget.ordinal)
    )
    for comment_id, exact in targets:
        quotes.setdefault(comment_id, []).append(exact)
    return [
        SaidRow(author, text or "", tuple(quotes.get(comment_id, ()))) for comment_id, author, text in rows
    ]
