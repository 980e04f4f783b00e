"""Joining an organisation: asked for and decided, or by a link somebody in it made.

A wish gives no rights: it stands in a table of its own, and only its acceptance makes a membership.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken, Stale
from consult.domain.history.events import (
    InvitationMade,
    InvitationWithdrawn,
    MembershipAsked,
    MembershipDecided,
)
from consult.domain.organisations.roles import may_speak
from consult.domain.policy.actors import MEMBER, Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.typed import typed_words
from consult.services.authority import require
from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.organisations.checking import checked_email
from consult.services.organisations.members import begin_membership, managed, require_roles
from consult.services.posting import post
from consult.storage.models import MembershipRequest, OrganisationInvitation
from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import InvitationRow, RequestRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

LONGEST_WORDS = 1_000
"""192 bits: more than the 128 a link that changes something needs."""

INVITATION_LASTS = timedelta(days=14)
MOST_USES = 50
MOST_INVITATIONS = 50
"""Open links of one organisation at a time."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation made; `secret` opens it and is kept nowhere, and is empty where a letter carries one."""

    id: int
    secret: str


def ask_to_join(actor: Actor, slug: str, *, words: str = "", now: datetime) -> int:
    """Ask to belong to an organisation; returns the wish's id. Asked twice, it is one wish.

    Raises Conflict for somebody who belongs to it already.
    """
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    said = typed_words(words, "words", LONGEST_WORDS)
    with unit_of_work() as work:
        organisation = queries.get_organisation(slug, Viewer.of(actor))
        queries.lock_organisation(organisation.id)
        person_id = actor.id or 0
        if queries.list_roles(organisation.id, person_id):
            raise Conflict("already_member", name=organisation.name)
        pending = queries.find_pending_request(organisation.id, person_id)
        if pending is not None:
            return pending.id
        request = MembershipRequest(
            person_id=person_id,
            organisation_id=organisation.id,
            words=said,
            asked_at=now,
            decided_at=None,
            decided_by=None,
            is_accepted=False,
        )
        work.add(request)
        work.flush()
        work.record(MembershipAsked(str(organisation.id), str(request.id)), at=now, actor_ref=actor.id)
        for keeper_id in queries.list_keeper_ids(organisation.id):
            post(
                work,
                "organisations/membership_asked",
                person_id=keeper_id,
                ref={"request_id": request.id},
                at=now,
            )
        return request.id


def accept_request(
    actor: Actor,
    slug: str,
    request_id: int,
    *,
    role: str = MEMBER,
    is_speaker: bool = False,
    now: datetime,
) -> None:
    """Take in somebody who asked, in a role of the actor's to give. Raises Stale when it was decided meanwhile."""
    with unit_of_work() as work:
        request = _wish(actor, slug, request_id)
        organisation = managed(actor, slug)
        require_roles(actor, organisation, role)
        queries.lock_organisation(organisation.id)
        if not queries.decide_request(request_id, is_accepted=True, decided_by=actor.id, at=now):
            raise Stale("request_decided")
        if not queries.list_roles(organisation.id, request.person_id):
            begin_membership(work, organisation.id, request.person_id, role, is_speaker=is_speaker, now=now)
        work.record(MembershipDecided(str(organisation.id), str(request_id)), at=now, actor_ref=actor.id)
        _tell_decision(work, request, now)


def refuse_request(actor: Actor, slug: str, request_id: int, *, now: datetime) -> None:
    """Turn down somebody who asked; they may ask again. Raises Stale when it was decided meanwhile."""
    with unit_of_work() as work:
        request = _wish(actor, slug, request_id)
        if not queries.decide_request(request_id, is_accepted=False, decided_by=actor.id, at=now):
            raise Stale("request_decided")
        work.record(
            MembershipDecided(str(request.organisation_id), str(request_id)), at=now, actor_ref=actor.id
        )
        _tell_decision(work, request, now)


def invite(
    actor: Actor,
    slug: str,
    *,
    role: str = MEMBER,
    is_speaker: bool = False,
    most_uses: int = 1,
    email: str = "",
    now: datetime,
) -> Invited:
    """Make a link with which people join; sent by letter where an address is given, else handed over by the actor.

    It lasts two weeks and lets `most_uses` people in, one by letter. Raises InvalidInput for a number of uses out of
    reach, RuleBroken when too many links are open.
    """
    address = checked_email(email, "email")
    if not 1 <= most_uses <= MOST_USES:
        raise InvalidInput("invitation_uses", field="most_uses", limit=MOST_USES)
    with unit_of_work() as work:
        organisation = managed(actor, slug)
        require_roles(actor, organisation, role)
        if len(queries.list_invitations(organisation.id, now)) >= MOST_INVITATIONS:
            raise RuleBroken("too_many_invitations", limit=MOST_INVITATIONS)
        secret = "" if address else draw_secret()
        invitation = OrganisationInvitation(
            organisation_id=organisation.id,
            role=role,
            may_speak=may_speak(role, is_named=is_speaker),
            token_hash=hashed(secret) if secret else None,
            made_by=actor.id,
            made_at=now,
            expires_at=now + INVITATION_LASTS,
            most_uses=1 if address else most_uses,
            uses=0,
            withdrawn_at=None,
            email=address,
        )
        work.add(invitation)
        work.flush()
        work.record(InvitationMade(str(organisation.id), str(invitation.id)), at=now, actor_ref=actor.id)
        if address:
            post(work, "organisations/invitation", ref={"invitation_id": invitation.id}, at=now)
        return Invited(invitation.id, secret)


def withdraw_invitation(actor: Actor, slug: str, invitation_id: int, *, now: datetime) -> None:
    """Take a link back. Raises NotFound for one of another organisation."""
    with unit_of_work() as work:
        organisation = managed(actor, slug)
        invitation = queries.find_invitation(invitation_id)
        if invitation is None or invitation.organisation_id != organisation.id:
            raise NotFound("invitation")
        queries.withdraw_invitation(invitation_id, now)
        work.record(InvitationWithdrawn(str(organisation.id), str(invitation_id)), at=now, actor_ref=actor.id)


def look_at_invitation(secret: str, *, now: datetime) -> InvitationRow:
    """What a link invites to. Raises NotFound for an unknown one, RuleBroken for one that lets nobody in any more."""
    invitation = queries.find_invitation_by_token(hashed(secret))
    if invitation is None:
        raise NotFound("invitation")
    if not invitation.is_open(now):
        raise RuleBroken("invitation_over")
    return invitation


def accept_invitation(actor: Actor, secret: str, *, now: datetime) -> str:
    """Join by a link; returns the organisation's name in addresses. A pending wish is thereby accepted.

    Raises Conflict for somebody who belongs to it already, who leaves the link for others.
    """
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    with unit_of_work() as work:
        invitation = look_at_invitation(secret, now=now)
        queries.lock_organisation(invitation.organisation_id)
        person_id = actor.id or 0
        if queries.list_roles(invitation.organisation_id, person_id):
            raise Conflict("already_member", name=invitation.organisation_name)
        if not queries.take_invitation(invitation.id, now):
            raise RuleBroken("invitation_over")
        pending = queries.find_pending_request(invitation.organisation_id, person_id)
        if pending is not None:
            queries.decide_request(pending.id, is_accepted=True, decided_by=invitation.made_by, at=now)
        begin_membership(
            work,
            invitation.organisation_id,
            person_id,
            invitation.role,
            is_speaker=invitation.may_speak,
            now=now,
        )
        return invitation.organisation_slug


def _wish(actor: Actor, slug: str, request_id: int) -> RequestRow:
    """A wish to join this organisation, for whoever decides on it. Raises NotFound for one of another."""
    organisation = managed(actor, slug)
    request = queries.find_request(request_id)
    if request is None or request.organisation_id != organisation.id:
        raise NotFound("membership_request")
    return request


def _tell_decision(work: Work, request: RequestRow, now: datetime) -> None:
    post(
        work,
        "organisations/membership_decided",
        person_id=request.person_id,
        ref={"request_id": request.id},
        at=now,
    )
