"""What was done to comments so that their words are shown or not, with reasons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class ModerationAct(Base):
    """One act of moderation; never altered, and in the document's chain of acts."""

    __tablename__ = "moderation_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    # in which consultation
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    # to which comment; empty where it is about all that come from now on
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    # published, hidden, restored, appealed, upheld; before or after for the rule of the consultation
    act: Mapped[str] = mapped_column(String(10))
    # insults, personal_data, unlawful, advertising, other; empty unless something is hidden
    reason: Mapped[str] = mapped_column(String(20), default="")
    # what was said about it, erasable
    words_seal_id: Mapped[int] = mapped_column(ForeignKey("seal.id"))
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # who; empty for the system and for guests
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class CommentStanding(Base):
    """A comment whose words are not for everybody; no row for any other. Repeats the last act and what was handed in."""

    __tablename__ = "comment_standing"

    # which comment
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    # waiting, hidden
    state: Mapped[str] = mapped_column(String(10))
    # the act that hid it; empty while it waits
    act_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_act.id"))
