"""Events of the discussion of comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class SupportGiven(Event):
    """Somebody supports a comment. Who is not said: the record is never erased."""

    kind: ClassVar[str] = "support.given"
    comment_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class SupportTakenBack(Event):
    kind: ClassVar[str] = "support.taken_back"
    comment_id: Ref
    document_id: Ref
