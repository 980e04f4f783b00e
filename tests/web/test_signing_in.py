"""Signing in, out, and where one comes to afterwards."""

from __future__ import annotations

import pytest

from consult.services.accounts.sessions import end_sessions_of
from consult.storage.queries.accounts import find_person_by_email
from consult.web.shared.viewers import TOKEN_KEY
from tests.factories.apps import PlainPasswords
from tests.factories.records import new_people
from tests.web.visitors import Site, Visitor, words_of

PASSWORD = "a long enough password"


@pytest.fixture(scope="module")
def email(whole_site: Site) -> str:
    with whole_site.records() as store:
        from consult.storage.queries.accounts import find_person

        official = new_people(store).official
        assert official.id
        person = find_person(official.id)
        assert person
        return person.email


def signing_in(site: Site, email: str, password: str = PASSWORD, **fields: str) -> tuple[Visitor, object]:
    visitor = site.visitor()
    return visitor, {"email": email, "password": password, **fields}


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
        "//%65vil.example",
        "evil.example",
        "/documents/../..//evil.example",
        "/documents\r\nSet-Cookie: a=b",
        "/x" * 5000,
    ],
)
def test_nobody_is_led_off_the_site_after_signing_in(site: Site, email: str, address: str) -> None:
    visitor = site.visitor()
    answer = visitor.send("/sign-in", {"email": email, "password": PASSWORD, "next": address})
    location = answer.location
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\", "/\t", "/\n"))
    assert "\r" not in location
    assert "\n" not in location
    assert "Set-Cookie: a=b" not in str(answer.headers)
    # somebody signed in already is led there at once
    again = visitor.get("/sign-in", query_string={"next": address}, expect=303)
    assert again.location == location


def test_one_comes_back_to_the_page_one_wanted(site: Site, email: str) -> None:
    visitor = site.visitor()
    led = visitor.get("/documents/new", expect=303)
    answer = visitor.send(led.location, {"email": email, "password": PASSWORD}, to="/sign-in")
    assert answer.location == "/documents/new"


def test_a_wrong_password_keeps_the_address_and_does_not_say_which_of_the_two_was_wrong(
    site: Site, email: str
) -> None:
    said = set()
    for address in (email, "nobody@example.org"):
        page = site.visitor().send("/sign-in", {"email": address, "password": "wrong"}, expect=422)
        assert address in page.text
        assert "wrong" not in page.text
        said.add(words_of(page).replace(address, ""))
    assert len(said) == 1


@pytest.mark.parametrize(
    "text", ["\x00", "\ufeff", "a" * 100_000, "🙂@example.org", "' OR 1=1 --", "x@\u202eexample.org"]
)
def test_odd_addresses_and_passwords_are_just_wrong(site: Site, email: str, text: str) -> None:
    site.visitor().send("/sign-in", {"email": text, "password": "x"}, expect=422)
    site.visitor().send("/sign-in", {"email": email, "password": text}, expect=422)


def test_signing_in_starts_a_new_session_and_signing_out_ends_it(site: Site, email: str) -> None:
    visitor = site.visitor()
    visitor.get("/sign-in")
    with visitor.client.session_transaction() as session:
        session["planted"] = "before"
    visitor.send("/sign-in", {"email": email, "password": PASSWORD})
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
    token = visitor.token("/documents/new")
    visitor.post("/sign-out", {})
    visitor.get("/documents/new")
    visitor.post("/sign-out", {"csrf_token": token})
    assert visitor.get("/documents/new", expect=303).location.startswith("/sign-in")


def test_a_session_ends_when_the_password_is_set_anew(site: Site, email: str) -> None:
    visitor = site.visitor()
    visitor.send("/sign-in", {"email": email, "password": PASSWORD})
    visitor.get("/documents/new")
    with site.records() as store:
        person = find_person_by_email(email)
        assert person
        end_sessions_of(person.id, now=store.now)
    visitor.get("/documents/new", expect=303)


@pytest.mark.parametrize(
    "token", ["1", "1.", ".", "x.y", "²" * 32, "9" * 40, "-1.x", "", "a" * 32, "%' OR 1=1 --", "x" * 3000]
)
def test_a_session_that_names_nobody_is_a_guests(site: Site, token: str) -> None:
    visitor = site.visitor()
    with visitor.client.session_transaction() as session:
        session[TOKEN_KEY] = token
    visitor.get("/")
    visitor.get("/documents/new", expect=303)


@pytest.mark.parametrize("cookie", ["x" * 100_000, "a.b.c", "\x00", "eyJfdXNlcl9pZCI6IjEifQ.x.y", "=;=;"])
def test_a_cookie_that_is_not_ours_is_a_guests(site: Site, cookie: str) -> None:
    visitor = site.visitor()
    answer = visitor.client.get("/documents/new", headers={"Cookie": f"session={cookie}"})
    assert answer.status_code == 303


def test_an_unknown_address_costs_as_much_as_a_wrong_password(site: Site, email: str) -> None:
    asked: list[str] = []

    class Counting(PlainPasswords):
        def verify(self, hashed: str, password: str) -> bool:
            asked.append(hashed)
            return super().verify(hashed, password)

    with site.store.replaced(passwords=Counting()):
        for address in (email, "nobody@example.org", "not an address"):
            site.visitor().send("/sign-in", {"email": address, "password": "wrong"}, expect=422)
    assert len(asked) == 3


def test_a_guess_too_many_is_refused_for_a_while(site: Site, email: str) -> None:
    from consult.web.shared.limits import limiter

    limiter.enabled = True
    try:
        visitor = site.visitor()
        statuses = [
            visitor.send("/sign-in", {"email": email, "password": "wrong"}, expect=(422, 429)).status_code
            for _ in range(11)
        ]
    finally:
        limiter.enabled = False
        limiter.reset()
    assert statuses == [422] * 10 + [429]


def test_who_is_refused_for_a_while_is_told_for_how_long_and_others_are_not_refused(
    site: Site, email: str
) -> None:
    from consult.web.shared.limits import limiter

    limiter.enabled = True
    try:
        for _ in range(10):
            site.visitor().send("/sign-in", {"email": "ktos@example.org", "password": "wrong"}, expect=422)
        refused = site.visitor().send("/sign-in", {"email": "KTOS@example.org ", "password": "x"}, expect=429)
        colleague = site.visitor().send("/sign-in", {"email": email, "password": PASSWORD})
    finally:
        limiter.enabled = False
        limiter.reset()
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert colleague.status_code == 303
