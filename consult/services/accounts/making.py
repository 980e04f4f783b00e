"""Accounts entered by an administrator."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import Conflict, InvalidInput
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.mail_addresses import canonical_address
from consult.domain.text.normalise import admit
from consult.services.accounts.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD, prepared
from consult.services.authority import require
from consult.services.drawn_secrets import draw_stamp
from consult.storage.models import Membership, Person
from consult.storage.queries import accounts as queries
from consult.storage.unit_of_work import unit_of_work


def create_person(
    actor: Actor,
    *,
    email: str,
    name: str,
    password: str,
    is_administrator: bool = False,
    memberships: tuple[tuple[int, str], ...] = (),
    now: datetime,
) -> int:
    """Make an account; `memberships` are (organisation id, role). Returns the person's id."""
    require(actor, Permission.ADMINISTER, Target())
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidInput("password_length", field="password", shortest=SHORTEST_PASSWORD)
    address = canonical_address(admit(email, field="email"))
    with unit_of_work() as work:
        if queries.find_person_by_email(address):
            raise Conflict("email_taken", field="email")
        person = Person(
            email=address,
            name=admit(name, field="name").strip(),
            password_hash=work.ports.passwords.hash(prepared(password)),
            session_stamp=draw_stamp(),
            is_administrator=is_administrator,
            language="pl",
            created_at=now,
            disabled_at=None,
            confirmed_at=now,  # whoever enters an account knows whose address it is
            password_changed_at=None,
            erased_at=None,
        )
        work.add(person)
        work.flush()
        work.add(
            *(
                Membership(person_id=person.id, organisation_id=organisation_id, role=role)
                for organisation_id, role in memberships
            )
        )
        return person.id
