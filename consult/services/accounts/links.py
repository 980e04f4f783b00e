"""Links sent by mail: asked for inside an act, given their secret when the letter leaves, used once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from consult.domain.text.mail_addresses import canonical_address
from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.posting import post
from consult.storage.models import AccountLink
from consult.storage.queries.accounts import links as queries
from consult.storage.queries.accounts.links import LinkRow
from consult.storage.unit_of_work import Work, unit_of_work

CONFIRM = "confirm"
RESET = "reset"
CHANGE_ADDRESS = "change_email"
NO_LINK = "none"
"""The letter carries no link, and is only counted like those that do."""

LONGEST_SECRET = 100

LIFETIMES = {
    CONFIRM: timedelta(days=3),
    RESET: timedelta(hours=3),
    CHANGE_ADDRESS: timedelta(days=1),
}
"""How long a link works from the moment its letter leaves."""

MOST_IN_AN_HOUR = 3
MOST_IN_A_DAY = 8
"""Letters with links one address gets, whoever asks for them."""


def ask_link(
    work: Work,
    letter: str,
    purpose: str,
    *,
    person_id: int | None,
    goes_to: str,
    is_own_address: bool = True,
    language: str = "",
    at: datetime,
) -> None:
    """Ask for a letter to the address `goes_to`, with a link for one purpose where it has one.

    An address that was written to often enough gets no other letter; nobody is told, since who asks need not be
    whose address it is. Links for the same purpose that were asked for before go on working until one is used.
    """
    asked_for = _address_hash(goes_to)
    if (
        queries.count_asked(asked_for, at - timedelta(hours=1)) >= MOST_IN_AN_HOUR
        or queries.count_asked(asked_for, at - timedelta(days=1)) >= MOST_IN_A_DAY
    ):
        return
    enter_link(
        work,
        letter,
        purpose,
        person_id=person_id,
        goes_to=goes_to,
        is_own_address=is_own_address,
        ref={"language": language} if language else {},
        at=at,
    )


def enter_link(
    work: Work,
    letter: str,
    purpose: str,
    *,
    person_id: int | None,
    goes_to: str,
    is_own_address: bool,
    ref: Mapping[str, object],
    at: datetime,
) -> None:
    """The same without a limit, for letters that are owed."""
    link = AccountLink(
        person_id=person_id,
        purpose=purpose,
        token_hash=None,
        address="" if is_own_address else goes_to,
        asked_for=_address_hash(goes_to),
        made_at=at,
        expires_at=None,
        used_at=None,
        ended_at=None,
    )
    work.add(link)
    work.flush()
    post(work, letter, person_id=person_id, ref={**ref, "link_id": link.id}, at=at)


def draw_link_secret(link: LinkRow, now: datetime) -> tuple[str, datetime]:
    """The secret of a link whose letter leaves now, and the first moment it no longer works. Only its hash is kept."""
    secret = draw_secret()
    expires_at = now + LIFETIMES[link.purpose]
    with unit_of_work():
        queries.set_token(link.id, hashed(secret), expires_at)
    return secret, expires_at


def find_open_link(secret: str, purposes: Collection[str], now: datetime) -> LinkRow | None:
    """The link with this secret, if it is for one of these purposes and may still be used."""
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    link = queries.find_link_by_hash(hashed(secret))
    return link if link is not None and link.purpose in purposes and link.is_open(now) else None


def _address_hash(address: str) -> str:
    return hashed(canonical_address(address))
