"""The pages of one's own account: changed by their owner only, complete, and nobody else's business."""

from __future__ import annotations

import itertools
import json

import pytest

from consult.domain.policy.actors import OFFICIAL, Actor
from consult.services import accounts
from consult.services.comments import Sender
from consult.storage.queries.accounts import find_person
from tests.factories.records import NGO, new_person
from tests.web.mailboxes import letters_to
from tests.web.places import Place
from tests.web.visitors import Site, form_of, kept, words_of

PASSWORD = "a long enough password"
NEW = "cztery słowa bez związku"
OWN_PAGES = (
    "/account",
    "/account/password",
    "/account/email",
    "/account/comments",
    "/account/data",
    "/account/data/record",
    "/account/data/file",
)
SENDER = Sender(capacity="resident", name="Anna Przykładowa", email="anna@example.org")
_NUMBERS = itertools.count(1)


@pytest.fixture
def person(site: Site) -> Actor:
    with site.records() as store:
        return new_person(store)


def email_of(site: Site, person: Actor) -> str:
    with site.records():
        found = find_person(person.id or 0)
        assert found is not None
        return found.email


@pytest.mark.parametrize("address", OWN_PAGES)
def test_a_guest_is_led_to_sign_in(site: Site, address: str) -> None:
    assert site.visitor().get(address, expect=303).location.startswith("/sign-in")


@pytest.mark.parametrize("address", OWN_PAGES)
def test_a_page_of_ones_own_is_kept_nowhere(site: Site, person: Actor, address: str) -> None:
    assert site.visitor(person).get(address).headers["Cache-Control"] == "no-store"


def test_every_page_of_the_account_leads_to_the_others(site: Site, person: Actor) -> None:
    visitor = site.visitor(person)
    for address in OWN_PAGES[:-1]:
        page = visitor.get(address).text
        for other in (
            "/account",
            "/account/password",
            "/account/email",
            "/account/comments",
            "/account/data",
        ):
            assert f'href="{other}"' in page, f"{address} does not lead to {other}"


# Name and language


def test_the_name_changes_for_the_account_and_nobody_sees_it_unasked(place: Place, person: Actor) -> None:
    number = place.comment(actor=person, sender=SENDER)
    visitor = place.site.visitor(person)
    shown = f"/comments/{place.register_id}/{number}"
    visitor.send("/account", {"name": "Zofia  Widoczna "})
    assert kept(visitor.get("/account").text, "name") == "Zofia Widoczna"
    for page in (shown, place.address, f"{place.address}/comments"):
        assert "Zofia Widoczna" not in place.guest.get(page).text
    visitor.send("/account", {"is_name_public": "y"})
    for page in (shown, place.address, f"{place.address}/comments"):
        assert "Zofia Widoczna" in place.guest.get(page).text
    fields = form_of(visitor.get("/account").text)
    fields.pop("is_name_public")
    visitor.post("/account", fields)
    for page in (shown, place.address, f"{place.address}/comments"):
        assert "Zofia Widoczna" not in place.guest.get(page).text


def test_the_name_of_an_official_does_not_stand_beside_what_they_typed_in(place: Place) -> None:
    with place.site.records() as store:
        actor = new_person(store, (place.people.host_id, OFFICIAL))  # the shared one keeps name and language
    place.site.visitor(actor).send("/account", {"name": "Urzędniczka Widoczna", "is_name_public": "y"})
    from datetime import date

    number = place.comment(
        actor=actor,
        sender=Sender(capacity="resident", channel="paper", received_on=date(2026, 3, 2)),
    )
    assert "Urzędniczka Widoczna" not in place.guest.get(f"/comments/{place.register_id}/{number}").text


@pytest.mark.parametrize("language", ["de", "", "PL", "../../etc", "x" * 10_000, "\u202e"])
def test_a_language_there_is_not_changes_nothing(site: Site, person: Actor, language: str) -> None:
    visitor = site.visitor(person)
    page = visitor.send("/account", {"name": "Zofia Niezmieniona", "language": language}, expect=422)
    assert kept(page.text, "name") == "Zofia Niezmieniona"
    assert "Zofia Niezmieniona" not in visitor.get("/account").text


def test_the_language_of_the_account_wins_over_the_browsers(site: Site, person: Actor) -> None:
    visitor = site.visitor(person)
    visitor.client.set_cookie("lang", "en")
    visitor.language = "en"
    visitor.get("/account")  # nothing chosen yet: the browser's holds
    visitor.send("/account", {"language": "pl"})
    visitor.language = "pl"
    visitor.get("/account")
    visitor.get("/documents")
    # switching over in the head of a page lasts until one signs out, and changes nothing that is saved
    visitor.language = "en"
    visitor.get("/documents?lang=en")
    visitor.get("/account")
    other = site.visitor(person)
    other.client.set_cookie("lang", "en")
    other.get("/account")


def test_a_message_about_the_new_language_is_in_the_new_language(site: Site, person: Actor) -> None:
    visitor = site.visitor(person)
    answer = visitor.send("/account", {"language": "en"})
    visitor.language = "en"
    assert "Your account is saved." in visitor.follow(answer).text


# Password


def test_a_new_password_signs_out_everywhere_else(site: Site, person: Actor) -> None:
    here, there = site.visitor(person), site.visitor(person)
    here.send("/account/password", {"current": PASSWORD, "new": NEW})
    here.get("/account")
    there.get("/account", expect=303)
    email = email_of(site, person)
    site.visitor().send("/sign-in", {"email": email, "password": NEW})
    site.visitor().send("/sign-in", {"email": email, "password": PASSWORD}, expect=422)
    assert letters_to(site, email)[-1].subject == "Zmieniono Twoje hasło"


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [
        ("guessed password", NEW, "current"),
        ("", NEW, "current"),
        (PASSWORD, "krótkie", "new"),
        (PASSWORD, "123456789012", "new"),
        (PASSWORD, "x" * 10_000, "new"),
    ],
)
def test_a_change_of_password_that_fails_says_why_beside_the_field(
    site: Site, person: Actor, current: str, new: str, field: str
) -> None:
    page = site.visitor(person).send("/account/password", {"current": current, "new": new}, expect=422)
    assert f'id="{field}-error"' in page.text
    assert site.visitor().send("/sign-in", {"email": email_of(site, person), "password": PASSWORD})


# My comments


def test_my_comments_are_mine_alone_with_their_published_answers(place: Place, person: Actor) -> None:
    mine = place.comment(text="Moja własna uwaga.", actor=person, sender=SENDER)
    others = place.comment(text="Cudza uwaga.", sender=NGO)
    visitor = place.site.visitor(person)
    place.answer(mine, justification="Robocze powody urzędu.")
    page = visitor.get("/account/comments")
    assert "Moja własna uwaga." in page.text
    assert "Cudza uwaga." not in page.text
    assert "Robocze powody" not in page.text
    assert "Konsultacje trwają do" in page.text
    place.site.clock.advance(days=22)
    visitor = place.site.visitor(person)
    assert "nie opublikował jeszcze odpowiedzi" in visitor.get("/account/comments").text
    place.answer(others, justification="Inne powody.")
    place.publish_answers()
    assert "Robocze powody urzędu." in visitor.get("/account/comments").text


def test_my_comments_come_in_pages_from_the_newest(place: Place, person: Actor) -> None:
    numbers = [place.comment(text=f"Uwaga o treści {at:03d}.", actor=person) for at in range(23)]
    visitor = place.site.visitor(person)
    first = visitor.get("/account/comments").text
    assert "23 uwagi" in words_of(visitor.get("/account/comments"))
    assert "Uwaga o treści 022." in first
    assert "Uwaga o treści 002." not in first
    second = visitor.get("/account/comments?from=20").text
    assert [at for at in range(23) if f"Uwaga o treści {at:03d}." in second] == [0, 1, 2]
    assert len(numbers) == 23
    visitor.get("/account/comments?from=999999")
    for odd in ("x", "-1", "9" * 30, "²"):
        assert "Uwaga o treści 022." in visitor.get(f"/account/comments?from={odd}").text


# My data


def test_the_file_holds_what_the_page_shows(place: Place, person: Actor) -> None:
    place.comment(text="Uwaga do zabrania.", actor=person, sender=SENDER)
    visitor = place.site.visitor(person)
    answer = visitor.get("/account/data/file")
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    record = json.loads(answer.text)
    assert record["account"]["email"] == email_of(place.site, person)
    page = visitor.get("/account/data/record")
    for words in ("Uwaga do zabrania.", "Anna Przykładowa", "anna@example.org"):
        assert words in answer.text
        assert words in page.text


def test_a_request_to_erase_stands_on_the_page_with_its_day_and_can_be_taken_back(
    site: Site, person: Actor
) -> None:
    visitor = site.visitor(person)
    erase(site, person)
    page = visitor.get("/account/data")
    assert "2 kwietnia 2026" in page.text
    assert "Rozpatrywane" in page.text
    assert 'action="/account/data/erase"' not in page.text
    assert letters_to(site, email_of(site, person))[-1].subject == "Przyjęliśmy wniosek o usunięcie danych"
    with site.records():
        from consult.storage.queries.accounts.requests import list_requests_of

        request_id = list_requests_of(person.id or 0)[0].id
    withdraw = f"/account/data/requests/{request_id}/withdraw"
    visitor.post(withdraw, {"csrf_token": visitor.token("/account/password")})
    assert "Wycofany" in visitor.get("/account/data").text


def erase(site: Site, person: Actor) -> None:
    visitor = site.visitor(person)
    token = visitor.token("/account/password")
    visitor.post("/account/data/erase", {"csrf_token": token, "words": "Proszę o usunięcie."})


def test_a_second_request_of_the_kind_is_answered_kindly(site: Site, person: Actor) -> None:
    erase(site, person)
    visitor = site.visitor(person)
    token = visitor.token("/account/password")
    page = visitor.post("/account/data/erase", {"csrf_token": token, "words": ""}, expect=422)
    assert "czeka na odpowiedź" in words_of(page)


def test_what_was_typed_into_a_request_is_kept_when_it_cannot_be_taken(site: Site, person: Actor) -> None:
    visitor = site.visitor(person)
    token = visitor.token("/account/password")
    page = visitor.post(
        "/account/data/correct", {"csrf_token": token, "words": "Za długo. " * 1_000}, expect=422
    )
    assert "Za długo." in page.text
    page = visitor.post("/account/data/correct", {"csrf_token": token, "words": "  "}, expect=422)
    assert "Napisz, co i jak" in page.text


def test_nobody_takes_back_somebody_elses_request(site: Site, person: Actor) -> None:
    erase(site, person)
    with site.records() as store:
        from consult.storage.queries.accounts.requests import list_requests_of

        request_id = list_requests_of(person.id or 0)[0].id
        other = new_person(store)
    visitor = site.visitor(other)
    token = visitor.token("/account/password")
    visitor.post(f"/account/data/requests/{request_id}/withdraw", {"csrf_token": token}, expect=404)
    assert "Rozpatrywane" in site.visitor(person).get("/account/data").text


def test_the_decision_reaches_the_address_there_was_and_the_account_is_closed(
    place: Place, person: Actor
) -> None:
    place.comment(text="Uwaga, która zostaje.", actor=person, sender=SENDER)
    email = email_of(place.site, person)
    visitor = place.site.visitor(person)
    erase(place.site, person)
    with place.site.records() as store:
        from consult.storage.queries.accounts.requests import list_requests_of

        request_id = list_requests_of(person.id or 0)[0].id
        accounts.decide_data_request(
            place.people.administrator, request_id, decision="carried_out", reason="", now=store.now
        )
    letter = letters_to(place.site, email)[-1]
    assert letter.subject == "Twój wniosek dotyczący danych uwzględniono"
    visitor.get("/account", expect=303)
    comments = place.guest.get(f"{place.address}/comments").text
    assert "Uwaga, która zostaje." in comments
    official = place.visitor("official").get(f"{place.workbench}/1").text
    assert "Anna Przykładowa" not in official


def test_a_refusal_says_why_and_where_to_complain(site: Site, person: Actor) -> None:
    erase(site, person)
    with site.records() as store:
        from consult.storage.queries.accounts.requests import list_requests_of

        administrator = new_person(store, is_administrator=True)
        request_id = list_requests_of(person.id or 0)[0].id
        accounts.decide_data_request(
            administrator, request_id, decision="refused", reason="Trwa postępowanie.", now=store.now
        )
    letter = letters_to(site, email_of(site, person))[-1]
    assert "Trwa postępowanie." in letter.text
    assert "uodo.gov.pl" in letter.text
    page = site.visitor(person).get("/account/data")
    assert "Trwa postępowanie." in page.text
    assert "Odmowa" in page.text


def test_odd_words_in_a_request_stand_on_pages_as_words(site: Site, person: Actor) -> None:
    visitor = site.visitor(person)
    token = visitor.token("/account/password")
    visitor.post(
        "/account/data/correct", {"csrf_token": token, "words": "<script>alert(1)</script>\n{{ 7 * 7 }}"}
    )
    page = visitor.get("/account/data")
    assert "<script>alert" not in page.text
    assert "{{ 7 * 7 }}" in page.text
