"""Comments without their words: what lists are ordered and narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, select, true

from consult.storage.database import db
from consult.storage.models.comments import (
    Comment,
    CommentTarget,
    Placement,
    Submission,
)
from consult.storage.models.consultations import Register
from consult.storage.models.dispositions import Disposition
from consult.storage.queries.comments.places import LOST, is_shown


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A comment without its words: what lists are ordered and narrowed by. `state` and `section_id` are those of
    its first target in the working draft, None for a comment on the whole."""

    comment_id: int
    register_id: int
    number: int
    kind: str
    capacity: str
    outcome: str | None
    state: str | None
    section_id: str | None
    start: int | None
    origin_section: str | None
    origin_start: int | None


def list_overview(
    document_id: int,
    *,
    register_id: int | None = None,
    version_id: int | None = None,
    with_drafts: bool,
    with_unconsulted: bool = True,
) -> list[OverviewRow]:
    """Every comment of a document (or of one register) by register and number, one light row each.

    Placements are those in the working draft, or in a version.
    """
    visible = true() if with_drafts else Disposition.state == "published"
    statement = (
        select(
            Comment.id,
            Comment.register_id,
            Comment.number,
            Comment.kind,
            Submission.capacity,
            Disposition.outcome,
            Placement.state,
            Placement.section_id,
            Placement.start,
            CommentTarget.section_id,
            CommentTarget.start,
        )
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Register, Register.id == Comment.register_id)
        .outerjoin(Disposition, and_(Disposition.comment_id == Comment.id, visible))
        .outerjoin(CommentTarget, and_(CommentTarget.comment_id == Comment.id, CommentTarget.ordinal == 1))
        .outerjoin(Placement, and_(Placement.target_id == CommentTarget.id, is_shown(version_id)))
        .where(Register.document_id == document_id)
        .order_by(Comment.register_id, Comment.number)
    )
    if register_id is not None:
        statement = statement.where(Comment.register_id == register_id)
    if not with_unconsulted:
        statement = statement.where(Register.consultation_id.is_not(None))
    return [_overview(row) for row in db.session.execute(statement)]


def _overview(row: Row[*tuple[Any, ...]]) -> OverviewRow:
    """A comment with a target but no placement has lost its words; its home is where it was made."""
    is_lost = row[9] is not None and row[6] is None
    state, section_id = (LOST, row[9]) if is_lost else (row[6], row[7])
    return OverviewRow(
        comment_id=row[0],
        register_id=row[1],
        number=row[2],
        kind=row[3],
        capacity=row[4],
        outcome=row[5],
        state=state,
        section_id=section_id,
        start=row[8],
        origin_section=row[9],
        origin_start=row[10],
    )
