"""What happened, as frozen facts in the past tense: what the search index, the mail and the caches are fed by.

An event carries identifiers and nothing else. Whoever is told of it looks the rest up, with the rights of the one
who asks: so no name, no address and no text of a person can linger in a queue or a log.

`kind` is the code kept in the event table. Codes never change once released.
"""

from __future__ import annotations

from consult.domain.history.events.base import Event, Ref
from consult.domain.history.events.comments import (
    CommentSubmitted,
    DispositionPublished,
    DispositionSaved,
)
from consult.domain.history.events.consultations import (
    ConsultationClosed,
    ConsultationOpened,
)
from consult.domain.history.events.documents import (
    DocumentCreated,
    DocumentDescribed,
    DocumentImported,
    DocumentRevised,
    SectionAdded,
    SectionMoved,
    SectionRemoved,
    SectionSaved,
    VersionPublished,
)
from consult.domain.history.events.groups import GroupChanged, GroupMade, GroupPeopleChanged
from consult.domain.history.events.meetings import (
    ExplanationPublished,
    ExplanationWithdrawn,
    MeetingAnnounced,
    MeetingCancelled,
    MeetingCounted,
    MeetingEdited,
    MeetingMoved,
    MeetingNotePublished,
    MeetingNoteSaved,
    OpinionEdited,
    OpinionEntered,
)

EVENTS: dict[str, type[Event]] = {
    event.kind: event
    for event in (
        DocumentCreated,
        DocumentImported,
        SectionSaved,
        SectionAdded,
        SectionMoved,
        SectionRemoved,
        DocumentRevised,
        VersionPublished,
        ConsultationOpened,
        ConsultationClosed,
        CommentSubmitted,
        DispositionSaved,
        DispositionPublished,
        DocumentDescribed,
        GroupMade,
        GroupChanged,
        GroupPeopleChanged,
        MeetingAnnounced,
        MeetingMoved,
        MeetingEdited,
        MeetingCancelled,
        MeetingCounted,
        MeetingNoteSaved,
        MeetingNotePublished,
        OpinionEntered,
        OpinionEdited,
        ExplanationPublished,
        ExplanationWithdrawn,
    )
}
"""Every kind of event by its code."""

__all__ = [
    "EVENTS",
    "CommentSubmitted",
    "ConsultationClosed",
    "ConsultationOpened",
    "DispositionPublished",
    "DispositionSaved",
    "DocumentCreated",
    "DocumentDescribed",
    "DocumentImported",
    "DocumentRevised",
    "Event",
    "ExplanationPublished",
    "ExplanationWithdrawn",
    "GroupChanged",
    "GroupMade",
    "GroupPeopleChanged",
    "MeetingAnnounced",
    "MeetingCancelled",
    "MeetingCounted",
    "MeetingEdited",
    "MeetingMoved",
    "MeetingNotePublished",
    "MeetingNoteSaved",
    "OpinionEdited",
    "OpinionEntered",
    "Ref",
    "SectionAdded",
    "SectionMoved",
    "SectionRemoved",
    "SectionSaved",
    "VersionPublished",
]
