"""Announcing a meeting, changing what was announced, cancelling it: nothing announced ever disappears."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import (
    MeetingAnnounced,
    MeetingCancelled,
    MeetingEdited,
    MeetingMoved,
)
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.meetings import MOST_WEEKS, week_later
from consult.services.authority import require
from consult.services.meetings.plans import (
    MeetingPlan,
    as_it_stands,
    checked,
    checked_reason,
    rendered,
)
from consult.services.meetings.telling import tell_of_meeting
from consult.services.meetings.tracing import take_meeting, trace
from consult.storage.models import Meeting
from consult.storage.queries import consultations as consultation_queries
from consult.storage.unit_of_work import unit_of_work

WHEN_AND_WHERE = ("starts_at", "ends_at", "place", "room", "link")
"""What cannot change without a reason, and without everybody concerned being told."""


def announce_meeting(
    actor: Actor, consultation_id: int, plan: MeetingPlan, *, weeks: int = 1, now: datetime
) -> list[int]:
    """Announce a meeting, or one in each of `weeks` weeks at the same hour on the wall; returns their ids.

    Raises InvalidInput beside the field that cannot be (also when one of the weeks has its hour left out by
    summer time), RuleBroken when the consultation was cancelled.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise InvalidInput("meeting_weeks", field="weeks", limit=MOST_WEEKS)
    columns = checked(plan, now)
    programme_html = rendered(columns["programme"])
    with unit_of_work() as work:
        consultation = consultation_queries.get_consultation(consultation_id, with_prepared=True)
        require(actor, Permission.MANAGE_MEETINGS, Target(host_id=consultation.host_id))
        if consultation.is_cancelled:
            raise RuleBroken("consultation_cancelled")
        made = []
        for week in range(weeks):
            meeting = Meeting(
                **(columns | _in_week(columns, week)),
                consultation_id=consultation_id,
                host_id=consultation.host_id,
                programme_html=programme_html,
                sequence=0,
                created_at=now,
                changed_at=now,
                cancelled_at=None,
                note="",
                note_html="",
                note_published_at=None,
            )
            work.add(meeting)
            work.flush()
            work.record(MeetingAnnounced(str(meeting.id), str(consultation_id)), at=now, actor_ref=actor.id)
            made.append(meeting.id)
        return made


def _in_week(columns: dict[str, Any], week: int) -> dict[str, Any]:
    until = columns["access_until"]
    starts_at = week_later(columns["starts_at"], week, field="starts")
    return {
        "starts_at": starts_at,
        "ends_at": week_later(columns["ends_at"], week, field="ends"),
        # a day for asking in advance keeps its distance from the meeting
        "access_until": until + (starts_at.date() - columns["starts_at"].date()) if until else None,
    }


def edit_meeting(
    actor: Actor,
    meeting_id: int,
    plan: MeetingPlan,
    *,
    reason: str = "",
    expected_sequence: int | None = None,
    now: datetime,
) -> bool:
    """Change what was announced; returns whether anything did change.

    Another time or place needs a reason, is kept in the trace, and is written to everybody concerned. Raises Stale
    when somebody changed the meeting since it was seen at `expected_sequence`.
    """
    columns = checked(plan, now)
    programme_html = rendered(columns["programme"])
    with unit_of_work() as work:
        meeting = take_meeting(actor, meeting_id, expected_sequence=expected_sequence)
        changed = [name for name, value in columns.items() if getattr(meeting, name) != value]
        if not changed:
            return False
        is_moved = any(name in WHEN_AND_WHERE for name in changed)
        why = checked_reason(reason) if is_moved else ""
        is_ahead = meeting.starts_at > now
        before = as_it_stands(meeting, *(set(changed) | (set(WHEN_AND_WHERE) if is_moved else set())))
        for name in changed:
            setattr(meeting, name, columns[name])
        meeting.programme_html = programme_html
        trace(
            work,
            meeting,
            actor,
            kind="moved" if is_moved else "edited",
            reason=why,
            before=before,
            now=now,
        )
        refs = (str(meeting.id), str(meeting.consultation_id))
        work.record(MeetingMoved(*refs) if is_moved else MeetingEdited(*refs), at=now, actor_ref=actor.id)
        if is_moved and is_ahead:
            tell_of_meeting(work, "meetings/moved", meeting, now=now)
        return True


def cancel_meeting(
    actor: Actor, meeting_id: int, *, reason: str, expected_sequence: int | None = None, now: datetime
) -> None:
    """Cancel a meeting that has not ended; it stays where it was announced, struck through, with the reason.

    Raises RuleBroken for one that is over, InvalidInput without a reason.
    """
    why = checked_reason(reason)
    with unit_of_work() as work:
        meeting = take_meeting(actor, meeting_id, expected_sequence=expected_sequence)
        if now >= meeting.ends_at:
            raise RuleBroken("meeting_over")
        meeting.cancelled_at = now
        trace(
            work,
            meeting,
            actor,
            kind="cancelled",
            reason=why,
            before=as_it_stands(meeting, *WHEN_AND_WHERE),
            now=now,
        )
        work.record(
            MeetingCancelled(str(meeting.id), str(meeting.consultation_id)), at=now, actor_ref=actor.id
        )
        tell_of_meeting(work, "meetings/cancelled", meeting, now=now)
