"""The host's answers to comments: the one that holds now, and every one there was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Disposition(Base):
    """Which revision of the answer to a comment holds now."""

    __tablename__ = "disposition"

    # to which comment
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    # the revision that holds
    revision_no: Mapped[int]
    # its outcome code, repeated here for counting
    outcome: Mapped[str] = mapped_column(String(20), index=True)
    # draft, review, approved, published
    state: Mapped[str] = mapped_column(String(12))
    # the change that carried the wording taken, if any
    change_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"))
    # when it was published; empty before
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DispositionRevision(Base):
    """One answer as it was given; never altered."""

    __tablename__ = "disposition_revision"

    # to which comment
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    # 1, 2, 3 …
    no: Mapped[int] = mapped_column(primary_key=True)
    # an outcome code of the glossary
    outcome: Mapped[str] = mapped_column(String(20))
    # the reasons, erasable
    justification_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # who decided; empty for the system
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
