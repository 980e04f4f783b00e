"""Which roles an organisation has, and who may give them to whom."""

from __future__ import annotations

from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, REPRESENTATIVE, Actor

KINDS = ("ngo", "office", "council", "institution", "business")
"""Kinds of organisation: the capacities one can speak in but as a resident."""

OF_EVERY_ORGANISATION = (REPRESENTATIVE, MEMBER)
OF_A_HOST = (OFFICIAL, EDITOR, REPRESENTATIVE, MEMBER)

KEEPERS = frozenset({REPRESENTATIVE, OFFICIAL})
"""Roles without which nobody could let others in: one of them always stays."""


def roles_of(*, is_host: bool) -> tuple[str, ...]:
    """The roles people can have in an organisation, the weightiest first."""
    return OF_A_HOST if is_host else OF_EVERY_ORGANISATION


def roles_to_give(actor: Actor, organisation_id: int, *, is_host: bool) -> tuple[str, ...]:
    """The roles this actor may give and take in an organisation.

    Who looks after an office's good name does not thereby decide who acts for the office: officials and editors are
    named by officials and administrators only.
    """
    roles = roles_of(is_host=is_host)
    if actor.is_system or actor.is_administrator or (is_host and actor.is_in(organisation_id, OFFICIAL)):
        return roles
    if actor.is_in(organisation_id, REPRESENTATIVE, OFFICIAL):
        return tuple(role for role in roles if role in OF_EVERY_ORGANISATION)
    return ()


def may_speak(role: str, *, is_named: bool) -> bool:
    """Whether a member speaks in the organisation's name: representatives always, others when a representative says so."""
    return role == REPRESENTATIVE or is_named
