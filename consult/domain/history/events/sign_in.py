"""What people sign in with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class SecondFactorTurnedOn(Event):
    kind: ClassVar[str] = "second_factor.turned_on"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class SecondFactorTurnedOff(Event):
    """By the person."""

    kind: ClassVar[str] = "second_factor.turned_off"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class SecondFactorRemoved(Event):
    """By an administrator."""

    kind: ClassVar[str] = "second_factor.removed"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class RecoveryCodesRenewed(Event):
    kind: ClassVar[str] = "second_factor.codes_renewed"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class IdentityLinked(Event):
    """An account at an OpenID Connect issuer signs the person in from now on."""

    kind: ClassVar[str] = "identity.linked"
    identity_id: Ref
    person_id: Ref


@dataclass(frozen=True, slots=True)
class IdentityUnlinked(Event):
    kind: ClassVar[str] = "identity.unlinked"
    identity_id: Ref
    person_id: Ref
