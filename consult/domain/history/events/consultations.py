"""The course of consultations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


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
