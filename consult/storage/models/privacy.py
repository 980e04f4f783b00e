"""Who looked at the contact data of senders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class ContactView(Base):
    """That a page or file with contact data, an original or a letter was shown to somebody; one row for a page,
    however many people stand on it."""

    __tablename__ = "contact_view"
    __table_args__ = (
        Index("ix_contact_view_host_id_at", "host_id", "at"),
        Index("ix_contact_view_register_id_at", "register_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # to whom
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # an official of which host
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    # data of senders in which register
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    # register, submission, receipt, file, answer, table, signatures, joint_letter, original
    place: Mapped[str] = mapped_column(String(20))
    # whose: receipt numbers between commas (",3,5,")
    receipts: Mapped[str] = mapped_column(Text)


class Redaction(Base):
    """That words were cut out of a comment and the letter it was made of; never altered."""

    __tablename__ = "redaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which comment
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    # personal, request, secret, good_name, unlawful
    reason: Mapped[str] = mapped_column(String(12))
    # whether nothing of the original was kept
    is_destroyed: Mapped[bool]
    # what the decision rests on, erasable
    note_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # by whom; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class RedactedPassage(Base):
    """Where the words stood that were cut out; the words themselves are not kept here."""

    __tablename__ = "redacted_passage"

    id: Mapped[int] = mapped_column(primary_key=True)
    # cut out by which act
    redaction_id: Mapped[int] = mapped_column(ForeignKey("redaction.id"), index=True)
    # in the words of which seal
    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"), index=True)
    # first code point in them
    start: Mapped[int]
    # code point after the last
    end: Mapped[int]


class RedactionEnd(Base):
    """That words cut out were put back."""

    __tablename__ = "redaction_end"

    # which act was undone
    redaction_id: Mapped[int] = mapped_column(ForeignKey("redaction.id"), primary_key=True)
    # why, erasable
    note_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # by whom; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class RedactedWords(Base):
    """What is read instead of a sealed value; derived from what was cut out of it, and gone when it is put back."""

    __tablename__ = "redacted_words"

    # instead of which value
    seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"), primary_key=True)
    # the words with marks in the place of what was cut out
    words: Mapped[str] = mapped_column(Text)
