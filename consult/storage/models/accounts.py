"""People with an account, and what they are in which organisation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime


class Person(Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    # the address used to sign in, lower case
    email: Mapped[str] = mapped_column(String(254), unique=True)
    # the name shown beside what the person does
    name: Mapped[str] = mapped_column(String(200))
    # Argon2id hash; empty when the person cannot sign in with a password
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    # changes with the password and ends every session signed with the old one
    session_stamp: Mapped[str] = mapped_column(String(32), default="")
    # whether the person administers the installation
    is_administrator: Mapped[bool] = mapped_column(default=False)
    # the language the person reads: pl or en
    language: Mapped[str] = mapped_column(String(5), default="pl")
    # when the account was made
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # when it was closed, if it was
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Membership(Base):
    __tablename__ = "membership"

    # who
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    # in which organisation
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True, index=True)
    # as what: official, editor, member
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
