"""Calendars are read by other programs exactly as the standard has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import icalendar
import pytest

from consult.adapters.calendar_ics import IcsCalendar
from consult.ports.calendars import Calendar, CalendarEntry

AT = datetime(2026, 5, 12, 15, 0, tzinfo=UTC)

ENTRY = CalendarEntry(
    uid="meeting-7@konsultacje.example.org",
    sequence=2,
    starts_at=AT,
    ends_at=AT + timedelta(hours=2),
    changed_at=AT - timedelta(days=3),
    title="Spotkanie z mieszkankami, mieszkańcami; żółta sala\\parter",
    description="Pierwszy wiersz\nDrugi wiersz, z przecinkiem",
    place="ul. Łąkowa 1, Miasto",
    address="https://konsultacje.example.org/meetings/7",
)


def written(*entries: CalendarEntry) -> bytes:
    return IcsCalendar().write(Calendar("Konsultacje społeczne", entries))


def events(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_what_is_written_is_read_back_letter_by_letter() -> None:
    (event,) = events(written(ENTRY))
    assert str(event["UID"]) == ENTRY.uid
    assert str(event["SUMMARY"]) == ENTRY.title
    assert str(event["DESCRIPTION"]) == ENTRY.description
    assert str(event["LOCATION"]) == ENTRY.place
    assert event["DTSTART"].dt == ENTRY.starts_at
    assert event["DTEND"].dt == ENTRY.ends_at
    assert int(event["SEQUENCE"]) == 2
    assert str(event["STATUS"]) == "CONFIRMED"


def test_lines_end_with_crlf_and_are_folded_at_75_octets_without_breaking_a_letter() -> None:
    content = written(ENTRY)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_moments_are_in_utc_whatever_zone_they_came_in() -> None:
    shifted = AT.astimezone(timezone(timedelta(hours=2)))
    assert b"DTSTART:20260512T150000Z" in written(
        CalendarEntry("a@b", 0, shifted, None, shifted, "Ostatnia chwila")
    )


def test_a_cancelled_entry_says_so_to_programs() -> None:
    cancelled = CalendarEntry("a@b", 3, AT, AT + timedelta(hours=1), AT, "Spacer", is_cancelled=True)
    (event,) = events(written(cancelled))
    assert str(event["STATUS"]) == "CANCELLED"


def test_a_moment_without_a_length_has_no_end_and_takes_up_nobodys_time() -> None:
    (event,) = events(written(CalendarEntry("a@b", 0, AT, None, AT, "Koniec")))
    assert "DTEND" not in event
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_the_same_entries_always_give_the_same_bytes() -> None:
    assert written(ENTRY) == written(ENTRY)


def test_a_calendar_without_entries_is_still_a_calendar() -> None:
    calendar = icalendar.Calendar.from_ical(written())
    assert str(calendar["VERSION"]) == "2.0"
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert calendar["PRODID"]


@pytest.mark.parametrize("words", ["X\r\nATTENDEE:mailto:a@example.org", "X\nBEGIN:VALARM", "X\rURL:evil"])
def test_no_words_can_add_a_line_of_their_own(words: str) -> None:
    content = written(CalendarEntry("a@b", 0, AT, None, AT, words, description=words, place=words))
    for line in content.split(b"\r\n"):
        assert not line.startswith((b"ATTENDEE", b"BEGIN:VALARM", b"URL:evil"))
