"""Who looked at the contact data of senders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class ContactView(Base):
    """That a page or file with contact data, an original or a letter was shown to somebody; one row for a page,
    however many people stand on it."""

    __tablename__ = "contact_view"
    __table_args__ = (
        Index("ix_contact_view_host_id_at", "host_id", "at"),
        Index("ix_contact_view_register_id_at", "register_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # when
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # to whom
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # an official of which host
    host_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    # data of senders in which register
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    # register, submission, receipt, file, answer, table, signatures, joint_letter, original
    place: Mapped[str] = mapped_column(String(20))
    # whose: receipt numbers between commas (",3,5,")
    receipts: Mapped[str] = mapped_column(Text)
