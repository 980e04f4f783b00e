"""Letters that have to leave, and what became of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime

PENDING = "sent_at IS NULL AND dropped_at IS NULL"


class OutgoingLetter(Base):
    """A letter to somebody. Neither the address nor the words are kept: both are read when it leaves."""

    __tablename__ = "outgoing_letter"
    __table_args__ = (
        Index(
            "ix_outgoing_letter_pending",
            "next_at",
            sqlite_where=text(PENDING),
            postgresql_where=text(PENDING),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # which letter: the name of its folder in templates/mail
    letter: Mapped[str] = mapped_column(String(80))
    # the account it goes to; empty when it goes to the sender of a submission, or to an address the gatherer finds
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # the submission whose sender it goes to
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    # JSON of the ids concerned; never personal data, never a secret
    ref: Mapped[str] = mapped_column(Text)
    # when it was asked for
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # before when it must not leave
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # how often it was tried
    attempts: Mapped[int] = mapped_column(default=0)
    # when it is tried next
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when a server took it
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when it was given up
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # code of why it did not leave; empty when nothing went wrong
    last_error: Mapped[str] = mapped_column(String(60), default="")


class UpkeepRun(Base):
    """When the worker last did one of its recurring works; the row called "worker" is its sign of life."""

    __tablename__ = "upkeep_run"

    # which work
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    # when it last began
    ran_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # how long it took, in milliseconds
    took_ms: Mapped[int] = mapped_column(default=0)
    # the class of the error it ended with; empty when it went well
    failure: Mapped[str] = mapped_column(String(60), default="")
