"""Links from letters: each does one thing once, for who owns the mailbox, and nothing by being looked at."""

from __future__ import annotations

import itertools
import re

import pytest
from sqlalchemy import text

from consult.domain.policy.actors import Actor
from consult.storage.database import db
from consult.storage.queries.accounts import find_person
from tests.factories.records import new_person
from tests.web.mailboxes import letters_to, link_to, links_in
from tests.web.visitors import Site, Visitor, words_of

OLD = "a long enough password"
NEW = "cztery słowa bez związku"
_NUMBERS = itertools.count(1)


@pytest.fixture
def person(site: Site) -> Actor:
    with site.records() as store:
        return new_person(store)


def address_of(site: Site, person: Actor) -> str:
    with site.records():
        found = find_person(person.id or 0)
        assert found is not None
        return found.email


def ask_reset(site: Site, email: str) -> str:
    site.visitor().send("/forgot", {"email": email})
    return link_to(site, email, "/reset/")


def ask_address(site: Site, visitor: Visitor, new: str) -> str:
    visitor.send("/account/email", {"address": new, "current": OLD})
    return link_to(site, new, "/confirm/")


def new_address() -> str:
    return f"nowy-adres-{next(_NUMBERS)}@example.org"


def sign_in(site: Site, email: str, password: str, expect: int = 303) -> Visitor:
    visitor = site.visitor()
    visitor.send("/sign-in", {"email": email, "password": password}, expect=expect)
    return visitor


def everything(site: Site) -> list[object]:
    """What every table of accounts holds."""
    with site.records():
        return [
            db.session.execute(text(f'SELECT * FROM "{table}" ORDER BY 1')).all()
            for table in ("person", "account_link", "outgoing_letter", "event", "data_request")
        ]


def test_a_reset_sets_the_password_and_ends_every_session(site: Site, person: Actor) -> None:
    email = address_of(site, person)
    elsewhere = sign_in(site, email, OLD)
    elsewhere.get("/account")
    visitor = site.visitor()
    answer = visitor.send(ask_reset(site, email), {"password": NEW})
    assert "Nowe hasło" in visitor.follow(answer).text
    assert elsewhere.get("/account", expect=303).location.startswith("/sign-in")
    sign_in(site, email, OLD, expect=422)
    sign_in(site, email, NEW)
    assert letters_to(site, email)[-1].subject == "Zmieniono Twoje hasło"


def test_a_link_works_once(site: Site, person: Actor) -> None:
    link = ask_reset(site, address_of(site, person))
    form = site.visitor()
    token = form.token(link)
    site.visitor().send(link, {"password": NEW})
    page = site.visitor().get(link, expect=410)
    assert "Ten link już nie działa" in page.text
    again = form.post(link, {"csrf_token": token, "password": "inne słowa bez związku"}, expect=410)
    assert "Ten link już nie działa" in again.text
    sign_in(site, address_of(site, person), NEW)


def test_using_one_link_makes_the_others_void(site: Site, person: Actor) -> None:
    email = address_of(site, person)
    first, second = ask_reset(site, email), ask_reset(site, email)
    waiting = ask_address(site, site.visitor(person), new_address())
    site.visitor().send(second, {"password": NEW})
    for link in (first, second, waiting):
        site.visitor().get(link, expect=410)


def test_a_link_is_over_when_its_time_is(site: Site, person: Actor) -> None:
    email = address_of(site, person)
    link = ask_reset(site, email)
    site.clock.advance(hours=2, minutes=59)
    form = site.visitor()
    token = form.token(link)
    site.clock.advance(minutes=1)
    site.visitor().get(link, expect=410)
    form.post(link, {"csrf_token": token, "password": NEW}, expect=410)
    sign_in(site, email, OLD)


def test_the_letter_says_until_when_its_link_works(site: Site, person: Actor) -> None:
    email = address_of(site, person)
    ask_reset(site, email)
    letter = letters_to(site, email)[-1]
    assert "2 marca 2026, godz. 13.00" in " ".join(letter.text.split())


def test_a_link_is_for_its_purpose_only(site: Site, person: Actor) -> None:
    email = address_of(site, person)
    reset = ask_reset(site, email).removeprefix("/reset/")
    change = ask_address(site, site.visitor(person), new_address()).removeprefix("/confirm/")
    site.visitor().get(f"/confirm/{reset}", expect=410)
    site.visitor().get(f"/reset/{change}", expect=410)


@pytest.mark.parametrize(
    "secret", ["x", "0" * 32, "A" * 5_000, "%00", "..%2f..%2fetc", "ż" * 40, "' OR 1=1 --", "%F0%9F%99%82"]
)
@pytest.mark.parametrize("page", ["/confirm", "/reset"])
def test_a_made_up_link_gets_a_page_that_offers_another(site: Site, page: str, secret: str) -> None:
    answer = site.visitor().get(f"{page}/{secret}", expect=(410, 404))
    if answer.status_code == 410:
        assert "Poproś o nowy link" in answer.text


def test_mail_scanners_that_open_every_link_change_nothing(site: Site, person: Actor) -> None:
    """GET, HEAD and OPTIONS of every link in every letter, again and again; then the people's own clicks work."""
    email, fresh, new = address_of(site, person), new_address(), new_address()
    registered = site.visitor()
    registered.send("/register", {"name": "Mieszkanka", "email": fresh, "password": NEW})
    site.visitor().send("/register", {"name": "Ktoś", "email": email, "password": NEW})
    visitor = site.visitor(person)
    reset, change = ask_reset(site, email), ask_address(site, visitor, new)
    visitor.send("/account/data", {"words": ""}, to="/account/data/erase")
    links = {
        path
        for address in (email, fresh, new)
        for letter in letters_to(site, address)
        for path in links_in(letter)
    }
    assert any(path.startswith("/confirm/") for path in links)
    assert any(path.startswith("/reset/") for path in links)
    before = everything(site)
    scanner = site.app.test_client()
    for path in sorted(links) * 2:
        for method in ("GET", "HEAD", "OPTIONS"):
            assert scanner.open(path, method=method).status_code < 500
    assert everything(site) == before
    registered.send(link_to(site, fresh, "/confirm/"), {})
    site.visitor().send(change, {})
    sign_in(site, new, OLD)
    site.visitor().get(reset, expect=410)  # the address it went to is no longer the account's


def test_a_link_is_told_to_nobody(site: Site, person: Actor) -> None:
    email = address_of(site, person)
    for link in (ask_reset(site, email), "/reset/none", "/confirm/none"):
        headers = site.visitor().get(link, expect=(200, 410)).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]


def test_no_secret_of_a_link_is_kept(site: Site, person: Actor) -> None:
    email = address_of(site, person)
    secret = ask_reset(site, email).removeprefix("/reset/")
    assert len(secret) >= 32
    assert secret not in str(everything(site))
    assert email not in str(everything(site)[2:])


def test_a_password_that_is_none_leaves_the_link_as_it_was(site: Site, person: Actor) -> None:
    link = ask_reset(site, address_of(site, person))
    for password in ("", "krótkie", "x" * 500, "123456789012"):
        page = site.visitor().send(link, {"password": password}, expect=422)
        assert "password-error" in page.text
    site.visitor().send(link, {"password": NEW})


def test_another_address_is_used_once_it_is_confirmed_and_the_old_one_is_told(
    site: Site, person: Actor
) -> None:
    old, new = address_of(site, person), new_address()
    visitor = site.visitor(person)
    link = ask_address(site, visitor, new)
    assert letters_to(site, old)[-1].subject == "Zmiana adresu e-mail Twojego konta"
    assert new in visitor.get("/account").text
    sign_in(site, new, OLD, expect=422)
    page = site.visitor().get(link)
    assert old in page.text
    assert new in page.text
    site.visitor().send(link, {})
    sign_in(site, new, OLD)
    sign_in(site, old, OLD, expect=422)


def test_the_old_address_stops_a_change_by_a_new_password(site: Site, person: Actor) -> None:
    old = address_of(site, person)
    link = ask_address(site, site.visitor(person), new_address())
    site.visitor().send(ask_reset(site, old), {"password": NEW})
    site.visitor().get(link, expect=410)


def test_a_change_of_address_can_be_dropped(site: Site, person: Actor) -> None:
    visitor, new = site.visitor(person), new_address()
    link = ask_address(site, visitor, new)
    visitor.send("/account/email", {}, to="/account/email/keep")
    assert new not in visitor.get("/account/email").text
    site.visitor().get(link, expect=410)


def test_an_address_is_changed_only_with_the_password(site: Site, person: Actor) -> None:
    new = new_address()
    page = site.visitor(person).send(
        "/account/email", {"address": new, "current": "guessed password"}, expect=422
    )
    assert "current-error" in page.text
    assert letters_to(site, new) == []


def test_asking_for_an_address_somebody_has_says_so_to_its_owner_only(site: Site, person: Actor) -> None:
    with site.records() as store:
        other = new_person(store)
    taken, free = address_of(site, other), new_address()
    visitor = site.visitor(person)
    seen = []
    for address in (free, taken):
        before = len(letters_to(site, address))
        visitor.send("/account/email", {"address": address, "current": OLD})
        page = visitor.get("/account/email")
        tokens = re.sub(r'value="[^"]{40,}"', "", page.text)
        seen.append((tokens.replace(address, "…"), len(letters_to(site, address)) - before))
    assert seen[0] == seen[1]
    letter = letters_to(site, taken)[-1]
    assert letter.subject == "Masz już konto"
    assert [path for path in links_in(letter) if path.startswith("/confirm/")] == []


def test_an_address_taken_meanwhile_is_refused_kindly(site: Site, person: Actor) -> None:
    new = new_address()
    link = ask_address(site, site.visitor(person), new)
    registered = site.visitor()
    registered.send("/register", {"name": "Ktoś", "email": new, "password": NEW})
    page = site.visitor().send(link, {}, expect=422)
    assert "inne konto" in words_of(page)


def test_a_letter_tried_twice_has_a_link_that_works(site: Site, person: Actor) -> None:
    """A server that did not answer the first time gets the letter with a fresh secret; the first no longer works."""
    from consult.services.letters import accounts as gathering
    from consult.services.letters.recipients import Recipient

    email = address_of(site, person)
    first = ask_reset(site, email)
    with site.records() as store:
        link_id = db.session.scalar(text("SELECT max(id) FROM account_link"))
        values = gathering.gather_reset(
            Recipient(email, "", "pl", person.id, None), {"link_id": link_id}, store.now
        )
    assert values is not None
    site.visitor().get(first, expect=410)
    site.visitor().get(str(values["reset_path"]))
