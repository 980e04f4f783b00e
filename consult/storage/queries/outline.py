"""Selects about the outline: how it stood, what a change did to it, and what was taken out of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.comments import Comment, CommentTarget, Placement
from consult.storage.models.consultations import Register
from consult.storage.models.drafting import Change, Lineage, Occupancy, Section, SectionText
from consult.storage.models.history import Seal
from consult.storage.queries.drafting import Standing
from consult.storage.queries.standing import list_stood, touched_by

MOST_REMOVED = 200
"""Removed sections listed at once; the others are found in history."""


def list_standing_at(document_id: int, change_no: int) -> list[Standing]:
    """The outline as it was after a change, in reading order; nothing for 0."""
    rows = list_stood(
        document_id,
        change_no,
        Occupancy.section_id,
        Occupancy.text_id,
        Occupancy.parent_id,
        Occupancy.rank,
        SectionText.level,
        SectionText.heading,
    )
    return [Standing(*row) for row in rows]


def list_sources(text_ids: Collection[int]) -> dict[int, str]:
    """The Markdown of texts by id."""
    if not text_ids:
        return {}
    rows = db.session.execute(select(SectionText.id, SectionText.source).where(SectionText.id.in_(text_ids)))
    return {row[0]: row[1] for row in rows}


def get_change_no_of_text(text_id: int) -> int:
    """The number of the change that left a text. Raises NotFound."""
    number = db.session.scalar(
        select(Change.number)
        .join(SectionText, SectionText.change_id == Change.id)
        .where(SectionText.id == text_id)
    )
    if number is None:
        raise NotFound("text")
    return number


@dataclass(frozen=True, slots=True)
class Touched:
    """What one change did to where a section stood: (text id, rank) before and after; None where it did not stand."""

    section_id: str
    before: tuple[int, str] | None
    after: tuple[int, str] | None


def list_touched(document_id: int, number: int) -> list[Touched]:
    """Sections whose text or place a change altered, or which it brought or took, in reading order."""
    rows = db.session.execute(
        select(Occupancy.section_id, Occupancy.text_id, Occupancy.rank, Occupancy.from_no, Occupancy.until_no)
        .where(touched_by(document_id, [number]))
        .order_by(Occupancy.rank)
    )
    before: dict[str, tuple[int, str]] = {}
    after: dict[str, tuple[int, str]] = {}
    for section_id, text_id, rank, from_no, _ in rows:
        (after if from_no == number else before)[section_id] = (text_id, rank)
    return [
        Touched(section_id, before.get(section_id), after.get(section_id))
        for section_id in dict.fromkeys([*before, *after])
        if before.get(section_id) != after.get(section_id)
    ]


@dataclass(frozen=True, slots=True)
class WentRow:
    """Words one change carried from one section to another; offsets of the sources before and after."""

    kind: str
    from_section: str
    from_start: int
    from_end: int
    to_section: str
    to_start: int


def list_went(change_id: int) -> list[WentRow]:
    """Where a change carried words, in the order it was recorded."""
    rows = db.session.execute(
        select(
            Lineage.kind,
            Lineage.from_section,
            Lineage.from_start,
            Lineage.from_end,
            Lineage.to_section,
            Lineage.to_start,
        )
        .where(Lineage.change_id == change_id)
        .order_by(Lineage.id)
    )
    return [WentRow(*row) for row in rows]


def list_kin(section_ids: Collection[str]) -> set[frozenset[str]]:
    """Pairs of these sections between which words ever went."""
    if not section_ids:
        return set()
    rows = db.session.execute(
        select(Lineage.from_section, Lineage.to_section).where(
            Lineage.from_section.in_(section_ids), Lineage.to_section.in_(section_ids)
        )
    )
    return {frozenset((row[0], row[1])) for row in rows}


# What was taken out


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A section that stands no more: its last text and place, and the change that took it out."""

    section_id: str
    text_id: int
    parent_id: str | None
    rank: str
    level: int
    heading: str
    removed_no: int
    removed_at: datetime
    removed_by: str | None


def list_removed(document_id: int, *, limit: int = MOST_REMOVED) -> list[RemovedRow]:
    """Sections taken out of the working draft, the last first, within one change in reading order.

    Those whose words went on in another section with that change are not among them: nothing of them is missing.
    """
    return _removed(document_id, None, limit)


def find_removed(document_id: int, section_id: str) -> RemovedRow | None:
    """A section that once stood in this draft and does not now; also one that was joined to another."""
    return next(iter(_removed(document_id, section_id, 1)), None)


def get_removed(document_id: int, section_id: str) -> RemovedRow:
    """As `find_removed`. Raises NotFound."""
    row = find_removed(document_id, section_id)
    if row is None:
        raise NotFound("section")
    return row


def _removed(document_id: int, section_id: str | None, limit: int) -> list[RemovedRow]:
    now, last = aliased(Occupancy), aliased(Occupancy)
    stands = exists().where(now.section_id == Section.id, now.until_no.is_(None))
    latest = (
        select(func.max(last.until_no))
        .where(last.section_id == Section.id, last.document_id == document_id)
        .correlate(Section)
        .scalar_subquery()
    )
    statement = (
        select(
            Section.id,
            Occupancy.text_id,
            Occupancy.parent_id,
            Occupancy.rank,
            SectionText.level,
            SectionText.heading,
            Change.number,
            Change.at,
            Seal.value,
        )
        .select_from(Section)
        .join(Occupancy, (Occupancy.section_id == Section.id) & (Occupancy.until_no == latest))
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .join(
            Change,
            (Change.document_id == Section.document_id) & (Change.number == Occupancy.until_no),
        )
        .join(Seal, Seal.id == Change.actor_seal_id)
        .where(Section.document_id == document_id, ~stands)
        .order_by(Change.number.desc(), Occupancy.rank)
        .limit(limit)
    )
    if section_id is None:
        statement = statement.where(
            ~exists().where(Lineage.change_id == Change.id, Lineage.from_section == Section.id)
        )
    else:
        statement = statement.where(Section.id == section_id)
    return [RemovedRow(*row) for row in db.session.execute(statement)]


def list_gone_with(document_id: int, number: int) -> list[str]:
    """Sections that one change took out and that stand nowhere now, in reading order."""
    now = aliased(Occupancy)
    after = aliased(Occupancy)
    rows = db.session.execute(
        select(Occupancy.section_id)
        .where(
            Occupancy.document_id == document_id,
            Occupancy.until_no == number,
            ~exists().where(after.section_id == Occupancy.section_id, after.from_no == number),
            ~exists().where(now.section_id == Occupancy.section_id, now.until_no.is_(None)),
        )
        .order_by(Occupancy.rank)
    )
    return [row[0] for row in rows]


def list_text_ids(section_id: str) -> list[int]:
    """Every text a section ever had, in order."""
    return list(
        db.session.scalars(
            select(SectionText.id).where(SectionText.section_id == section_id).order_by(SectionText.id)
        )
    )


def count_comments_by_section(document_id: int) -> dict[str, int]:
    """How many comments of a document have their words, or had them last, in each section of the working draft."""
    rows = db.session.execute(
        select(Placement.section_id, func.count(CommentTarget.comment_id.distinct()))
        .join(CommentTarget, CommentTarget.id == Placement.target_id)
        .join(Comment, Comment.id == CommentTarget.comment_id)
        .join(Register, Register.id == Comment.register_id)
        .where(Register.document_id == document_id, Placement.is_current)
        .group_by(Placement.section_id)
    )
    return {row[0]: row[1] for row in rows}
