"""Signing in with an account elsewhere: whose it is here, linked or made with the person's consent.

An identity signs in the person it is linked to, whatever its address says later. It is linked to an account that is
there only by somebody who knows that account's password: a broker that lets people claim any address must not open
other people's accounts. An address the broker has not verified links and makes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import AccountConfirmed, AccountRegistered
from consult.domain.history.events.sign_in import IdentityLinked, IdentityUnlinked
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.mail_addresses import canonical_address, is_mail_address
from consult.ports.identity import Identity
from consult.services.accounts.checking import LANGUAGES, checked_name
from consult.services.accounts.passwords import LONGEST_PASSWORD, prepared
from consult.services.authority import require
from consult.services.drawn_secrets import draw_stamp
from consult.storage.models import Person, PersonIdentity
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import identities as queries
from consult.storage.queries.accounts import PersonRow, links
from consult.storage.unit_of_work import Work, current_ports, unit_of_work

LONGEST_ISSUER = 300

Standing = Literal["known", "to_link", "new"]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an identity is here: of the `person` it is linked to, of one whose password is asked for once, or new.

    `address` is the verified address, in its canonical form.
    """

    standing: Standing
    address: str
    person: PersonRow | None = None


def recognise(identity: Identity, *, may_register: bool) -> Recognised:
    """Whose identity it is. Raises RuleBroken when it can be nobody's: its account is closed, its address is missing
    or not verified, or it is new and accounts cannot be made here."""
    known = queries.find_identity(identity.issuer[:LONGEST_ISSUER], identity.subject)
    if known is not None:
        person = account_queries.find_person(known.person_id)
        if person is None:
            raise RuleBroken("identity_closed")
        return Recognised("known", person.email, person)
    address = canonical_address(identity.email)
    if not is_mail_address(address):
        raise RuleBroken("identity_without_address")
    if not identity.is_email_verified:
        raise RuleBroken("identity_unverified")
    person = account_queries.find_person_by_email(address)
    if person is not None and person.is_confirmed:
        return Recognised("to_link", address, person)
    if not may_register:
        raise RuleBroken("registration_closed")
    return Recognised("new", address)


def note_identity_used(identity: Identity, *, now: datetime) -> None:
    """Keep when an identity last signed its person in."""
    with unit_of_work():
        known = queries.find_identity(identity.issuer, identity.subject)
        row = queries.find_identity_to_change(known.id) if known else None
        if row is not None:
            row.used_at = max(row.used_at, now)


def link_identity(identity: Identity, password: str, *, now: datetime) -> PersonRow:
    """Link an identity to the account with its address, by that account's password.

    Raises InvalidInput for a wrong password, RuleBroken when the account has none or there is nothing to link.
    """
    found = recognise(identity, may_register=False)
    if found.standing != "to_link" or found.person is None:
        raise RuleBroken("nothing_to_link")
    person = found.person
    if not person.password_hash:
        raise RuleBroken("no_password_to_link")
    if not current_ports().passwords.verify(person.password_hash, prepared(password)[:LONGEST_PASSWORD]):
        raise InvalidInput("password_wrong", field="password")
    with unit_of_work() as work:
        _link(work, person.id, identity, now)
    return person


def register_with_identity(identity: Identity, *, name: str, language: str, now: datetime) -> PersonRow:
    """Make a confirmed account without a password for a new identity.

    Where somebody asked for an account with this address and never confirmed it, the account becomes the verified
    owner's: whatever password the other one chose is gone. Raises RuleBroken when the identity is not new, or
    its address is that of an account that was closed.
    """
    name = checked_name(name)
    with unit_of_work() as work:
        found = recognise(identity, may_register=True)
        if found.standing != "new":
            raise RuleBroken("nothing_to_link")
        person_id = _own_account(work, found.address, name, language, now)
        _link(work, person_id, identity, now)
    person = account_queries.find_person(person_id)
    if person is None:
        raise NotFound("person")
    return person


def unlink_identity(actor: Actor, identity_id: int, *, now: datetime) -> None:
    """Sign in without this identity from now on. Raises RuleBroken when there would be no way in left."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    person_id = actor.id or 0
    with unit_of_work() as work:
        row = queries.find_identity_to_change(identity_id)
        person = account_queries.find_person(person_id)
        if row is None or person is None or row.person_id != person_id:
            raise NotFound("identity")
        if not person.password_hash and len(queries.list_identities(person_id)) == 1:
            raise RuleBroken("last_way_in")
        queries.drop_identities(person_id, identity_id)
        work.record(IdentityUnlinked(str(identity_id), str(person_id)), at=now, actor_ref=person_id)


def _link(work: Work, person_id: int, identity: Identity, now: datetime) -> None:
    row = PersonIdentity(
        person_id=person_id,
        issuer=identity.issuer[:LONGEST_ISSUER],
        subject=identity.subject,
        linked_at=now,
        used_at=now,
    )
    work.add(row)
    work.flush()
    work.record(IdentityLinked(str(row.id), str(person_id)), at=now, actor_ref=person_id)


def _own_account(work: Work, address: str, name: str, language: str, now: datetime) -> int:
    language = language if language in LANGUAGES else LANGUAGES[0]
    stamp = draw_stamp()
    unconfirmed = account_queries.find_person_by_email(address)
    if unconfirmed is not None:
        person_id = unconfirmed.id
        account_queries.change_person(
            person_id, name=name, password_hash="", session_stamp=stamp, language=language, confirmed_at=now
        )
        links.end_links(person_id, now)
    else:
        made = account_queries.add_person(
            Person(
                email=address,
                name=name,
                password_hash="",
                session_stamp=stamp,
                is_administrator=False,
                language=language,
                created_at=now,
                disabled_at=None,
                confirmed_at=now,
                password_changed_at=None,
                erased_at=None,
            )
        )
        if made is None:  # the address is of an account that was closed
            raise RuleBroken("identity_closed")
        person_id = made
        work.record(AccountRegistered(str(person_id)), at=now, actor_ref=person_id)
    work.record(AccountConfirmed(str(person_id)), at=now, actor_ref=person_id)
    return person_id
