"""Selects about what happened to a document, to a section and by a person, page by page.

No select reads more than a page of a history however long it is: every filter has an index that ends with the number.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, union, union_all
from sqlalchemy.orm import aliased

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.documents import Document
from consult.storage.models.drafting import Change, Lineage, Occupancy, Section, SectionText
from consult.storage.models.history import Seal
from consult.storage.queries.standing import touched_by
from consult.storage.queries.viewers import Viewer, drafted_by_viewer

NOBODY = 0
"""Stands in a filter for changes the system made."""

UNCAUSED = "none"
"""Stands in a filter for changes whose record names no cause."""

_MOST_ORIGINS = 12
"""A section's history follows its words to at most so many sections they came from."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A change as a timeline shows it; `author` and `note` are None once erased, `author_id` is None for the system.

    `of_no` is the earlier change this one takes back or whose state it brings back.
    """

    id: int
    document_id: int
    number: int
    kind: str
    at: datetime
    author_id: int | None
    author: str | None
    note: str | None
    cause_kind: str
    cause_ref: int | None
    of_no: int | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader wants of a history; what is None or empty narrows nothing. Days are moments: `since` the first
    one, `until` the one it ends before."""

    author_id: int | None = None
    kinds: tuple[str, ...] = ()
    cause: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_everything(self) -> bool:
        return self == Chosen()


def _changes() -> Select[*tuple[Any, ...]]:
    author, note = aliased(Seal), aliased(Seal)
    return (
        select(
            Change.id,
            Change.document_id,
            Change.number,
            Change.kind,
            Change.at,
            Change.actor_ref,
            author.value,
            note.value,
            Change.cause_kind,
            Change.cause_ref,
            Change.of_no,
        )
        .join(author, author.id == Change.actor_seal_id)
        .join(note, note.id == Change.note_seal_id)
    )


def _conditions(chosen: Chosen) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.author_id is not None:
        found.append(
            Change.actor_ref.is_(None) if chosen.author_id == NOBODY else Change.actor_ref == chosen.author_id
        )
    if chosen.kinds:
        found.append(Change.kind.in_(chosen.kinds))
    if chosen.cause:
        found.append(Change.cause_kind == ("" if chosen.cause == UNCAUSED else chosen.cause))
    return found


def _bounds(document_id: int, chosen: Chosen, before: int | None) -> list[ColumnElement[bool]]:
    """The same as numbers: a day begins with a change, so that days cost nothing either."""
    found: list[ColumnElement[bool]] = [] if before is None else [Change.number < before]
    if chosen.since is not None:
        first = _first_number(document_id, chosen.since)
        found.append(Change.number >= first if first is not None else Change.number < 0)
    if chosen.until is not None:
        first = _first_number(document_id, chosen.until)
        if first is not None:
            found.append(Change.number < first)
    return found


def _first_number(document_id: int, at: datetime) -> int | None:
    """The number of the first change at or after a moment."""
    return db.session.scalar(
        select(Change.number)
        .where(Change.document_id == document_id, Change.at >= at)
        .order_by(Change.at, Change.number)
        .limit(1)
    )


def list_document_timeline(
    document_id: int, chosen: Chosen, *, before: int | None, limit: int
) -> list[TimelineRow]:
    """The last changes of a document that are wanted, the newest first; `before` continues an earlier list."""
    rows = db.session.execute(
        _changes()
        .where(Change.document_id == document_id, *_conditions(chosen), *_bounds(document_id, chosen, before))
        .order_by(Change.number.desc())
        .limit(limit)
    )
    return [TimelineRow(*row) for row in rows]


# One person


@dataclass(frozen=True, slots=True)
class PersonChangeRow:
    """A change with the document it was made to."""

    change: TimelineRow
    slug: str
    title: str
    language: str


def list_person_timeline(
    person_id: int, viewer: Viewer, chosen: Chosen, *, slug: str, before: int | None, limit: int
) -> list[PersonChangeRow]:
    """The last changes a person made to documents whose drafts the viewer may see, the newest first; `before` is the id
    of a change, `slug` narrows them to one document."""
    statement = (
        _changes()
        .add_columns(Document.slug, Document.title, Document.language)
        .join(Document, Document.id == Change.document_id)
        .where(Change.actor_ref == person_id, drafted_by_viewer(Document.host_id, Document.id, viewer))
        .where(*_conditions(Chosen(kinds=chosen.kinds, cause=chosen.cause)))
    )
    if slug:
        statement = statement.where(Document.slug == slug)
    if chosen.since is not None:
        statement = statement.where(Change.at >= chosen.since)
    if chosen.until is not None:
        statement = statement.where(Change.at < chosen.until)
    if before is not None:
        statement = statement.where(Change.id < before)
    rows = db.session.execute(statement.order_by(Change.id.desc()).limit(limit))
    return [PersonChangeRow(TimelineRow(*row[:11]), *row[11:]) for row in rows]


def list_authors(document_id: int) -> list[tuple[int | None, str]]:
    """(person, name) of everybody who ever changed a document, by name; the system as (None, "").

    Steps from one person to the next along the index, so that the number of changes does not matter.
    """
    next_one = select(func.min(Change.actor_ref)).where(Change.document_id == document_id).scalar_subquery()
    walk = select(next_one.label("person_id")).cte("authors", recursive=True)
    step = (
        select(func.min(Change.actor_ref))
        .where(Change.document_id == document_id, Change.actor_ref > walk.c.person_id)
        .correlate(walk)
        .scalar_subquery()
    )
    walk = walk.union_all(select(step).where(walk.c.person_id.is_not(None)))
    rows = db.session.execute(
        select(Person.id, Person.name)
        .where(Person.id.in_(select(walk.c.person_id).where(walk.c.person_id.is_not(None))))
        .order_by(Person.name, Person.id)
    )
    found: list[tuple[int | None, str]] = [(row[0], row[1]) for row in rows]
    has_system = db.session.scalar(
        select(Change.id).where(Change.document_id == document_id, Change.actor_ref.is_(None)).limit(1)
    )
    return [*found, *([(None, "")] if has_system else [])]


# One section


@dataclass(frozen=True, slots=True)
class Origin:
    """A section whose history belongs to another's: up to and including a change, or all of it for the section itself."""

    section_id: str
    until_no: int | None


def list_origins(document_id: int, section_id: str) -> list[Origin]:
    """A section of a document and those its words came from, the nearest first, each up to the change by which they
    came. Words never leave their document, which is why only the first section is asked for it."""
    start = select(Section.id.label("section_id"), literal(2**31 - 1).label("until_no")).where(
        Section.id == section_id, Section.document_id == document_id
    )
    walk = start.cte("origins", recursive=True)
    step = (
        select(Lineage.from_section, Change.number)
        .join(Change, Change.id == Lineage.change_id)
        .join(walk, and_(Lineage.to_section == walk.c.section_id, Change.number <= walk.c.until_no))
        .where(Lineage.from_section != Lineage.to_section)
    )
    walk = walk.union(step)
    rows = db.session.execute(
        select(walk.c.section_id, func.max(walk.c.until_no))
        .group_by(walk.c.section_id)
        .order_by(func.max(walk.c.until_no).desc(), walk.c.section_id)
        .limit(_MOST_ORIGINS)
    )
    return [
        Origin(row[0], None if row[0] == section_id else row[1])
        for row in sorted(rows, key=lambda row: row[0] != section_id)
    ]


@dataclass(frozen=True, slots=True)
class Stay:
    """A text of a section standing at a place from one change until before another."""

    section_id: str
    text_id: int
    rank: str
    from_no: int
    until_no: int | None


def list_stays(
    origins: Sequence[Origin], document_id: int, chosen: Chosen, *, before: int | None, limit: int
) -> list[Stay]:
    """What stood of these sections, the last first: at most `limit` of each."""
    bounds = _bounds(document_id, chosen, before)
    conditions = [*bounds, *_conditions(chosen)]
    parts = []
    for number, origin in enumerate(origins):
        part = select(
            Occupancy.section_id, Occupancy.text_id, Occupancy.rank, Occupancy.from_no, Occupancy.until_no
        ).where(Occupancy.section_id == origin.section_id)
        if origin.until_no is not None:
            part = part.where(Occupancy.from_no <= origin.until_no)
        if before is not None:
            part = part.where(Occupancy.from_no < before)
        if conditions:
            part = part.join(
                Change, and_(Change.document_id == document_id, Change.number == Occupancy.from_no)
            ).where(*conditions)
        limited = part.order_by(Occupancy.from_no.desc()).limit(limit).subquery(f"stay_{number}")
        parts.append(select(limited))
    rows = db.session.execute(union_all(*parts)) if parts else ()
    return sorted((Stay(*row) for row in rows), key=lambda stay: (-stay.from_no, stay.section_id))


def list_changes_in(document_id: int, numbers: Collection[int]) -> dict[int, TimelineRow]:
    """Changes of a document by number."""
    found: dict[int, TimelineRow] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), 500):
        rows = db.session.execute(
            _changes().where(
                Change.document_id == document_id, Change.number.in_(wanted[start : start + 500])
            )
        )
        found |= {row[2]: TimelineRow(*row) for row in rows}
    return found


@dataclass(frozen=True, slots=True)
class LineageRow:
    """Words of one section that became another's by a change."""

    number: int
    kind: str
    from_section: str
    to_section: str


def list_lineage(
    document_id: int, *, after: int, until: int, came: Collection[str], went: Collection[str]
) -> list[LineageRow]:
    """Where the words of sections in `came` came from and those of sections in `went` went between two changes."""
    rows = db.session.execute(
        select(Change.number, Lineage.kind, Lineage.from_section, Lineage.to_section)
        .join(Change, Change.id == Lineage.change_id)
        .where(
            _between(document_id, came, went),
            Change.number > after,
            Change.number <= until,
        )
        .distinct()
        .order_by(Change.number, Lineage.from_section, Lineage.to_section)
    )
    return [LineageRow(*row) for row in rows]


def _between(document_id: int, came: Collection[str], went: Collection[str]) -> ColumnElement[bool]:
    """Holds of rows of Lineage that lead to the first sections of a document or from the second.

    The document is asked of the sections: asked of the changes it would invite a walk through all of them.
    """
    to, off, taker, giver = aliased(Lineage), aliased(Lineage), aliased(Section), aliased(Section)
    return Lineage.id.in_(
        union(
            select(to.id)
            .join(taker, taker.id == to.to_section)
            .where(to.to_section.in_(sorted(came)), taker.document_id == document_id),
            select(off.id)
            .join(giver, giver.id == off.from_section)
            .where(off.from_section.in_(sorted(went)), giver.document_id == document_id),
        )
    )


def list_lineage_of(change_ids: Collection[int]) -> list[tuple[int, str, str, str]]:
    """(change id, kind, section words left, section they came to) of some changes."""
    rows = db.session.execute(
        select(Lineage.change_id, Lineage.kind, Lineage.from_section, Lineage.to_section)
        .where(Lineage.change_id.in_(sorted(change_ids)))
        .distinct()
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def list_touched(document_id: int, numbers: Collection[int]) -> dict[int, list[tuple[str, int, bool]]]:
    """(section, text, whether it stands after the change) of what each of these changes put or took away."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Occupancy.section_id, Occupancy.text_id, Occupancy.from_no, Occupancy.until_no)
        .where(touched_by(document_id, wanted))
        .order_by(Occupancy.rank)
    )
    found: dict[int, list[tuple[str, int, bool]]] = {number: [] for number in wanted}
    for section_id, text_id, from_no, until_no in rows:
        if from_no in found:
            found[from_no].append((section_id, text_id, True))
        if until_no in found:
            found[until_no].append((section_id, text_id, False))
    return found


@dataclass(frozen=True, slots=True)
class KinRow:
    """Words that went between a section and another by a change; `title` is what the other was called last."""

    number: int
    kind: str
    from_section: str
    to_section: str
    title: str


def list_kin(document_id: int, section_id: str, *, limit: int = 50) -> list[KinRow]:
    """Where words of a section came from and went, in order."""
    other = case((Lineage.from_section == section_id, Lineage.to_section), else_=Lineage.from_section)
    last_title = (
        select(SectionText.heading)
        .where(SectionText.section_id == other)
        .order_by(SectionText.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Change.number, Lineage.kind, Lineage.from_section, Lineage.to_section, last_title)
        .join(Change, Change.id == Lineage.change_id)
        .where(
            _between(document_id, [section_id], [section_id]),
            Lineage.from_section != Lineage.to_section,
        )
        .distinct()
        .order_by(Change.number)
        .limit(limit)
    )
    return [KinRow(*row) for row in rows]


def is_section_of(document_id: int, section_id: str) -> bool:
    return bool(
        db.session.scalar(
            select(Section.id).where(Section.id == section_id, Section.document_id == document_id)
        )
    )


def list_headings(text_ids: Collection[int]) -> dict[int, str]:
    """Headings by text id."""
    found: dict[int, str] = {}
    ids = sorted(set(text_ids))
    for start in range(0, len(ids), 500):
        rows = db.session.execute(
            select(SectionText.id, SectionText.heading).where(SectionText.id.in_(ids[start : start + 500]))
        )
        found |= {row[0]: row[1] for row in rows}
    return found
