"""What people follow, and until when they have seen what changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Follow(Base):
    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "ref"),
        Index("ix_follow_kind_ref", "kind", "ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # who
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # document, consultation, host, group, field, area
    kind: Mapped[str] = mapped_column(String(20))
    # the id of what is followed; the code of a field; the name of an area
    ref: Mapped[str] = mapped_column(String(200))
    # since when
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VisitMark(Base):
    __tablename__ = "visit_mark"

    # whose
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    # what happened until then is no longer new to the person
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when the person last signed in
    signed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
