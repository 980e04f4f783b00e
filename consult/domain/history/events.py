"""What happened, as frozen facts in the past tense: what the search index, the mail and the caches are fed by.

An event carries identifiers and nothing else. Whoever is told of it looks the rest up, with the rights of the one
who asks: so no name, no address and no text of a person can linger in a queue or a log.

`kind` is the code kept in the event table. Codes never change once released.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

Ref = str
"""The lasting identifier of a record, as written in the event table."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `kind` names it, the fields say to what."""

    kind: ClassVar[str] = ""

    def refs(self) -> dict[str, Ref | None]:
        """The identifiers by name, as they are kept in the event's row."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class DocumentCreated(Event):
    kind: ClassVar[str] = "document.created"
    document_id: Ref


@dataclass(frozen=True, slots=True)
class DocumentImported(Event):
    """A new document was made of a file; its first change holds all of its sections."""

    kind: ClassVar[str] = "document.imported"
    document_id: Ref
    change_id: Ref


@dataclass(frozen=True, slots=True)
class SectionSaved(Event):
    kind: ClassVar[str] = "section.saved"
    document_id: Ref
    section_id: Ref
    text_id: Ref
    change_id: Ref


@dataclass(frozen=True, slots=True)
class SectionAdded(Event):
    kind: ClassVar[str] = "section.added"
    document_id: Ref
    section_id: Ref
    text_id: Ref
    change_id: Ref


@dataclass(frozen=True, slots=True)
class SectionMoved(Event):
    kind: ClassVar[str] = "section.moved"
    document_id: Ref
    section_id: Ref
    change_id: Ref


@dataclass(frozen=True, slots=True)
class SectionRemoved(Event):
    kind: ClassVar[str] = "section.removed"
    document_id: Ref
    section_id: Ref
    change_id: Ref


@dataclass(frozen=True, slots=True)
class DocumentRevised(Event):
    """One change brought the whole working draft to the text of a file."""

    kind: ClassVar[str] = "document.revised"
    document_id: Ref
    change_id: Ref


@dataclass(frozen=True, slots=True)
class VersionPublished(Event):
    kind: ClassVar[str] = "version.published"
    document_id: Ref
    version_id: Ref


@dataclass(frozen=True, slots=True)
class ConsultationOpened(Event):
    kind: ClassVar[str] = "consultation.opened"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class ConsultationClosed(Event):
    kind: ClassVar[str] = "consultation.closed"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class CommentSubmitted(Event):
    """`consultation_id` is None for a comment on a document outside any consultation."""

    kind: ClassVar[str] = "comment.submitted"
    comment_id: Ref
    document_id: Ref
    consultation_id: Ref | None


@dataclass(frozen=True, slots=True)
class DispositionSaved(Event):
    kind: ClassVar[str] = "disposition.saved"
    disposition_id: Ref
    comment_id: Ref


@dataclass(frozen=True, slots=True)
class DispositionPublished(Event):
    kind: ClassVar[str] = "disposition.published"
    disposition_id: Ref
    comment_id: Ref


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
    )
}
"""Every kind of event by its code."""
