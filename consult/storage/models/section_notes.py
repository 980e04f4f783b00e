"""What stands beside a section and binds nobody: its summary in plain language, and explanations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class SectionNote(Base):
    """One wording of a note beside a section; the last one holds, an empty one means that there is none. Append-only."""

    __tablename__ = "section_note"
    __table_args__ = (Index("ix_section_note_document_id_section_id", "document_id", "section_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # beside which section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    # summary, explanation
    kind: Mapped[str] = mapped_column(String(20))
    # the words, in paragraphs; empty where the note was taken away
    text: Mapped[str] = mapped_column(Text)
    # the section's text when this was written
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class VersionNote(Base):
    """A note that stood beside a section when a version was published. Append-only; no part of the version's checksum."""

    __tablename__ = "version_note"

    # of which version
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    # which wording
    note_id: Mapped[int] = mapped_column(ForeignKey("section_note.id"), primary_key=True, index=True)
