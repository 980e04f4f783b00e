"""A search is saved from its results, looked after in one's account, and its letters are stopped with one press."""

from __future__ import annotations

import re

import pytest

from consult.ports.search import SearchQuery
from consult.services import saved_searches
from consult.storage.queries import saved_searches as queries
from consult.web.shared.saved_searches import save_href
from tests.web.places import Place

MINE = "/account/searches"


def link_to_save(place: Place, words: str = "termin naboru") -> str:
    with place.site.app.test_request_context():
        return save_href(SearchQuery(words=words), f"/search?q={words.replace(' ', '+')}")


def saved_by(place: Place, role: str) -> list[queries.SavedSearchRow]:
    with place.site.records():
        return queries.list_saved_searches(getattr(place.people, role).id)


def save(place: Place, role: str = "neighbour", **typed: str) -> int:
    address = link_to_save(place)
    sent = {"name": "Nabory", "pace": "none"} | typed
    place.visitor(role).send(address, sent)
    return saved_by(place, role)[0].id


def test_a_search_is_saved_under_a_name_and_listed_with_its_results(place: Place) -> None:
    visitor = place.visitor("neighbour")
    form = visitor.get(link_to_save(place)).text
    assert 'value="termin naboru"' in form
    save(place, name="Moje nabory", pace="weekly")
    page = visitor.get(MINE).text
    assert "Moje nabory" in page
    assert 'href="/search?q=termin+naboru"' in page
    assert "list raz w tygodniu" in page


def test_a_search_is_renamed_followed_and_deleted(place: Place) -> None:
    search_id = save(place)
    visitor = place.visitor("neighbour")
    visitor.send(f"{MINE}/{search_id}", {"name": "Nowa nazwa", "pace": "daily"})
    (saved,) = [row for row in saved_by(place, "neighbour") if row.id == search_id]
    assert (saved.name, saved.pace) == ("Nowa nazwa", "daily")
    visitor.send(f"{MINE}/{search_id}/delete", {})
    assert search_id not in {row.id for row in saved_by(place, "neighbour")}


def test_a_name_left_out_is_asked_for_beside_the_field_and_nothing_is_lost(place: Place) -> None:
    visitor = place.visitor("neighbour")
    page = visitor.send(link_to_save(place), {"name": " ", "pace": "daily"}, expect=422).text
    assert "Nazwij wyszukiwanie." in page
    assert re.search(r'value="daily" checked', page)


@pytest.mark.parametrize("asked", ["", "x", "x.y.z", "\u202e"])
def test_nothing_is_saved_that_no_page_of_results_asked_for(place: Place, asked: str) -> None:
    place.visitor("neighbour").get(f"{MINE}/new?asked={asked}", expect=404)


def test_guests_are_led_through_the_sign_in_page_and_back(place: Place) -> None:
    answer = place.guest.get(link_to_save(place), expect=303)
    assert answer.location.startswith("/sign-in?next=")


@pytest.mark.parametrize("role", ["member", "official", "administrator", "guest"])
def test_nobody_sees_or_changes_what_others_keep(place: Place, role: str) -> None:
    search_id = save(place, name="Zastrzeżona nazwa")
    visitor = place.visitor(role)
    expect = 303 if role == "guest" else 404
    for address in (f"{MINE}/{search_id}", f"{MINE}/{search_id}/delete"):
        visitor.get(address, expect=expect)
    if role != "guest":
        assert "Zastrzeżona nazwa" not in visitor.get(MINE).text


def test_the_link_of_a_letter_asks_once_and_stops_the_letters(place: Place) -> None:
    search_id = save(place, pace="instant")
    with place.site.records() as store:
        token = saved_searches.draw_stop_link(search_id, store.now)
    stop = f"/searches/stop/{token}"
    page = place.guest.get(stop)
    assert "Nabory" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert saved_by(place, "neighbour")[0].pace == "instant", "mail scanners open links"
    assert "nie będą już przychodzić" in place.guest.send(stop, {}, expect=200).text
    assert saved_by(place, "neighbour")[0].pace == "none"


def test_a_mail_program_may_press_for_its_reader(place: Place) -> None:
    search_id = save(place, pace="instant")
    with place.site.records() as store:
        stop = f"/searches/stop/{saved_searches.draw_stop_link(search_id, store.now)}"
    guest = place.site.app.test_client()
    guest.post(stop, data={"List-Unsubscribe": "Anything"})
    assert saved_by(place, "neighbour")[0].pace == "instant"
    assert guest.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert saved_by(place, "neighbour")[0].pace == "none"


def test_a_link_that_stops_nothing_says_so(place: Place) -> None:
    page = place.guest.get("/searches/stop/nieznany", expect=410)
    assert "Ten link już nie wyłącza listów" in page.text
