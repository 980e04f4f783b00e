"""Where the words of comments are, in the working draft or in a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, select

from consult.storage.database import db
from consult.storage.models.comments import (
    Comment,
    CommentTarget,
    Placement,
)
from consult.storage.models.consultations import Register
from consult.storage.models.documents import VersionSection


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """Where one target of a comment is: the words it was made on, and how they fare in some text."""

    comment_id: int
    target_id: int
    ordinal: int
    scope: str
    origin_section: str
    origin_text: int
    origin_start: int
    origin_end: int
    exact: str
    state: str
    section_id: str
    text_id: int | None
    start: int | None
    end: int | None
    similarity: float


LOST = "orphaned"

_TARGET_COLUMNS = (
    CommentTarget.comment_id,
    CommentTarget.id,
    CommentTarget.ordinal,
    CommentTarget.scope,
    CommentTarget.section_id,
    CommentTarget.text_id,
    CommentTarget.start,
    CommentTarget.end,
    CommentTarget.exact,
)
_PLACEMENT_COLUMNS = (
    Placement.state,
    Placement.section_id,
    Placement.text_id,
    Placement.start,
    Placement.end,
    Placement.similarity,
)


def _placed() -> Select[*tuple[Any, ...]]:
    return select(*_TARGET_COLUMNS, *_PLACEMENT_COLUMNS).join(
        Placement, Placement.target_id == CommentTarget.id
    )


def list_placed_in_draft(document_id: int) -> list[PlacedRow]:
    """Every target of a document's comments with its placement in the working draft, orphans included."""
    rows = db.session.execute(
        _placed()
        .join(Comment, Comment.id == CommentTarget.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .where(Register.document_id == document_id, Placement.is_current)
        .order_by(CommentTarget.comment_id, CommentTarget.ordinal)
    )
    return [PlacedRow(*row) for row in rows]


def list_placed_in_version(version_id: int) -> list[PlacedRow]:
    """Targets placed in the texts of a version."""
    rows = db.session.execute(
        _placed()
        .join(VersionSection, VersionSection.text_id == Placement.text_id)
        .where(VersionSection.version_id == version_id)
        .order_by(VersionSection.ordinal, Placement.start, CommentTarget.comment_id)
    )
    return [PlacedRow(*row) for row in rows]


def list_placements_of(comment_ids: Sequence[int], *, version_id: int | None = None) -> list[PlacedRow]:
    """Where the targets of these comments are: in the working draft, or in a version.

    A target that stands nowhere in the version is orphaned there, and shown where it was made.
    """
    found: list[PlacedRow] = []
    for start in range(0, len(comment_ids), 500):
        ids = comment_ids[start : start + 500]
        statement = (
            select(*_TARGET_COLUMNS, *_PLACEMENT_COLUMNS)
            .outerjoin(Placement, and_(Placement.target_id == CommentTarget.id, is_shown(version_id)))
            .where(CommentTarget.comment_id.in_(ids))
            .order_by(CommentTarget.comment_id, CommentTarget.ordinal)
        )
        found += [_placed_or_lost(row) for row in db.session.execute(statement)]
    return found


def is_shown(version_id: int | None) -> ColumnElement[bool]:
    """Condition: the placement is the draft's, or stands in a text of the version."""
    if version_id is None:
        return Placement.is_current.is_(True)
    return exists().where(
        VersionSection.version_id == version_id, VersionSection.text_id == Placement.text_id
    )


def _placed_or_lost(row: Row[*tuple[Any, ...]]) -> PlacedRow:
    target, place = tuple(row[:9]), tuple(row[9:])
    return PlacedRow(*target, *(place if place[0] is not None else (LOST, row[4], None, None, None, 0.0)))
