"""Letters about meetings: moved, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.domain.errors import NotFound
from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import meetings as queries


def gather_moved(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any] | None:
    """Where and when the meeting is now, and where and when it was to be; None once another letter says more."""
    return _gather(ref, now, "moved")


def gather_cancelled(
    _recipient: Recipient, ref: Mapping[str, Any], now: datetime
) -> Mapping[str, Any] | None:
    """That the meeting is not held, and why."""
    return _gather(ref, now, "cancelled")


def _gather(ref: Mapping[str, Any], now: datetime, kind: str) -> Mapping[str, Any] | None:
    try:
        meeting = queries.get_meeting(int(ref["meeting_id"]))
    except NotFound:
        return None
    if now >= meeting.ends_at:
        return None
    changes = [row for row in queries.list_changes([meeting.id])[meeting.id] if row.kind == kind]
    told = [row for row in changes if row.number == int(ref["sequence"])]
    is_overtaken = bool(changes and changes[-1].number > int(ref["sequence"]))
    if not told or is_overtaken or (meeting.cancelled_at is not None and kind != "cancelled"):
        return None
    before = told[0].before
    return {
        "title": meeting.title,
        "consultation": meeting.consultation_title,
        "host_name": meeting.host_name,
        "reason": told[0].reason,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": ", ".join(part for part in (meeting.place, meeting.room) if part),
        "is_online": bool(meeting.link),
        "was_at": datetime.fromisoformat(before["starts_at"]),
        "was_place": ", ".join(part for part in (before["place"], before["room"]) if part),
        "is_another_time": before["starts_at"] != meeting.starts_at.isoformat(),
        "meeting_path": f"/meetings/{meeting.id}",
        "consultation_path": f"/consultations/{meeting.consultation_id}",
    }


GATHERERS: dict[str, Gatherer] = {
    "meetings/moved": gather_moved,
    "meetings/cancelled": gather_cancelled,
}
