"""Supporting a comment: by one press with an account, by a page with a button for guests, once for everybody."""

from __future__ import annotations

from tests.web.places import Place
from tests.web.visitors import words_of


def comment_page(place: Place) -> str:
    return f"/comments/{place.register_id}/{place.comment()}"


def test_a_guest_supports_a_comment_once_and_takes_it_back(place: Place) -> None:
    page = comment_page(place)
    guest = place.guest
    assert "1 osoba popiera" not in words_of(guest.get(page))
    assert guest.send(f"{page}/support", {"act": "give"}).location == page
    assert "1 osoba popiera" in words_of(guest.get(page))
    guest.send(f"{page}/support", {"act": "give"})
    shown = words_of(place.guest.get(page))
    assert "1 osoba popiera" in shown
    assert "Popieram" in shown
    assert "1 osoba popiera" in words_of(place.guest.get(place.address)), "the page kept for guests knows"
    place.guest.send(f"{page}/support", {"act": "give"})
    assert "2 osoby popierają" in words_of(place.guest.get(place.address))
    guest.send(f"{page}/support", {"act": "back"})
    assert "1 osoba popiera" in words_of(place.guest.get(place.address))
    assert "1 osoba popiera" in words_of(place.guest.get(f"{place.address}/comments"))


def test_pages_for_guests_hold_no_form_and_give_no_cookie(place: Place) -> None:
    page = comment_page(place)
    answer = place.guest.get(page)
    assert "csrf_token" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_somebody_signed_in_supports_with_one_press(place: Place) -> None:
    page = comment_page(place)
    neighbour = place.visitor("neighbour")
    token = neighbour.token(page)
    neighbour.post(f"{page}/support", {"csrf_token": token, "act": "give"}, expect=303)
    assert "Ty też" in words_of(neighbour.get(page))
    neighbour.post(f"{page}/support", {"csrf_token": token, "act": "back"}, expect=303)
    assert "Ty też" not in words_of(neighbour.get(page))


def test_after_the_end_nothing_is_supported_and_the_count_stays(place: Place) -> None:
    page = comment_page(place)
    guest = place.guest
    guest.send(f"{page}/support", {"act": "give"})
    place.site.clock.advance(days=22)
    shown = words_of(guest.get(page))
    assert "1 osoba popiera" in shown
    assert "Popieram" not in shown
    guest.get(f"{page}/support", expect=409)
