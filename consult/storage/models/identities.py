"""Accounts elsewhere that people sign in with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class PersonIdentity(Base):
    __tablename__ = "person_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # who it is here
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # the OpenID Connect issuer
    issuer: Mapped[str] = mapped_column(String(300))
    # the name, lasting and unique, the issuer has for the person
    subject: Mapped[str] = mapped_column(String(255))
    # when the two were linked
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it was last used to sign in
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
