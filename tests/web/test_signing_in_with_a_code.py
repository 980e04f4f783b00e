"""Whoever uses a second factor is signed in after the code and not before, and staff set one up where it is asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pyotp
import pytest
from werkzeug.test import TestResponse

from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, Actor
from consult.services.accounts import second_factor as service
from consult.storage.queries.accounts import find_person
from consult.web.shared.viewers import TOKEN_KEY
from tests.factories.apps import Store
from tests.factories.records import new_host, new_person
from tests.web.visitors import Site, Visitor, words_of

PASSWORD = "a long enough password"
HOME = "/account/second-factor"
SET_UP = f"{HOME}/set-up"


@dataclass(frozen=True, slots=True)
class Armed:
    """Somebody with a phone, and the recovery codes in a drawer."""

    site: Site
    actor: Actor
    email: str
    secret: str
    codes: tuple[str, ...]

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.site.clock.at)

    def at_the_door(self, onward: str = "/documents/new") -> Visitor:
        """A browser that has given the password."""
        visitor = self.site.visitor()
        answer = visitor.send("/sign-in", {"email": self.email, "password": PASSWORD, "next": onward})
        assert answer.location == "/sign-in/code"
        return visitor


def address_of(site: Site, actor: Actor) -> str:
    with site.records():
        found = find_person(actor.id or 0)
        assert found
        return found.email


def arm(site: Site, actor: Actor) -> Armed:
    with site.records() as store:
        service.begin_second_factor(actor, now=store.now)
        shown = service.find_setting_up(actor)
        assert shown
        code = pyotp.TOTP(shown.secret).at(store.now)
        codes = service.confirm_second_factor(actor, code, keep=None, now=store.now)
    site.clock.advance(minutes=2)
    return Armed(site, actor, address_of(site, actor), shown.secret, codes)


@pytest.fixture
def armed(site: Site) -> Armed:
    with site.records() as store:
        actor = new_person(store)
    return arm(site, actor)


@pytest.fixture
def asked_of_staff(site: Site) -> Iterator[None]:
    settings = site.app.config["SETTINGS"]
    site.app.config["SETTINGS"] = settings.model_copy(update={"staff_second_factor": True})
    yield
    site.app.config["SETTINGS"] = settings


@contextmanager
def new_official(site: Site, role: str = OFFICIAL) -> Iterator[Actor]:
    with site.records() as store:
        actor = person_with(store, role)
    yield actor


def person_with(store: Store, role: str) -> Actor:
    if role == "administrator":
        return new_person(store, is_administrator=True)
    return new_person(store, (new_host(store), role))


def sign_in(site: Site, actor: Actor, onward: str = "/") -> tuple[Visitor, TestResponse]:
    visitor = site.visitor()
    answer = visitor.send(
        "/sign-in", {"email": address_of(site, actor), "password": PASSWORD, "next": onward}
    )
    return visitor, answer


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/account/sessions", expect=(200, 303)).status_code == 200


def key_on(page: TestResponse) -> str:
    found = re.search(r'class="key-text"[^>]*><code>([A-Z2-7 ]+)</code>', page.text)
    assert found
    return found[1].replace(" ", "")


def test_the_password_leads_to_the_code_and_the_code_to_where_one_was_going(armed: Armed) -> None:
    visitor = armed.at_the_door()
    assert not is_in(visitor)
    page = visitor.get("/sign-in/code").text
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    answer = visitor.send("/sign-in/code", {"code": f" {armed.code()[:3]} {armed.code()[3:]} "})
    assert answer.location == "/documents/new"
    assert is_in(visitor)


def test_a_wrong_code_says_so_and_is_not_shown_again(armed: Armed) -> None:
    visitor = armed.at_the_door()
    page = visitor.send("/sign-in/code", {"code": "123321"}, expect=422)
    assert "Ten kod nie jest właściwy" in words_of(page)
    assert "123321" not in page.text
    assert not is_in(visitor)


def test_a_code_somebody_saw_being_typed_does_not_work_again(armed: Armed) -> None:
    code = armed.code()
    armed.at_the_door().send("/sign-in/code", {"code": code})
    page = armed.at_the_door().send("/sign-in/code", {"code": code}, expect=422)
    assert "Tego kodu już użyto" in words_of(page)


def test_a_recovery_code_opens_once_and_the_person_hears_how_many_are_left(armed: Armed) -> None:
    visitor = armed.at_the_door("/")
    page = visitor.get("/sign-in/code?with=recovery")
    assert "Kod zapasowy" in words_of(page)
    answer = visitor.send("/sign-in/code?with=recovery", {"code": armed.codes[0]})
    assert "Zostało jeszcze 9" in visitor.follow(answer).text
    armed.at_the_door().send("/sign-in/code?with=recovery", {"code": armed.codes[0]}, expect=422)


def test_the_session_of_the_password_is_not_that_of_the_code(armed: Armed) -> None:
    visitor, thief = armed.at_the_door(), armed.site.visitor()
    cookie = visitor.client.get_cookie("session")
    assert cookie
    visitor.send("/sign-in/code", {"code": armed.code()})
    thief.client.set_cookie("session", cookie.value)
    assert not is_in(thief)
    armed.site.clock.advance(minutes=1)
    assert thief.get("/sign-in/code", expect=303).location.startswith("/sign-in")


def test_the_token_that_waits_for_a_code_signs_nobody_in(armed: Armed) -> None:
    visitor = armed.at_the_door()
    with visitor.client.session_transaction() as session:
        session[TOKEN_KEY] = session["awaited"]["token"]
    assert not is_in(visitor)


@pytest.mark.parametrize("minutes", [10, 600])
def test_the_code_is_awaited_for_ten_minutes(armed: Armed, minutes: int) -> None:
    visitor = armed.at_the_door()
    armed.site.clock.advance(minutes=9)
    fields = {"csrf_token": visitor.token("/sign-in/code"), "code": armed.code()}
    armed.site.clock.advance(minutes=minutes - 9)
    answer = visitor.post("/sign-in/code", fields)
    assert answer.location.startswith("/sign-in?")
    assert "Minęło zbyt wiele czasu" in visitor.follow(answer).text
    assert not is_in(visitor)


def test_nobody_gives_a_code_without_having_given_the_password(armed: Armed) -> None:
    visitor = armed.site.visitor()
    assert visitor.get("/sign-in/code", expect=303).location.startswith("/sign-in")
    token = visitor.token("/sign-in")
    visitor.post("/sign-in/code", {"csrf_token": token, "code": armed.code()})
    for planted in ("x", 1, None, [], {"token": None}, {"token": 7, "next": "//evil.example"}):
        with visitor.client.session_transaction() as session:
            session["awaited"] = planted
        assert visitor.get("/sign-in/code", expect=303).location.startswith("/sign-in")
    assert not is_in(visitor)


def test_a_form_without_its_token_gives_no_code(armed: Armed) -> None:
    visitor = armed.at_the_door()
    visitor.post("/sign-in/code", {"code": armed.code()}, expect=422)
    assert not is_in(visitor)


def test_guesses_are_refused_for_a_while_in_every_browser(armed: Armed) -> None:
    doors = [armed.at_the_door() for _ in range(3)]
    for at in range(4):
        doors[at % 3].send("/sign-in/code", {"code": "000000"}, expect=422)
    refused = doors[0].send("/sign-in/code", {"code": "000000"}, expect=429)
    assert int(refused.headers["Retry-After"]) == 900
    assert "Spróbuj ponownie za 15 min" in words_of(refused)
    doors[1].send("/sign-in/code", {"code": armed.code()}, expect=429)
    armed.site.clock.advance(minutes=15)
    armed.at_the_door().send("/sign-in/code", {"code": armed.code()})


def test_a_person_sets_it_up_turns_it_off_and_sees_the_recovery_codes_once(site: Site) -> None:
    with site.records() as store:
        actor = new_person(store)
    visitor, _ = sign_in(site, actor)
    assert visitor.send(HOME, to=f"{HOME}/begin").location.startswith(SET_UP)
    page = visitor.get(SET_UP)
    secret = key_on(page)
    assert 'src="data:image/svg+xml' in page.text
    visitor.send(SET_UP, {"code": "000000"}, expect=422)
    assert key_on(visitor.get(SET_UP)) == secret, "a slip draws no other key"
    code = pyotp.TOTP(secret).at(site.clock.at)
    shown = visitor.send(SET_UP, {"code": code})
    assert shown.location == f"{HOME}/codes"
    page = visitor.get(f"{HOME}/codes")
    codes = re.findall(r"<code>([0-9a-z-]{19})</code>", page.text)
    assert len(set(codes)) == 10
    assert page.headers["Cache-Control"] == "no-store"
    assert not any(code in str(visitor.client.get_cookie("session")) for code in codes)
    assert codes[0] in visitor.get(f"{HOME}/codes").text, "a page loaded anew by accident loses nothing"
    visitor.send(f"{HOME}/codes")
    visitor.get(f"{HOME}/codes", expect=303)
    assert visitor.get(SET_UP, expect=303).location == HOME
    site.clock.advance(minutes=1)
    visitor.send(f"{HOME}/off", {"password": "wrong", "code": codes[1]}, expect=422)
    visitor.send(f"{HOME}/off", {"password": PASSWORD, "code": "000000"}, expect=422)
    visitor.send(f"{HOME}/off", {"password": PASSWORD, "code": codes[1]})
    assert sign_in(site, actor)[1].location == "/"


def test_recovery_codes_are_not_shown_to_another_person_of_the_same_browser(site: Site, armed: Armed) -> None:
    visitor = armed.at_the_door("/")
    visitor.send("/sign-in/code", {"code": armed.code()})
    armed.site.clock.advance(minutes=1)
    visitor.send(f"{HOME}/renew", {"code": armed.code()})
    with visitor.client.session_transaction() as session:
        sealed = session["codes"]
    with site.records() as store:
        stranger = new_person(store)
    other, _ = sign_in(site, stranger)
    with other.client.session_transaction() as session:
        session["codes"] = sealed
    other.get(f"{HOME}/codes", expect=303)
    armed.site.clock.advance(minutes=31)
    visitor.get(f"{HOME}/codes", expect=303)


def test_setting_it_up_gives_this_browser_a_new_token_and_ends_the_others(site: Site) -> None:
    with site.records() as store:
        actor = new_person(store)
    visitor, other, thief = sign_in(site, actor)[0], sign_in(site, actor)[0], site.visitor()
    cookie = visitor.client.get_cookie("session")
    assert cookie
    visitor.send(HOME, to=f"{HOME}/begin")
    secret = key_on(visitor.get(SET_UP))
    visitor.send(SET_UP, {"code": pyotp.TOTP(secret).at(site.clock.at)})
    thief.client.set_cookie("session", cookie.value)
    assert [is_in(visitor), is_in(other), is_in(thief)] == [True, False, False]


@pytest.mark.usefixtures("asked_of_staff")
@pytest.mark.parametrize("role", [OFFICIAL, EDITOR, "administrator"])
def test_staff_set_it_up_before_anything_else_where_it_is_asked_of_them(site: Site, role: str) -> None:
    with new_official(site, role) as actor:
        pass
    visitor, answer = sign_in(site, actor, "/documents/new")
    led = visitor.get(answer.location, expect=303)
    assert led.location.startswith(HOME)
    page = visitor.get(led.location)
    assert "Jeszcze jedno, zanim zaczniesz" in words_of(page)
    for address in ("/", "/documents", "/account/sessions", "/search?q=x", f"{HOME}/off"):
        assert visitor.get(address, expect=303).location.startswith(HOME), address
    before = site.counts()
    fields = {"csrf_token": visitor.token(led.location), "title": "x", "kind": "other"}
    assert visitor.post("/documents/new", fields).location.startswith(HOME)
    assert site.counts() == before
    begun = visitor.send(led.location, to=f"{HOME}/begin")
    secret = key_on(visitor.get(begun.location))
    visitor.send(begun.location, {"code": pyotp.TOTP(secret).at(site.clock.at)}, to=SET_UP)
    assert visitor.send(f"{HOME}/codes").location == "/documents/new"
    visitor.get("/")


@pytest.mark.usefixtures("asked_of_staff")
def test_staff_who_will_not_set_it_up_may_sign_out(site: Site) -> None:
    with new_official(site) as actor:
        pass
    visitor, _ = sign_in(site, actor)
    visitor.post("/sign-out", {"csrf_token": visitor.token(HOME)})
    visitor.get("/")


@pytest.mark.usefixtures("asked_of_staff")
def test_nobody_else_is_asked(site: Site) -> None:
    with site.records() as store:
        resident, member = new_person(store), person_with(store, MEMBER)
    for actor in (resident, member):
        assert is_in(sign_in(site, actor)[0])
    site.visitor().get("/")


@pytest.mark.usefixtures("asked_of_staff")
def test_staff_who_have_one_go_on_as_before(site: Site) -> None:
    with new_official(site) as actor:
        pass
    armed = arm(site, actor)
    visitor = armed.at_the_door()
    assert visitor.send("/sign-in/code", {"code": armed.code()}).location == "/documents/new"
    visitor.get("/documents/new")


def test_the_key_is_seen_only_by_its_owner_and_only_while_it_is_set_up(site: Site, armed: Armed) -> None:
    visitor = armed.at_the_door()
    visitor.send("/sign-in/code", {"code": armed.code()})
    for address in (HOME, SET_UP, f"{HOME}/off", f"{HOME}/renew", "/account", "/account/sessions"):
        answer = visitor.get(address, expect=(200, 303))
        assert armed.secret not in answer.text.replace(" ", "")
