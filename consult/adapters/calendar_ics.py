"""Calendars as iCalendar (RFC 5545), in UTC, so that no program has to know when clocks change in Warsaw."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar

from consult.ports.calendars import Calendar, CalendarEntry

PRODUCT = "-//Consult//Consult//PL"


class IcsCalendar:
    """Writes iCalendar files: CRLF lines folded at 75 octets, as the standard asks."""

    media_type = "text/calendar"

    def write(self, calendar: Calendar) -> bytes:
        made = icalendar.Calendar()
        made.add("prodid", PRODUCT)
        made.add("version", "2.0")
        made.add("calscale", "GREGORIAN")
        made.add("method", "PUBLISH")
        made.add("name", calendar.name)
        made.add("x-wr-calname", calendar.name)
        made.add("x-wr-timezone", "Europe/Warsaw")
        refresh = timedelta(hours=calendar.refresh_hours)
        made.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", f"PT{calendar.refresh_hours}H")
        for entry in calendar.entries:
            made.add_component(_event(entry, calendar.language))
        return bytes(made.to_ical())


def _event(entry: CalendarEntry, language: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _moment(entry.changed_at))
    event.add("last-modified", _moment(entry.changed_at))
    event.add("dtstart", _moment(entry.starts_at))
    if entry.ends_at is not None:
        event.add("dtend", _moment(entry.ends_at))
    event.add("summary", entry.title, parameters={"LANGUAGE": language})
    if entry.description:
        event.add("description", entry.description, parameters={"LANGUAGE": language})
    if entry.place:
        event.add("location", entry.place)
    if entry.address:
        event.add("url", entry.address)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    # a consultation takes up nobody's time; a meeting does
    event.add("transp", "TRANSPARENT" if entry.ends_at is None else "OPAQUE")
    return event


def _moment(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
