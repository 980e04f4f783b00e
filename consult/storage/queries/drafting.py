"""Selects and updates about what stands where, and about changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.documents import Document
from consult.storage.models.drafting import Change, Lineage, Occupancy, Section, SectionText
from consult.storage.models.history import Seal
from consult.storage.prepared import Prepared
from consult.storage.queries.standing import touched_by


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a section stands now, without its words."""

    section_id: str
    text_id: int
    parent_id: str | None
    rank: str
    level: int
    heading: str


_STANDING = (
    select(
        Occupancy.section_id,
        Occupancy.text_id,
        Occupancy.parent_id,
        Occupancy.rank,
        SectionText.level,
        SectionText.heading,
    )
    .join(SectionText, SectionText.id == Occupancy.text_id)
    .where(Occupancy.document_id == bindparam("document_id"), Occupancy.until_no.is_(None))
    .order_by(Occupancy.rank)
)
_ALL_STANDING = Prepared(_STANDING)
_SOME_STANDING = Prepared(_STANDING.where(Occupancy.section_id.in_(bindparam("section_ids", expanding=True))))


def list_standing(document_id: int, section_ids: Collection[str] | None = None) -> list[Standing]:
    """The outline of the working draft in reading order, or those of these sections that stand in it."""
    if section_ids is None:
        rows = _ALL_STANDING(document_id=document_id)
    else:
        rows = _SOME_STANDING(document_id=document_id, section_ids=list(section_ids))
    return [Standing(*row) for row in rows]


_DEFINITIONS = Prepared(
    select(Occupancy.section_id, SectionText.definitions)
    .join(SectionText, SectionText.id == Occupancy.text_id)
    .where(
        Occupancy.document_id == bindparam("document_id"),
        Occupancy.until_no.is_(None),
        SectionText.definitions != "",
    )
    .order_by(Occupancy.rank)
)


def list_definitions(document_id: int) -> list[tuple[str, str]]:
    """Sections of the working draft that define footnotes or links: (section id, definitions), in reading order."""
    return [(row[0], row[1]) for row in _DEFINITIONS(document_id=document_id)]


def list_draft_sources(document_id: int) -> list[tuple[str, int, str]]:
    """(section id, text id, source) of the working draft in reading order."""
    rows = db.session.execute(
        select(Occupancy.section_id, Occupancy.text_id, SectionText.source)
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .where(Occupancy.document_id == document_id, Occupancy.until_no.is_(None))
        .order_by(Occupancy.rank)
    )
    return [(row[0], row[1], row[2]) for row in rows]


_NEXT_RANK = Prepared(
    select(func.min(Occupancy.rank)).where(
        Occupancy.document_id == bindparam("document_id"),
        Occupancy.until_no.is_(None),
        Occupancy.rank > bindparam("after"),
    )
)


def next_rank(document_id: int, after: str | None) -> str | None:
    """The rank of the first open section past `after`, or of the very first; None at the end."""
    found: str | None = _NEXT_RANK(document_id=document_id, after=after or "").scalar_one()
    return found


_CLOSING = Prepared(
    update(Occupancy)
    .where(
        Occupancy.document_id == bindparam("of_document"),
        Occupancy.section_id.in_(bindparam("section_ids", expanding=True)),
        Occupancy.until_no.is_(None),
    )
    .values(until_no=bindparam("closed_by"))
)


def close_occupancies(document_id: int, section_ids: Sequence[str], *, until_no: int) -> None:
    """End what stands now of these sections."""
    for start in range(0, len(section_ids), 500):
        some = section_ids[start : start + 500]
        _CLOSING(of_document=document_id, section_ids=some, closed_by=until_no)


_TAKING_NUMBER = Prepared(
    update(Document)
    .where(Document.id == bindparam("document_id"))
    .values(last_change_no=Document.last_change_no + 1)
    .returning(Document.last_change_no, Document.head_hash)
)


def take_change_no(document_id: int) -> tuple[int, str]:
    """The next change number of a document and the hash of the change before ("" for the first).

    Holds the document's row until the transaction ends. Raises NotFound.
    """
    row = _TAKING_NUMBER(document_id=document_id).one_or_none()
    if row is None:
        raise NotFound("document")
    return row[0], row[1]


_SETTING_HEAD = Prepared(
    update(Document)
    .where(Document.id == bindparam("document_id"))
    .values(head_hash=bindparam("hash"), changed_at=bindparam("at"))
)


def set_head(document_id: int, head_hash: str, *, at: datetime) -> None:
    """Make a change the last of its document."""
    _SETTING_HEAD(document_id=document_id, hash=head_hash, at=at)


# What happened


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as history shows it; `author` and `note` are None once erased."""

    id: int
    document_id: int
    number: int
    kind: str
    at: datetime
    author: str | None
    note: str | None
    cause_kind: str
    cause_ref: int | None
    body: str
    prev_hash: str
    hash: str
    of_no: int | None
    """The earlier change this one takes back, or whose state it brings back."""


def _changes() -> Select[*tuple[Any, ...]]:
    author, note = aliased(Seal), aliased(Seal)
    return (
        select(
            Change.id,
            Change.document_id,
            Change.number,
            Change.kind,
            Change.at,
            author.value,
            note.value,
            Change.cause_kind,
            Change.cause_ref,
            Change.body,
            Change.prev_hash,
            Change.hash,
            Change.of_no,
        )
        .join(author, author.id == Change.actor_seal_id)
        .join(note, note.id == Change.note_seal_id)
    )


def list_changes(document_id: int, *, before: int | None = None, limit: int = 50) -> list[ChangeRow]:
    """The last changes of a document, the newest first; `before` continues an earlier list."""
    statement = _changes().where(Change.document_id == document_id)
    if before is not None:
        statement = statement.where(Change.number < before)
    rows = db.session.execute(statement.order_by(Change.number.desc()).limit(limit))
    return [ChangeRow(*row) for row in rows]


def get_change(document_id: int, number: int) -> ChangeRow:
    """The change of this number. Raises NotFound."""
    row = db.session.execute(
        _changes().where(Change.document_id == document_id, Change.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound("change", number=number)
    return ChangeRow(*row)


def list_changes_numbered(document_id: int, numbers: Collection[int]) -> dict[int, ChangeRow]:
    """Changes of a document by number."""
    found: dict[int, ChangeRow] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(
            _changes().where(
                Change.document_id == document_id, Change.number.in_(wanted[start : start + 500])
            )
        )
        found |= {row[2]: ChangeRow(*row) for row in rows}
    return found


def list_changes_of_section(section_id: str, *, limit: int = 50) -> list[ChangeRow]:
    """The last changes that left a text of this section, the newest first."""
    statement = _changes().join(SectionText, SectionText.change_id == Change.id)
    rows = db.session.execute(
        statement.where(SectionText.section_id == section_id).order_by(Change.id.desc()).limit(limit)
    )
    return [ChangeRow(*row) for row in rows]


def list_changes_by_cause(cause_kind: str, cause_ref: int) -> list[ChangeRow]:
    """Changes this caused, in order."""
    rows = db.session.execute(
        _changes().where(Change.cause_kind == cause_kind, Change.cause_ref == cause_ref).order_by(Change.id)
    )
    return [ChangeRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Step:
    """What one change did to one section: its source and its words before and after; None where it did not stand."""

    section_id: str
    before: str | None
    after: str | None
    words_before: str | None
    words_after: str | None
    heading: str
    moved: bool


def list_steps(document_id: int, number: int) -> list[Step]:
    """What a change did, section by section, in reading order."""
    rows = db.session.execute(
        select(
            Occupancy.section_id,
            Occupancy.from_no,
            Occupancy.until_no,
            Occupancy.rank,
            SectionText.source,
            SectionText.plain,
            SectionText.heading,
        )
        .join(SectionText, SectionText.id == Occupancy.text_id)
        .where(touched_by(document_id, [number]))
        .order_by(Occupancy.rank)
    )
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for row in rows:
        (after if row.from_no == number else before)[row.section_id] = row
    steps = []
    for section_id in dict.fromkeys([*after, *before]):
        old, new = before.get(section_id), after.get(section_id)
        steps.append(
            Step(
                section_id=section_id,
                before=old.source if old else None,
                after=new.source if new else None,
                words_before=old.plain if old else None,
                words_after=new.plain if new else None,
                heading=(new if new is not None else before[section_id]).heading,
                moved=bool(old and new and old.rank != new.rank),
            )
        )
    return steps


def list_descent(document_id: int) -> list[tuple[str, str]]:
    """(section words left, section they came to) of a document, in order of the changes."""
    rows = db.session.execute(
        select(Lineage.from_section, Lineage.to_section)
        .join(Section, Section.id == Lineage.from_section)
        .where(Section.document_id == document_id)
        .order_by(Lineage.id)
    )
    return [(row[0], row[1]) for row in rows]


# What verification reads


@dataclass(frozen=True, slots=True)
class OccupancyRow:
    """One span of changes during which a text stood somewhere."""

    section_id: str
    text_id: int
    parent_id: str | None
    rank: str
    from_no: int
    until_no: int | None


def list_occupancies(document_id: int) -> list[OccupancyRow]:
    """Everything that ever stood in a document, in order of change and rank."""
    rows = db.session.execute(
        select(
            Occupancy.section_id,
            Occupancy.text_id,
            Occupancy.parent_id,
            Occupancy.rank,
            Occupancy.from_no,
            Occupancy.until_no,
        )
        .where(Occupancy.document_id == document_id)
        .order_by(Occupancy.from_no, Occupancy.rank)
    )
    return [OccupancyRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A change that left a text of a section, and what led to it."""

    section_id: str
    number: int
    cause_kind: str
    cause_ref: int | None
    note: str | None


def list_causes(document_id: int, *, after: int, until: int) -> list[CauseRow]:
    """Changes after one and up to another by the sections they touched, in order."""
    rows = db.session.execute(
        select(SectionText.section_id, Change.number, Change.cause_kind, Change.cause_ref, Seal.value)
        .join(Change, Change.id == SectionText.change_id)
        .join(Seal, Seal.id == Change.note_seal_id)
        .where(Change.document_id == document_id, Change.number > after, Change.number <= until)
        .order_by(Change.number)
    )
    return [CauseRow(*row) for row in rows]
