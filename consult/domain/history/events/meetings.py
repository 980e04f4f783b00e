"""Meetings, opinions, explanations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class MeetingAnnounced(Event):
    kind: ClassVar[str] = "meeting.announced"
    meeting_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class MeetingMoved(Event):
    """Its time, its place or its link changed."""

    kind: ClassVar[str] = "meeting.moved"
    meeting_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class MeetingEdited(Event):
    """Something else about it changed."""

    kind: ClassVar[str] = "meeting.edited"
    meeting_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class MeetingCancelled(Event):
    kind: ClassVar[str] = "meeting.cancelled"
    meeting_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class MeetingCounted(Event):
    """It was noted who came, in numbers, for the first time or again."""

    kind: ClassVar[str] = "meeting.counted"
    meeting_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class MeetingNoteSaved(Event):
    """Its note was written and not published yet."""

    kind: ClassVar[str] = "meeting.note_saved"
    meeting_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class MeetingNotePublished(Event):
    """Its note was published, or a published one corrected."""

    kind: ClassVar[str] = "meeting.note_published"
    meeting_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class OpinionEntered(Event):
    kind: ClassVar[str] = "opinion.entered"
    opinion_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class OpinionEdited(Event):
    """It was delivered, given, refused or corrected."""

    kind: ClassVar[str] = "opinion.edited"
    opinion_id: Ref
    consultation_id: Ref


@dataclass(frozen=True, slots=True)
class ExplanationPublished(Event):
    """`comment_id` is None for an explanation on the whole consultation."""

    kind: ClassVar[str] = "explanation.published"
    explanation_id: Ref
    consultation_id: Ref
    comment_id: Ref | None


@dataclass(frozen=True, slots=True)
class ExplanationWithdrawn(Event):
    kind: ClassVar[str] = "explanation.withdrawn"
    explanation_id: Ref
    consultation_id: Ref
    comment_id: Ref | None
