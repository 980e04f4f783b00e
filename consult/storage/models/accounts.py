"""People with an account."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.storage.database import Base, UtcDateTime
from consult.storage.models.memberships import Membership

__all__ = ["Membership", "Person"]


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
    # when the person proved that the address is theirs; empty while the account cannot be used
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when the password was last set by the person
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when the person's data was erased at their request, if it was
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # whether everybody may see the name beside the person's comments
    is_name_public: Mapped[bool] = mapped_column(default=False, server_default=false())
    # whether the person chose the language in the account, so that it wins over the browser's
    is_language_chosen: Mapped[bool] = mapped_column(default=False, server_default=false())


class AccountLink(Base):
    """A letter asked for with a link that lets its holder do one thing once.

    The row is made when the letter is asked for; the secret is drawn when the letter is sent, and only its hash is
    kept. A row without a person stands for an address nobody has an account with: it never gets a secret.
    """

    __tablename__ = "account_link"
    __table_args__ = (Index("ix_account_link_asked_for_made_at", "asked_for", "made_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # whose account it is about; empty when there is none
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # confirm, reset, change_email; none for a letter without a link
    purpose: Mapped[str] = mapped_column(String(20))
    # sha256 of the secret; empty until the letter is sent
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    # where the letter goes when that is not the account's address; emptied once it is not needed any more
    address: Mapped[str] = mapped_column(String(254), default="")
    # sha256 of the address the letter goes to, so that nobody gets more than a few of them
    asked_for: Mapped[str] = mapped_column(String(64))
    # when it was asked for
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # first moment it no longer works; empty until the letter is sent
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when it was used
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # when another act made it void
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DataRequest(Base):
    """What a person asks to be done with their personal data (Regulation (EU) 2016/679, art. 16 and 17)."""

    __tablename__ = "data_request"
    __table_args__ = (
        Index(
            "uq_data_request_open",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # who asks
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # erase, correct
    kind: Mapped[str] = mapped_column(String(20))
    # what the person wrote with it; emptied when the person is erased
    words: Mapped[str] = mapped_column(Text, default="")
    # when it was made
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # the last day for an answer: one month (art. 12 (3))
    due_on: Mapped[date]
    # open, carried_out, refused, withdrawn, lapsed
    state: Mapped[str] = mapped_column(String(20))
    # the reasons of the decision, as the person is told them
    reason: Mapped[str] = mapped_column(Text, default="")
    # when it was decided or withdrawn
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # who decided
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
