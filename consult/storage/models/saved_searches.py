"""Searches people keep, what they were told of them, and the links that stop the letters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class SavedSearch(Base):
    """A search somebody keeps, to be asked again, or followed by mail."""

    __tablename__ = "saved_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    # whose
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # what the person calls it
    name: Mapped[str] = mapped_column(String(200))
    # path and query of the results page
    address: Mapped[str] = mapped_column(Text)
    # JSON of what is asked: the fields of a SearchQuery that are not as usual
    query: Mapped[str] = mapped_column(Text)
    # how often letters come: none, instant, daily, weekly
    pace: Mapped[str] = mapped_column(String(10), default="none", index=True)
    # when it was saved
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when somebody last looked for new places; empty before the first time
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # the last event there was then: before another one nothing can be new
    looked_event: Mapped[int] = mapped_column(default=0)


class SavedSearchFind(Base):
    """Something the person knows that the search finds: it was there from the beginning, or they were told."""

    __tablename__ = "saved_search_find"

    # found by which search
    search_id: Mapped[int] = mapped_column(
        ForeignKey("saved_search.id", ondelete="CASCADE"), primary_key=True
    )
    # what: kind and id; the part itself and not one of its texts
    ref: Mapped[str] = mapped_column(String(60), primary_key=True)


class SavedSearchLink(Base):
    """A link of a letter by which the letters are stopped without signing in."""

    __tablename__ = "saved_search_link"

    # sha256 of the secret in the link
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    # letters of which search
    search_id: Mapped[int] = mapped_column(ForeignKey("saved_search.id", ondelete="CASCADE"), index=True)
    # when the letter left
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
