"""Causes of past changes, said afterwards: a record of their own beside the chain, which stays as it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class ChangeAttribution(Base):
    """What somebody said afterwards a change came from; the last one of a change holds, none is ever altered."""

    __tablename__ = "change_attribution"
    __table_args__ = (UniqueConstraint("change_id", "no"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # of which change
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"))
    # 1, 2, 3 … within the change
    no: Mapped[int]
    # comment, meeting, editorial, reason
    cause_kind: Mapped[str] = mapped_column(String(20))
    # the id of the cause within its kind; empty for editorial and reason
    cause_ref: Mapped[int | None]
    # the reason in words, empty where the cause says it all; erasable
    reason_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when it was said
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who said it; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
