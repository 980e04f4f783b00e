"""Organisations: NGOs, offices, councils; a host is one that runs consultations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Organisation(Base):
    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    # the name in addresses, lower case, unique in the installation
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    # the full name as it is printed
    name: Mapped[str] = mapped_column(String(300))
    # a capacity code: ngo, office, council, institution, business
    kind: Mapped[str] = mapped_column(String(20))
    # whether it may run consultations of its own
    is_host: Mapped[bool] = mapped_column(default=False)
    # when it was entered
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
