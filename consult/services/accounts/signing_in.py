"""Signing in, and a person turned into the actor everything else asks about."""

from __future__ import annotations

from consult.domain.errors import InvalidInput
from consult.domain.policy.actors import SPEAKER, Actor
from consult.services.accounts.passwords import LONGEST_PASSWORD, prepared
from consult.storage.queries import accounts as queries
from consult.storage.queries.accounts import PersonRow
from consult.storage.unit_of_work import current_ports


def sign_in(email: str, password: str) -> PersonRow:
    """The person with this address and password.

    Raises InvalidInput without saying which of the two was wrong; only who knows the password hears that the address
    has not been confirmed yet.
    """
    person = queries.find_person_by_email(email[:254])
    hashed = person.password_hash if person else ""
    if not current_ports().passwords.verify(hashed, prepared(password)[:LONGEST_PASSWORD]) or person is None:
        raise InvalidInput("credentials", field="password")
    if not person.is_confirmed:
        raise InvalidInput("address_unconfirmed", field="email")
    return person


def actor_of(person: PersonRow) -> Actor:
    """A person as an actor."""
    return Actor(
        id=person.id,
        name=person.name,
        roles=frozenset({"administrator"}) if person.is_administrator else frozenset(),
        memberships=frozenset(
            (member.organisation_id, role)
            for member in person.memberships
            for role in ((member.role, SPEAKER) if member.may_speak else (member.role,))
        ),
        seats=frozenset(person.seats),
    )
