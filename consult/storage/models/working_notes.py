"""Working notes: what a group says to itself beside its draft, never shown to anybody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class WorkingNote(Base):
    """A note on a section or on words in it, or an answer to one."""

    __tablename__ = "working_note"
    __table_args__ = (Index("ix_working_note_document_id_section_id", "document_id", "section_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # on which section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    # the words it is on, as they stood; empty for the whole section
    quote: Mapped[str] = mapped_column(String(1000), default="")
    # the note it answers; empty for one that begins a thread
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("working_note.id"), index=True)
    # the words
    text: Mapped[str] = mapped_column(Text)
    # when it was written
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who wrote it
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    # when its matter was settled, if it was
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # who settled it
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
