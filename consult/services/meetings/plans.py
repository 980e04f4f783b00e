"""What is said of a meeting before it takes place, and how it is held to be possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from consult.domain.errors import InvalidInput
from consult.domain.process.meetings import (
    MOST_PEOPLE,
    Access,
    MeetingKind,
    require_times,
)
from consult.domain.process.windows import named_moment
from consult.domain.text.typed import typed_address, typed_line, typed_words
from consult.services.drafting import checked_title
from consult.storage.models import Meeting
from consult.storage.unit_of_work import current_ports

LONGEST_PLACE = 300
LONGEST_NAME = 200
LONGEST_PROGRAMME = 10_000
LONGEST_ACCESS_NOTE = 2_000
LONGEST_LINK = 500
LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """A meeting as it is announced. `day`, `starts` and `ends` are what the clock in Warsaw shows.

    `access` holds codes of what the place offers, `programme` is Markdown; `capacity` None means that nobody counts.
    """

    kind: str
    title: str
    day: date
    starts: time
    ends: time
    place: str = ""
    room: str = ""
    link: str = ""
    series: str = ""
    block: str = ""
    capacity: int | None = None
    programme: str = ""
    access: tuple[str, ...] = ()
    access_contact: str = ""
    access_until: date | None = None
    access_note: str = ""


def checked(plan: MeetingPlan, now: datetime) -> dict[str, Any]:
    """The columns of a meeting as planned. Raises InvalidInput beside the field that cannot be."""
    if plan.kind not in tuple(MeetingKind):
        raise InvalidInput("meeting_kind", field="kind")
    title = checked_title(plan.title)
    starts_at = named_moment(plan.day, plan.starts, field="starts", is_end=False)
    ends_at = named_moment(plan.day, plan.ends, field="ends", is_end=False)
    require_times(starts_at, ends_at, now)
    place = typed_line(plan.place, "place", LONGEST_PLACE)
    link = typed_address(plan.link, "link", LONGEST_LINK)
    if plan.kind == MeetingKind.ONLINE and not link:
        raise InvalidInput("meeting_link_missing", field="link")
    if plan.kind != MeetingKind.ONLINE and not place:
        raise InvalidInput("meeting_place_missing", field="place")
    if plan.capacity is not None and not 1 <= plan.capacity <= MOST_PEOPLE:
        raise InvalidInput("meeting_capacity", field="capacity", limit=MOST_PEOPLE)
    if unknown := set(plan.access) - set(Access):
        raise InvalidInput("meeting_access", field="access", code=min(unknown)[:20])
    if plan.access_until is not None and plan.access_until > plan.day:
        raise InvalidInput("access_until_too_late", field="access_until")
    programme = typed_words(plan.programme, "programme", LONGEST_PROGRAMME)
    return {
        "kind": plan.kind,
        "title": title,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place,
        "room": typed_line(plan.room, "room", LONGEST_NAME),
        "link": link,
        "series": typed_line(plan.series, "series", LONGEST_NAME),
        "block": typed_line(plan.block, "block", LONGEST_NAME),
        "capacity": plan.capacity,
        "programme": programme,
        "access": ",".join(code for code in Access if code in plan.access),
        "access_contact": typed_line(plan.access_contact, "access_contact", LONGEST_PLACE),
        "access_until": plan.access_until,
        "access_note": typed_words(plan.access_note, "access_note", LONGEST_ACCESS_NOTE),
    }


def rendered(source: str) -> str:
    """Safe HTML of Markdown an official wrote; empty for no words."""
    return current_ports().renderer.render(source).html if source else ""


def checked_reason(reason: str, field: str = "reason") -> str:
    """A reason to be given to people. Raises InvalidInput when there is none."""
    kept = typed_words(reason, field, LONGEST_REASON)
    if not kept:
        raise InvalidInput("why_missing", field=field)
    return kept


def as_it_stands(meeting: Meeting, *fields: str) -> dict[str, Any]:
    """Fields of a meeting as plain values, for the trace."""
    return {name: _plain(getattr(meeting, name)) for name in fields}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
