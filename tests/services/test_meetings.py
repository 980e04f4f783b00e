"""Meetings are announced, moved, cancelled and written up in the open: nothing announced disappears."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, time, timedelta

import pytest

from consult.domain.errors import InvalidInput, NotFound, NotPermitted, RuleBroken, Stale
from consult.domain.policy.actors import SYSTEM
from consult.services import meetings
from consult.services.meetings import MeetingPlan
from consult.storage.queries import meetings as queries
from tests.factories.apps import Store
from tests.factories.records import (
    RESIDENT,
    announce_meeting,
    comment_on,
    new_document,
    new_people,
    open_consultation,
)

PLAN = MeetingPlan(
    kind="meeting",
    title="Spotkanie otwarte",
    day=date(2026, 3, 9),
    starts=time(17),
    ends=time(19),
    place="ul. Rynek 1, Miasto",
)


@pytest.fixture
def consultation_id(store: Store) -> int:
    return open_consultation(store, new_document(store))


def plan(**changed: object) -> MeetingPlan:
    return dataclasses.replace(PLAN, **changed)  # type: ignore[arg-type]


def announce(store: Store, consultation_id: int, **changed: object) -> int:
    return meetings.announce_meeting(SYSTEM, consultation_id, plan(**changed), now=store.now)[0]


def test_a_meeting_is_kept_as_the_clock_on_the_wall_shows_it(store: Store, consultation_id: int) -> None:
    row = queries.get_meeting(announce(store, consultation_id))
    assert row.starts_at == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert row.ends_at == datetime(2026, 3, 9, 18, tzinfo=UTC)


def test_duty_hours_of_several_weeks_keep_their_hour_over_the_change_of_clocks(
    store: Store, consultation_id: int
) -> None:
    made = meetings.announce_meeting(
        SYSTEM,
        consultation_id,
        plan(kind="duty", day=date(2026, 3, 23), access_until=date(2026, 3, 20)),
        weeks=3,
        now=store.now,
    )
    rows = [queries.get_meeting(each) for each in made]
    assert [row.starts_at.hour for row in rows] == [16, 15, 15]
    assert [row.access_until for row in rows] == [date(2026, 3, 20), date(2026, 3, 27), date(2026, 4, 3)]


def test_one_week_in_the_hour_left_out_refuses_them_all(store: Store, consultation_id: int) -> None:
    night = plan(day=date(2026, 3, 22), starts=time(2, 30), ends=time(4))
    with pytest.raises(InvalidInput) as refusal:
        meetings.announce_meeting(SYSTEM, consultation_id, night, weeks=2, now=store.now)
    assert refusal.value.code == "invalid.hour_skipped"
    assert queries.list_meetings(consultation_id) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"title": "  "}, "title"),
        ({"starts": time(19), "ends": time(17)}, "ends"),
        ({"place": ""}, "place"),
        ({"kind": "online"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 10**6}, "capacity"),
        ({"access": ("step_free", "magic")}, "access"),
        ({"access_until": date(2026, 3, 10)}, "access_until"),
        ({"room": "x" * 201}, "room"),
        ({"programme": "x" * 10_001}, "programme"),
        ({"place": "Rynek\x00"}, "place"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    store: Store, consultation_id: int, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        announce(store, consultation_id, **changed)
    assert refusal.value.facts["field"] == field
    assert queries.list_meetings(consultation_id) == []


def test_only_officials_of_the_host_announce_change_cancel_count_and_write(store: Store) -> None:
    people = new_people(store)
    consultation_id = open_consultation(store, new_document(store, host_id=people.host_id))
    meeting_id = announce_meeting(store, consultation_id, days=0, starts=time(8), ends=time(23))
    for actor in (people.guest, people.neighbour, people.member, people.editor, people.administrator):
        for act in (
            lambda who=actor: meetings.announce_meeting(who, consultation_id, PLAN, now=store.now),
            lambda who=actor: meetings.edit_meeting(who, meeting_id, PLAN, reason="x", now=store.now),
            lambda who=actor: meetings.cancel_meeting(who, meeting_id, reason="x", now=store.now),
            lambda who=actor: meetings.count_attendance(who, meeting_id, {"ngo": 1}, now=store.now),
            lambda who=actor: meetings.save_note(who, meeting_id, "x", publish=True, now=store.now),
        ):
            with pytest.raises(NotPermitted):
                act()
    assert meetings.count_attendance(people.official, meeting_id, {"ngo": 1}, now=store.now)


def test_another_time_needs_a_reason_and_the_old_one_is_kept(store: Store, consultation_id: int) -> None:
    meeting_id = announce(store, consultation_id)
    with pytest.raises(InvalidInput) as refusal:
        meetings.edit_meeting(SYSTEM, meeting_id, plan(starts=time(18)), now=store.now)
    assert refusal.value.facts["field"] == "reason"
    assert queries.get_meeting(meeting_id).sequence == 0
    assert meetings.edit_meeting(
        SYSTEM, meeting_id, plan(starts=time(18)), reason="Sesja rady trwa dłużej.", now=store.now
    )
    (change,) = queries.list_changes([meeting_id])[meeting_id]
    assert change.kind == "moved"
    assert change.reason == "Sesja rady trwa dłużej."
    assert change.before["starts_at"] == "2026-03-09T16:00:00+00:00"
    assert change.before["place"] == PLAN.place
    assert queries.get_meeting(meeting_id).sequence == 1


def test_other_words_need_no_reason_and_nothing_new_is_no_change(store: Store, consultation_id: int) -> None:
    meeting_id = announce(store, consultation_id)
    assert meetings.edit_meeting(SYSTEM, meeting_id, plan(capacity=40), now=store.now)
    assert not meetings.edit_meeting(SYSTEM, meeting_id, plan(capacity=40), now=store.now)
    assert [row.kind for row in queries.list_changes([meeting_id])[meeting_id]] == ["edited"]


def test_two_officials_do_not_overwrite_one_another(store: Store, consultation_id: int) -> None:
    meeting_id = announce(store, consultation_id)
    meetings.edit_meeting(SYSTEM, meeting_id, plan(capacity=40), expected_sequence=0, now=store.now)
    with pytest.raises(Stale):
        meetings.edit_meeting(SYSTEM, meeting_id, plan(capacity=50), expected_sequence=0, now=store.now)


def test_a_cancelled_meeting_stays_with_its_reason_and_is_not_changed_any_more(
    store: Store, consultation_id: int
) -> None:
    meeting_id = announce(store, consultation_id)
    with pytest.raises(InvalidInput):
        meetings.cancel_meeting(SYSTEM, meeting_id, reason=" \n ", now=store.now)
    meetings.cancel_meeting(SYSTEM, meeting_id, reason="Burza.", now=store.now)
    assert [row.id for row in queries.list_meetings(consultation_id)] == [meeting_id]
    assert queries.list_changes([meeting_id])[meeting_id][0].reason == "Burza."
    with pytest.raises(RuleBroken):
        meetings.edit_meeting(SYSTEM, meeting_id, plan(capacity=1), now=store.now)
    with pytest.raises(RuleBroken):
        meetings.cancel_meeting(SYSTEM, meeting_id, reason="Burza.", now=store.now)


def test_a_meeting_that_is_over_cannot_be_cancelled(store: Store, consultation_id: int) -> None:
    meeting_id = announce(store, consultation_id)
    store.clock.advance(days=8)
    with pytest.raises(RuleBroken) as refusal:
        meetings.cancel_meeting(SYSTEM, meeting_id, reason="x", now=store.now)
    assert refusal.value.code == "rule.meeting_over"


def test_nobody_is_counted_and_nothing_noted_before_a_meeting_begins(
    store: Store, consultation_id: int
) -> None:
    meeting_id = announce(store, consultation_id)
    with pytest.raises(RuleBroken):
        meetings.count_attendance(SYSTEM, meeting_id, {"resident": 3}, now=store.now)
    with pytest.raises(RuleBroken):
        meetings.save_note(SYSTEM, meeting_id, "Było dobrze.", publish=False, now=store.now)


def test_numbers_are_corrected_with_a_reason_and_the_old_ones_are_kept(
    store: Store, consultation_id: int
) -> None:
    meeting_id = announce(store, consultation_id)
    store.clock.advance(days=8)
    meetings.count_attendance(SYSTEM, meeting_id, {"resident": 30, "ngo": 2}, now=store.now)
    with pytest.raises(InvalidInput):
        meetings.count_attendance(SYSTEM, meeting_id, {"resident": 20}, now=store.now)
    meetings.count_attendance(
        SYSTEM, meeting_id, {"resident": 20}, reason="Policzono dwa razy.", now=store.now
    )
    assert queries.get_meeting(meeting_id).attendance == {"resident": 20}
    last = queries.list_changes([meeting_id])[meeting_id][-1]
    assert (last.before, last.reason) == (
        {"attendance": {"ngo": 2, "resident": 30}},
        "Policzono dwa razy.",
    )


def test_the_protocol_gets_the_sums_of_meetings_that_were_held(store: Store, consultation_id: int) -> None:
    for _ in range(2):
        held = announce_meeting(store, consultation_id, days=0, starts=time(8), ends=time(9))
        meetings.count_attendance(SYSTEM, held, {"resident": 5, "ngo": 1}, now=store.now)
    announce(store, consultation_id)
    assert queries.attendance_sums(consultation_id) == (2, {"resident": 10, "ngo": 2})


def test_a_note_is_seen_by_readers_once_published_and_its_markup_is_harmless(
    store: Store, consultation_id: int
) -> None:
    meeting_id = announce(store, consultation_id)
    store.clock.advance(days=8)
    source = "**Pytano** o terminy. <script>alert(1)</script> [x](javascript:alert(1))"
    meetings.save_note(SYSTEM, meeting_id, source, publish=False, now=store.now)
    assert not queries.get_meeting(meeting_id).note_html
    meetings.save_note(SYSTEM, meeting_id, source, publish=True, now=store.now)
    row = queries.get_meeting(meeting_id)
    assert "<strong>Pytano</strong>" in row.note_html
    assert "<script" not in row.note_html
    assert 'href="javascript' not in row.note_html
    assert row.note_published_at == store.now


def test_a_published_note_stays_public_and_its_first_words_are_kept(
    store: Store, consultation_id: int
) -> None:
    meeting_id = announce(store, consultation_id)
    store.clock.advance(days=8)
    meetings.save_note(SYSTEM, meeting_id, "Przyszło wielu.", publish=True, now=store.now)
    first = store.now
    store.clock.advance(days=1)
    meetings.save_note(SYSTEM, meeting_id, "Przyszło niewielu.", publish=False, now=store.now)
    row = queries.get_meeting(meeting_id)
    assert (row.note, row.note_published_at) == ("Przyszło niewielu.", first)
    assert queries.list_changes([meeting_id])[meeting_id][-1].before["note"] == "Przyszło wielu."


def test_those_who_commented_get_a_letter_when_a_meeting_moves_and_when_it_is_cancelled(
    store: Store,
) -> None:
    slug = new_document(store)
    consultation_id = open_consultation(store, slug)
    comment_on(store, slug, sender=RESIDENT)
    comment_on(store, slug, text="Druga uwaga.", sender=RESIDENT)
    meeting_id = announce(store, consultation_id)
    box = store.ports.mailer.sent  # type: ignore[attr-defined]
    box.clear()
    meetings.edit_meeting(SYSTEM, meeting_id, plan(place="Biblioteka"), reason="Remont sali.", now=store.now)
    (moved,) = box
    assert moved.to == RESIDENT.email
    assert "Biblioteka" in moved.text
    assert "Remont sali." in moved.text
    assert f"/meetings/{meeting_id}" in moved.text
    meetings.cancel_meeting(SYSTEM, meeting_id, reason="Burza.", now=store.now)
    assert "Burza." in box[-1].text
    assert len(box) == 2


def test_a_correction_of_a_meeting_that_is_over_troubles_nobody(store: Store) -> None:
    slug = new_document(store)
    consultation_id = open_consultation(store, slug)
    comment_on(store, slug, sender=RESIDENT)
    meeting_id = announce(store, consultation_id)
    store.clock.advance(days=8)
    box = store.ports.mailer.sent  # type: ignore[attr-defined]
    box.clear()
    meetings.edit_meeting(SYSTEM, meeting_id, plan(room="3"), reason="Podano złą salę.", now=store.now)
    assert box == []


def test_there_are_no_meetings_of_a_consultation_there_is_not(store: Store) -> None:
    with pytest.raises(NotFound):
        meetings.announce_meeting(SYSTEM, 4711, PLAN, now=store.now)
    with pytest.raises(NotFound):
        meetings.cancel_meeting(SYSTEM, 4711, reason="x", now=store.now + timedelta(days=1))
