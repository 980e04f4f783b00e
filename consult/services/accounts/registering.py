"""Making oneself an account: asked for by anybody, usable once the address is confirmed.

Nobody learns here whether an address has an account: the same work is done, the same page shown and one letter posted
either way; what differs is read in the mailbox only. Somebody may ask for an account with an address that is not
theirs and wait for its owner to confirm it; so the one who confirms has to be who chose the password last, known by
the browser the account was asked for in, or by the password itself.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.history.events import (
    AccountConfirmed,
    AccountForgotten,
    AccountRegistered,
    AddressChanged,
)
from consult.services.accounts.checking import LANGUAGES, checked_address, checked_name
from consult.services.accounts.links import CHANGE_ADDRESS, CONFIRM, NO_LINK, RESET, ask_link, find_open_link
from consult.services.accounts.passwords import LONGEST_PASSWORD, check_password, prepared
from consult.services.drawn_secrets import draw_stamp
from consult.storage.models import Person
from consult.storage.queries import accounts as queries
from consult.storage.queries.accounts import PersonRow, links
from consult.storage.queries.accounts.links import LinkRow
from consult.storage.unit_of_work import Work, current_ports, unit_of_work

UNCONFIRMED_FOR = timedelta(days=7)
"""How long an account nobody confirms is kept."""

LINKS_KEPT_FOR = timedelta(days=30)
"""How long we keep that a letter with a link was asked for."""

ADDRESSES_KEPT_FOR = timedelta(days=5)
"""How long an address nobody has an account with is kept for a letter to it: longer than letters are tried."""


def register(*, name: str, email: str, password: str, language: str, now: datetime) -> str:
    """Ask for an account; the letter to the address says how it goes on.

    Returns a mark for the browser to keep: with it one confirms by a single button. Raises InvalidInput for what
    cannot be taken, never because of the account there is.
    """
    name, address = checked_name(name), checked_address(email)
    check_password(password, email=address, name=name)
    language = language if language in LANGUAGES else LANGUAGES[0]
    password_hash = current_ports().passwords.hash(prepared(password))
    stamp = draw_stamp()
    with unit_of_work() as work:
        person = queries.find_person_by_email(address)
        if person is None:
            person_id = queries.add_person(
                Person(
                    email=address,
                    name=name,
                    password_hash=password_hash,
                    session_stamp=stamp,
                    is_administrator=False,
                    language=language,
                    created_at=now,
                    disabled_at=None,
                    confirmed_at=None,
                    password_changed_at=None,
                    erased_at=None,
                )
            )
            if person_id is not None:
                _ask_to_confirm(work, person_id, address, now)
                work.record(AccountRegistered(str(person_id)), at=now, actor_ref=None)
                return stamp
            person = queries.find_person_by_email(address)  # somebody was quicker by a moment
        if person is not None and not person.is_confirmed:
            queries.change_person(
                person.id,
                name=name,
                password_hash=password_hash,
                session_stamp=stamp,
                language=language,
                created_at=now,
            )
            _ask_to_confirm(work, person.id, address, now)
        elif person is not None:
            _tell_of_account(work, person, now)
        else:
            tell_of_none(work, address, language, now)
    return stamp


def ask_to_confirm_again(email: str, *, language: str, now: datetime) -> None:
    """Send the letter again; whatever there is or is not with this address, one letter goes there."""
    address = checked_address(email)
    with unit_of_work() as work:
        person = queries.find_person_by_email(address)
        if person is None:
            tell_of_none(work, address, language, now)
        elif person.is_confirmed:
            _tell_of_account(work, person, now)
        else:
            _ask_to_confirm(work, person.id, address, now)


def find_confirmation(secret: str, now: datetime) -> tuple[LinkRow, PersonRow] | None:
    """What a link confirms and whose account it is about; None when the link is used up, too old or nobody's."""
    link = find_open_link(secret, (CONFIRM, CHANGE_ADDRESS), now)
    person = queries.find_person(link.person_id) if link and link.person_id else None
    if link is None or person is None or (link.purpose == CONFIRM and person.is_confirmed):
        return None
    return link, person


def is_confirmed_by_button(person: PersonRow, link: LinkRow, mark: str) -> bool:
    """Whether the link alone is enough: in the browser the account was asked for in, and for a new address."""
    return link.purpose == CHANGE_ADDRESS or hmac.compare_digest(mark.encode(), person.session_stamp.encode())


def confirm(secret: str, *, mark: str = "", password: str = "", now: datetime) -> PersonRow:
    """Use a link of confirmation; the account it makes usable, or whose address it changes.

    Raises NotFound when the link cannot be used (any more), InvalidInput when the password is asked for and wrong
    or when the new address has been taken meanwhile.
    """
    found = find_confirmation(secret, now)
    if found is None:
        raise NotFound("link")
    link, person = found
    if not is_confirmed_by_button(person, link, mark) and not current_ports().passwords.verify(
        person.password_hash, prepared(password)[:LONGEST_PASSWORD]
    ):
        raise InvalidInput("confirming_password", field="password")
    with unit_of_work() as work:
        again = queries.find_person(person.id)
        if again is None or again.session_stamp != person.session_stamp or not links.mark_used(link.id, now):
            raise NotFound("link")
        if link.purpose == CHANGE_ADDRESS:
            if not queries.change_address(person.id, link.address):
                raise InvalidInput("email_taken", field="email")
            links.end_links(person.id, now)
            work.record(AddressChanged(str(person.id)), at=now, actor_ref=person.id)
        else:
            queries.change_person(person.id, confirmed_at=now)
            links.end_links(person.id, now, purposes=(CONFIRM,))
            work.record(AccountConfirmed(str(person.id)), at=now, actor_ref=person.id)
    confirmed = queries.find_person(person.id)
    if confirmed is None:
        raise NotFound("link")
    return confirmed


def forget_unconfirmed(now: datetime) -> int:
    """Remove accounts nobody confirmed in time, and what we know of old letters with links; how many accounts."""
    forgotten = 0
    for person_id in queries.list_unconfirmed(now - UNCONFIRMED_FOR):
        with unit_of_work() as work:
            if queries.delete_unconfirmed(person_id):
                work.record(AccountForgotten(str(person_id)), at=now, actor_ref=None)
                forgotten += 1
    with unit_of_work():
        links.empty_addresses_before(now - ADDRESSES_KEPT_FOR, NO_LINK)
        links.delete_links_before(now - LINKS_KEPT_FOR)
    return forgotten


def tell_of_none(work: Work, address: str, language: str, now: datetime) -> None:
    """Write to an address nobody has an account with, or whose account was closed."""
    letter = "accounts/closed" if queries.is_closed(address) else "accounts/no_account"
    ask_link(
        work,
        letter,
        NO_LINK,
        person_id=None,
        goes_to=address,
        is_own_address=False,
        language=language,
        at=now,
    )


def _ask_to_confirm(work: Work, person_id: int, address: str, now: datetime) -> None:
    ask_link(work, "accounts/confirm", CONFIRM, person_id=person_id, goes_to=address, at=now)


def _tell_of_account(work: Work, person: PersonRow, now: datetime) -> None:
    ask_link(work, "accounts/known_address", RESET, person_id=person.id, goes_to=person.email, at=now)
