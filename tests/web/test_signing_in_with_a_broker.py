"""A broker's word signs people in when it answers this browser's question, and every way it can fail leads on kindly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from consult.adapters.identity_oidc import OidcBroker
from consult.domain.policy.actors import OFFICIAL, Actor
from consult.services.accounts.administration import disable_person
from consult.storage.queries.accounts import find_person, find_person_by_email
from tests.brokers.hostile import CLIENT_ID, CLIENT_SECRET, Issuer, running
from tests.factories.records import new_host, new_person
from tests.web.test_signing_in_with_a_code import arm
from tests.web.visitors import Site, Visitor, words_of

PASSWORD = "a long enough password"
BACK = "/sign-in/broker/back"
JOIN = "/sign-in/broker/join"


@pytest.fixture
def issuer(site: Site) -> Iterator[Issuer]:
    with running(lambda: site.clock.at) as made:
        plug = OidcBroker(
            issuer=made.address, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, label="Węzeł"
        )
        with site.store.replaced(broker=plug):
            yield made


@pytest.fixture
def person(site: Site) -> Actor:
    with site.records() as store:
        return new_person(store)


def address_of(site: Site, actor: Actor) -> str:
    with site.records():
        found = find_person(actor.id or 0)
        assert found
        return found.email


def gone_there(visitor: Visitor, issuer: Issuer, onward: str = "/documents/new") -> dict[str, str]:
    """The answer a browser would come back with."""
    away = visitor.get("/sign-in/broker", query_string={"next": onward}, expect=303)
    assert away.location.startswith(f"{issuer.address}/authorize?")
    return issuer.authorize(away.location)


def come_back(visitor: Visitor, answer: dict[str, str], expect: int = 303) -> TestResponse:
    return visitor.get(BACK, query_string=answer, expect=expect)


def linked(site: Site, issuer: Issuer, actor: Actor, subject: str) -> None:
    issuer.claims.update(email=address_of(site, actor), sub=subject)
    visitor = site.visitor()
    come_back(visitor, gone_there(visitor, issuer))
    visitor.send(JOIN, {"password": PASSWORD})
    assert is_in(visitor)


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/account/sessions", expect=(200, 303)).status_code == 200


def test_a_new_person_makes_an_account_with_one_press_and_goes_on(site: Site, issuer: Issuer) -> None:
    issuer.claims.update(email="nowa-osoba@example.org", sub="new-1", name="Mieszkanka")
    visitor = site.visitor()
    assert "Zaloguj się przez Węzeł" in words_of(visitor.get("/sign-in"))
    assert come_back(visitor, gone_there(visitor, issuer)).location == JOIN
    assert not is_in(visitor), "nothing is made before one agrees"
    with site.records():
        assert find_person_by_email("nowa-osoba@example.org") is None
    page = visitor.get(JOIN)
    assert "nowa-osoba@example.org" in words_of(page)
    assert visitor.send(JOIN).location == "/documents/new"
    assert is_in(visitor)
    again = site.visitor()
    assert come_back(again, gone_there(again, issuer)).location == "/documents/new"


def test_somebody_with_an_account_is_asked_for_its_password_once(
    site: Site, issuer: Issuer, person: Actor
) -> None:
    issuer.claims.update(email=address_of(site, person), sub="known-1")
    visitor = site.visitor()
    come_back(visitor, gone_there(visitor, issuer))
    assert not is_in(visitor)
    page = visitor.send(JOIN, {"password": "wrong"}, expect=422)
    assert "Hasło nie jest właściwe" in words_of(page)
    assert not is_in(visitor)
    assert visitor.send(JOIN, {"password": PASSWORD}).location == "/documents/new"
    again = site.visitor()
    assert come_back(again, gone_there(again, issuer)).location == "/documents/new"
    assert "kontem w innym serwisie" in words_of(again.get("/account/sessions"))


def test_the_second_step_is_asked_for_unless_the_broker_saw_one(
    site: Site, issuer: Issuer, person: Actor
) -> None:
    linked(site, issuer, person, "armed-1")
    armed = arm(site, person)
    visitor = site.visitor()
    assert come_back(visitor, gone_there(visitor, issuer)).location == "/sign-in/code"
    assert not is_in(visitor)
    assert visitor.send("/sign-in/code", {"code": armed.code()}).location == "/documents/new"
    issuer.claims.update(amr=["pwd", "otp", "mfa"])
    strong = site.visitor()
    assert come_back(strong, gone_there(strong, issuer)).location == "/documents/new"
    assert is_in(strong)


def test_staff_of_whom_a_second_step_is_asked_show_it_to_the_broker_or_set_one_up(
    site: Site, issuer: Issuer
) -> None:
    with site.records() as store:
        official = new_person(store, (new_host(store), OFFICIAL))
    linked(site, issuer, official, "staff-1")
    settings = site.app.config["SETTINGS"]
    site.app.config["SETTINGS"] = settings.model_copy(update={"staff_second_factor": True})
    try:
        weak, strong = site.visitor(), site.visitor()
        come_back(weak, gone_there(weak, issuer))
        assert weak.get("/", expect=303).location.startswith("/account/second-factor")
        issuer.claims.update(acr="http://eidas.europa.eu/LoA/substantial")
        come_back(strong, gone_there(strong, issuer))
        strong.get("/")
    finally:
        site.app.config["SETTINGS"] = settings


def test_an_answer_brought_to_another_browser_signs_nobody_in(site: Site, issuer: Issuer) -> None:
    attacker, victim = site.visitor(), site.visitor()
    answer = gone_there(attacker, issuer)
    page = come_back(victim, answer, expect=400)
    assert "nie należy do logowania rozpoczętego w tej przeglądarce" in words_of(page)
    gone_there(victim, issuer)
    come_back(victim, answer, expect=400)
    assert not is_in(victim)
    assert "/token" not in issuer.asked


def test_an_answer_counts_once(site: Site, issuer: Issuer) -> None:
    visitor = site.visitor()
    answer = gone_there(visitor, issuer)
    come_back(visitor, answer)
    for _ in range(2):
        come_back(visitor, answer, expect=400)


def test_an_answer_that_comes_late_is_asked_for_anew(site: Site, issuer: Issuer) -> None:
    visitor = site.visitor()
    answer = gone_there(visitor, issuer)
    site.clock.advance(minutes=16)
    come_back(visitor, answer, expect=400)
    come_back(visitor, gone_there(visitor, issuer))
    site.clock.advance(minutes=16)
    assert visitor.get(JOIN, expect=303).location == "/sign-in"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"code": "x"},
        {"state": "x"},
        {"code": "x", "state": "x"},
        {"error": "access_denied"},
        {"code": "x" * 50_000, "state": "y" * 50_000},
        {"code": "\x00", "state": "ą"},
    ],
)
def test_a_callback_nobody_asked_for_is_a_kind_page(
    site: Site, issuer: Issuer, answer: dict[str, str]
) -> None:
    page = come_back(site.visitor(), answer, expect=400)
    assert "Zaloguj się inaczej" in words_of(page)
    visitor = site.visitor()
    gone_there(visitor, issuer)
    come_back(visitor, answer, expect=400)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_failure_of_the_broker_has_its_words_and_a_way_on(
    site: Site, issuer: Issuer, language: str
) -> None:
    def failed(expect: int, **answer: str) -> str:
        visitor = site.visitor(language=language)
        came = gone_there(visitor, issuer)
        shown = come_back(visitor, {"state": came["state"], **(answer or came)}, expect=expect)
        assert "/sign-in" in shown.text
        assert not is_in(visitor)
        return words_of(shown)

    said = [failed(403, error="access_denied"), failed(502, error="server_error")]
    issuer.claims.update(aud="somebody-else")
    said.append(failed(502))
    issuer.claims.update(aud=CLIENT_ID, sub="unverified-1", email_verified=False)
    said.append(failed(403))
    issuer.claims.update(email=None)
    issuer.userinfo.update(sub="unverified-1")
    said.append(failed(403))
    issuer.answers["/token"] = (500, {}, b"")
    said.append(failed(502))
    assert len({words.split("Prosząc o pomoc")[0].split("If you ask")[0] for words in said}) == 5


def test_a_broker_that_is_down_leaves_the_other_way_in_open(site: Site) -> None:
    with running(lambda: site.clock.at) as gone:
        address = gone.address
    plug = OidcBroker(issuer=address, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, label="Węzeł")
    with site.store.replaced(broker=plug):
        visitor = site.visitor()
        visitor.get("/sign-in")
        page = visitor.get("/sign-in/broker?next=/documents", expect=502)
        assert "Węzeł nie odpowiada" in words_of(page)
        assert 'href="/sign-in?next=/documents"' in page.text


def test_without_a_broker_there_are_no_such_pages(site: Site) -> None:
    visitor = site.visitor()
    assert "innym serwisie" not in words_of(visitor.get("/sign-in"))
    visitor.get("/sign-in/broker", expect=404)
    visitor.get(BACK, query_string={"code": "x", "state": "y"}, expect=404)
    assert visitor.get(JOIN, expect=303).location == "/sign-in"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "/\\evil.example", "x" * 9000]
)
def test_nobody_is_led_off_the_site_by_way_of_the_broker(site: Site, issuer: Issuer, address: str) -> None:
    subject = f"where-{len(address)}-{address[:2].encode().hex()}"
    issuer.claims.update(email=f"{subject}@example.org", sub=subject)
    visitor, again = site.visitor(), site.visitor()
    come_back(visitor, gone_there(visitor, issuer, address))
    assert visitor.send(JOIN).location == "/"
    assert come_back(again, gone_there(again, issuer, address)).location == "/"


def test_where_people_make_no_accounts_a_stranger_is_told_so(site: Site, issuer: Issuer) -> None:
    settings = site.app.config["SETTINGS"]
    site.app.config["SETTINGS"] = settings.model_copy(update={"registration": False})
    try:
        issuer.claims.update(email="obcy@example.org", sub="stranger-1")
        visitor = site.visitor()
        page = come_back(visitor, gone_there(visitor, issuer), expect=403)
        assert "samodzielne zakładanie kont jest wyłączone" in words_of(page)
    finally:
        site.app.config["SETTINGS"] = settings


def test_a_closed_account_is_not_opened_by_its_broker(site: Site, issuer: Issuer, person: Actor) -> None:
    linked(site, issuer, person, "closed-1")
    with site.records() as store:
        administrator = new_person(store, is_administrator=True)
        disable_person(administrator, person.id or 0, reason="Na prośbę.", now=store.now)
    visitor = site.visitor()
    page = come_back(visitor, gone_there(visitor, issuer), expect=403)
    assert "zostało zamknięte" in words_of(page)


def test_linked_accounts_are_listed_and_unlinked_but_for_the_last_way_in(
    site: Site, issuer: Issuer, person: Actor
) -> None:
    linked(site, issuer, person, "linked-1")
    visitor = site.visitor(person)
    assert "Węzeł" not in words_of(visitor.get("/account/sessions"))
    visitor.send("/account/identities")
    assert "Żadne konto nie jest połączone" in words_of(visitor.get("/account/identities"))
    issuer.claims.update(email="bez-hasla@example.org", sub="only-1")
    only = site.visitor()
    come_back(only, gone_there(only, issuer))
    only.send(JOIN, {"name": "Mieszkaniec"})
    page = only.get("/account/identities")
    assert "jedyny sposób logowania" in words_of(page)
    assert 'name="identity"' not in page.text


def test_the_session_of_the_question_holds_nothing_of_the_answer(site: Site, issuer: Issuer) -> None:
    issuer.claims.update(email="cisza@example.org", sub="silent-1")
    visitor = site.visitor()
    come_back(visitor, gone_there(visitor, issuer))
    visitor.send(JOIN, {"name": "Mieszkaniec"})
    visitor.get("/")
    with visitor.client.session_transaction() as session:
        assert not {"asked", "joining", "awaited"} & set(session)
