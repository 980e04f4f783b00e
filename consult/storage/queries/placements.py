"""Selects and updates about where comments' words are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    bindparam,
    delete,
    exists,
    func,
    select,
    text,
    union,
    update,
)
from sqlalchemy.orm import aliased

from consult.storage.database import db
from consult.storage.models.comments import LOST, CommentTarget, Placement
from consult.storage.models.documents import Version, VersionSection
from consult.storage.models.drafting import Occupancy, Section, SectionText
from consult.storage.prepared import Prepared
from consult.storage.queries.standing import list_stood


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """A target with its placement in the working draft and the text it is to be sought from.

    `origin_…` is the last placement a person decided, or the words the comment was made on; `first_…` always
    the words the comment was made on; `is_given_up` says that a person has said last that they are gone.
    """

    target_id: int
    scope: str
    placement_id: int
    section_id: str
    text_id: int | None
    state: str
    start: int | None
    end: int | None
    origin_section: str
    origin_text: int
    origin_start: int
    origin_end: int
    first_section: str
    first_text: int
    first_start: int
    first_end: int
    is_given_up: bool = False


_DECIDED = aliased(Placement)
_LAST_DECIDED = (
    select(func.max(Placement.id))
    .where(Placement.target_id == CommentTarget.id, Placement.decided_by.is_not(None))
    .correlate(CommentTarget)
    .scalar_subquery()
)
_ANCHORS = (
    select(
        CommentTarget.id,
        CommentTarget.scope,
        Placement.id,
        Placement.section_id,
        Placement.text_id,
        Placement.state,
        Placement.start,
        Placement.end,
        _DECIDED.section_id,
        _DECIDED.text_id,
        _DECIDED.start,
        _DECIDED.end,
        CommentTarget.section_id,
        CommentTarget.text_id,
        CommentTarget.start,
        CommentTarget.end,
    )
    .join(Placement, Placement.target_id == CommentTarget.id)
    .outerjoin(_DECIDED, _DECIDED.id == _LAST_DECIDED)
    .where(Placement.is_current)
    .order_by(CommentTarget.id)
)
_SECTION_IDS: BindParameter[str] = bindparam("section_ids", expanding=True)
_MADE, _STANDING = aliased(CommentTarget), aliased(Placement)
_IN_SECTIONS = Prepared(
    _ANCHORS.where(
        CommentTarget.id.in_(
            # each through its index; as one or the other, all placements there are would be read
            union(
                select(_MADE.id).where(_MADE.section_id.in_(_SECTION_IDS)),
                select(_STANDING.target_id).where(
                    _STANDING.section_id.in_(_SECTION_IDS), _STANDING.is_current
                ),
            )
        )
    )
)


def list_anchors_of_sections(section_ids: Collection[str]) -> list[AnchorRow]:
    """Targets made on or now standing in these sections, with their current placement."""
    if not section_ids:
        return []
    return [_anchor(row) for row in _IN_SECTIONS(section_ids=list(section_ids))]


def list_anchors(target_ids: Collection[int]) -> list[AnchorRow]:
    """These targets with their current placement."""
    if not target_ids:
        return []
    return [_anchor(row) for row in db.session.execute(_ANCHORS.where(CommentTarget.id.in_(target_ids)))]


def _anchor(row: Sequence[Any]) -> AnchorRow:
    decided, first = row[8:12], row[12:16]
    origin = first if None in decided else decided
    is_given_up = decided[0] is not None and decided[2] is None
    return AnchorRow(*row[:8], *origin, *first, is_given_up)  # type: ignore[call-arg]


@dataclass(frozen=True, slots=True)
class LostRow:
    """A target whose words are nowhere in the working draft, and where they stood when it was made."""

    target_id: int
    section_id: str
    text_id: int
    start: int
    end: int


_LOST = Prepared(
    select(
        CommentTarget.id,
        CommentTarget.section_id,
        CommentTarget.text_id,
        CommentTarget.start,
        CommentTarget.end,
    )
    .join(Placement, Placement.target_id == CommentTarget.id)
    .join(Section, Section.id == Placement.section_id)
    .where(Section.document_id == bindparam("document_id"), text(LOST), CommentTarget.scope == "passage")
)


def list_lost(document_id: int) -> list[LostRow]:
    """The passages of a document's comments that are orphaned in the working draft."""
    return [LostRow(*row) for row in _LOST(document_id=document_id)]


def list_draft_plains(section_ids: Collection[str]) -> dict[str, tuple[int, str]]:
    """(text id, plain) of the sections of these that stand in the working draft, in reading order."""
    rows = db.session.execute(
        select(Occupancy.section_id, SectionText.id, SectionText.plain)
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .where(Occupancy.section_id.in_(section_ids), Occupancy.until_no.is_(None))
        .order_by(Occupancy.rank)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def list_plains_of_draft(document_id: int) -> dict[str, tuple[int, str]]:
    """(text id, plain) of every section of the working draft, in reading order."""
    return _plains(Occupancy.document_id == document_id, Occupancy.until_no.is_(None))


def list_plains_at(document_id: int, change_no: int) -> dict[str, str]:
    """Plain of every section as it stood after a change, in reading order."""
    rows = list_stood(document_id, change_no, Occupancy.section_id, SectionText.plain)
    return {row[0]: row[1] for row in rows}


def _plains(*conditions: ColumnElement[bool]) -> dict[str, tuple[int, str]]:
    rows = db.session.execute(
        select(Occupancy.section_id, SectionText.id, SectionText.plain)
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .where(*conditions)
        .order_by(Occupancy.rank)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def list_plains_of_version(version_id: int) -> dict[str, tuple[int, str]]:
    """(text id, plain) of every section of a version, in reading order."""
    rows = db.session.execute(
        select(VersionSection.section_id, SectionText.id, SectionText.plain)
        .join(SectionText, SectionText.id == VersionSection.text_id)
        .where(VersionSection.version_id == version_id)
        .order_by(VersionSection.ordinal)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def list_first_changes(document_id: int, text_ids: Collection[int]) -> dict[int, int]:
    """For texts comments were made on, the change after which the whole document stood as it did then: that of
    the first version holding the text, else the one that brought the text."""
    began = db.session.execute(
        select(Occupancy.text_id, func.min(Occupancy.from_no))
        .where(Occupancy.document_id == document_id, Occupancy.text_id.in_(text_ids))
        .group_by(Occupancy.text_id)
    )
    numbers = {row[0]: row[1] for row in began}
    published = db.session.execute(
        select(VersionSection.text_id, func.min(Version.change_no))
        .join(Version, Version.id == VersionSection.version_id)
        .where(VersionSection.text_id.in_(text_ids))
        .group_by(VersionSection.text_id)
    )
    return numbers | {row[0]: row[1] for row in published}


def list_plains(text_ids: Collection[int]) -> dict[int, str]:
    """Plain of texts by id."""
    rows = db.session.execute(select(SectionText.id, SectionText.plain).where(SectionText.id.in_(text_ids)))
    return {row[0]: row[1] for row in rows}


def retire(placement_ids: Sequence[int]) -> None:
    """Placements that are no longer the draft's: kept where their text was published or a person decided, dropped
    elsewhere."""
    is_published = exists().where(VersionSection.text_id == Placement.text_id)
    for start in range(0, len(placement_ids), 500):
        ids = placement_ids[start : start + 500]
        db.session.execute(
            delete(Placement)
            .where(Placement.id.in_(ids), Placement.decided_by.is_(None), ~is_published)
            .execution_options(synchronize_session=False)
        )
        db.session.execute(
            update(Placement)
            .where(Placement.id.in_(ids))
            .values(is_current=False)
            .execution_options(synchronize_session=False)
        )


def list_placed_in(target_ids: Collection[int], text_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """Placement ids by (target, text)."""
    rows = db.session.execute(
        select(Placement.target_id, Placement.text_id, Placement.id).where(
            Placement.target_id.in_(target_ids), Placement.text_id.in_(text_ids)
        )
    )
    return {(row[0], row[1]): row[2] for row in rows if row[1] is not None}


def make_current(placement_ids: Sequence[int]) -> None:
    """Placements of a published text that is the draft's text again."""
    db.session.execute(
        update(Placement)
        .where(Placement.id.in_(placement_ids))
        .values(is_current=True)
        .execution_options(synchronize_session=False)
    )


def list_texts_placed(target_id: int) -> list[tuple[int, int | None]]:
    """(placement id, text id) of every text a target is placed in."""
    rows = db.session.execute(select(Placement.id, Placement.text_id).where(Placement.target_id == target_id))
    return [(row[0], row[1]) for row in rows]


def list_versions_after(document_id: int, text_id: int) -> list[int]:
    """Ids of the versions published after the first that holds a text, in order."""
    first = (
        select(func.min(Version.number))
        .join(VersionSection, VersionSection.version_id == Version.id)
        .where(Version.document_id == document_id, VersionSection.text_id == text_id)
        .scalar_subquery()
    )
    return list(
        db.session.scalars(
            select(Version.id)
            .where(Version.document_id == document_id, Version.number > first)
            .order_by(Version.number)
        )
    )
