"""Working groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class GroupMade(Event):
    kind: ClassVar[str] = "group.made"
    group_id: Ref
    host_id: Ref


@dataclass(frozen=True, slots=True)
class GroupChanged(Event):
    """Its name, summary, visibility or documents changed, or its work ended."""

    kind: ClassVar[str] = "group.changed"
    group_id: Ref
    host_id: Ref


@dataclass(frozen=True, slots=True)
class GroupPeopleChanged(Event):
    """Somebody came, left, got another role, or decided whether their name is shown."""

    kind: ClassVar[str] = "group.people_changed"
    group_id: Ref
    host_id: Ref


@dataclass(frozen=True, slots=True)
class GroupInvitationMade(Event):
    """A link was made, or its letter asked for once more."""

    kind: ClassVar[str] = "group.invitation_made"
    group_id: Ref
    invitation_id: Ref


@dataclass(frozen=True, slots=True)
class GroupInvitationEnded(Event):
    """A link was taken back by the host, or whoever was invited said no."""

    kind: ClassVar[str] = "group.invitation_ended"
    group_id: Ref
    invitation_id: Ref
