"""Pictures of documents, and the files they and attachments are kept as."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class KeptFile(Base):
    """A file as it was first kept, found by its content; the same file is kept once. Append-only but for one way: what
    the law wants gone loses its content, and keeps its digest.

    Files stand in the database, as everything else that a backup must hold.
    """

    __tablename__ = "kept_file"

    # SHA-256 of the content
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    # bytes
    size: Mapped[int]
    # the file; empty where it had to go
    content: Mapped[bytes | None] = mapped_column(LargeBinary)


class Picture(Base):
    """A picture that may stand in the texts of a document. Append-only."""

    __tablename__ = "picture"
    __table_args__ = (UniqueConstraint("document_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # what texts call it: the first 32 signs of its digest
    name: Mapped[str] = mapped_column(String(32))
    # the file
    digest: Mapped[str] = mapped_column(ForeignKey("kept_file.digest"), index=True)
    # png, jpeg
    kind: Mapped[str] = mapped_column(String(10))
    # pixels
    width: Mapped[int]
    # pixels
    height: Mapped[int]
    # alternative text first given; what stands in a text is the text's own
    alt: Mapped[str] = mapped_column(Text)
    # that it only decorates, as first said
    is_decorative: Mapped[bool]
    # caption first given
    caption: Mapped[str] = mapped_column(Text)
    # when it was sent
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who sent it; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class PictureUse(Base):
    """Which pictures a text shows; derived from the text, so that nobody has to read all texts to know."""

    __tablename__ = "picture_use"
    __table_args__ = (Index("ix_picture_use_name_text_id", "name", "text_id"),)

    # the text
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"), primary_key=True)
    # what the text calls the picture
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
