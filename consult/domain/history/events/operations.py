"""What operators do to mail that did not leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class LetterRetried(Event):
    kind: ClassVar[str] = "letter.retried"
    letter_id: Ref


@dataclass(frozen=True, slots=True)
class LetterDropped(Event):
    kind: ClassVar[str] = "letter.dropped"
    letter_id: Ref
