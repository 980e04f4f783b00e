"""Who is in an organisation: roles changed, people removed, people who leave."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.history.events import MembershipBegun, MembershipChanged, MembershipEnded
from consult.domain.organisations.roles import KEEPERS, may_speak, roles_of, roles_to_give
from consult.domain.policy.actors import OFFICIAL, Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.storage.models import Membership
from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import BelongingRow, OrganisationRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work


def change_member(
    actor: Actor, slug: str, person_id: int, *, role: str, is_speaker: bool, now: datetime
) -> None:
    """Give somebody in an organisation another role, and say whether they speak in its name.

    Raises RuleBroken when nobody would be left to let others in, NotPermitted for a role that is not the actor's to
    give or take.
    """
    with unit_of_work() as work:
        organisation = managed(actor, slug)
        queries.lock_organisation(organisation.id)
        held = queries.list_roles(organisation.id, person_id)
        if not held:
            raise NotFound("member")
        require_roles(actor, organisation, role, *(row.role for row in held))
        since = held[0].since
        _keep_somebody(organisation, held, leaves={role})
        queries.end_memberships(organisation.id, person_id)
        _put(work, organisation.id, person_id, role, is_speaker=is_speaker, since=since)
        _withdraw_invitations(organisation.id, person_id, now)
        work.record(MembershipChanged(str(organisation.id), str(person_id)), at=now, actor_ref=actor.id)


def remove_member(actor: Actor, slug: str, person_id: int, *, now: datetime) -> None:
    """Put somebody out of an organisation; the links they made stop letting people in."""
    with unit_of_work() as work:
        organisation = managed(actor, slug)
        queries.lock_organisation(organisation.id)
        held = queries.list_roles(organisation.id, person_id)
        if not held:
            raise NotFound("member")
        require_roles(actor, organisation, *(row.role for row in held))
        _end(work, organisation, held, person_id, actor, now)


def leave_organisation(actor: Actor, slug: str, *, now: datetime) -> None:
    """Leave an organisation oneself. Raises RuleBroken for the last one who could let others in."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    with unit_of_work() as work:
        organisation = queries.get_organisation(slug, Viewer.of(actor))
        queries.lock_organisation(organisation.id)
        held = queries.list_roles(organisation.id, actor.id or 0)
        if not held:
            raise NotFound("member")
        _end(work, organisation, held, actor.id or 0, actor, now)


def begin_membership(
    work: Work, organisation_id: int, person_id: int, role: str, *, is_speaker: bool, now: datetime
) -> None:
    """Take somebody in who is not in yet; inside the transaction of whatever let them in."""
    _put(work, organisation_id, person_id, role, is_speaker=is_speaker, since=now)
    work.record(MembershipBegun(str(organisation_id), str(person_id)), at=now, actor_ref=person_id)


def managed(actor: Actor, slug: str) -> OrganisationRow:
    """The organisation, for whoever says who belongs to it."""
    organisation = queries.get_organisation(slug, Viewer.of(actor))
    require(actor, Permission.MANAGE_ORGANISATION, Target(host_id=organisation.id))
    return organisation


def require_roles(actor: Actor, organisation: OrganisationRow, *roles: str) -> None:
    """Raises InvalidInput for roles the organisation does not have, NotPermitted for those not the actor's to give."""
    if any(role not in roles_of(is_host=organisation.is_host) for role in roles):
        raise InvalidInput("role", field="role")
    given = roles_to_give(actor, organisation.id, is_host=organisation.is_host)
    if any(role not in given for role in roles):
        raise NotPermitted(
            "give_role", because="is_official_of_host,is_administrator", host_id=organisation.id
        )


def _put(
    work: Work,
    organisation_id: int,
    person_id: int,
    role: str,
    *,
    is_speaker: bool,
    since: datetime | None,
) -> None:
    work.add(
        Membership(
            person_id=person_id,
            organisation_id=organisation_id,
            role=role,
            may_speak=may_speak(role, is_named=is_speaker),
            since=since,
        )
    )
    work.flush()


def _end(
    work: Work,
    organisation: OrganisationRow,
    held: list[BelongingRow],
    person_id: int,
    actor: Actor,
    now: datetime,
) -> None:
    _keep_somebody(organisation, held, leaves=set())
    queries.end_memberships(organisation.id, person_id)
    _withdraw_invitations(organisation.id, person_id, now)
    work.record(MembershipEnded(str(organisation.id), str(person_id)), at=now, actor_ref=actor.id)


def _keep_somebody(organisation: OrganisationRow, held: list[BelongingRow], *, leaves: set[str]) -> None:
    """Somebody who lets others in stays, and in a host somebody who runs its consultations."""
    person_id = held[0].person_id
    had = {row.role for row in held}
    others = [row for row in queries.list_people(organisation.id) if row.person_id != person_id]
    if OFFICIAL in had and OFFICIAL not in leaves and not any(row.role == OFFICIAL for row in others):
        raise RuleBroken("last_official")
    if had & KEEPERS and not leaves & KEEPERS and not any(row.role in KEEPERS for row in others):
        raise RuleBroken("last_representative")


def _withdraw_invitations(organisation_id: int, person_id: int, now: datetime) -> None:
    """What somebody could give yesterday, a link of theirs does not give tomorrow."""
    for invitation in queries.list_invitations(organisation_id, now):
        if invitation.made_by == person_id:
            queries.withdraw_invitation(invitation.id, now)
