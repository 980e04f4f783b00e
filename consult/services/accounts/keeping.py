"""What people do with their own account: a new password, another address, name and language."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.history.events import AccountChanged, PasswordChanged
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.accounts.checking import checked_address, checked_language, checked_name
from consult.services.accounts.links import CHANGE_ADDRESS, NO_LINK, RESET, ask_link, find_open_link
from consult.services.accounts.passwords import LONGEST_PASSWORD, check_password, prepared
from consult.services.accounts.registering import tell_of_none
from consult.services.accounts.sessions import end_sessions_of
from consult.services.authority import require
from consult.services.drawn_secrets import draw_stamp
from consult.services.posting import post
from consult.storage.queries import accounts as queries
from consult.storage.queries.accounts import PersonRow, links
from consult.storage.unit_of_work import Work, current_ports, unit_of_work


def ask_reset(email: str, *, language: str, now: datetime) -> None:
    """Send a link with which a new password can be set; where there is no account, the letter says just that."""
    address = checked_address(email)
    with unit_of_work() as work:
        person = queries.find_person_by_email(address)
        if person is None:
            tell_of_none(work, address, language, now)
        else:
            ask_link(work, "accounts/reset", RESET, person_id=person.id, goes_to=address, at=now)


def find_reset(secret: str, now: datetime) -> PersonRow | None:
    """Whose password a link sets; None when it is used up, too old or nobody's."""
    link = find_open_link(secret, (RESET,), now)
    return queries.find_person(link.person_id) if link and link.person_id else None


def reset_password(secret: str, password: str, *, now: datetime) -> PersonRow:
    """Set a new password with a link. It ends every session and every other link of the person, and proves the
    address. Raises NotFound when the link cannot be used (any more), InvalidInput for a password that is none."""
    person = find_reset(secret, now)
    if person is None:
        raise NotFound("link")
    check_password(password, email=person.email, name=person.name)
    password_hash = current_ports().passwords.hash(prepared(password))
    with unit_of_work() as work:
        link = find_open_link(secret, (RESET,), now)
        if link is None or not links.mark_used(link.id, now):
            raise NotFound("link")
        if not person.is_confirmed:
            queries.change_person(person.id, confirmed_at=now)
        _set_password(work, person.id, password_hash, now)
    return _renewed(person.id)


def change_password(actor: Actor, *, current: str, new: str, keep: int | None = None, now: datetime) -> None:
    """Set a new password, knowing the one there is. Ends every session but `keep`, the one at hand.

    Raises InvalidInput for a wrong current password, or a new one that is none.
    """
    person = _own(actor)
    _check_current(person, current, field="current")
    check_password(new, email=person.email, name=person.name, field="new")
    password_hash = current_ports().passwords.hash(prepared(new))
    with unit_of_work() as work:
        _set_password(work, person.id, password_hash, now, keep=keep)


def ask_new_address(actor: Actor, *, email: str, current: str, now: datetime) -> str:
    """Ask for another address: the new one gets a link to confirm it, the old one is told. Returns the new one.

    Whether the new address has an account already is not said here: the letter to it says so, and has no link then.
    """
    person = _own(actor)
    address = checked_address(email)
    _check_current(person, current, field="current")
    if address == person.email:
        raise InvalidInput("address_same", field="email")
    with unit_of_work() as work:
        links.end_links(person.id, now, purposes=(CHANGE_ADDRESS,))
        ask_link(
            work,
            "accounts/confirm_address",
            CHANGE_ADDRESS,
            person_id=person.id,
            goes_to=address,
            is_own_address=False,
            at=now,
        )
        ask_link(
            work,
            "accounts/address_changing",
            NO_LINK,
            person_id=person.id,
            goes_to=person.email,
            is_own_address=False,
            at=now,
        )
    return address


def drop_new_address(actor: Actor, *, now: datetime) -> None:
    """Keep the address there is: the link sent to the new one no longer works."""
    person = _own(actor)
    with unit_of_work():
        links.end_links(person.id, now, purposes=(CHANGE_ADDRESS,))


def change_account(
    actor: Actor, *, name: str, is_name_public: bool, language: str, now: datetime
) -> PersonRow:
    """Change the name, whether everybody sees it beside the person's comments, and the language."""
    person = _own(actor)
    name, language = checked_name(name), checked_language(language)
    with unit_of_work() as work:
        queries.change_person(
            person.id,
            name=name,
            is_name_public=is_name_public,
            language=language,
            is_language_chosen=True,
        )
        work.record(AccountChanged(str(person.id)), at=now, actor_ref=person.id)
    return _renewed(person.id)


def _own(actor: Actor) -> PersonRow:
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    return _renewed(actor.id or 0)


def _renewed(person_id: int) -> PersonRow:
    person = queries.find_person(person_id)
    if person is None:
        raise NotFound("person")
    return person


def _check_current(person: PersonRow, current: str, *, field: str) -> None:
    if not current_ports().passwords.verify(person.password_hash, prepared(current)[:LONGEST_PASSWORD]):
        raise InvalidInput("current_password", field=field)


def _set_password(
    work: Work, person_id: int, password_hash: str, now: datetime, *, keep: int | None = None
) -> None:
    queries.change_person(
        person_id,
        password_hash=password_hash,
        session_stamp=draw_stamp(),
        password_changed_at=now,
    )
    links.end_links(person_id, now)
    end_sessions_of(person_id, keep=keep, now=now)
    work.record(PasswordChanged(str(person_id)), at=now, actor_ref=person_id)
    post(work, "accounts/password_changed", person_id=person_id, at=now)
