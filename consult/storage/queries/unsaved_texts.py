"""Selects about what people are writing and have not saved, and about who is writing where.

Unsaved texts are private: every select names the person whose they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, delete, exists, func, select

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.documents import Document
from consult.storage.models.drafting import Occupancy, Section, SectionText
from consult.storage.models.memberships import Membership
from consult.storage.models.organisations import Organisation
from consult.storage.models.unsaved_texts import EditingPresence, UnsavedText
from consult.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class UnsavedRow:
    """One form as its writer left it; `further` is a JSON object of texts."""

    id: int
    document_id: int | None
    kind: str
    section_id: str
    address: str
    title: str
    window: str
    revision: int
    base_text_id: int | None
    source: str
    note: str
    further: str
    kept_at: datetime


_COLUMNS: tuple[Any, ...] = (
    UnsavedText.id,
    UnsavedText.document_id,
    UnsavedText.kind,
    UnsavedText.section_id,
    UnsavedText.address,
    UnsavedText.title,
    UnsavedText.window,
    UnsavedText.revision,
    UnsavedText.base_text_id,
    UnsavedText.source,
    UnsavedText.note,
    UnsavedText.further,
    UnsavedText.kept_at,
)


def list_unsaved_at(person_id: int, document_id: int, kind: str, section_id: str) -> list[UnsavedRow]:
    """What a person left unsaved in one form, the newest first."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(
            UnsavedText.person_id == person_id,
            UnsavedText.document_id == document_id,
            UnsavedText.kind == kind,
            UnsavedText.section_id == section_id,
        )
        .order_by(UnsavedText.kept_at.desc(), UnsavedText.id.desc())
    )
    return [UnsavedRow(*row) for row in rows]


def list_unsaved_forms(person_id: int, addresses: Sequence[str]) -> list[UnsavedRow]:
    """What a person left unsaved in the forms of one page, the newest first."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(UnsavedText.person_id == person_id, UnsavedText.address.in_(addresses))
        .order_by(UnsavedText.kept_at.desc(), UnsavedText.id.desc())
    )
    return [UnsavedRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class UnsavedLine:
    """An unsaved text in the list of a person's own: `heading` is the section's newest, "" where there is none;
    `stands` says whether the section is still in the working draft. A form known by its address has no document: it
    stands on `page`, which is called `page_title`, and `further` holds its fields as JSON; "" for the others."""

    id: int
    slug: str
    title: str
    language: str
    kind: str
    section_id: str
    page: str
    page_title: str
    further: str
    heading: str
    stands: bool
    size: int
    kept_at: datetime


def list_unsaved_of(person_id: int, *, limit: int = 200) -> list[UnsavedLine]:
    """All a person left unsaved, the newest first."""
    newest = (
        select(SectionText.heading)
        .where(SectionText.section_id == UnsavedText.section_id)
        .order_by(SectionText.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    stands = exists().where(Occupancy.section_id == UnsavedText.section_id, Occupancy.until_no.is_(None))
    rows = db.session.execute(
        select(
            UnsavedText.id,
            func.coalesce(Document.slug, ""),
            func.coalesce(Document.title, ""),
            func.coalesce(Document.language, ""),
            UnsavedText.kind,
            UnsavedText.section_id,
            case((UnsavedText.address != "", UnsavedText.note), else_=""),
            UnsavedText.title,
            case((UnsavedText.address != "", UnsavedText.further), else_=""),
            func.coalesce(newest, ""),
            stands,
            UnsavedText.size,
            UnsavedText.kept_at,
        )
        .outerjoin(Document, Document.id == UnsavedText.document_id)
        .where(UnsavedText.person_id == person_id)
        .order_by(UnsavedText.kept_at.desc(), UnsavedText.id.desc())
        .limit(limit)
    )
    return [UnsavedLine(*row) for row in rows]


def get_unsaved(person_id: int, unsaved_id: int) -> UnsavedRow:
    """One of a person's own unsaved texts. Raises NotFound, for those of others too."""
    statement = select(*_COLUMNS).where(UnsavedText.id == unsaved_id, UnsavedText.person_id == person_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound("unsaved_text")
    return UnsavedRow(*row)


# For the unit of work


_LOCKING = Prepared(select(Person.id).where(Person.id == bindparam("person_id")).with_for_update())


def lock_writer(person_id: int) -> None:
    """Let one keeping of a person's texts happen at a time, until the transaction ends."""
    _LOCKING(person_id=person_id)


def find_by_window(person_id: int, window: str) -> UnsavedText | None:
    """The row of an open page, to be changed inside a unit of work."""
    return _row(and_(UnsavedText.person_id == person_id, UnsavedText.window == window))


def find_at_revision(person_id: int, unsaved_id: int, revision: int) -> UnsavedText | None:
    """A row, to be changed inside a unit of work, unless it was kept anew since."""
    return _row(
        and_(
            UnsavedText.person_id == person_id,
            UnsavedText.id == unsaved_id,
            UnsavedText.revision == revision,
        )
    )


def _row(condition: ColumnElement[bool]) -> UnsavedText | None:
    statement = select(UnsavedText).where(condition).execution_options(populate_existing=True)
    return db.session.scalars(statement).one_or_none()


def count_and_size(person_id: int) -> tuple[int, int]:
    """How many texts a person left unsaved, and their code points together."""
    row = db.session.execute(
        select(func.count(), func.coalesce(func.sum(UnsavedText.size), 0)).where(
            UnsavedText.person_id == person_id
        )
    ).one()
    return row[0], int(row[1])


_DROPPING_WINDOW = Prepared(
    delete(UnsavedText).where(
        UnsavedText.person_id == bindparam("person_id"), UnsavedText.window == bindparam("window")
    )
)


def drop_window(person_id: int, window: str) -> None:
    """Drop what an open page kept."""
    _DROPPING_WINDOW(person_id=person_id, window=window)


def drop_unsaved(person_id: int, unsaved_id: int) -> bool:
    """Whether there was such a text of this person."""
    found = db.session.execute(
        delete(UnsavedText).where(UnsavedText.id == unsaved_id, UnsavedText.person_id == person_id)
    )
    return bool(found.rowcount)  # type: ignore[attr-defined]


def drop_kept_before(at: datetime) -> int:
    """Drop texts nobody touched since; returns how many."""
    found = db.session.execute(delete(UnsavedText).where(UnsavedText.kept_at < at))
    return int(found.rowcount)  # type: ignore[attr-defined]


def is_section_of(document_id: int, section_id: str) -> bool:
    """Whether a section belongs to a document, standing in it or removed."""
    condition = exists().where(Section.id == section_id, Section.document_id == document_id)
    return bool(db.session.scalar(select(condition)))


def find_standing_text_id(document_id: int, section_id: str) -> int | None:
    """The text a section has in the working draft now; None when it does not stand there."""
    return db.session.scalar(
        select(Occupancy.text_id).where(
            Occupancy.document_id == document_id,
            Occupancy.section_id == section_id,
            Occupancy.until_no.is_(None),
        )
    )


# Who is writing where


@dataclass(frozen=True, slots=True)
class PresentRow:
    """Somebody who has the editor of a section open."""

    section_id: str
    person_id: int
    name: str
    organisation: str


def list_present(
    document_id: int, *, since: datetime, but: int | None = None, section_id: str = ""
) -> list[PresentRow]:
    """Who was heard of in an editor of this document since then, `but` one person; by name."""
    conditions = [EditingPresence.document_id == document_id, EditingPresence.seen_at > since]
    if section_id:
        conditions.append(EditingPresence.section_id == section_id)
    if but is not None:
        conditions.append(EditingPresence.person_id != but)
    organisation = (
        select(Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == EditingPresence.person_id)
        .order_by(Membership.organisation_id)
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            EditingPresence.section_id,
            EditingPresence.person_id,
            Person.name,
            func.coalesce(organisation, ""),
        )
        .join(Person, Person.id == EditingPresence.person_id)
        .where(*conditions)
        .order_by(Person.name, EditingPresence.person_id)
    )
    return [PresentRow(*row) for row in rows]


def find_presence(person_id: int, section_id: str) -> EditingPresence | None:
    """Where somebody was heard of, to be changed inside a unit of work."""
    return db.session.get(EditingPresence, (person_id, section_id), populate_existing=True)


_LEAVING = Prepared(
    delete(EditingPresence).where(
        EditingPresence.person_id == bindparam("person_id"),
        EditingPresence.section_id == bindparam("section_id"),
    )
)


def drop_presence(person_id: int, section_id: str) -> None:
    _LEAVING(person_id=person_id, section_id=section_id)


def drop_presences_before(at: datetime) -> int:
    """Forget who was where before then; returns how many."""
    found = db.session.execute(delete(EditingPresence).where(EditingPresence.seen_at < at))
    return int(found.rowcount)  # type: ignore[attr-defined]
