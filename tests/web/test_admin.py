"""Administration: what waits, who may be looked at and what can be done, never without a reason and a trace."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from consult.domain.history.events import EVENTS
from consult.domain.history.events import administration as administration_events
from consult.domain.policy.actors import SYSTEM, Actor
from consult.services import organisations
from consult.services.accounts.requests import ask_data_request
from consult.services.posting import post
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.unit_of_work import unit_of_work
from consult.web.admin.acts import ACTS, ORGANISATION_ACTS, PERSON_ACTS
from consult.web.admin.views.people import ACTING, masked
from tests.factories.records import new_organisation, new_person
from tests.web.places import Place
from tests.web.visitors import Site, words_of

REASON = "Na prośbę tej osoby."


def person_of(site: Site, *memberships: tuple[int, str], is_administrator: bool = False) -> Actor:
    with site.records() as store:
        return new_person(store, *memberships, is_administrator=is_administrator)


def address_of(site: Site, person: Actor) -> str:
    with site.records():
        found = account_queries.find_person(person.id or 0)
        assert found is not None
        return found.email


# --- looking at people ------------------------------------------------------------------------------------------


def test_personal_data_are_shown_only_once_it_is_on_record_that_somebody_looks(place: Place) -> None:
    person = person_of(place.site)
    email, where = address_of(place.site, person), f"/admin/people/{person.id}"
    visitor = place.visitor("administrator")
    before = visitor.get(where)
    assert email not in before.text
    visitor.send(where, to=f"{where}/look")
    assert email in visitor.get(where).text
    record = words_of(visitor.get("/admin/record"))
    assert f"wgląd w dane osobowe: {person.name}" in record
    place.site.clock.advance(minutes=31)
    assert email not in visitor.get(where).text


def test_one_administrators_looking_shows_nothing_to_another(place: Place) -> None:
    person = person_of(place.site)
    email, where = address_of(place.site, person), f"/admin/people/{person.id}"
    place.visitor("administrator").send(where, to=f"{where}/look")
    other = place.site.visitor(person_of(place.site, is_administrator=True))
    assert email not in other.get(where).text


def test_people_are_found_by_name_and_address_and_their_addresses_are_shortened(place: Place) -> None:
    person = person_of(place.site)
    email = address_of(place.site, person)
    visitor = place.visitor("administrator")
    for query in (person.name.upper(), email, email[:9].upper()):
        page = visitor.get("/admin/people", query_string={"q": query})
        assert person.name in words_of(page)
        assert email not in page.text.replace(f'value="{query}"', "")
    assert "Nikogo nie znaleziono" in visitor.get("/admin/people?q=nie-ma-takiej-osoby").text
    assert masked("a@example.org") == "a…@example.org"
    assert masked("") == ""


@pytest.mark.parametrize("query", ["%", "_", "\\", "'; DROP TABLE person; --", "\x00", "a" * 5_000])
def test_odd_searches_find_nobody_and_break_nothing(place: Place, query: str) -> None:
    place.visitor("administrator").get("/admin/people", query_string={"q": query})


def test_a_long_list_of_people_goes_on_over_pages(place: Place) -> None:
    with place.site.records() as store:
        for _ in range(60):
            new_person(store)
    visitor = place.visitor("administrator")
    first = visitor.get("/admin/people")
    assert 'rel="next"' in first.text
    second = visitor.get("/admin/people?page=2")
    assert 'rel="prev"' in second.text
    for odd in ("0", "-1", "9" * 30, "x"):
        visitor.get(f"/admin/people?page={odd}")


# --- acts on accounts ----------------------------------------------------------------------------------------------


def test_a_closed_account_is_signed_out_and_back_again_when_opened(place: Place) -> None:
    person = person_of(place.site)
    theirs, visitor = place.site.visitor(person), place.visitor("administrator")
    assert theirs.get("/account", expect=200)
    where = f"/admin/people/{person.id}"
    visitor.send(f"{where}/close", {"reason": REASON})
    theirs.get("/account", expect=303)
    assert "konto zamknięte" in words_of(visitor.get(where))
    visitor.send(f"{where}/reopen", {"reason": REASON})
    theirs.get("/account", expect=303)
    assert "konto zamknięte" not in words_of(visitor.get(where))
    record = words_of(visitor.get("/admin/record"))
    assert f"zamknięcie konta: {person.name}" in record
    assert REASON in record


def test_an_act_without_a_reason_is_not_done_and_says_so_beside_the_field(place: Place) -> None:
    person = person_of(place.site)
    visitor = place.visitor("administrator")
    where = f"/admin/people/{person.id}/close"
    page = visitor.send(where, {"reason": "  "}, expect=422)
    assert 'href="#reason"' in page.text
    with place.site.records():
        assert account_queries.find_person(person.id or 0) is not None


@pytest.mark.parametrize("act", sorted(PERSON_ACTS))
def test_every_act_on_an_account_has_a_page_a_service_and_a_line_on_record(place: Place, act: str) -> None:
    person = person_of(place.site)
    page = place.visitor("administrator").get(f"/admin/people/{person.id}/{act}")
    assert str(PERSON_ACTS[act].title)
    assert "textarea" in page.text
    assert act in ACTING


def test_every_administrative_event_stands_on_record_in_words() -> None:
    made = {
        thing.kind
        for thing in vars(administration_events).values()
        if isinstance(thing, type) and issubclass(thing, administration_events.Event) and thing.kind
    }
    assert made <= set(ACTS)
    assert set(ACTS) <= set(EVENTS)
    assert set(ORGANISATION_ACTS) == {"verify", "refuse", "host"}


# --- what waits, what runs -----------------------------------------------------------------------------------------


def test_the_first_page_says_what_waits_with_its_term(place: Place) -> None:
    with place.site.records() as store:
        person = new_person(store)
        ask_data_request(person, "correct", words="Proszę o poprawkę nazwiska.", now=store.now)
    page = words_of(place.visitor("administrator").get("/admin"))
    assert re.search(r"wnios\w+ dotycząc\w+ danych osobowych", page)
    assert "2 kwietnia 2026" in page


def test_what_a_person_wrote_with_a_request_is_shown_once_on_record(place: Place) -> None:
    words = "Moje nazwisko zmieniło się w zeszłym roku."
    with place.site.records() as store:
        person = new_person(store)
        request_id = ask_data_request(person, "correct", words=words, now=store.now)
    where, visitor = f"/admin/requests/{request_id}", place.visitor("administrator")
    assert words not in visitor.get(where).text
    token = visitor.token(where)
    answer = visitor.post(f"/admin/people/{person.id}/look?back={request_id}", {"csrf_token": token})
    assert answer.location.endswith(where)
    assert words in visitor.get(where).text


def test_a_letter_that_failed_can_be_tried_again_or_given_up(place: Place) -> None:
    with place.site.records() as store:
        person = new_person(store)
        with unit_of_work() as work:
            post(
                work,
                "operations/test",
                person_id=person.id,
                at=store.now,
                due_at=store.now + timedelta(hours=1),
            )
    place.site.clock.advance(hours=2)
    visitor = place.visitor("administrator")
    page = visitor.get("/admin/letters")
    assert "operations/test" in page.text
    assert address_of(place.site, person) not in page.text
    drop = page.text.split('action="/admin/letters/')[2].split('"')[0]
    visitor.post(f"/admin/letters/{drop}", {"csrf_token": visitor.token("/admin/search")})
    assert "operations/test" not in visitor.get("/admin/letters").text


def test_the_index_is_built_anew_by_the_worker_and_the_asking_is_on_record(place: Place) -> None:
    place.comment(text="Niepowtarzalna uwaga o jeżozwierzach.")
    place.site.store.ports.search.clear()
    visitor = place.visitor("administrator")
    visitor.send("/admin/search")
    assert "jeżozwierzach" in visitor.get("/search?q=jeżozwierzach").text
    assert "budowy indeksu" in words_of(visitor.get("/admin/record"))


def test_an_organisation_is_verified_made_a_host_and_never_refused_without_a_reason(place: Place) -> None:
    with place.site.records() as store:
        organisation_id = new_organisation(store, "Stowarzyszenie nad Rzeką")
        slug = organisation_queries.get_organisation_by_id(organisation_id).slug
        organisations.refuse_organisation(SYSTEM, slug, reason="Pomyłka.", now=store.now)
    where, visitor = f"/admin/organisations/{organisation_id}", place.visitor("administrator")
    visitor.send(f"{where}/verify")
    page = visitor.send(f"{where}/refuse", {"reason": ""}, expect=422)
    assert 'href="#reason"' in page.text
    visitor.send(f"{where}/host")
    assert "Stowarzyszenie nad Rzeką" in words_of(visitor.get("/admin/hosts"))
