"""What the views of meetings share: where one comes from, and the gate of pages with forms."""

from __future__ import annotations

from consult.domain.errors import ConsultError, Stale
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import meetings as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.meetings import MeetingRow
from consult.web.meetings.forms import SeenForm
from consult.web.shared.hosts import show_host
from consult.web.shared.viewers import current_actor


def consultation_to_manage(consultation_id: int) -> ConsultationRow:
    """The consultation whose meetings and opinions the reader keeps. Raises NotFound, NotPermitted."""
    consultation = consultation_queries.get_consultation(consultation_id, with_prepared=True)
    require(current_actor(), Permission.MANAGE_MEETINGS, Target(host_id=consultation.host_id))
    show_host(consultation.host_id)
    return consultation


def meeting_to_manage(meeting_id: int) -> MeetingRow:
    """The meeting the reader keeps, with a note not yet published. Raises NotFound, NotPermitted."""
    meeting = queries.get_meeting(meeting_id, with_drafts=True, with_prepared=True)
    require(current_actor(), Permission.MANAGE_MEETINGS, Target(host_id=meeting.host_id))
    show_host(meeting.host_id)
    return meeting


def seen_again(form: SeenForm, error: ConsultError, meeting: MeetingRow) -> MeetingRow:
    """After a refusal, the meeting as it is now; a form refused as stale can be sent again, since it was now seen."""
    if not isinstance(error, Stale):
        return meeting
    now_there = queries.get_meeting(meeting.id, with_drafts=True, with_prepared=True)
    form.seen.data = str(now_there.sequence)
    return now_there
