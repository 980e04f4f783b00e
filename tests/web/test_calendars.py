"""Deadlines and meetings stand in people's own calendars, change there, and cost little to ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from consult.domain.policy.actors import SYSTEM
from consult.services import consultations, meetings
from consult.storage.queries import meetings as queries
from consult.web.shared.i18n import HOME
from tests.factories.records import announce_meeting, new_host
from tests.web.places import Place, new_place
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import Site


def events(content: str) -> dict[str, Any]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def own(place: Place) -> str:
    return f"/consultations/{place.consultation_id}/calendar.ics"


def host_slug(place: Place) -> str:
    from consult.storage.queries.organisations import get_host

    with place.site.records():
        return get_host(place.people.host_id).slug


def a_meeting(place: Place) -> int:
    with place.site.records() as store:
        return announce_meeting(store, place.consultation_id)


def test_the_opening_the_last_moment_and_the_meetings_of_a_consultation_are_in_its_calendar(
    place: Place,
) -> None:
    meeting_id = a_meeting(place)
    answer = place.guest.get(own(place))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    found = events(answer.text)
    site = "konsultacje.example.org"
    opens = found[f"consultation-{place.consultation_id}-opens@{site}"]
    closes = found[f"consultation-{place.consultation_id}-closes@{site}"]
    meeting = found[f"meeting-{meeting_id}@{site}"]
    assert opens["DTSTART"].dt == place.site.clock.now()
    assert closes["DTSTART"].dt == place.site.clock.now() + timedelta(days=21)
    assert meeting["DTSTART"].dt == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert str(meeting["URL"]) == f"https://{site}/meetings/{meeting_id}"
    assert "Ostatnia chwila na uwagi" in str(closes["SUMMARY"])


def test_an_end_at_midnight_stands_on_the_day_people_call_the_last(site: Site) -> None:
    until_midnight = 21 + 14 / 24
    place = new_place(site, days=until_midnight)
    found = events(place.guest.get(own(place)).text)
    closes = found[f"consultation-{place.consultation_id}-closes@konsultacje.example.org"]
    assert f"{closes['DTSTART'].dt.astimezone(HOME):%d.%m %H:%M}" == "23.03 23:59"


def test_the_same_things_are_in_the_calendars_of_all_and_of_the_host_and_of_no_other_host(
    place: Place,
) -> None:
    meeting_id = a_meeting(place)
    uid = f"meeting-{meeting_id}@konsultacje.example.org"
    assert uid in events(place.guest.get("/calendars/consultations.ics").text)
    assert uid in events(place.guest.get(f"/calendars/hosts/{host_slug(place)}.ics").text)
    with place.site.records() as store:
        from consult.storage.queries.organisations import get_host

        other = get_host(new_host(store, "Gmina Inna")).slug
    assert events(place.guest.get(f"/calendars/hosts/{other}.ics").text) == {}
    place.guest.get("/calendars/hosts/nie-ma.ics", expect=404)


def test_a_moved_meeting_keeps_its_name_and_raises_its_sequence_and_a_cancelled_one_says_so(
    place: Place,
) -> None:
    meeting_id = a_meeting(place)
    uid = f"meeting-{meeting_id}@konsultacje.example.org"
    where = f"/meetings/{meeting_id}/calendar.ics"
    before = events(place.guest.get(where).text)[uid]
    place.site.clock.advance(minutes=5)
    with place.site.records() as store:
        row = queries.get_meeting(meeting_id)
        local = row.starts_at
        plan = meetings.MeetingPlan(
            kind=row.kind,
            title=row.title,
            day=local.date(),
            starts=local.time().replace(hour=18),
            ends=local.time().replace(hour=20),
            place=row.place,
        )
        meetings.edit_meeting(SYSTEM, meeting_id, plan, reason="Sesja.", now=store.now)
    moved = events(place.guest.get(where).text)[uid]
    assert moved["DTSTART"].dt == before["DTSTART"].dt + timedelta(hours=1)
    assert moved["SEQUENCE"] > before["SEQUENCE"]
    with place.site.records() as store:
        meetings.cancel_meeting(SYSTEM, meeting_id, reason="Burza.", now=store.now)
    off = events(place.guest.get(where).text)[uid]
    assert str(off["STATUS"]) == "CANCELLED"
    assert off["SEQUENCE"] > moved["SEQUENCE"]
    assert uid in events(place.guest.get(own(place)).text)


def test_who_has_the_calendar_already_gets_no_second_copy(place: Place) -> None:
    a_meeting(place)
    for address in (own(place), "/calendars/consultations.ics"):
        answer = place.guest.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=900"
        assert "Set-Cookie" not in answer.headers
        tag, changed = answer.headers["ETag"], answer.headers["Last-Modified"]
        place.guest.get(address, headers={"If-None-Match": tag}, expect=304)
        asked = f"{address}?lang=pl"
        place.guest.get(asked, headers={"If-Modified-Since": changed}, expect=304)


def test_a_new_meeting_is_in_the_calendar_at_once(place: Place) -> None:
    tag = place.guest.get(own(place)).headers["ETag"]
    place.site.clock.advance(seconds=2)
    meeting_id = a_meeting(place)
    answer = place.guest.get(own(place), headers={"If-None-Match": tag})
    assert f"meeting-{meeting_id}@" in answer.text


def test_a_calendar_speaks_the_language_of_its_address_whatever_the_reader_chose(place: Place) -> None:
    english = place.site.visitor(language="en")
    assert "Początek konsultacji" in english.get(own(place)).text.replace("\r\n ", "")
    assert "Consultation begins" in place.guest.get(f"{own(place)}?lang=en").text.replace("\r\n ", "")
    assert "Początek" in place.guest.get(f"{own(place)}?lang=xx").text


def test_a_calendar_asks_as_little_of_a_store_with_many_consultations_as_of_one_with_few(
    site: Site,
) -> None:
    a_meeting(new_place(site))
    with counted() as few:
        site.visitor().get("/calendars/consultations.ics?lang=pl")
    for _ in range(4):
        a_meeting(new_place(site))
    with counted() as many:
        site.visitor().get("/calendars/consultations.ics?lang=en")
    assert len(many) == len(few)


def test_a_consultation_long_over_leaves_the_common_calendar_and_stays_in_its_own(place: Place) -> None:
    place.site.clock.advance(days=100)
    uid = f"consultation-{place.consultation_id}-closes@konsultacje.example.org"
    assert uid not in events(place.guest.get("/calendars/consultations.ics").text)
    assert uid in events(place.guest.get(own(place)).text)


@pytest.mark.parametrize("days", [5])
def test_an_extension_moves_the_last_moment_and_raises_its_sequence(place: Place, days: int) -> None:
    uid = f"consultation-{place.consultation_id}-closes@konsultacje.example.org"
    before = events(place.guest.get(own(place)).text)[uid]
    with place.site.records() as store:
        row = consultations_row(place)
        consultations.extend_consultation(
            SYSTEM,
            place.consultation_id,
            closes_at=row.closes_at + timedelta(days=days),
            reason="Wpłynęły prośby o dłuższy termin.",
            now=store.now,
        )
    after = events(place.guest.get(own(place)).text)[uid]
    assert after["DTSTART"].dt > before["DTSTART"].dt
    assert after["SEQUENCE"] > before["SEQUENCE"]


def consultations_row(place: Place) -> Any:
    from consult.storage.queries.consultations import get_consultation

    return get_consultation(place.consultation_id)


def test_no_words_of_an_official_add_lines_to_a_calendar(place: Place) -> None:
    with place.site.records() as store:
        announce_meeting(store, place.consultation_id, title="Spotkanie; ATTENDEE:mailto:a@example.org, x\\n")
    content = place.guest.get(own(place)).data
    assert not [line for line in content.split(b"\r\n") if line.startswith(b"ATTENDEE")]
