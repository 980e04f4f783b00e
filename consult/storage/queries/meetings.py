"""Selects and updates about meetings, who came to them, and what was changed; meetings are public."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.consultations import WITH_PREPARED, Consultation
from consult.storage.models.documents import Document
from consult.storage.models.history import Seal
from consult.storage.models.meetings import Meeting, MeetingAttendance, MeetingChange
from consult.storage.models.organisations import Organisation


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as lists, pages and calendars show it; `attendance` is numbers by capacity.

    `note` and `note_html` are empty for readers until the note is published, unless drafts were asked for.
    """

    id: int
    consultation_id: int
    consultation_title: str
    document_slug: str
    host_id: int
    host_name: str
    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    room: str
    link: str
    series: str
    block: str
    capacity: int | None
    programme: str
    programme_html: str
    access: tuple[str, ...]
    access_contact: str
    access_until: date | None
    access_note: str
    sequence: int
    created_at: datetime
    changed_at: datetime
    cancelled_at: datetime | None
    note: str
    note_html: str
    note_published_at: datetime | None
    attendance: Mapping[str, int]

    @property
    def came(self) -> int:
        return sum(self.attendance.values())


@dataclass(frozen=True, slots=True)
class MeetingChangeRow:
    """One change; `before` are the fields as they stood, `reason` is empty where none was asked for or it was erased."""

    meeting_id: int
    number: int
    kind: str
    reason: str
    before: dict[str, Any]
    at: datetime


def _list(
    *conditions: ColumnElement[bool],
    with_drafts: bool = False,
    with_prepared: bool = False,
    limit: int | None = None,
) -> list[MeetingRow]:
    rows = db.session.execute(
        select(Meeting, Consultation.title, Document.slug, Organisation.name)
        .join(Consultation, Consultation.id == Meeting.consultation_id)
        .join(Document, Document.id == Consultation.document_id)
        .join(Organisation, Organisation.id == Meeting.host_id)
        .where(*conditions)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(limit)
        .execution_options(**(WITH_PREPARED if with_prepared else {}))
    ).all()
    counts = _attendance([row[0].id for row in rows])
    return [_row(*row, counts.get(row[0].id, {}), with_drafts) for row in rows]


def _row(
    meeting: Meeting,
    consultation: str,
    slug: str,
    host: str,
    attendance: Mapping[str, int],
    with_drafts: bool,
) -> MeetingRow:
    shows_note = with_drafts or meeting.note_published_at is not None
    return MeetingRow(
        id=meeting.id,
        consultation_id=meeting.consultation_id,
        consultation_title=consultation,
        document_slug=slug,
        host_id=meeting.host_id,
        host_name=host,
        kind=meeting.kind,
        title=meeting.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        room=meeting.room,
        link=meeting.link,
        series=meeting.series,
        block=meeting.block,
        capacity=meeting.capacity,
        programme=meeting.programme,
        programme_html=meeting.programme_html,
        access=tuple(code for code in meeting.access.split(",") if code),
        access_contact=meeting.access_contact,
        access_until=meeting.access_until,
        access_note=meeting.access_note,
        sequence=meeting.sequence,
        created_at=meeting.created_at,
        changed_at=meeting.changed_at,
        cancelled_at=meeting.cancelled_at,
        note=meeting.note if shows_note else "",
        note_html=meeting.note_html if shows_note else "",
        note_published_at=meeting.note_published_at,
        attendance=attendance,
    )


def _attendance(meeting_ids: Collection[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    if meeting_ids:
        for meeting_id, capacity, count in db.session.execute(
            select(MeetingAttendance.meeting_id, MeetingAttendance.capacity, MeetingAttendance.count).where(
                MeetingAttendance.meeting_id.in_(sorted(meeting_ids))
            )
        ):
            found[meeting_id][capacity] = count
    return found


def list_meetings(consultation_id: int) -> list[MeetingRow]:
    """Every meeting of a consultation, the first first; cancelled ones too, and for its host before it is announced."""
    return _list(Meeting.consultation_id == consultation_id, with_prepared=True)


def list_series(consultation_id: int, series: str) -> list[MeetingRow]:
    """The meetings of one series of a consultation, the first first."""
    return _list(Meeting.consultation_id == consultation_id, Meeting.series == series, with_prepared=True)


def list_meetings_of(
    consultation_ids: Collection[int], *, since: datetime, limit: int = 500
) -> list[MeetingRow]:
    """Meetings of these consultations that start after `since`, for calendars."""
    if not consultation_ids:
        return []
    return _list(
        Meeting.consultation_id.in_(sorted(consultation_ids)), Meeting.starts_at > since, limit=limit
    )


def list_between(since: datetime, *, limit: int) -> list[MeetingRow]:
    """Meetings of every consultation that start after `since`, the first first."""
    return _list(Meeting.starts_at > since, limit=limit)


def list_meetings_by_id(meeting_ids: Collection[int]) -> dict[int, MeetingRow]:
    """Meetings by id; those there are not are left out."""
    if not meeting_ids:
        return {}
    return {row.id: row for row in _list(Meeting.id.in_(sorted(meeting_ids)))}


def get_meeting(meeting_id: int, *, with_drafts: bool = False, with_prepared: bool = False) -> MeetingRow:
    """The meeting of this id. Raises NotFound, also before its consultation is announced unless `with_prepared`."""
    rows = _list(Meeting.id == meeting_id, with_drafts=with_drafts, with_prepared=with_prepared)
    if not rows:
        raise NotFound("meeting")
    return rows[0]


def load_meeting(meeting_id: int) -> Meeting:
    """The meeting to be changed, held until the transaction ends. Raises NotFound."""
    row = db.session.execute(
        select(Meeting).where(Meeting.id == meeting_id).with_for_update()
    ).scalar_one_or_none()
    if row is None:
        raise NotFound("meeting")
    db.session.refresh(row)
    return row


def get_attendance(meeting_id: int) -> dict[str, int]:
    """How many came, by capacity; empty before anybody counted."""
    return _attendance([meeting_id]).get(meeting_id, {})


def drop_attendance(meeting_id: int) -> None:
    """Make room for new numbers; the old ones are in the trace."""
    db.session.execute(
        delete(MeetingAttendance)
        .where(MeetingAttendance.meeting_id == meeting_id)
        .execution_options(synchronize_session=False)
    )


def next_change_number(meeting_id: int) -> int:
    return (
        db.session.scalar(
            select(func.max(MeetingChange.number)).where(MeetingChange.meeting_id == meeting_id)
        )
        or 0
    ) + 1


def list_changes(meeting_ids: Collection[int]) -> dict[int, list[MeetingChangeRow]]:
    """What was changed, by meeting, the first first."""
    found: dict[int, list[MeetingChangeRow]] = defaultdict(list)
    if not meeting_ids:
        return found
    reason, before = aliased(Seal), aliased(Seal)
    rows = db.session.execute(
        select(
            MeetingChange.meeting_id,
            MeetingChange.number,
            MeetingChange.kind,
            reason.value,
            before.value,
            MeetingChange.at,
        )
        .join(reason, reason.id == MeetingChange.reason_seal_id)
        .join(before, before.id == MeetingChange.before_seal_id)
        .where(MeetingChange.meeting_id.in_(sorted(meeting_ids)))
        .order_by(MeetingChange.meeting_id, MeetingChange.number)
    )
    for row in rows:
        found[row[0]].append(
            MeetingChangeRow(row[0], row[1], row[2], row[3] or "", json.loads(row[4] or "{}"), row[5])
        )
    return found


def attendance_sums(consultation_id: int) -> tuple[int, dict[str, int]]:
    """(meetings that were held and counted, people by capacity) of a consultation, for its protocol."""
    rows = db.session.execute(
        select(MeetingAttendance.meeting_id, MeetingAttendance.capacity, MeetingAttendance.count)
        .join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
        .where(Meeting.consultation_id == consultation_id, Meeting.cancelled_at.is_(None))
    ).all()
    sums: dict[str, int] = defaultdict(int)
    for _, capacity, count in rows:
        sums[capacity] += count
    return len({row[0] for row in rows}), dict(sums)
