"""What stands beside sections and binds nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class SectionNoteWritten(Event):
    """A summary or an explanation was written, worded anew or taken away."""

    kind: ClassVar[str] = "section.note_written"
    document_id: Ref
    note_id: Ref
