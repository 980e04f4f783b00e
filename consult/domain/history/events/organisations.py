"""Organisations, who belongs to them, and the pages of hosts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class OrganisationRegistered(Event):
    kind: ClassVar[str] = "organisation.registered"
    organisation_id: Ref


@dataclass(frozen=True, slots=True)
class OrganisationEdited(Event):
    kind: ClassVar[str] = "organisation.edited"
    organisation_id: Ref


@dataclass(frozen=True, slots=True)
class OrganisationVerified(Event):
    kind: ClassVar[str] = "organisation.verified"
    organisation_id: Ref


@dataclass(frozen=True, slots=True)
class OrganisationRefused(Event):
    kind: ClassVar[str] = "organisation.refused"
    organisation_id: Ref


@dataclass(frozen=True, slots=True)
class OrganisationBecameHost(Event):
    kind: ClassVar[str] = "organisation.became_host"
    organisation_id: Ref


@dataclass(frozen=True, slots=True)
class MembershipAsked(Event):
    kind: ClassVar[str] = "membership.asked"
    organisation_id: Ref
    request_id: Ref


@dataclass(frozen=True, slots=True)
class MembershipDecided(Event):
    kind: ClassVar[str] = "membership.decided"
    organisation_id: Ref
    request_id: Ref


@dataclass(frozen=True, slots=True)
class MembershipBegun(Event):
    """Somebody joined by an invitation, or was put in."""

    kind: ClassVar[str] = "membership.begun"
    organisation_id: Ref
    person_id: Ref


@dataclass(frozen=True, slots=True)
class MembershipChanged(Event):
    """Another role, or another say in the organisation's name."""

    kind: ClassVar[str] = "membership.changed"
    organisation_id: Ref
    person_id: Ref


@dataclass(frozen=True, slots=True)
class MembershipEnded(Event):
    kind: ClassVar[str] = "membership.ended"
    organisation_id: Ref
    person_id: Ref


@dataclass(frozen=True, slots=True)
class InvitationMade(Event):
    kind: ClassVar[str] = "invitation.made"
    organisation_id: Ref
    invitation_id: Ref


@dataclass(frozen=True, slots=True)
class InvitationWithdrawn(Event):
    kind: ClassVar[str] = "invitation.withdrawn"
    organisation_id: Ref
    invitation_id: Ref


@dataclass(frozen=True, slots=True)
class HostEdited(Event):
    """The look or the contact of a host changed."""

    kind: ClassVar[str] = "host.edited"
    organisation_id: Ref


@dataclass(frozen=True, slots=True)
class HostTextPublished(Event):
    kind: ClassVar[str] = "host.text_published"
    organisation_id: Ref
    text_id: Ref
