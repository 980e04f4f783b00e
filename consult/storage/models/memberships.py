"""What people are in which organisation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Membership(Base):
    """Only those who were taken in; who merely asked stands in `membership_request`."""

    __tablename__ = "membership"

    # who
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    # in which organisation
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    # as what: official, editor, representative, member
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    # whether the person may speak in the organisation's name; representatives may without it
    may_speak: Mapped[bool] = mapped_column(default=False, server_default=false())
    # since when; empty for those entered before it was kept
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
