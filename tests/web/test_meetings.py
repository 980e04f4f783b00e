"""Officials announce, move, cancel and write up meetings on pages; everybody reads what came of it."""

from __future__ import annotations

import pytest

from consult.storage.queries import meetings as queries
from tests.factories.records import announce_meeting, hold_a_consultation
from tests.web.places import Place
from tests.web.visitors import kept, words_of

FIELDS = {
    "kind": "meeting",
    "title": "Spotkanie na rynku",
    "day": "2026-03-09",
    "starts": "17:00",
    "ends": "19:00",
    "place": "ul. Rynek 1, Miasto",
    "room": "sala 12",
    "access_step_free": "y",
    "access_signs": "y",
    "access_contact": "tel. 12 345 67 89",
    "access_until": "2026-03-05",
    "programme": "- co zmienia projekt\n- pytania",
}


def announced(place: Place, **changed: str) -> str:
    """The address of a meeting the official announced on the page."""
    answer = place.visitor("official").send(
        f"/consultations/{place.consultation_id}/meetings/new", FIELDS | changed
    )
    return str(answer.location)


def held(place: Place) -> str:
    """The address of a meeting that is over."""
    with place.site.records() as store:
        meeting_id = announce_meeting(store, place.consultation_id, days=1)
    place.site.clock.advance(days=2)
    return f"/meetings/{meeting_id}"


def test_a_meeting_is_announced_with_everything_one_needs_to_come(place: Place) -> None:
    page = words_of(place.guest.get(announced(place)))
    for words in (
        "Spotkanie na rynku",
        "poniedziałek, 9 marca 2026",
        "17.00",
        "sala 12",
        "Wejście bez schodów",
        "Tłumaczenie na polski język migowy",
        "tel. 12 345 67 89",
        "5 marca 2026",
        "co zmienia projekt",
    ):
        assert words in page
    assert "Spotkanie na rynku" in place.guest.get(f"/consultations/{place.consultation_id}").text
    assert "Spotkanie na rynku" in place.guest.get("/meetings").text


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"ends": "16:00"}, "Koniec musi przypadać po początku"),
        ({"day": "2026-03-29", "starts": "02:30", "ends": "04:00"}, "zegary przestawia się do przodu"),
        ({"kind": "online", "link": "javascript:alert(1)"}, "To nie jest adres strony internetowej"),
        ({"place": ""}, "Podaj adres"),
        ({"day": ""}, "Podaj dzień"),
        ({"starts": ""}, "Podaj godzinę"),
        ({"capacity": "wielu"}, "Wpisz liczbę całkowitą"),
        ({"capacity": "-5"}, "Wpisz liczbę całkowitą"),
        ({"weeks": "99"}, "od 1 do"),
        ({"title": ""}, "tytuł"),
        ({"kind": "party"}, "Wybierz rodzaj spotkania"),
    ],
)
def test_what_cannot_be_comes_back_with_everything_typed(
    place: Place, changed: dict[str, str], complaint: str
) -> None:
    where = f"/consultations/{place.consultation_id}/meetings/new"
    page = place.visitor("official").send(where, FIELDS | changed, expect=422).text
    assert complaint in page
    assert kept(page, "room") == "sala 12"
    assert kept(page, "programme") == FIELDS["programme"].replace("\n", "\n")
    assert kept(page, "access_signs") == "y"
    with place.site.records():
        assert queries.list_meetings(place.consultation_id) == []


def test_a_moved_meeting_shows_where_it_was_to_be_and_why(place: Place) -> None:
    where = announced(place)
    official = place.visitor("official")
    official.send(f"{where}/edit", {"starts": "18:00", "ends": "20:00"}, expect=422)
    official.send(f"{where}/edit", {"starts": "18:00", "ends": "20:00", "reason": "Sesja rady trwa dłużej."})
    page = place.guest.get(where).text
    assert "Sesja rady trwa dłużej." in page
    assert "<s>" in page
    assert "Zmiana terminu lub miejsca" in place.guest.get("/meetings").text


def test_a_cancelled_meeting_stays_on_the_list_struck_through_with_its_reason(place: Place) -> None:
    where = announced(place)
    place.visitor("official").send(f"{where}/cancel", {"reason": "Burza <b>z gradem</b>."})
    for address in (where, f"/consultations/{place.consultation_id}", "/meetings"):
        page = place.guest.get(address)
        assert "Odwołane" in page.text
        assert "Burza <b>z gradem</b>." in words_of(page)
    place.visitor("official").get(f"{where}/edit", expect=409)


def test_a_form_of_a_meeting_changed_meanwhile_loses_nothing_and_overwrites_nothing(place: Place) -> None:
    where = announced(place)
    first, second = place.visitor("official"), place.visitor("official")
    token = first.token(f"{where}/edit")
    second.send(f"{where}/edit", {"capacity": "30"})
    stale = FIELDS | {"csrf_token": token, "seen": "0", "capacity": "50"}
    page = first.post(f"{where}/edit", stale, expect=422).text
    assert "W międzyczasie ktoś zmienił to spotkanie" in page
    assert kept(page, "capacity") == "50"
    first.post(f"{where}/edit", stale | {"seen": kept(page, "seen")})  # having seen it, one may insist
    with place.site.records():
        assert queries.get_meeting(int(where.rsplit("/", 1)[1])).capacity == 50


def test_two_notes_of_one_meeting_are_shown_to_whoever_comes_second(place: Place) -> None:
    where = held(place)
    first, second = place.visitor("official"), place.visitor("official")
    token = first.token(f"{where}/note")
    second.send(f"{where}/note", {"note": "Notatka Biura Dialogu", "act": "keep"})
    mine = {"csrf_token": token, "seen": "0", "note": "Moja notatka", "act": "keep"}
    page = first.post(f"{where}/note", mine, expect=422).text
    assert "Notatka Biura Dialogu" in page
    assert kept(page, "note") == "Moja notatka"
    first.post(f"{where}/note", mine | {"seen": kept(page, "seen")})
    assert "Moja notatka" in first.get(where).text


def test_a_note_is_written_kept_published_and_corrected(place: Place) -> None:
    where = held(place)
    official = place.visitor("official")
    official.send(f"{where}/note", {"note": "Pytano o **terminy**.", "act": "keep"})
    assert "Pytano o" not in place.guest.get(where).text
    assert "nie jest jeszcze opublikowana" in official.get(where).text
    official.send(f"{where}/note", {"act": "publish"})
    assert "<strong>terminy</strong>" in place.guest.get(where).text
    official.send(f"{where}/note", {"note": "Pytano o **opłaty**.", "act": "keep"})
    page = place.guest.get(where)
    assert "<strong>opłaty</strong>" in page.text
    assert "Sprostowania" in words_of(page)


def test_who_came_is_shown_in_numbers_and_a_correction_says_why(place: Place) -> None:
    where = held(place)
    official = place.visitor("official")
    official.send(f"{where}/attendance", {"resident": "12", "ngo": "-3"}, expect=422)
    official.send(f"{where}/attendance", {"resident": "999999"}, expect=422)
    official.send(f"{where}/attendance", {"resident": "12", "ngo": "3"})
    assert "Przyszło 15 osób" in words_of(place.guest.get(where))
    official.send(f"{where}/attendance", {"resident": "10"}, expect=422)
    official.send(f"{where}/attendance", {"resident": "10", "reason": "Dwie osoby policzono dwa razy."})
    page = words_of(place.guest.get(where))
    assert "Przyszło 13 osób" in page
    assert "Dwie osoby policzono dwa razy." in page
    assert "15" in page


def test_nothing_is_noted_of_a_meeting_that_has_not_begun(place: Place) -> None:
    where = announced(place)
    place.visitor("official").get(f"{where}/note", expect=409)
    place.visitor("official").get(f"{where}/attendance", expect=409)


@pytest.mark.parametrize("role", ["neighbour", "member", "editor", "administrator"])
def test_others_reach_no_form_and_see_no_link_to_one(place: Place, role: str) -> None:
    where = announced(place)
    visitor = place.visitor(role)
    assert f"{where}/edit" not in visitor.get(where).text
    token = visitor.token("/account") if role == "nobody" else ""
    for address in (
        f"/consultations/{place.consultation_id}/meetings/new",
        f"{where}/edit",
        f"{where}/cancel",
        f"{where}/note",
        f"{where}/attendance",
        f"/consultations/{place.consultation_id}/opinions/new",
        f"/consultations/{place.consultation_id}/explain",
    ):
        visitor.get(address, expect=403)
        visitor.post(address, FIELDS | {"csrf_token": token, "reason": "x", "text": "x"}, expect=403)


def test_a_meeting_there_is_not_is_not_found(place: Place) -> None:
    for address in ("/meetings/4711", "/meetings/4711/calendar.ics", "/consultations/4711/opinions"):
        place.guest.get(address, expect=404)
    place.visitor("official").get("/meetings/4711/edit", expect=404)


def test_the_place_is_named_in_the_readers_language(place: Place) -> None:
    page = words_of(place.site.visitor(language="en").get(announced(place)))
    assert "Monday, 9 March 2026" in page
    assert "Entrance without steps" in page


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("role", ["guest", "official"])
def test_every_page_has_manners_in_both_languages(place: Place, role: str, language: str) -> None:
    number = place.comment()
    with place.site.records() as store:
        held_now = hold_a_consultation(store, place.consultation_id)
        ahead = announce_meeting(store, place.consultation_id, series="Cykl", link="https://example.org/x")
        announce_meeting(store, place.consultation_id, days=9, series="Cykl")
    consultation, held = f"/consultations/{place.consultation_id}", f"/meetings/{held_now.meeting_id}"
    visitor = place.visitor(role, language=language)
    for address in (
        "/meetings",
        "/feeds",
        held,
        f"/meetings/{ahead}",
        f"{consultation}/opinions",
        f"{consultation}/explanations",
    ):
        visitor.get(address)
    forms = (
        f"{consultation}/meetings/new",
        f"{held}/edit",
        f"{held}/note",
        f"{held}/attendance",
        f"/meetings/{ahead}/cancel",
        f"{consultation}/opinions/new",
        f"/opinions/{held_now.opinion_id}/edit",
        f"{consultation}/explain",
        f"/comments/{place.register_id}/{number}/explain",
        f"/explanations/{held_now.explanation_id}/withdraw",
    )
    for address in forms:
        visitor.get(address, expect=200 if role == "official" else 303)
