"""Selects about the things changes come from, as far as the pages of others name them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from consult.storage.database import db
from consult.storage.models.meeting_decisions import MeetingDecision
from consult.storage.models.meetings import Meeting
from consult.storage.models.proposals import Proposal


@dataclass(frozen=True, slots=True)
class NumberedThing:
    """A proposal of a document, or a decision of a meeting: its number there and a title that says more."""

    id: int
    number: int
    title: str
    meeting_id: int | None = None


def list_proposals_named(ids: Collection[int]) -> dict[int, NumberedThing]:
    """Proposals by id, with their titles: for those who may see the draft."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(Proposal.id, Proposal.number, Proposal.title).where(Proposal.id.in_(sorted(ids)))
    )
    return {row[0]: NumberedThing(row[0], row[1], row[2]) for row in rows}


def list_decisions_named(ids: Collection[int]) -> dict[int, NumberedThing]:
    """Decisions by id, with the titles of their meetings."""
    if not ids:
        return {}
    rows = db.session.execute(
        select(MeetingDecision.id, MeetingDecision.number, Meeting.title, Meeting.id)
        .join(Meeting, Meeting.id == MeetingDecision.meeting_id)
        .where(MeetingDecision.id.in_(sorted(ids)))
    )
    return {row[0]: NumberedThing(*row) for row in rows}


def list_meetings_named(ids: Collection[int]) -> dict[int, str]:
    """Titles of meetings by id."""
    if not ids:
        return {}
    rows = db.session.execute(select(Meeting.id, Meeting.title).where(Meeting.id.in_(sorted(ids))))
    return {row[0]: row[1] for row in rows}
