"""Invitations to working groups: who is asked to take a seat decides alone, and shows who they are only then.

An official types an address and learns nothing about whose it is: a letter goes there, and the page shows the address
as it was typed. The link in the letter is good only with the account of that address, so that one who finds or steals
the letter gets no seat; a link handed over by hand lets in whoever holds it, as often as was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import GroupInvitationEnded, GroupInvitationMade, GroupPeopleChanged
from consult.domain.policy.actors import OFFICIAL, Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.mail_addresses import canonical_address
from consult.services.authority import require
from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.groups import checked_role, checked_seat_organisation
from consult.services.organisations.checking import checked_email
from consult.services.posting import post
from consult.storage.models import GroupInvitation, GroupMember
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import groups as group_queries
from consult.storage.queries import invitations as queries
from consult.storage.queries.groups import GroupRow
from consult.storage.queries.invitations import InvitationRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

LASTS = timedelta(days=14)
MOST_USES = 50
MOST_WAITING = 100
"""Invitations of one group that wait at a time."""

NOT_AGAIN_BEFORE = timedelta(minutes=10)
"""How long a letter is given to arrive before it is sent once more."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation made; `secret` opens it and is kept nowhere, and is empty where a letter carries one."""

    id: int
    secret: str


def invite_to_group(
    actor: Actor,
    slug: str,
    *,
    role: str,
    organisation_id: int | None = None,
    email: str = "",
    most_uses: int = 1,
    now: datetime,
) -> Invited:
    """Ask somebody to take a seat: by letter to an address, or with a link the actor hands over.

    It lasts two weeks and leads to `most_uses` seats, by letter to one. Whether anybody has an account with the address,
    and whether they sit in the group, is told to nobody. Raises InvalidInput, NotFound, NotPermitted, Conflict for an
    address that has an invitation waiting, RuleBroken when too many wait.
    """
    known = _manageable(actor, slug)
    checked_role(role)
    checked_seat_organisation(organisation_id)
    address = checked_email(email, "email")
    if not 1 <= most_uses <= MOST_USES:
        raise InvalidInput("invitation_uses", field="most_uses", limit=MOST_USES)
    with unit_of_work() as work:
        group_queries.lock_group(known.id)
        waiting = queries.list_invitations(known.id)
        if address and any(one.email == address and one.state(now) == "open" for one in waiting):
            raise Conflict("already_invited", field="email")
        if len(waiting) >= MOST_WAITING:
            raise RuleBroken("too_many_invitations", limit=MOST_WAITING)
        secret = "" if address else draw_secret()
        invitation = GroupInvitation(
            group_id=known.id,
            organisation_id=organisation_id,
            role=role,
            email=address,
            token_hash=hashed(secret) if secret else None,
            made_by=actor.id,
            made_at=now,
            asked_at=now,
            expires_at=now + LASTS,
            most_uses=1 if address else most_uses,
            uses=0,
            withdrawn_at=None,
            declined_at=None,
        )
        work.add(invitation)
        work.flush()
        _ask(work, actor, known, invitation.id, by_letter=bool(address), now=now)
        return Invited(invitation.id, secret)


def resend_invitation(actor: Actor, slug: str, invitation_id: int, *, now: datetime) -> None:
    """Send the letter once more, with a new link and two weeks from now; the earlier link leads nowhere any more.

    Raises NotFound for an invitation of another group and for one without a letter, RuleBroken for one asked for a
    moment ago or already answered.
    """
    known = _manageable(actor, slug)
    with unit_of_work() as work:
        group_queries.lock_group(known.id)
        invitation = _of_group(known, invitation_id)
        if not invitation.email:
            raise NotFound("invitation")
        if now - invitation.asked_at < NOT_AGAIN_BEFORE:
            raise RuleBroken("invitation_just_sent")
        if invitation.state(now) not in ("open", "expired"):
            raise RuleBroken("invitation_over")  # whoever said no is not asked again by a click
        queries.renew_invitation(invitation_id, asked_at=now, expires_at=now + LASTS)
        _ask(work, actor, known, invitation_id, by_letter=True, now=now)


def withdraw_group_invitation(actor: Actor, slug: str, invitation_id: int, *, now: datetime) -> None:
    """Take an invitation back, with the address it went to. Raises NotFound for one of another group."""
    known = _manageable(actor, slug)
    with unit_of_work() as work:
        _of_group(known, invitation_id)
        queries.withdraw_invitation(invitation_id, now)
        work.record(GroupInvitationEnded(str(known.id), str(invitation_id)), at=now, actor_ref=actor.id)


def look_at_group_invitation(secret: str, *, now: datetime) -> InvitationRow:
    """What a link invites to. Raises NotFound for an unknown one, RuleBroken for one that leads nowhere any more, be it
    that whoever made it no longer looks after the group."""
    invitation = queries.find_invitation_by_token(hashed(secret))
    if invitation is None:
        raise NotFound("invitation")
    if invitation.state(now) != "open" or not _is_still_meant(invitation):
        raise RuleBroken("invitation_over")
    return invitation


def _is_still_meant(invitation: InvitationRow) -> bool:
    if invitation.made_by is None:
        return True
    inviter = account_queries.find_person(invitation.made_by)
    return inviter is not None and (
        inviter.is_administrator
        or any(
            (one.organisation_id, one.role) == (invitation.host_id, OFFICIAL) for one in inviter.memberships
        )
    )


def is_for(actor: Actor, invitation: InvitationRow) -> bool:
    """Whether this account may take the seat: any with a link handed over, else the one of the address alone."""
    if not invitation.email:
        return True
    person = account_queries.find_person(actor.id) if actor.id is not None else None
    return person is not None and person.is_confirmed and canonical_address(person.email) == invitation.email


def accept_group_invitation(actor: Actor, secret: str, *, shows_name: bool, now: datetime) -> str:
    """Take the seat; returns the group's name in addresses. `shows_name` lets everybody see who sits there.

    Raises NotFound, RuleBroken when the link leads nowhere any more or was sent to another address, Conflict for
    somebody who has a seat already, who leaves the link to others.
    """
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    with unit_of_work() as work:
        group_queries.lock_group(look_at_group_invitation(secret, now=now).group_id)
        # looked at once more: somebody else may have taken it while this one waited for the lock
        invitation = look_at_group_invitation(secret, now=now)
        if not is_for(actor, invitation):
            raise RuleBroken("invitation_for_another")
        if group_queries.find_seat_of(invitation.group_id, actor.id or 0) is not None:
            raise Conflict("already_sitting")
        if not queries.take_invitation(invitation.id, now):
            raise RuleBroken("invitation_over")
        work.add(
            GroupMember(
                group_id=invitation.group_id,
                person_id=actor.id,
                organisation_id=invitation.organisation_id,
                role=invitation.role,
                shows_name=shows_name,
                joined_at=now,
            )
        )
        work.flush()
        work.record(
            GroupPeopleChanged(str(invitation.group_id), str(invitation.host_id)), at=now, actor_ref=actor.id
        )
        return invitation.group_slug


def decline_group_invitation(actor: Actor, secret: str, *, now: datetime) -> None:
    """Say no to an invitation sent by letter; no account is needed for it.

    Raises NotFound, RuleBroken for a link that leads nowhere any more, that is for several, or that was sent to another
    address than that of whoever is signed in.
    """
    with unit_of_work() as work:
        invitation = look_at_group_invitation(secret, now=now)
        if not invitation.email or (actor.is_signed_in and not is_for(actor, invitation)):
            raise RuleBroken("invitation_for_another")
        if not queries.decline_invitation(invitation.id, now):
            raise RuleBroken("invitation_over")
        work.record(
            GroupInvitationEnded(str(invitation.group_id), str(invitation.id)), at=now, actor_ref=actor.id
        )


def _ask(
    work: Work, actor: Actor, group: GroupRow, invitation_id: int, *, by_letter: bool, now: datetime
) -> None:
    work.record(GroupInvitationMade(str(group.id), str(invitation_id)), at=now, actor_ref=actor.id)
    if by_letter:
        post(work, "groups/invitation", ref={"invitation_id": invitation_id}, at=now)


def _manageable(actor: Actor, slug: str) -> GroupRow:
    known = group_queries.get_group(slug, Viewer.of(actor))
    require(actor, Permission.MANAGE_GROUPS, Target(host_id=known.host_id))
    return known


def _of_group(group: GroupRow, invitation_id: int) -> InvitationRow:
    invitation = queries.find_invitation(invitation_id)
    if invitation is None or invitation.group_id != group.id or invitation.withdrawn_at is not None:
        raise NotFound("invitation")
    return invitation
