"""The course of consultations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class ConsultationPrepared(Event):
    """A consultation not announced yet was filled in or changed; only its host knows of it."""

    kind: ClassVar[str] = "consultation.prepared"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class ConsultationOpened(Event):
    """It was announced: from now on people see it, and it begins by the clock."""

    kind: ClassVar[str] = "consultation.opened"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class ConsultationClosed(Event):
    kind: ClassVar[str] = "consultation.closed"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class ConsultationExtended(Event):
    """Its end was moved to a later moment."""

    kind: ClassVar[str] = "consultation.extended"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class ConsultationCorrected(Event):
    """What its page says was put right; neither its text nor its end."""

    kind: ClassVar[str] = "consultation.corrected"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class ConsultationCancelled(Event):
    kind: ClassVar[str] = "consultation.cancelled"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class EffectsRecorded(Event):
    """It was recorded what came of a consultation after its account."""

    kind: ClassVar[str] = "consultation.effects_recorded"
    consultation_id: Ref
    document_id: Ref


@dataclass(frozen=True, slots=True)
class AnnouncementPublished(Event):
    """`announcement_id` is the consultation's id and the number, with a stroke between."""

    kind: ClassVar[str] = "consultation.announced"
    consultation_id: Ref
    announcement_id: Ref


@dataclass(frozen=True, slots=True)
class ProtocolPublished(Event):
    """It was put on record that nobody commented."""

    kind: ClassVar[str] = "consultation.protocol_published"
    consultation_id: Ref
    document_id: Ref
