"""Selects about working notes. Whoever asks has shown that they may read the notes of the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.working_notes import WorkingNote


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, or an answer to one."""

    id: int
    section_id: str
    quote: str
    parent_id: int | None
    text: str
    at: datetime
    person_name: str
    resolved_at: datetime | None
    resolved_by: str


def list_notes(document_id: int, *, section_id: str | None = None) -> list[NoteRow]:
    """Notes and answers of a document, or of one of its sections, in the order they were written."""
    settler = aliased(Person)
    statement = (
        select(
            WorkingNote.id,
            WorkingNote.section_id,
            WorkingNote.quote,
            WorkingNote.parent_id,
            WorkingNote.text,
            WorkingNote.at,
            func.coalesce(Person.name, ""),
            WorkingNote.resolved_at,
            func.coalesce(settler.name, ""),
        )
        .outerjoin(Person, Person.id == WorkingNote.person_id)
        .outerjoin(settler, settler.id == WorkingNote.resolved_by)
        .where(WorkingNote.document_id == document_id)
        .order_by(WorkingNote.id)
    )
    if section_id is not None:
        statement = statement.where(WorkingNote.section_id == section_id)
    return [NoteRow(*row) for row in db.session.execute(statement)]


def count_open_notes(document_id: int) -> dict[str, int]:
    """Threads that are not settled, by section."""
    rows = db.session.execute(
        select(WorkingNote.section_id, func.count())
        .where(
            WorkingNote.document_id == document_id,
            WorkingNote.parent_id.is_(None),
            WorkingNote.resolved_at.is_(None),
        )
        .group_by(WorkingNote.section_id)
    )
    return {row[0]: row[1] for row in rows}


def find_note(document_id: int, note_id: int) -> WorkingNote | None:
    """A note of this document as a row to be changed inside a unit of work."""
    return db.session.scalars(
        select(WorkingNote).where(WorkingNote.document_id == document_id, WorkingNote.id == note_id)
    ).one_or_none()
