"""Pages of working groups: public to read, kept by the host, with names only of those who show them."""

from __future__ import annotations

import re

import pytest

from consult.domain.policy.actors import SYSTEM
from consult.services import groups
from consult.storage.queries.accounts import find_person
from tests.factories.records import new_group
from tests.web.places import Place, new_draft
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import words_of


def a_group(place: Place, **options: str) -> str:
    with place.site.records() as store:
        return new_group(store, place.people.host_id, place.slug, **options)


def email_of(place: Place, role: str) -> str:
    with place.site.records():
        person = find_person(getattr(place.people, role).id)
    assert person is not None
    return person.email


def test_everybody_reads_who_works_on_what(place: Place) -> None:
    slug = a_group(place)
    page = place.guest.get(f"/groups/{slug}")
    assert f"/documents/{place.slug}" in page.text
    assert "Przewodniczący lub przewodnicząca" in words_of(page)
    assert slug in place.guest.get("/groups").text
    assert f"/groups/{slug}" in place.guest.get(f"{place.address}/about").text


def test_a_group_that_is_not_public_shows_to_others_nowhere(place: Place) -> None:
    slug = a_group(place, name="Zespół wewnętrzny", visibility="host")
    for role in ("guest", "neighbour"):
        visitor = place.visitor(role)
        visitor.get(f"/groups/{slug}", expect=404)
        for address in (
            "/groups",
            f"{place.address}/about",
            "/account/following" if role != "guest" else "/",
        ):
            page = visitor.get(address).text
            assert slug not in page
            assert "Zespół wewnętrzny" not in page
    for role in ("member", "official", "administrator"):
        assert "Zespół wewnętrzny" in place.visitor(role).get("/groups").text
        assert "nie jest publiczna" in words_of(place.visitor(role).get(f"/groups/{slug}"))


@pytest.mark.parametrize("page", ["edit", "people"])
def test_only_officials_of_the_host_and_administrators_look_after_a_group(place: Place, page: str) -> None:
    slug = a_group(place)
    hidden = a_group(place, visibility="host")
    for role, answer in (
        ("guest", 303),
        ("neighbour", 403),
        ("member", 403),
        ("editor", 403),
        ("official", 200),
        ("administrator", 200),
    ):
        place.visitor(role).get(f"/groups/{slug}/{page}", expect=answer)
    place.visitor("neighbour").get(f"/groups/{hidden}/{page}", expect=404)
    assert f"/groups/{slug}/{page}" not in place.visitor("member").get(f"/groups/{slug}").text


def test_an_official_makes_a_group_says_who_is_in_it_and_ends_its_work(place: Place) -> None:
    official = place.visitor("official")
    wrong = official.send("/groups/new", {"name": "", "summary": "Nie zgub tego."}, expect=422)
    assert "Podaj nazwę grupy" in words_of(wrong)
    assert "Nie zgub tego." in wrong.text
    made = official.send("/groups/new", {"name": "Nowa grupa od wszystkiego", "block": "Wspólne"})
    people = made.location
    assert people.endswith("/people")
    where = people.removesuffix("/people")
    official.send(people, {"role": "chair", "way": "organisation", "organisation_id": "1"})
    wrong = official.send(people, {"role": "member", "way": "letter", "email": "nikt na poczcie"}, expect=422)
    assert "nikt na poczcie" in wrong.text
    nobody = official.send(people, {"role": "member", "way": "letter", "email": " "}, expect=422)
    assert "Podaj adres, na który wyślemy zaproszenie" in words_of(nobody)
    official.send(f"{where}/edit", {"name": "Grupa pod inną nazwą"})
    assert "Grupa pod inną nazwą" in place.guest.get(where).text
    token = official.token(f"{where}/edit")
    official.post(f"{where}/course", {"csrf_token": token, "act": "end"})
    assert "Prace tej grupy zakończono" in words_of(place.guest.get(where))
    official.post(f"{where}/course", {"csrf_token": token, "act": "resume"})
    assert "Prace tej grupy zakończono" not in words_of(place.guest.get(where))


def test_a_name_is_shown_when_its_owner_says_so(place: Place) -> None:
    slug = a_group(place)
    with place.site.records() as store:
        neighbour = place.people.neighbour.id or 0
        groups.seat_person(SYSTEM, slug, role="member", person_id=neighbour, now=store.now)
    name = place.people.neighbour.name
    own = place.visitor("neighbour")
    for role in ("guest", "administrator"):
        shown = name in words_of(place.visitor(role).get(f"/groups/{slug}"))
        assert shown is (role == "administrator")
    token = own.token(f"/groups/{slug}")
    own.post(f"/groups/{slug}/seat", {"csrf_token": token, "act": "show"})
    assert name in words_of(place.guest.get(f"/groups/{slug}"))
    own.post(f"/groups/{slug}/seat", {"csrf_token": token, "act": "hide"})
    assert name not in words_of(place.guest.get(f"/groups/{slug}"))
    place.visitor("member").post(
        f"/groups/{slug}/seat",
        {"csrf_token": place.visitor("member").token(f"/groups/{slug}"), "act": "show"},
        expect=(303, 404),
    )
    assert name not in words_of(place.guest.get(f"/groups/{slug}"))


def test_an_official_who_types_an_address_learns_nothing_of_whose_it_is(place: Place) -> None:
    slug = a_group(place)
    official, people = place.visitor("official"), f"/groups/{slug}/people"
    for address in (email_of(place, "neighbour"), "nikogo@example.org"):
        official.send(people, {"role": "editor", "way": "letter", "email": address})
    page = official.get(people)
    assert place.people.neighbour.name not in page.text
    assert words_of(page).count("Zaproszenie wysłane") == 2
    for address in (email_of(place, "neighbour"), "nikogo@example.org"):
        assert address in words_of(page)
    rows = re.findall(rf"/groups/{slug}/invitations/(\d+)", page.text)
    token = official.token(people)
    official.post(f"/groups/{slug}/invitations/{rows[0]}", {"csrf_token": token, "act": "resend"}, expect=303)
    assert "List wysłano przed chwilą" in official.get(people).text.replace("\xa0", " ")
    official.post(
        f"/groups/{slug}/invitations/{rows[0]}", {"csrf_token": token, "act": "withdraw"}, expect=303
    )
    assert "nikogo@example.org" not in words_of(official.get(people))


def test_a_link_made_by_hand_is_shown_once_and_following_it_changes_nothing(place: Place) -> None:
    slug = a_group(place, visibility="invited")
    official, people = place.visitor("official"), f"/groups/{slug}/people"
    official.send(people, {"role": "member", "way": "link", "most_uses": "3"})
    found = re.search(
        r'value="https://konsultacje\.example\.org(/groups/invitations/[\w-]+)"', official.get(people).text
    )
    assert found is not None
    assert found[1] not in official.get(people).text
    neighbour = place.visitor("neighbour")
    neighbour.get(f"/groups/{slug}", expect=404)
    for visitor in (place.guest, neighbour, place.guest):
        shown = visitor.get(found[1])
        assert shown.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in shown.headers["Cache-Control"]
        assert "Tworzenie polityk publicznych" in words_of(shown)
    neighbour.get(f"/groups/{slug}", expect=404)
    token = neighbour.token(found[1])
    neighbour.post(f"{found[1]}/accept", {"csrf_token": token, "shows_name": "y"}, expect=303)
    assert place.people.neighbour.name in words_of(neighbour.get(f"/groups/{slug}"))
    assert "na zaproszenie" in words_of(neighbour.get(f"/groups/{slug}"))
    assert "Masz już miejsce w tej grupie" in words_of(neighbour.get(found[1]))


def test_a_draft_a_group_works_on_is_named_to_its_own_office_only(place: Place) -> None:
    draft = new_draft(place)
    with place.site.records() as store:
        slug = new_group(store, place.people.host_id, draft)
    assert draft not in place.guest.get(f"/groups/{slug}").text
    assert draft in place.visitor("member").get(f"/groups/{slug}").text
    for address in (f"/groups/{slug}", "/groups"):
        assert draft not in place.visitor("neighbour").get(address).text


def test_a_seat_that_is_no_number_changes_nothing(place: Place) -> None:
    slug = a_group(place)
    official = place.visitor("official")
    token = official.token(f"/groups/{slug}/people")
    for seat in ("", "x", "99999999999", "-1", "0"):
        official.post(
            f"/groups/{slug}/seats", {"csrf_token": token, "seat": seat, "act": "remove"}, expect=404
        )
    assert "Urząd Miasta" in words_of(place.guest.get(f"/groups/{slug}"))


def test_the_page_of_a_group_asks_as_often_for_many_seats_as_for_few(place: Place) -> None:
    slug = a_group(place)
    numbers = []
    for _ in range(2):
        with counted() as sent:
            place.guest.client.get(f"/groups/{slug}", buffered=True)
        numbers.append(len(sent))
        with place.site.records() as store:
            for _ in range(20):
                groups.add_member(
                    place.people.official,
                    slug,
                    role="member",
                    organisation_id=place.people.host_id,
                    now=store.now,
                )
    assert numbers[0] == numbers[1] <= 8


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("role", ["guest", "neighbour", "official", "administrator"])
def test_every_page_of_groups_lists_and_following_has_manners(place: Place, role: str, language: str) -> None:
    slug = a_group(place)
    visitor = place.visitor(role, language=language)
    for address in (
        "/",
        "/consultations",
        "/documents",
        "/groups",
        f"/groups/{slug}",
        f"{place.address}/about",
    ):
        visitor.get(address)
    for address in (
        "/groups/new",
        f"/groups/{slug}/edit",
        f"/groups/{slug}/people",
        f"{place.address}/about/edit",
        "/account/following",
        "/changes",
    ):
        visitor.get(address, expect=(200, 303, 403))
