"""Who acts, as a value: the person or the system itself, with roles and memberships."""

from __future__ import annotations

from dataclasses import dataclass

ADMINISTRATOR = "administrator"
"""Role in the installation: looks after people, organisations and hosts."""

SYSTEM_ROLE = "system"
"""Role of the one actor that is no person: the command line and the worker."""

OFFICIAL = "official"
"""Membership of a host: runs consultations, answers comments, exports, publishes and drafts."""

EDITOR = "editor"
"""Membership of a host: drafts."""

REPRESENTATIVE = "representative"
"""Membership of an organisation: speaks in its name, and says who belongs to it."""

SPEAKER = "speaker"
"""Not a membership of its own: held beside one by whoever was named to speak in the organisation's name."""

MEMBER = "member"
"""Membership of an organisation: sees its work; of a host: sees what is not published yet."""


CHAIR = "chair"
"""Seat in a working group: leads it, says what is agreed, and edits."""

GROUP_EDITOR = "editor"
"""Seat in a working group: edits its documents."""

GROUP_MEMBER = "member"
"""Seat in a working group: proposes changes, writes notes, holds opinions of their own."""

OBSERVER = "observer"
"""Seat in a working group: reads along."""


@dataclass(frozen=True, slots=True)
class Actor:
    """`id` is the account (None for the system and for guests), `name` what is written beside an act.

    `roles` hold in the whole installation; `memberships` are pairs of an organisation's id and a role in it,
    `seats` pairs of a document's id and the role in a group at work on it.
    """

    id: int | None
    name: str
    roles: frozenset[str] = frozenset()
    memberships: frozenset[tuple[int, str]] = frozenset()
    seats: frozenset[tuple[int, str]] = frozenset()

    @property
    def is_system(self) -> bool:
        return SYSTEM_ROLE in self.roles

    @property
    def is_administrator(self) -> bool:
        return ADMINISTRATOR in self.roles

    @property
    def is_signed_in(self) -> bool:
        return self.id is not None

    def is_in(self, organisation_id: int | None, *roles: str) -> bool:
        """Whether the actor has one of these roles (any role when none is named) in an organisation."""
        return any(
            organisation == organisation_id and (not roles or role in roles)
            for organisation, role in self.memberships
        )

    def sits_for(self, document_id: int | None, *roles: str) -> bool:
        """Whether the actor has a seat with one of these roles (any role when none is named) for a document."""
        return any(document == document_id and (not roles or role in roles) for document, role in self.seats)


SYSTEM = Actor(id=None, name="Consult", roles=frozenset({SYSTEM_ROLE}))
ANONYMOUS = Actor(id=None, name="")
