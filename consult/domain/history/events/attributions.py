"""Causes said afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class CauseAttributed(Event):
    """Somebody said of a past change what it came from."""

    kind: ClassVar[str] = "change.attributed"
    document_id: Ref
    change_id: Ref
    attribution_id: Ref
