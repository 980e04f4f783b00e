"""What administrators do to accounts: each act with a reason, on record, and never so that nobody is left to administer.

The reasons are sealed: they may name people, and can be erased while the record of the act stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from consult.domain.errors import Conflict, InvalidInput, RuleBroken
from consult.domain.history.events import (
    AdministratorMade,
    AdministratorUnmade,
    Event,
    IndexRebuildAsked,
    MembershipBegun,
    PersonDisabled,
    PersonEnabled,
    PersonLookedAt,
    PersonSecondFactorTaken,
    PersonSignedOut,
)
from consult.domain.organisations.roles import may_speak, roles_of
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.typed import typed_words
from consult.services.accounts.second_factor import remove_second_factor
from consult.services.accounts.sessions import end_sessions_of
from consult.services.authority import require
from consult.services.drawn_secrets import draw_stamp
from consult.storage.models import Membership
from consult.storage.queries import administration as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

LONGEST_REASON = 1_000

LOOK_LASTS = timedelta(minutes=30)
"""How long personal data stay shown to an administrator once it is on record that they are looked at."""


def look_at_person(actor: Actor, person_id: int, *, now: datetime) -> None:
    """Put on record that an administrator has somebody's personal data shown; needed before they are."""
    require(actor, Permission.ADMINISTER, Target())
    with unit_of_work() as work:
        queries.get_account(person_id)
        work.record(PersonLookedAt(str(person_id)), at=now, actor_ref=actor.id)


def may_see_person(actor: Actor, person_id: int, *, now: datetime) -> bool:
    """Whether the actor's looking at this person is on record and recent."""
    require(actor, Permission.ADMINISTER, Target())
    return queries.has_looked_at(actor.id, person_id, now - LOOK_LASTS)


def disable_person(actor: Actor, person_id: int, *, reason: str, now: datetime) -> None:
    """Close an account: nobody signs in with it any more, and every session of it ends. What the person did stays.

    Raises RuleBroken("not_oneself") for one's own and RuleBroken("last_administrator") for the last one's.
    """
    words = _reason(actor, reason)
    with unit_of_work() as work:
        administrators = queries.lock_administrators()
        person = queries.get_account(person_id)
        _spare(actor, person_id, administrators)
        if person.disabled_at is not None:
            return
        person.disabled_at = now
        end_sessions_of(person_id, now=now)
        person.session_stamp = draw_stamp()
        _record(work, PersonDisabled, person_id, words, actor, now)


def enable_person(actor: Actor, person_id: int, *, reason: str, now: datetime) -> None:
    """Open an account again that was closed."""
    words = _reason(actor, reason)
    with unit_of_work() as work:
        person = queries.get_account(person_id)
        if person.disabled_at is None:
            return
        person.disabled_at = None
        _record(work, PersonEnabled, person_id, words, actor, now)


def make_administrator(actor: Actor, person_id: int, *, reason: str, now: datetime) -> None:
    """Let somebody administer the installation. Raises RuleBroken("account_closed") for a closed account."""
    words = _reason(actor, reason)
    with unit_of_work() as work:
        person = queries.get_account(person_id)
        if person.disabled_at is not None:
            raise RuleBroken("account_closed")
        if person.is_administrator:
            return
        person.is_administrator = True
        _record(work, AdministratorMade, person_id, words, actor, now)


def unmake_administrator(actor: Actor, person_id: int, *, reason: str, now: datetime) -> None:
    """Take the administration from somebody; raises RuleBroken("last_administrator") rather than from the last one."""
    words = _reason(actor, reason)
    with unit_of_work() as work:
        administrators = queries.lock_administrators()
        person = queries.get_account(person_id)
        if not person.is_administrator:
            return
        if administrators == [person_id]:
            raise RuleBroken("last_administrator")
        person.is_administrator = False
        _record(work, AdministratorUnmade, person_id, words, actor, now)


def sign_person_out(actor: Actor, person_id: int, *, reason: str, now: datetime) -> None:
    """End every session of somebody, say when a device was lost."""
    words = _reason(actor, reason)
    with unit_of_work() as work:
        person = queries.get_account(person_id)
        end_sessions_of(person_id, now=now)
        person.session_stamp = draw_stamp()
        _record(work, PersonSignedOut, person_id, words, actor, now)


def take_second_factor(actor: Actor, person_id: int, *, reason: str, now: datetime) -> None:
    """Take the second factor of somebody who lost it and proved who they are; they are told by letter."""
    words = _reason(actor, reason)
    with unit_of_work() as work:
        queries.get_account(person_id)
        remove_second_factor(actor, person_id, now=now)
        _record(work, PersonSecondFactorTaken, person_id, words, actor, now)


def give_membership(actor: Actor, person_id: int, slug: str, *, role: str, now: datetime) -> None:
    """Put somebody into an organisation, say the first official of a new host.

    Raises NotFound for an organisation there is not, InvalidInput for a role it does not have, Conflict for somebody
    who belongs to it already: their role is changed among its people.
    """
    require(actor, Permission.ADMINISTER, Target())
    with unit_of_work() as work:
        queries.get_account(person_id)
        organisation = organisation_queries.get_organisation(slug, Viewer.of(actor))
        organisation_queries.lock_organisation(organisation.id)
        if role not in roles_of(is_host=organisation.is_host):
            raise InvalidInput("role", field="role")
        if organisation_queries.find_speaker(organisation.id, person_id):
            raise Conflict("member_already", field="organisation")
        work.add(
            Membership(
                person_id=person_id,
                organisation_id=organisation.id,
                role=role,
                may_speak=may_speak(role, is_named=False),
                since=now,
            )
        )
        work.flush()
        work.record(MembershipBegun(str(organisation.id), str(person_id)), at=now, actor_ref=actor.id)


def rebuild_index(actor: Actor, *, now: datetime) -> None:
    """Ask the worker to build the search index anew; search answers from the old one until then."""
    require(actor, Permission.ADMINISTER, Target())
    with unit_of_work() as work:
        work.record(IndexRebuildAsked(), at=now, actor_ref=actor.id)


def _reason(actor: Actor, reason: str) -> str:
    """The reason as it is kept; asked for before anything else is looked at, but after the right to act."""
    require(actor, Permission.ADMINISTER, Target())
    words = typed_words(reason, "reason", LONGEST_REASON)
    if not words:
        raise InvalidInput("reason_missing", field="reason")
    return words


def _spare(actor: Actor, person_id: int, administrators: list[int]) -> None:
    if person_id == actor.id:
        raise RuleBroken("not_oneself")
    if administrators == [person_id]:
        raise RuleBroken("last_administrator")


def _record(
    work: Work,
    event: type[PersonDisabled]
    | type[PersonEnabled]
    | type[AdministratorMade]
    | type[AdministratorUnmade]
    | type[PersonSignedOut]
    | type[PersonSecondFactorTaken],
    person_id: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    made: Event = event(str(person_id), str(work.seal(reason).id))
    work.record(made, at=now, actor_ref=actor.id)
