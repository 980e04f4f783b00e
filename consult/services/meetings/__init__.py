"""Meetings and duty hours: announced, moved, cancelled, counted, written up."""

from consult.services.meetings.aftermath import count_attendance, save_note
from consult.services.meetings.announcing import announce_meeting, cancel_meeting, edit_meeting
from consult.services.meetings.plans import MeetingPlan

__all__ = [
    "MeetingPlan",
    "announce_meeting",
    "cancel_meeting",
    "count_attendance",
    "edit_meeting",
    "save_note",
]
