"""Selects about comments whose words a person is to find."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, or_, select
from sqlalchemy.orm import aliased

from consult.domain.anchoring.placement import State
from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.comments import Comment, CommentTarget, Placement
from consult.storage.models.consultations import Register
from consult.storage.models.drafting import Occupancy, SectionText

PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class SoughtRow:
    """A passage a comment points at, with its current place in the working draft.

    `first_…` is where the comment was made, `exact`, `prefix` and `suffix` the words it was made on and those around
    them; `rank` is that of the section it is in, "" where that section is out of the draft; `decided_by` is the person
    who said where it stands.
    """

    target_id: int
    comment_id: int
    register_id: int
    consultation_id: int | None
    number: int
    first_section: str
    first_text: int
    exact: str
    prefix: str
    suffix: str
    placement_id: int
    state: str
    section_id: str
    text_id: int | None
    start: int | None
    end: int | None
    similarity: float
    decided_by: int | None
    rank: str

    @property
    def mark(self) -> str:
        """Tells this place from every other the passage had or will have."""
        place = (self.section_id, self.text_id, self.state, self.start, self.end, self.decided_by)
        return "/".join("" if part is None else str(part) for part in place)


def _sought(document_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            CommentTarget.id,
            CommentTarget.comment_id,
            Comment.register_id,
            Register.consultation_id,
            Comment.number,
            CommentTarget.section_id,
            CommentTarget.text_id,
            CommentTarget.exact,
            CommentTarget.prefix,
            CommentTarget.suffix,
            Placement.id,
            Placement.state,
            Placement.section_id,
            Placement.text_id,
            Placement.start,
            Placement.end,
            Placement.similarity,
            Placement.decided_by,
            func.coalesce(Occupancy.rank, ""),
        )
        .join(Placement, Placement.target_id == CommentTarget.id)
        .join(Comment, Comment.id == CommentTarget.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .outerjoin(Occupancy, (Occupancy.section_id == Placement.section_id) & Occupancy.until_no.is_(None))
        .where(
            Register.document_id == document_id,
            CommentTarget.scope == PASSAGE,
            Placement.is_current.is_(True),
        )
    )


def _waits() -> ColumnElement[bool]:
    """Condition: nobody decided on this place, nor did the last to decide on an earlier one say that the words are gone."""
    decision, later = aliased(Placement), aliased(Placement)
    last = (
        select(func.max(later.id))
        .where(later.target_id == Placement.target_id, later.decided_by.is_not(None))
        .correlate(Placement)
        .scalar_subquery()
    )
    is_given_up = (
        select(decision.id).where(decision.id == last, decision.start.is_(None)).correlate(Placement).exists()
    )
    return and_(Placement.decided_by.is_(None), or_(Placement.state != str(State.ORPHANED), ~is_given_up))


def list_sought(
    document_id: int, states: Collection[str], *, decided: bool, with_unconsulted: bool
) -> list[SoughtRow]:
    """Passages in one of these states, decided by a person or not, in the order of the text."""
    by_whom = Placement.decided_by.is_not(None) if decided else _waits()
    conditions: list[ColumnElement[bool]] = [by_whom]
    if states:
        conditions.append(Placement.state.in_(states))
    if not with_unconsulted:
        conditions.append(Register.consultation_id.is_not(None))
    rows = db.session.execute(
        _sought(document_id)
        .where(*conditions)
        .order_by(
            Occupancy.rank.is_(None), Occupancy.rank, Placement.start, Comment.register_id, Comment.number
        )
    )
    return [_row(row) for row in rows]


def count_undecided(document_id: int, *, with_unconsulted: bool) -> dict[str, int]:
    """How many passages nobody decided on are uncertain, and how many orphaned."""
    statement = (
        select(Placement.state, func.count())
        .join(CommentTarget, CommentTarget.id == Placement.target_id)
        .join(Comment, Comment.id == CommentTarget.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .where(
            Register.document_id == document_id,
            CommentTarget.scope == PASSAGE,
            Placement.is_current.is_(True),
            _waits(),
            Placement.state.in_(("uncertain", "orphaned")),
        )
        .group_by(Placement.state)
    )
    if not with_unconsulted:
        statement = statement.where(Register.consultation_id.is_not(None))
    counts = {"uncertain": 0, "orphaned": 0}
    counts.update({row[0]: row[1] for row in db.session.execute(statement)})
    return counts


def get_sought(document_id: int, target_id: int) -> SoughtRow:
    """One passage of a document's comments, whatever its state. Raises NotFound."""
    row = db.session.execute(_sought(document_id).where(CommentTarget.id == target_id)).one_or_none()
    if row is None:
        raise NotFound("comment")
    return _row(row)


def _row(row: Row[*tuple[Any, ...]]) -> SoughtRow:
    return SoughtRow(*row)


def find_plain_of_draft(document_id: int, section_id: str) -> tuple[int, str] | None:
    """(text id, plain) of a document's section as it stands in the working draft; None when it is out of it."""
    row = db.session.execute(
        select(SectionText.id, SectionText.plain)
        .join(Occupancy, Occupancy.text_id == SectionText.id)
        .where(
            Occupancy.document_id == document_id,
            Occupancy.section_id == section_id,
            Occupancy.until_no.is_(None),
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def drop_placement_in(target_id: int, text_id: int) -> None:
    """Take out the place of a passage in a text, to put in the decided one: it has one in each text."""
    db.session.execute(
        delete(Placement)
        .where(Placement.target_id == target_id, Placement.text_id == text_id)
        .execution_options(synchronize_session=False)
    )
