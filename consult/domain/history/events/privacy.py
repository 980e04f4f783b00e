"""What was taken away of people's data, and of words that must not be published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class SenderErased(Event):
    """An official erased the data of whoever sent a submission, for a reason that is kept sealed."""

    kind: ClassVar[str] = "sender.erased"
    submission_id: Ref
    consultation_id: Ref
    reason_id: Ref


@dataclass(frozen=True, slots=True)
class ContactDataExpired(Event):
    """The term for keeping the contact data of a consultation ran out, and they were erased."""

    kind: ClassVar[str] = "consultation.contact_data_expired"
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class CommentRedacted(Event):
    """An official cut words out of a comment."""

    kind: ClassVar[str] = "comment.redacted"
    comment_id: Ref
    document_id: Ref
    consultation_id: Ref | None


@dataclass(frozen=True, slots=True)
class CommentRestored(Event):
    """An official put words back that had been cut out of a comment."""

    kind: ClassVar[str] = "comment.redaction_undone"
    comment_id: Ref
    document_id: Ref
    consultation_id: Ref | None
