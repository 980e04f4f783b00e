"""Pictures and files that came to a document or left it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class PictureAdded(Event):
    """A picture was sent, so that texts of the document may show it."""

    kind: ClassVar[str] = "picture.added"
    document_id: Ref
    picture_id: Ref


@dataclass(frozen=True, slots=True)
class AttachmentChanged(Event):
    """A file was attached, replaced, worded anew, moved in the list, or removed."""

    kind: ClassVar[str] = "attachment.changed"
    document_id: Ref
    state_id: Ref


@dataclass(frozen=True, slots=True)
class KeptFileErased(Event):
    """The content of a file was erased, because the law wanted it gone; its digest stays."""

    kind: ClassVar[str] = "file.erased"
    file_id: Ref
