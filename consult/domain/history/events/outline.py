"""The outline of a working draft, and words brought back into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class DraftArranged(Event):
    """Sections were raised, lowered, split, joined or brought back, or an earlier change was taken back."""

    kind: ClassVar[str] = "draft.arranged"
    document_id: Ref
    change_id: Ref
