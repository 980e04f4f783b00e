"""A browser is signed in until its session ends, wherever it is ended, and its owner sees and ends them all."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import Row, select
from werkzeug.test import TestResponse

from consult.domain.policy.actors import OFFICIAL, Actor
from consult.services.accounts.administration import disable_person
from consult.storage.database import db
from consult.storage.models import PersonSession
from consult.storage.queries.accounts import find_person
from tests.factories.records import new_host, new_person
from tests.web.visitors import Site, Visitor, words_of

PASSWORD = "a long enough password"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"
CLOSED = "/account/sessions"


@pytest.fixture
def person(site: Site) -> Actor:
    with site.records() as store:
        return new_person(store)


@pytest.fixture
def official(site: Site) -> Actor:
    with site.records() as store:
        return new_person(store, (new_host(store), OFFICIAL))


def signed_in(site: Site, person: Actor, browser: str = FIREFOX) -> Visitor:
    with site.records():
        found = find_person(person.id or 0)
        assert found
    visitor = site.visitor()
    visitor.client.environ_base["HTTP_USER_AGENT"] = browser
    visitor.send("/sign-in", {"email": found.email, "password": PASSWORD})
    return visitor


def is_in(visitor: Visitor) -> bool:
    return visitor.get(CLOSED, expect=(200, 303)).status_code == 200


def token_of(visitor: Visitor) -> str:
    """The token any form of the page carries, the frame's included."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visitor.get(CLOSED).text)
    assert found
    return found[1]


def end(visitor: Visitor, session: str) -> TestResponse:
    return visitor.post(CLOSED, {"csrf_token": token_of(visitor), "session": session})


def rows(site: Site, person: Actor) -> list[Row[tuple[int, datetime, str, str]]]:
    with site.records():
        return list(
            db.session.execute(
                select(
                    PersonSession.id, PersonSession.last_seen_at, PersonSession.browser, PersonSession.system
                )
                .where(PersonSession.person_id == person.id)
                .order_by(PersonSession.id)
            )
        )


def test_a_cookie_taken_before_signing_out_is_worth_nothing_afterwards(site: Site, person: Actor) -> None:
    visitor, thief = signed_in(site, person), site.visitor()
    cookie = visitor.client.get_cookie("session")
    assert cookie
    thief.client.set_cookie("session", cookie.value)
    assert is_in(thief)
    visitor.post("/sign-out", {"csrf_token": token_of(visitor)})
    assert not is_in(thief)


def test_the_token_of_the_cookie_is_another_after_every_sign_in(site: Site, person: Actor) -> None:
    visitor = signed_in(site, person)
    with visitor.client.session_transaction() as session:
        first = session["_user_id"]
    visitor.post("/sign-out", {"csrf_token": token_of(visitor)})
    with site.records():
        found = find_person(person.id or 0)
        assert found
    visitor.send("/sign-in", {"email": found.email, "password": PASSWORD})
    with visitor.client.session_transaction() as session:
        assert session["_user_id"] != first


def test_the_session_of_a_closed_account_is_a_guests(site: Site, person: Actor) -> None:
    visitor = signed_in(site, person)
    with site.records() as store:
        administrator = new_person(store, is_administrator=True)
        disable_person(administrator, person.id or 0, reason="Na prośbę.", now=store.now)
    assert not is_in(visitor)
    with site.records() as store:
        db.session.query(PersonSession).filter_by(person_id=person.id).update({"ended_at": None})
        db.session.commit()
    assert not is_in(visitor), "not even one that was never ended"


def test_the_list_names_browsers_in_words_and_marks_the_one_at_hand(site: Site, person: Actor) -> None:
    computer, phone = signed_in(site, person), signed_in(site, person, PHONE)
    words = words_of(phone.get(CLOSED))
    assert "Firefox, Windows" in words
    assert "Chrome, Android ta sesja" in words
    assert "Firefox, Windows ta sesja" in words_of(computer.get(CLOSED))
    kept = " ".join(f"{row.browser} {row.system}" for row in rows(site, person))
    assert "Mozilla" not in kept
    assert "Pixel" not in kept


@pytest.mark.parametrize(
    "browser", ["", "<script>alert(1)</script>", "x" * 50_000, "curl/8", "Mozilla/5.0 (\u202e)"]
)
def test_a_browser_that_calls_itself_something_odd_is_one_we_do_not_know(
    site: Site, person: Actor, browser: str
) -> None:
    visitor = signed_in(site, person, browser.encode("latin-1", "replace").decode("latin-1"))
    assert "Przeglądarka, której nie rozpoznajemy" in words_of(visitor.get(CLOSED))


def test_one_browser_is_signed_out_from_another(site: Site, person: Actor) -> None:
    computer, phone, library = (signed_in(site, person) for _ in range(3))
    end(computer, str(rows(site, person)[1].id))
    assert [is_in(computer), is_in(phone), is_in(library)] == [True, False, True]
    end(computer, "others")
    assert [is_in(computer), is_in(library)] == [True, False]
    for nothing in ("others", "0", "", "x", "-1", "9" * 30, str(rows(site, person)[1].id)):
        end(computer, nothing)
    assert is_in(computer)


def test_nobody_signs_somebody_else_out(site: Site, person: Actor, official: Actor) -> None:
    mine, theirs = signed_in(site, person), signed_in(site, official)
    end(mine, str(rows(site, official)[0].id))
    assert is_in(theirs)


def test_without_the_token_of_the_page_nobody_is_signed_out(site: Site, person: Actor) -> None:
    mine, other = signed_in(site, person), signed_in(site, person)
    mine.post(CLOSED, {"session": "others"})
    mine.get(CLOSED, query_string={"session": "others"})
    assert is_in(other)


def test_staff_are_signed_out_after_half_a_day_without_use(site: Site, official: Actor) -> None:
    visitor = signed_in(site, official)
    for _ in range(5):
        site.clock.advance(hours=11)
        assert is_in(visitor)
    site.clock.advance(hours=12, minutes=1)
    assert not is_in(visitor)


def test_staff_sign_in_anew_after_a_week_however_busy(site: Site, official: Actor) -> None:
    visitor = signed_in(site, official)
    for _ in range(16):
        site.clock.advance(hours=10)
        assert is_in(visitor)
    site.clock.advance(hours=8)
    assert not is_in(visitor)


def test_others_stay_signed_in_for_a_month_without_use(site: Site, person: Actor) -> None:
    visitor = signed_in(site, person)
    site.clock.advance(days=29, hours=23)
    assert is_in(visitor)
    site.clock.advance(days=30)
    assert not is_in(visitor)


def test_the_cookie_of_staff_goes_with_the_browser(site: Site, person: Actor, official: Actor) -> None:
    theirs = signed_in(site, official).client.get_cookie("session")
    mine = signed_in(site, person).client.get_cookie("session")
    assert theirs is not None
    assert theirs.expires is None
    assert theirs.max_age is None
    assert mine is not None
    assert mine.expires is not None


def test_that_a_browser_was_heard_of_is_noted_every_ten_minutes_at_most(site: Site, person: Actor) -> None:
    visitor = signed_in(site, person)
    noted = []
    for minutes in (5, 4, 1, 5, 6):
        site.clock.advance(minutes=minutes)
        visitor.get("/")
        noted.append((site.clock.at - rows(site, person)[0].last_seen_at).total_seconds() / 60)
    assert noted == [5, 9, 0, 5, 0]


def test_a_page_is_shown_though_it_cannot_be_noted(
    site: Site, person: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from consult.services.accounts import sessions

    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    visitor = signed_in(site, person)
    monkeypatch.setattr(sessions, "note_seen", broken)
    site.clock.advance(hours=1)
    visitor.get("/")
    assert is_in(visitor)


def test_pages_of_signed_in_people_set_no_cookie_anew(site: Site, person: Actor) -> None:
    visitor = signed_in(site, person)
    visitor.get("/")
    assert "Set-Cookie" not in visitor.get("/").headers
