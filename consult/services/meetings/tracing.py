"""The trace of a meeting: what stood before a change, why it was changed, when and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.domain.errors import RuleBroken, Stale
from consult.domain.history.canonical import canonical
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.storage.models import Meeting, MeetingChange
from consult.storage.queries import meetings as queries
from consult.storage.unit_of_work import Work


def take_meeting(actor: Actor, meeting_id: int, *, expected_sequence: int | None) -> Meeting:
    """The meeting to be changed by an official of its host.

    Raises RuleBroken for a cancelled one, and Stale when it changed since the official saw it.
    """
    require(
        actor,
        Permission.MANAGE_MEETINGS,
        Target(host_id=queries.get_meeting(meeting_id, with_prepared=True).host_id),
    )
    meeting = queries.load_meeting(meeting_id)
    if meeting.cancelled_at is not None:
        raise RuleBroken("meeting_cancelled")
    if expected_sequence is not None and meeting.sequence != expected_sequence:
        raise Stale("meeting_changed")
    return meeting


def trace(
    work: Work,
    meeting: Meeting,
    actor: Actor,
    *,
    kind: str,
    reason: str = "",
    before: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write down what stood there before, and count the change, which calendars compare."""
    why, stood = work.seals(reason, canonical(before).decode())
    meeting.sequence += 1
    meeting.changed_at = now
    work.add(
        MeetingChange(
            meeting_id=meeting.id,
            number=queries.next_change_number(meeting.id),
            kind=kind,
            reason_seal_id=why.id,
            before_seal_id=stood.id,
            at=now,
            person_id=actor.id,
        )
    )
    work.flush()
