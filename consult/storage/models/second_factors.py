"""The second factor of signing in: one-time codes, and what to use when the phone is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class SecondFactor(Base):
    __tablename__ = "second_factor"

    # whose
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    # the key codes are computed from, encrypted
    secret: Mapped[str] = mapped_column(String(200))
    # when setting it up was begun
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when the first code was given; until then it is not asked for
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # number of the half minute whose code was accepted last: neither it nor an earlier one is accepted again
    last_step: Mapped[int] = mapped_column(default=0)
    # wrong codes one after another
    failures: Mapped[int] = mapped_column(default=0)
    # until when no code is looked at, after too many wrong ones
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    # whose
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # SHA-256 of the code, in hexadecimal
    code_hash: Mapped[str] = mapped_column(String(64))
    # when it was used, if it was
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
