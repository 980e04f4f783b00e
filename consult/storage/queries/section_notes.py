"""Selects about what stands beside sections: summaries in plain language and explanations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.drafting import Occupancy
from consult.storage.models.section_notes import SectionNote, VersionNote


@dataclass(frozen=True, slots=True)
class SectionNoteRow:
    """A wording of a note; `text` is empty where it was taken away, `by` where nobody stands behind it."""

    id: int
    section_id: str
    kind: str
    text: str
    text_id: int
    at: datetime
    by: str


def _notes() -> Select[*tuple[Any, ...]]:
    return select(
        SectionNote.id,
        SectionNote.section_id,
        SectionNote.kind,
        SectionNote.text,
        SectionNote.text_id,
        SectionNote.at,
        func.coalesce(Person.name, ""),
    ).outerjoin(Person, Person.id == SectionNote.person_id)


def list_draft_notes(document_id: int, *, section_id: str | None = None) -> list[SectionNoteRow]:
    """The notes that hold beside the working draft: the last wording of each, without those taken away and those of
    sections that stand no more."""
    last = select(func.max(SectionNote.id)).where(SectionNote.document_id == document_id)
    if section_id is not None:
        last = last.where(SectionNote.section_id == section_id)
    rows = db.session.execute(
        _notes()
        .join(Occupancy, Occupancy.section_id == SectionNote.section_id)
        .where(
            SectionNote.id.in_(last.group_by(SectionNote.section_id, SectionNote.kind)),
            Occupancy.document_id == document_id,
            Occupancy.until_no.is_(None),
            SectionNote.text != "",
        )
        .order_by(SectionNote.id)
    )
    return [SectionNoteRow(*row) for row in rows]


def list_version_notes(version_id: int) -> list[SectionNoteRow]:
    """The notes published with a version."""
    rows = db.session.execute(
        _notes()
        .join(VersionNote, VersionNote.note_id == SectionNote.id)
        .where(VersionNote.version_id == version_id)
        .order_by(SectionNote.id)
    )
    return [SectionNoteRow(*row) for row in rows]


def list_wordings(document_id: int, section_id: str) -> list[SectionNoteRow]:
    """All wordings of the notes beside a section, the newest first."""
    rows = db.session.execute(
        _notes()
        .where(SectionNote.document_id == document_id, SectionNote.section_id == section_id)
        .order_by(SectionNote.id.desc())
    )
    return [SectionNoteRow(*row) for row in rows]
