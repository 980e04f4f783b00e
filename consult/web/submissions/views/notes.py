"""The note of a meeting as a letter to be cut into comments, with what earlier submissions were made of."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from consult.domain.errors import NotFound
from consult.domain.process.windows import WARSAW
from consult.domain.text.normalise import normalise
from consult.domain.text.spans import Span
from consult.storage.queries import meetings as queries
from consult.storage.queries import submissions as submission_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.meetings import MeetingRow
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import new_token
from consult.web.shared.presenters import Link
from consult.web.submissions.forms import SubmissionForm, Typed, submission_form


def meeting_of(consultation: ConsultationRow, words: str | None) -> MeetingRow | None:
    """The meeting of this consultation that an address or a form names; None where it names none. Raises NotFound."""
    meeting_id = whole_number(words)
    if meeting_id is None:
        return None
    meeting = queries.get_meeting(meeting_id, with_drafts=True)
    if meeting.consultation_id != consultation.id:
        raise NotFound("meeting")
    return meeting


def form_of_note(meeting: MeetingRow) -> SubmissionForm:
    """The form of a submission made of a meeting: its channel, its day, its note to be cut."""
    form = submission_form(1)
    form.token.data = new_token()
    form.channel.data = "duty" if meeting.kind == "duty" else "meeting"
    form.received_on.data = meeting.starts_at.astimezone(WARSAW).date()
    form.meeting.data = str(meeting.id)
    form.letter.data = normalise(meeting.note)
    form.show([Typed()])
    return form


def link_to(meeting: MeetingRow) -> Link:
    return Link(meeting.title, url_for("meetings.show", meeting_id=meeting.id))


def used_before(meeting: MeetingRow | None, letter: str) -> Sequence[tuple[int, Span]]:
    """(receipt, words) of the same note that earlier submissions hold."""
    if meeting is None:
        return ()
    return [
        (row.receipt_no, Span(start, end))
        for row in submission_queries.list_of_meeting(meeting.id)
        if row.letter is not None and row.letter.text == letter
        for _, start, end in row.letter.passages
    ]
