"""Documents and their published versions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Document(Base):
    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    # the name in addresses, unique in the installation, never changed
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    # the title as it is printed
    title: Mapped[str] = mapped_column(String(400))
    # standard, strategy, programme, regulation, model, other
    kind: Mapped[str] = mapped_column(String(20))
    # the language of the text: pl or en
    language: Mapped[str] = mapped_column(String(5))
    # the organisation that keeps the document; office permissions compare it
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # a stage code of the glossary
    stage: Mapped[str] = mapped_column(String(20), default="drafting")
    # when somebody last decided on the stage; empty where only consultations moved it
    staged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when it was created
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when its text last changed
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # number of the last change of the working draft; 0 before the first
    last_change_no: Mapped[int] = mapped_column(default=0)
    # hash of that change; empty before the first
    head_hash: Mapped[str] = mapped_column(String(64), default="")
    # number of the last published version; 0 before the first
    last_version_no: Mapped[int] = mapped_column(default=0)
    # number of the last of the acts kept beside the changes; 0 before the first
    last_act_no: Mapped[int] = mapped_column(default=0, server_default="0")
    # hash of that act; empty before the first
    act_head: Mapped[str] = mapped_column(String(64), default="", server_default="")
    # what it is about, in a plain sentence or two
    summary: Mapped[str] = mapped_column(Text, default="")
    # address of a page or film in easy-to-read language; empty when there is none
    easy_read_url: Mapped[str] = mapped_column(String(500), default="")
    # address of a film in sign language; empty when there is none
    sign_language_url: Mapped[str] = mapped_column(String(500), default="")


class Version(Base):
    """A published freeze of a document at a change; never altered."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # 1, 2, 3 … within the document
    number: Mapped[int]
    # what people call it: "projekt do konsultacji"
    label: Mapped[str] = mapped_column(String(200))
    # the last change it contains
    change_no: Mapped[int]
    # the hash of that change
    change_hash: Mapped[str] = mapped_column(String(64))
    # Merkle root over the manifest
    checksum: Mapped[str] = mapped_column(String(64))
    # footnote and link definitions the texts were rendered with
    definitions: Mapped[str] = mapped_column(Text, default="")
    # when it was published
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who published it; empty for the system
    published_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class VersionSection(Base):
    """One line of a version's frozen manifest."""

    __tablename__ = "version_section"
    __table_args__ = (
        Index("ix_version_section_text_id", "text_id"),
        Index("ix_version_section_section_id", "section_id"),
    )

    # of which version
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    # place in reading order, from 0
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    # the section that stands there
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    # with which text
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"))
    # depth in the tree of the outline, from 1; 0 for the preamble
    depth: Mapped[int]
    # the number as printed: "2.3", "Art. 5" or empty
    label: Mapped[str] = mapped_column(String(60))
    # the leaf hash of this line
    hash: Mapped[str] = mapped_column(String(64))
