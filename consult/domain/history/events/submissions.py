"""What the host entered for others, and what it decided about what stands apart from the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class LateSubmissionDecided(Event):
    """An official said whether a submission that came late, or stands apart for another reason, is considered."""

    kind: ClassVar[str] = "submission.decided"
    submission_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class SubmissionFlagged(Event):
    """An official said that a submission is unsigned, anonymous or from somebody not entitled, or took it back."""

    kind: ClassVar[str] = "submission.flagged"
    submission_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class SubmissionReceiptSent(Event):
    """An official had the receipt sent once more, or to an address given later."""

    kind: ClassVar[str] = "submission.receipt_sent"
    submission_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class SubmissionFileAdded(Event):
    """A scan or a filled-in form was kept with a submission."""

    kind: ClassVar[str] = "submission.file_added"
    submission_id: Ref
    consultation_id: Ref
