"""Files attached to documents, and those published with a version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Attachment(Base):
    """A file attached to a document, whatever it was replaced by: what addresses and history go by."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)


class AttachmentState(Base):
    """How an attachment stood from a moment on: its file, its words, its place. The last one holds. Append-only."""

    __tablename__ = "attachment_state"
    __table_args__ = (Index("ix_attachment_state_document_id", "document_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # which attachment
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), index=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # attached, replaced, reworded, moved, removed
    act: Mapped[str] = mapped_column(String(10))
    # the file
    digest: Mapped[str] = mapped_column(ForeignKey("kept_file.digest"), index=True)
    # pdf, docx, xlsx, odt, ods, pptx, odp, csv, txt, png, jpeg
    kind: Mapped[str] = mapped_column(String(10))
    # its name when taken away, with its ending
    file_name: Mapped[str] = mapped_column(String(200))
    # bytes
    size: Mapped[int]
    # what it is called on pages
    title: Mapped[str] = mapped_column(String(300))
    # what is in it; empty without
    description: Mapped[str] = mapped_column(Text)
    # its place in the list, counted from 0
    position: Mapped[int]
    # why it was replaced or removed; empty without
    reason: Mapped[str] = mapped_column(Text)
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class VersionAttachment(Base):
    """An attachment as it stood when a version was published. Append-only; no part of the version's checksum."""

    __tablename__ = "version_attachment"

    # of which version
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    # how it stood
    state_id: Mapped[int] = mapped_column(ForeignKey("attachment_state.id"), primary_key=True, index=True)
