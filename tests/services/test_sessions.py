"""A session is signed in from its making to its end, and what is kept of it signs nobody in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.errors import NotFound, NotPermitted
from consult.domain.policy.actors import ANONYMOUS, EDITOR, MEMBER, OFFICIAL, REPRESENTATIVE, Actor
from consult.domain.policy.sessions import (
    OTHERS_IDLE,
    OTHERS_LONGEST,
    STAFF_IDLE,
    STAFF_LONGEST,
    is_over,
    is_staff,
)
from consult.services.accounts import sessions
from consult.services.accounts.sessions import Begun, Device
from consult.services.drawn_secrets import hashed
from consult.storage.database import db
from consult.storage.models import OutgoingLetter, PersonSession
from consult.storage.queries import sessions as queries
from tests.factories.apps import Store
from tests.factories.records import new_people, new_person

FIREFOX = Device("Firefox", "Windows")
PHONE = Device("Chrome", "Android")


def begin(store: Store, person: Actor, device: Device = FIREFOX) -> Begun:
    assert person.id
    return sessions.begin_session(person.id, means="password", device=device, now=store.now)


def live(person: Actor) -> list[int]:
    return [row.id for row in queries.list_sessions(person.id or 0)]


def letters(person: Actor) -> list[str]:
    rows = db.session.query(OutgoingLetter).filter_by(person_id=person.id).order_by(OutgoingLetter.id)
    return [row.letter for row in rows]


def test_a_session_is_found_by_its_token_and_by_nothing_that_is_kept(store: Store) -> None:
    person = new_person(store)
    begun = begin(store, person)
    found = queries.find_session(hashed(begun.token))
    assert found is not None
    assert (found.person_id, found.browser, found.system) == (person.id, "Firefox", "Windows")
    assert not found.is_pending
    row = db.session.get_one(PersonSession, found.id)
    kept = " ".join(str(getattr(row, column.name)) for column in PersonSession.__table__.columns)
    assert begun.token not in kept
    for known in (row.token_hash, str(row.id), "", "x" * 32):
        assert queries.find_session(hashed(known)) is None


def test_two_sessions_never_share_a_token(store: Store) -> None:
    person = new_person(store)
    tokens = {begin(store, person).token for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) == 32


def test_one_browser_is_signed_out_and_the_others_stay(store: Store) -> None:
    person, stranger = new_person(store), new_person(store)
    tokens = [begin(store, person).token for _ in range(3)]
    begin(store, stranger)
    first, second, third = sorted(live(person))
    sessions.end_session(person, second, now=store.now)
    assert queries.find_session(hashed(tokens[1])) is None
    assert sorted(live(person)) == [first, third]
    with pytest.raises(NotFound):
        sessions.end_session(person, second, now=store.now)
    assert sessions.end_other_sessions(person, keep=third, now=store.now) == 1
    assert live(person) == [third]
    assert len(live(stranger)) == 1


def test_nobody_ends_the_session_of_somebody_else(store: Store) -> None:
    person, stranger = new_person(store), new_person(store)
    begin(store, person)
    (session_id,) = live(person)
    with pytest.raises(NotFound):
        sessions.end_session(stranger, session_id, now=store.now)
    with pytest.raises(NotPermitted):
        sessions.end_session(ANONYMOUS, session_id, now=store.now)
    assert live(person) == [session_id]


def test_a_reset_ends_every_session_also_one_that_waits_for_its_code(store: Store) -> None:
    person = new_person(store)
    begun = [begin(store, person) for _ in range(2)]
    db.session.query(PersonSession).filter_by(token_hash=hashed(begun[1].token)).update({"is_pending": True})
    db.session.commit()
    assert sessions.end_sessions_of(person.id or 0, now=store.now) == 1
    assert [queries.find_session(hashed(one.token)) for one in begun] == [None, None]


def test_being_heard_of_never_moves_back(store: Store) -> None:
    person = new_person(store)
    begin(store, person)
    (session_id,) = live(person)
    later = store.now + timedelta(hours=1)
    sessions.note_seen(session_id, now=later)
    sessions.note_seen(session_id, now=store.now)
    assert queries.list_sessions(person.id or 0)[0].last_seen_at == later


def test_a_new_kind_of_browser_is_told_by_letter_and_a_known_one_is_not(store: Store) -> None:
    person = new_person(store)
    begin(store, person)
    assert letters(person) == [], "the first sign-in is no news"
    begin(store, person)
    assert letters(person) == []
    begin(store, person, PHONE)
    assert letters(person) == ["accounts/new_sign_in"]
    begin(store, person, PHONE)
    assert letters(person) == ["accounts/new_sign_in"]


def test_sessions_are_forgotten_after_half_a_year(store: Store) -> None:
    person, stranger = new_person(store), new_person(store)
    begin(store, person)
    begin(store, stranger)
    store.clock.advance(days=181)
    begin(store, person)
    assert db.session.query(PersonSession).filter_by(person_id=person.id).count() == 1
    assert db.session.query(PersonSession).filter_by(person_id=stranger.id).count() == 1


@pytest.mark.parametrize(
    ("since_made", "since_seen", "staff", "over"),
    [
        (STAFF_IDLE - timedelta(seconds=1), STAFF_IDLE - timedelta(seconds=1), True, False),
        (STAFF_IDLE, STAFF_IDLE, True, True),
        (STAFF_LONGEST, timedelta(0), True, True),
        (STAFF_LONGEST - timedelta(seconds=1), timedelta(0), True, False),
        (STAFF_LONGEST, STAFF_IDLE, False, False),
        (OTHERS_IDLE, OTHERS_IDLE, False, True),
        (OTHERS_LONGEST, timedelta(0), False, True),
    ],
)
def test_a_session_runs_out_when_unused_and_in_the_end_anyway(
    store: Store, since_made: timedelta, since_seen: timedelta, staff: bool, over: bool
) -> None:
    assert is_over(store.now - since_made, store.now - since_seen, staff=staff, now=store.now) is over


def test_staff_are_those_who_see_what_is_not_everybodys(store: Store) -> None:
    people = new_people(store)
    assert {role for role in (OFFICIAL, EDITOR, MEMBER, REPRESENTATIVE) if is_staff(_with(role))} == {
        OFFICIAL,
        EDITOR,
    }
    assert is_staff(people.administrator)
    assert not is_staff(people.guest)


def _with(role: str) -> Actor:
    return Actor(id=1, name="", memberships=frozenset({(1, role)}))
