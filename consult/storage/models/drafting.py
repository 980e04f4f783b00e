"""Sections, every text they ever had, which text stood where during which changes, and the changes.

`occupancy.rank` orders the sections of the whole document, so that a document at any change is one
indexed query in reading order; `parent_id` follows from order and heading levels and is kept for
outlines. Both are derived from the changes and can be rebuilt.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, Bytewise, UtcDateTime


class Section(Base):
    """A node of the outline; its identity survives every edit, move and renumbering."""

    __tablename__ = "section"

    # 32 hexadecimal digits of a random UUID
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)


class Change(Base):
    """One recorded edit of a working draft; append-only, chained by hashes."""

    __tablename__ = "change"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        UniqueConstraint("document_id", "prev_hash"),
        Index("ix_change_cause", "cause_kind", "cause_ref"),
        Index("ix_change_document_id_actor_ref_number", "document_id", "actor_ref", "number"),
        Index("ix_change_document_id_kind_number", "document_id", "kind", "number"),
        Index("ix_change_document_id_cause_kind_number", "document_id", "cause_kind", "number"),
        Index("ix_change_document_id_at_number", "document_id", "at", "number"),
        Index("ix_change_actor_ref_id", "actor_ref", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # 1, 2, 3 … within the document
    number: Mapped[int]
    # create, import, save, add, move, promote, demote, split, join, annex, remove, return, revise, take, restore, undo
    kind: Mapped[str] = mapped_column(String(20))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # the account that acted; empty for the system
    actor_ref: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # the author's name as it was then, erasable
    actor_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # the note the author left, erasable
    note_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # what caused it: comment, amendment, proposal, meeting, merge, import, or empty
    cause_kind: Mapped[str] = mapped_column(String(20), default="")
    # the id of the cause within its kind; empty when there is none
    cause_ref: Mapped[int | None]
    # number of the earlier change this one takes back (undo) or whose state it brings back (restore); else empty
    of_no: Mapped[int | None]
    # canonical JSON of what is hashed: operations, digests, cause, moment
    body: Mapped[str] = mapped_column(Text)
    # hash of the change before; empty for the first
    prev_hash: Mapped[str] = mapped_column(String(64))
    # hash of this change
    hash: Mapped[str] = mapped_column(String(64))


class SectionText(Base):
    """Heading, level and body as one change left them; immutable."""

    __tablename__ = "section_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    # whose text
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
    # the change that left it
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    # Markdown including the raw heading, normalised
    source: Mapped[str] = mapped_column(Text)
    # heading level as written, 1-6; 0 without a heading
    level: Mapped[int]
    # the heading as plain words
    heading: Mapped[str] = mapped_column(Text)
    # sanitised rendering, derived at save
    html: Mapped[str] = mapped_column(Text)
    # text of the rendering as a reader selects it, derived at save; anchors live here
    plain: Mapped[str] = mapped_column(Text)
    # footnote and link definitions found in the source
    definitions: Mapped[str] = mapped_column(Text, default="")
    # whether the source could only be shown as escaped text
    fell_back: Mapped[bool] = mapped_column(default=False)
    # sha256 of the source
    digest: Mapped[str] = mapped_column(String(64))


class Occupancy(Base):
    """Which text of which section stood where from one change until before another."""

    __tablename__ = "occupancy"
    __table_args__ = (
        Index(
            "uq_occupancy_open_section",
            "section_id",
            unique=True,
            sqlite_where=text("until_no IS NULL"),
            postgresql_where=text("until_no IS NULL"),
        ),
        Index(
            "ix_occupancy_open",
            "document_id",
            "rank",
            sqlite_where=text("until_no IS NULL"),
            postgresql_where=text("until_no IS NULL"),
        ),
        Index("ix_occupancy_span", "document_id", "until_no", "from_no"),
        Index("ix_occupancy_from", "document_id", "from_no"),
        Index("ix_occupancy_text_id", "text_id"),
        Index("ix_occupancy_section_id", "section_id", "from_no"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    # which section
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    # with which text
    text_id: Mapped[int] = mapped_column(ForeignKey("section_text.id"))
    # the section it stood under; empty at the top
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    # sorts the sections of the document in reading order, bytewise
    rank: Mapped[str] = mapped_column(Bytewise)
    # first change during which it held
    from_no: Mapped[int]
    # first change during which it no longer held; empty while it holds
    until_no: Mapped[int | None]


class Lineage(Base):
    """Where words of one section went when they became another's; append-only."""

    __tablename__ = "lineage"

    id: Mapped[int] = mapped_column(primary_key=True)
    # the change that did it
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    # split, join, restore, import
    kind: Mapped[str] = mapped_column(String(20))
    # the section the words left
    from_section: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
    # where they stood there, in its source before the change
    from_start: Mapped[int]
    # their end there
    from_end: Mapped[int]
    # the section they came to
    to_section: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
    # where they begin there, in its source after the change
    to_start: Mapped[int]
