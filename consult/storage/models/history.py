"""What happened and who still has to hear of it; and the erasable values the record only knows by digest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Seal(Base):
    """A value that may name a person. The record holds `digest` = sha256(salt ‖ value); erasing value and
    salt leaves every hash that was built on the digest true."""

    __tablename__ = "seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    # sha256(salt ‖ value), hexadecimal; what the record is hashed with
    digest: Mapped[str] = mapped_column(String(64), index=True)
    # 16 random bytes; empty once erased
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    # the words themselves; empty once erased
    value: Mapped[str | None] = mapped_column(Text)
    # when and on whose case the value was erased, if it was
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Event(Base):
    """One thing that happened; never altered."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_kind_id", "kind", "id"),
        Index("ix_event_kind_at", "kind", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # past-tense code from domain.history.events
    kind: Mapped[str] = mapped_column(String(60))
    # canonical JSON of the ids concerned; never personal data
    ref: Mapped[str] = mapped_column(Text)
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # the person who acted; empty for the system and for guests
    actor_ref: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Delivery(Base):
    """One consumer that has to hear of one event, and when it did."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "ix_delivery_pending",
            "consumer",
            "event_id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
    )

    # what happened
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    # who has to hear of it: search
    consumer: Mapped[str] = mapped_column(String(20), primary_key=True)
    # when it did; empty while it is pending
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
