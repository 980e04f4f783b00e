"""What the host entered for others, and what it decided about what came late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class LateSubmissionDecided(Event):
    """An official said whether a late submission is considered."""

    kind: ClassVar[str] = "submission.decided"
    submission_id: Ref
    consultation_id: Ref
