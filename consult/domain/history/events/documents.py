"""Drafting and publishing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


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
class DocumentDescribed(Event):
    """What the document is in short, or where it is told in easy words or in sign language, changed."""

    kind: ClassVar[str] = "document.described"
    document_id: Ref
