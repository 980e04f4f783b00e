"""Selects and updates about links sent by mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from consult.storage.database import db
from consult.storage.models.accounts import AccountLink


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link that was asked for; `address` is set where the letter does not go to the account's own address."""

    id: int
    person_id: int | None
    purpose: str
    address: str
    made_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    ended_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether the link may be used; one whose letter has not left yet has no secret anybody could know."""
        has_ended = self.used_at is not None or self.ended_at is not None
        return not has_ended and self.expires_at is not None and now < self.expires_at


def find_link(link_id: int) -> LinkRow | None:
    return _link(AccountLink.id == link_id)


def find_link_by_hash(token_hash: str) -> LinkRow | None:
    return _link(AccountLink.token_hash == token_hash)


def _link(condition: ColumnElement[bool]) -> LinkRow | None:
    row = db.session.execute(
        select(
            AccountLink.id,
            AccountLink.person_id,
            AccountLink.purpose,
            AccountLink.address,
            AccountLink.made_at,
            AccountLink.expires_at,
            AccountLink.used_at,
            AccountLink.ended_at,
        ).where(condition)
    ).one_or_none()
    return LinkRow(*row) if row else None


def find_waiting_address(person_id: int, now: datetime) -> str:
    """The new address the person has asked for and not confirmed yet; empty when there is none."""
    return (
        db.session.scalar(
            select(AccountLink.address)
            .where(
                AccountLink.person_id == person_id,
                AccountLink.purpose == "change_email",
                AccountLink.used_at.is_(None),
                AccountLink.ended_at.is_(None),
                or_(AccountLink.expires_at.is_(None), AccountLink.expires_at > now),
            )
            .order_by(AccountLink.id.desc())
            .limit(1)
        )
        or ""
    )


def count_asked(asked_for: str, since: datetime) -> int:
    """How many letters with links were asked for to one address, known by its hash, since a moment."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(AccountLink)
            .where(AccountLink.asked_for == asked_for, AccountLink.made_at > since)
        )
        or 0
    )


def set_token(link_id: int, token_hash: str, expires_at: datetime) -> None:
    """Give a link its secret; one sent before no longer works."""
    _change(AccountLink.id == link_id, token_hash=token_hash, expires_at=expires_at)


def mark_used(link_id: int, at: datetime) -> bool:
    """Use a link up; False when somebody else was quicker."""
    condition = and_(AccountLink.id == link_id, AccountLink.used_at.is_(None), AccountLink.ended_at.is_(None))
    return _change(condition, used_at=at, address="") == 1


def empty_addresses_before(moment: datetime, purpose: str) -> None:
    """Forget where letters asked for before a moment went to; by then they have left or were given up."""
    _change(and_(AccountLink.made_at < moment, AccountLink.purpose == purpose), address="")


def empty_address(link_id: int, purpose: str) -> None:
    """Forget where a letter went to that has left."""
    _change(and_(AccountLink.id == link_id, AccountLink.purpose == purpose), address="")


def end_links(
    person_id: int, at: datetime, *, purposes: Collection[str] = (), but: int | None = None
) -> None:
    """Make the open links of a person void: of these purposes, or all of them, but one. Letters without a link,
    which tell of something that happened, still leave."""
    condition = and_(
        AccountLink.person_id == person_id,
        AccountLink.purpose != "none",
        AccountLink.used_at.is_(None),
        AccountLink.ended_at.is_(None),
    )
    if purposes:
        condition = and_(condition, AccountLink.purpose.in_(purposes))
    if but is not None:
        condition = and_(condition, AccountLink.id != but)
    _change(condition, ended_at=at, address="")


def delete_links_before(moment: datetime) -> int:
    """Remove links asked for before a moment; how many."""
    found = db.session.execute(
        delete(AccountLink).where(AccountLink.made_at < moment).execution_options(synchronize_session=False)
    )
    return int(found.rowcount)  # type: ignore[attr-defined]


def _change(condition: ColumnElement[bool], **values: object) -> int:
    found = db.session.execute(
        update(AccountLink).where(condition).values(**values).execution_options(synchronize_session=False)
    )
    return int(found.rowcount)  # type: ignore[attr-defined]
