"""Where people are signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class PersonSession(Base):
    """A browser somebody is, or is about to be, signed in with; neither its address nor its full name is kept."""

    __tablename__ = "person_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    # whose
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # SHA-256 of the token the browser keeps, in hexadecimal
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    # when the person signed in
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when the browser was last heard of, give or take ten minutes
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it was ended, if it was; one that ran out is not marked
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # how the person proved who they are: password, broker
    means: Mapped[str] = mapped_column(String(20))
    # whether a second factor was shown as well, to us or to the broker
    is_strong: Mapped[bool] = mapped_column(default=False)
    # whether the code of the second factor is still awaited: nobody is signed in yet
    is_pending: Mapped[bool] = mapped_column(default=False)
    # the browser's name ("Firefox"), empty when not recognised
    browser: Mapped[str] = mapped_column(String(40), default="")
    # the system it runs on ("Windows"), empty when not recognised
    system: Mapped[str] = mapped_column(String(40), default="")
