"""Selects behind a comparison of two texts: outlines without words first, then the words of what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from consult.storage.database import db
from consult.storage.models.documents import VersionSection
from consult.storage.models.drafting import Occupancy, Section, SectionText
from consult.storage.queries.standing import list_stood


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A section as it stands in a text, without its words; `label` is "" where none was printed."""

    section_id: str
    text_id: int
    heading: str
    level: int
    label: str


def list_version_places(version_id: int) -> list[PlaceRow]:
    """The outline of a version in reading order."""
    rows = db.session.execute(
        select(
            VersionSection.section_id,
            VersionSection.text_id,
            SectionText.heading,
            SectionText.level,
            VersionSection.label,
        )
        .join(SectionText, SectionText.id == VersionSection.text_id)
        .where(VersionSection.version_id == version_id)
        .order_by(VersionSection.ordinal)
    )
    return [PlaceRow(*row) for row in rows]


def list_places_at(document_id: int, change_no: int) -> list[PlaceRow]:
    """The outline as it stood after a change, in reading order."""
    rows = list_stood(
        document_id,
        change_no,
        Occupancy.section_id,
        Occupancy.text_id,
        SectionText.heading,
        SectionText.level,
    )
    return [PlaceRow(row[0], row[1], row[2], row[3], "") for row in rows]


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A text with its words in all their forms."""

    id: int
    section_id: str
    heading: str
    level: int
    source: str
    html: str
    plain: str


_COMPARED = (
    SectionText.id,
    SectionText.section_id,
    SectionText.heading,
    SectionText.level,
    SectionText.source,
    SectionText.html,
    SectionText.plain,
)
_PLAIN = (SectionText.id, SectionText.plain)


@cache
def _texts(columns: tuple[Any, ...]) -> Select[*tuple[Any, ...]]:
    return select(*columns).where(SectionText.id.in_(bindparam("texts", expanding=True)))


def list_compared_texts(text_ids: Collection[int]) -> dict[int, ComparedText]:
    """Texts by id."""
    found: dict[int, ComparedText] = {}
    ids = sorted(set(text_ids))
    for start in range(0, len(ids), 500):
        rows = db.session.execute(_texts(_COMPARED), {"texts": ids[start : start + 500]})
        found |= {row[0]: ComparedText(*row) for row in rows}
    return found


def list_plain_texts(text_ids: Collection[int]) -> dict[int, str]:
    """Plain texts by id."""
    found: dict[int, str] = {}
    ids = sorted(set(text_ids))
    for start in range(0, len(ids), 500):
        rows = db.session.execute(_texts(_PLAIN), {"texts": ids[start : start + 500]})
        found |= {row[0]: row[1] for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class StayRow:
    """A text of a section standing at a place from one change until before another."""

    section_id: str
    text_id: int
    rank: str
    level: int
    from_no: int
    until_no: int | None


def list_last_stays(
    section_ids: Sequence[str], *, after: int, until: int, limit: int
) -> dict[str, list[StayRow]]:
    """The stays of each of these sections that began after a change and up to another one, and the one before them, the
    last first: at most the last `limit`.

    Reads no more than that of any section, however long its history.
    """
    found: dict[str, list[StayRow]] = defaultdict(list)
    for start in range(0, len(section_ids), 500):
        asked = {"sections": section_ids[start : start + 500], "after": after, "until": until, "most": limit}
        for row in db.session.execute(_last_stays(), asked):
            found[row[0]].append(StayRow(*row))
    return found


@cache
def _last_stays() -> Select[*tuple[Any, ...]]:
    last, first = aliased(Occupancy), aliased(Occupancy)
    began = (
        select(func.max(first.from_no))
        .where(first.section_id == Section.id, first.from_no <= bindparam("after", type_=Integer))
        .correlate(Section)
        .scalar_subquery()
    )
    chosen = (
        select(last.id)
        .where(last.section_id == Section.id, last.from_no <= bindparam("until", type_=Integer))
        .where(last.from_no >= func.coalesce(began, 0))
        .order_by(last.from_no.desc())
        .limit(bindparam("most", type_=Integer))
        .correlate(Section)
    )
    return (
        select(
            Occupancy.section_id,
            Occupancy.text_id,
            Occupancy.rank,
            SectionText.level,
            Occupancy.from_no,
            Occupancy.until_no,
        )
        .select_from(Section)
        .join(Occupancy, Occupancy.id.in_(chosen))
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .where(Section.id.in_(bindparam("sections", expanding=True)))
        .order_by(Occupancy.from_no.desc())
    )
