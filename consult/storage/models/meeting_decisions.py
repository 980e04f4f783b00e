"""What was decided at meetings: a change of a draft can name a decision as its cause."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class MeetingDecision(Base):
    """A decision as it was noted. Append-only and in the document's chain of acts: what was noted wrongly is put right by a
    further decision that says so, for changes of the draft name this one."""

    __tablename__ = "meeting_decision"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # at which meeting
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    # 1, 2, 3 … within the meeting
    number: Mapped[int]
    # what was decided
    text: Mapped[str] = mapped_column(Text)
    # when it was noted
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who noted it; empty for the system
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
