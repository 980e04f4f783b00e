"""Proposals for a working draft, and what a group says of its parts, its stage and its meetings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from consult.domain.history.events.base import Event, Ref


@dataclass(frozen=True, slots=True)
class ProposalMade(Event):
    kind: ClassVar[str] = "proposal.made"
    document_id: Ref
    proposal_id: Ref


@dataclass(frozen=True, slots=True)
class ProposalReplied(Event):
    kind: ClassVar[str] = "proposal.replied"
    document_id: Ref
    proposal_id: Ref


@dataclass(frozen=True, slots=True)
class ProposalTaken(Event):
    """Whole or in part; the change carries it."""

    kind: ClassVar[str] = "proposal.taken"
    document_id: Ref
    proposal_id: Ref
    change_id: Ref


@dataclass(frozen=True, slots=True)
class ProposalTurned(Event):
    """Declined, taken up again, withdrawn, or brought up to date by its author."""

    kind: ClassVar[str] = "proposal.turned"
    document_id: Ref
    proposal_id: Ref


@dataclass(frozen=True, slots=True)
class SectionStatusSet(Event):
    kind: ClassVar[str] = "section.status_set"
    document_id: Ref
    section_id: Ref


@dataclass(frozen=True, slots=True)
class DissentHeld(Event):
    kind: ClassVar[str] = "dissent.held"
    document_id: Ref
    dissent_id: Ref


@dataclass(frozen=True, slots=True)
class DissentChanged(Event):
    """Withdrawn, or made public or not by its author."""

    kind: ClassVar[str] = "dissent.changed"
    document_id: Ref
    dissent_id: Ref


@dataclass(frozen=True, slots=True)
class WorkingNoteKept(Event):
    """A note was written, answered, settled or taken up again; whose and which is the group's own affair."""

    kind: ClassVar[str] = "notes.kept"
    document_id: Ref


@dataclass(frozen=True, slots=True)
class StageAdvanced(Event):
    kind: ClassVar[str] = "document.stage_advanced"
    document_id: Ref
    step_id: Ref


@dataclass(frozen=True, slots=True)
class MeetingDecisionNoted(Event):
    kind: ClassVar[str] = "meeting.decision_noted"
    meeting_id: Ref
    decision_id: Ref


@dataclass(frozen=True, slots=True)
class CollectionMade(Event):
    kind: ClassVar[str] = "collection.made"
    collection_id: Ref
    host_id: Ref


@dataclass(frozen=True, slots=True)
class CollectionChanged(Event):
    kind: ClassVar[str] = "collection.changed"
    collection_id: Ref
    host_id: Ref
