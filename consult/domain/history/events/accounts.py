"""People and their accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class AccountRegistered(Event):
    """Somebody asked for an account; it cannot be used before the address is confirmed."""

    kind: ClassVar[str] = "account.registered"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class AccountConfirmed(Event):
    kind: ClassVar[str] = "account.confirmed"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class AccountForgotten(Event):
    """An account nobody confirmed in time is gone."""

    kind: ClassVar[str] = "account.forgotten"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class AccountChanged(Event):
    """The name, whether it is public, or the language."""

    kind: ClassVar[str] = "account.changed"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    kind: ClassVar[str] = "account.password_changed"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class AddressChanged(Event):
    kind: ClassVar[str] = "account.address_changed"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class AccountErased(Event):
    """The account is closed and no longer names the person; what the person wrote stands without the name."""

    kind: ClassVar[str] = "account.erased"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class DataRequested(Event):
    kind: ClassVar[str] = "account.data_requested"
    request_id: Ref
    person_id: Ref


@dataclass(frozen=True, slots=True)
class DataRequestWithdrawn(Event):
    kind: ClassVar[str] = "account.data_request_withdrawn"
    request_id: Ref
    person_id: Ref


@dataclass(frozen=True, slots=True)
class DataRequestDecided(Event):
    kind: ClassVar[str] = "account.data_request_decided"
    request_id: Ref
    person_id: Ref
