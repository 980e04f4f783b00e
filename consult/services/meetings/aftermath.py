"""What is kept of a meeting that took place: how many came, and its note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import MeetingCounted, MeetingNotePublished, MeetingNoteSaved
from consult.domain.policy.actors import Actor
from consult.domain.process.meetings import checked_attendance
from consult.domain.text.typed import typed_words
from consult.services.meetings.plans import as_it_stands, checked_reason, rendered
from consult.services.meetings.tracing import take_meeting, trace
from consult.storage.models import Meeting, MeetingAttendance
from consult.storage.queries import meetings as queries
from consult.storage.unit_of_work import unit_of_work

LONGEST_NOTE = 60_000


def count_attendance(
    actor: Actor,
    meeting_id: int,
    numbers: Mapping[str, int | None],
    *,
    reason: str = "",
    expected_sequence: int | None = None,
    now: datetime,
) -> bool:
    """Note how many people came in each capacity, numbers only; returns whether anything changed.

    Numbers noted before are corrected with a reason and kept in the trace. Raises RuleBroken before the meeting
    begins, InvalidInput for a number that cannot be.
    """
    counted = checked_attendance(numbers)
    with unit_of_work() as work:
        meeting = take_meeting(actor, meeting_id, expected_sequence=expected_sequence)
        _require_begun(meeting, now)
        before = queries.get_attendance(meeting_id)
        if before == counted:
            return False
        why = checked_reason(reason) if before else ""
        queries.drop_attendance(meeting_id)
        work.add(
            *(
                MeetingAttendance(meeting_id=meeting_id, capacity=capacity, count=count)
                for capacity, count in counted.items()
            )
        )
        trace(work, meeting, actor, kind="counted", reason=why, before={"attendance": before}, now=now)
        work.record(MeetingCounted(str(meeting_id), str(meeting.consultation_id)), at=now, actor_ref=actor.id)
        return True


def save_note(
    actor: Actor,
    meeting_id: int,
    source: str,
    *,
    publish: bool,
    expected_sequence: int | None = None,
    now: datetime,
) -> None:
    """Keep the note of a meeting, given as Markdown, and publish it when asked to.

    What was published stays public: every later saving is a correction everybody sees, and the words before it
    are in the trace. Raises RuleBroken before the meeting begins, InvalidInput for an empty note.
    """
    note = typed_words(source, "note", LONGEST_NOTE)
    if not note:
        raise InvalidInput("meeting_note_empty", field="note")
    html = rendered(note)
    with unit_of_work() as work:
        meeting = take_meeting(actor, meeting_id, expected_sequence=expected_sequence)
        _require_begun(meeting, now)
        was_public = meeting.note_published_at is not None
        if meeting.note == note and (was_public or not publish):
            return
        before = as_it_stands(meeting, "note", "note_published_at")
        meeting.note, meeting.note_html = note, html
        if publish and not was_public:
            meeting.note_published_at = now
        trace(work, meeting, actor, kind="noted", before=before, now=now)
        refs = (str(meeting_id), str(meeting.consultation_id))
        is_public = meeting.note_published_at is not None
        work.record(
            MeetingNotePublished(*refs) if is_public else MeetingNoteSaved(*refs),
            at=now,
            actor_ref=actor.id,
        )


def _require_begun(meeting: Meeting, now: datetime) -> None:
    if now < meeting.starts_at:
        raise RuleBroken("meeting_not_begun")
