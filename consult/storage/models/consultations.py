"""Consultations on versions, and the registers comments are numbered in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Consultation(Base):
    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    # on which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    # on which of its versions
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    # the organisation that runs it; office permissions compare it
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    # what people call it
    title: Mapped[str] = mapped_column(String(400))
    # what it is about, in a plain sentence or two
    summary: Mapped[str] = mapped_column(Text, default="")
    # legal basis code: strategy, programme, revitalisation, environment, resolution
    legal_basis: Mapped[str] = mapped_column(String(30))
    # first moment comments are taken
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # first moment they no longer are
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # when it was announced here
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when the answers were published; empty before
    answers_published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Register(Base):
    """Gives out numbers inside the transaction that submits."""

    __tablename__ = "register"
    __table_args__ = (
        Index(
            "uq_register_document",
            "document_id",
            unique=True,
            sqlite_where=text("consultation_id IS NULL"),
            postgresql_where=text("consultation_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # comments on which document
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    # in which consultation; empty for comments made outside of any
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"), unique=True)
    # last comment number given out
    last_number: Mapped[int] = mapped_column(default=0)
    # last receipt number given out
    last_receipt: Mapped[int] = mapped_column(default=0)
    # hash of the last receipt; empty before the first
    head_hash: Mapped[str] = mapped_column(String(64), default="")
