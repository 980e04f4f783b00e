"""What administrators do to accounts and to the installation, and whose data they look at.

Reasons are kept sealed and named by `reason_id`, so that they can be erased and the record of the act stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class PersonDisabled(Event):
    kind: ClassVar[str] = "person.disabled"
    person_id: Ref
    reason_id: Ref


@dataclass(frozen=True, slots=True)
class PersonEnabled(Event):
    kind: ClassVar[str] = "person.enabled"
    person_id: Ref
    reason_id: Ref


@dataclass(frozen=True, slots=True)
class AdministratorMade(Event):
    kind: ClassVar[str] = "administrator.made"
    person_id: Ref
    reason_id: Ref


@dataclass(frozen=True, slots=True)
class AdministratorUnmade(Event):
    kind: ClassVar[str] = "administrator.unmade"
    person_id: Ref
    reason_id: Ref


@dataclass(frozen=True, slots=True)
class PersonSignedOut(Event):
    """An administrator ended every session of somebody."""

    kind: ClassVar[str] = "person.signed_out"
    person_id: Ref
    reason_id: Ref


@dataclass(frozen=True, slots=True)
class PersonSecondFactorTaken(Event):
    """An administrator took a second factor away, say when the phone was lost."""

    kind: ClassVar[str] = "person.second_factor_taken"
    person_id: Ref
    reason_id: Ref


@dataclass(frozen=True, slots=True)
class PersonLookedAt(Event):
    """An administrator had somebody's personal data shown."""

    kind: ClassVar[str] = "person.looked_at"
    person_id: Ref


@dataclass(frozen=True, slots=True)
class IndexRebuildAsked(Event):
    """An administrator asked for the search index to be built anew."""

    kind: ClassVar[str] = "search.rebuild_asked"
