"""The conditions permissions are made of, one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from consult.domain.policy.actors import (
    CHAIR,
    EDITOR,
    GROUP_EDITOR,
    GROUP_MEMBER,
    MEMBER,
    OFFICIAL,
    REPRESENTATIVE,
    SPEAKER,
    Actor,
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a permission is asked for: whose it is (the organisation, host or not), which document it is
    about where groups count, and how it stands."""

    host_id: int | None = None
    is_published: bool = False
    is_open: bool = False
    document_id: int | None = None


Predicate = Callable[[Actor, Target], bool]


def is_the_system(actor: Actor, _target: Target) -> bool:
    return actor.is_system


def is_administrator(actor: Actor, _target: Target) -> bool:
    return actor.is_administrator


def is_signed_in(actor: Actor, _target: Target) -> bool:
    return actor.is_signed_in


def is_representative_of_organisation(actor: Actor, target: Target) -> bool:
    return actor.is_in(target.host_id, REPRESENTATIVE)


def speaks_for_organisation(actor: Actor, target: Target) -> bool:
    return actor.is_in(target.host_id, REPRESENTATIVE, SPEAKER)


def belongs_to_organisation(actor: Actor, target: Target) -> bool:
    return actor.is_in(target.host_id)


def is_official_of_host(actor: Actor, target: Target) -> bool:
    return actor.is_in(target.host_id, OFFICIAL)


def is_editor_of_host(actor: Actor, target: Target) -> bool:
    return actor.is_in(target.host_id, EDITOR, OFFICIAL)


def is_member_of_host(actor: Actor, target: Target) -> bool:
    return actor.is_in(target.host_id, MEMBER, REPRESENTATIVE, EDITOR, OFFICIAL)


def has_seat_in_group(actor: Actor, target: Target) -> bool:
    return actor.sits_for(target.document_id)


def is_member_of_group(actor: Actor, target: Target) -> bool:
    return actor.sits_for(target.document_id, CHAIR, GROUP_EDITOR, GROUP_MEMBER)


def is_editor_of_group(actor: Actor, target: Target) -> bool:
    return actor.sits_for(target.document_id, CHAIR, GROUP_EDITOR)


def is_chair_of_group(actor: Actor, target: Target) -> bool:
    return actor.sits_for(target.document_id, CHAIR)


def is_published(_actor: Actor, target: Target) -> bool:
    return target.is_published


def is_open_for_comments(_actor: Actor, target: Target) -> bool:
    return target.is_open
