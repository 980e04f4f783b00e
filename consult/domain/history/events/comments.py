"""Comments and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class CommentSubmitted(Event):
    """`consultation_id` is None for a comment on a document outside any consultation."""

    kind: ClassVar[str] = "comment.submitted"
    comment_id: Ref
    document_id: Ref
    consultation_id: Ref | None


@dataclass(frozen=True, slots=True)
class CommentRevised(Event):
    """The author of a comment corrected it, or took it back, by the receipt."""

    kind: ClassVar[str] = "comment.revised"
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


@dataclass(frozen=True, slots=True)
class PlacementDecided(Event):
    """A person said where the words of a comment stand now, or that they are gone."""

    kind: ClassVar[str] = "placement.decided"
    comment_id: Ref
    document_id: Ref
    target_id: Ref
