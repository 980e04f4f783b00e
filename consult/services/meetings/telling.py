"""Writing to everybody concerned that a meeting is held at another time or place, or not at all."""

from __future__ import annotations

from datetime import datetime

from consult.services.addressees import addressees_of
from consult.services.posting import post
from consult.storage.models import Meeting
from consult.storage.unit_of_work import Work


def tell_of_meeting(work: Work, letter: str, meeting: Meeting, *, now: datetime) -> None:
    """Post `letter` to all who commented in the meeting's consultation or follow it.

    The letter says what holds when it leaves, so that two changes in one minute never contradict each other.
    """
    for addressee in addressees_of(meeting.consultation_id):
        post(
            work,
            letter,
            person_id=addressee.person_id,
            submission_id=addressee.submission_id,
            ref={"meeting_id": meeting.id, "sequence": meeting.sequence},
            at=now,
        )
