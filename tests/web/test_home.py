"""The home page: what is open first, and for people with an account what concerns them; cheap however much there is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.policy.actors import MEMBER, OFFICIAL, SYSTEM
from consult.services import consultations, dispositions, following
from consult.services.consultations import Details
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import BEGINNING
from tests.factories.records import (
    comment_on,
    new_document,
    new_host,
    new_person,
    open_consultation,
    publish,
)
from tests.web.places import Place, new_draft, people_of
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import Site, words_of

DAY = timedelta(days=1)


def a_call(
    site: Site,
    title: str,
    *,
    host_id: int | None = None,
    opens: float = 0,
    closes: float = 21,
    fields: tuple[str, ...] = (),
    area: str = "",
) -> int:
    """A consultation on a document of its own."""
    people = people_of(site)
    with site.records() as store:
        slug = new_document(store, host_id=host_id or people.host_id)
        publish(store, slug)
        return consultations.open_consultation(
            SYSTEM,
            slug,
            version_no=1,
            title=title,
            legal_basis="resolution",
            details=Details(
                fields=fields, area=area, departure_reason="Uchwała.", is_departure_confirmed=True
            ),
            opens_at=store.now + opens * DAY,
            closes_at=store.now + closes * DAY,
            now=store.now,
        )


def home(site: Site, query: str = "") -> str:
    return words_of(site.visitor().get(f"/{query}"))


def test_open_consultations_stand_by_deadline_with_the_time_that_is_left_and_the_exact_hour(
    site: Site,
) -> None:
    host_id = new_host_of(site, "Gmina terminów")
    a_call(site, "Kończy się później", host_id=host_id, closes=9)
    a_call(site, "Kończy się wcześniej", host_id=host_id, closes=5)
    page = home(site, f"?host={slug_of_host(site, host_id)}")
    assert page.index("Kończy się wcześniej") < page.index("Kończy się później")
    assert "zostało 5 dni" in page
    assert "Uwagi do 7 marca 2026, godz. 10.00" in page


def new_host_of(site: Site, name: str) -> int:
    with site.records() as store:
        return new_host(store, name)


def slug_of_host(site: Site, host_id: int) -> str:
    from consult.storage.queries.organisations import get_host

    with site.records():
        return get_host(host_id).slug


@pytest.mark.parametrize(
    ("closes", "words"),
    [(0.2, "Dziś jest ostatni dzień"), (1, "do jutra"), (2, "zostały 2 dni"), (22, "zostały 22 dni")],
)
def test_the_time_left_is_said_in_days_people_count(site: Site, closes: float, words: str) -> None:
    host_id = new_host_of(site, "Gmina dni")
    a_call(site, "Ile dni", host_id=host_id, closes=closes)
    assert words in home(site, f"?host={slug_of_host(site, host_id)}")


def test_a_consultation_moves_on_by_the_clock_alone(site: Site) -> None:
    host_id = new_host_of(site, "Gmina zegara")
    place = f"?host={slug_of_host(site, host_id)}"
    a_call(site, "Bieg zegara", host_id=host_id, opens=2, closes=4)
    assert "Zapowiedziane" in home(site, place)
    site.clock.advance(days=2)
    assert "Czytaj i zgłaszaj uwagi" in home(site, place)
    site.clock.advance(days=2)
    page = home(site, place)
    assert "Czytaj i zgłaszaj uwagi" not in page
    assert "nikt nie zgłosił uwag" in page


def test_what_one_chose_stays_in_the_address_and_in_the_form(site: Site) -> None:
    host_id = new_host_of(site, "Gmina wyboru")
    a_call(site, "Kultura w dzielnicy", host_id=host_id, fields=("culture",), area="Dzielnica Wschód")
    a_call(site, "Sport w mieście", host_id=host_id, fields=("sport",), closes=3)
    host = f"host={slug_of_host(site, host_id)}"
    chosen = site.visitor().get(f"/?{host}&field=culture&area=Dzielnica+Wsch%C3%B3d")
    assert 'value="culture" selected' in chosen.text
    assert "Kultura w dzielnicy" in words_of(chosen)
    assert "Sport w mieście" not in words_of(chosen)
    week = home(site, f"?{host}&ends=week")
    assert "Sport w mieście" in week
    assert "Kultura w dzielnicy" not in week
    month = home(site, f"?{host}&ends=month")
    assert "Kultura w dzielnicy" in month
    nothing = home(site, f"?{host}&field=culture&ends=week")
    assert "Żadne trwające konsultacje nie spełniają tych warunków" in nothing


@pytest.mark.parametrize(
    "query", ["?host=nie-ma", "?ends=never", "?field=%00x", "?area=%27%3B--", "?host=" + "x" * 5000]
)
def test_a_choice_there_is_not_narrows_nothing(site: Site, query: str) -> None:
    a_call(site, "Zawsze na liście", closes=0.1)
    assert "Zawsze na liście" in home(site, query)


def test_what_nobody_published_is_not_on_the_home_page(place: Place) -> None:
    place.site.clock.advance(days=300)  # so that nothing else changed later
    draft = new_draft(place, "# Tajny projekt\n\nTreść.\n")
    for visitor in (place.guest, place.visitor("neighbour")):
        page = visitor.get("/")
        assert draft not in page.text
        assert "Tajny projekt" not in page.text
    assert draft in place.visitor("member").get("/").text


def test_guests_get_the_home_page_from_memory_until_something_happens(site: Site) -> None:
    a_call(site, "Pierwsza z pamięci", closes=0.1)
    guest = site.visitor()
    tag = guest.get("/").headers["ETag"]
    assert guest.get("/", headers={"If-None-Match": tag}, expect=304).data == b""
    with counted() as sent:
        site.app.test_client().get("/")
        before = len(sent)
        site.app.test_client().get("/")
    assert len(sent) - before <= 2
    a_call(site, "Druga, świeża", closes=0.05)
    page = guest.get("/", headers={"If-None-Match": tag})
    assert "Druga, świeża" in page.text


def test_a_guests_page_is_made_anew_at_midnight(site: Site) -> None:
    host_id = new_host_of(site, "Gmina północy")
    a_call(site, "O północy", host_id=host_id, closes=3)
    place = f"?host={slug_of_host(site, host_id)}"
    assert "zostały 3 dni" in home(site, place)
    site.clock.at = BEGINNING.replace(hour=22, minute=59)
    assert "zostały 3 dni" in home(site, place)
    site.clock.at = BEGINNING.replace(hour=23, minute=0)
    assert "zostały 2 dni" in home(site, place)


def test_no_person_gets_a_guests_home_page_nor_a_guest_a_persons(place: Place) -> None:
    guest = place.guest.get("/")
    official = place.visitor("official").get("/", headers={"If-None-Match": guest.headers["ETag"]})
    assert "Do zrobienia" in official.text
    assert "ETag" not in official.headers
    after = place.guest.get("/")
    assert "Do zrobienia" not in after.text
    assert "csrf" not in after.text


def test_the_home_page_asks_as_often_for_twenty_consultations_as_for_four(site: Site) -> None:
    numbers = []
    for count in (4, 16):
        for at in range(count):
            a_call(site, f"Konsultacje {count} {at}")
        asked = []
        for visitor in (site.visitor(), site.visitor(people_of(site).official)):
            visitor.client.get("/?field=")  # so that what is made once is made
            with counted() as sent:
                visitor.client.get("/?ends=" + str(count), buffered=True)
            asked.append(len(sent))
        numbers.append(asked)
    assert numbers[0] == numbers[1]
    assert numbers[1][0] <= 8, numbers
    assert numbers[1][1] <= 20, numbers


def test_an_official_is_told_what_waits_and_only_of_their_own_host(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store, "Gmina zadań")
        official, member = new_person(store, (host_id, OFFICIAL)), new_person(store, (host_id, MEMBER))
        slug = new_document(store, host_id=host_id)
        consultation_id = open_consultation(store, slug)
        receipts = [comment_on(store, slug) for _ in range(2)]
        dispositions.save_disposition(
            official,
            receipts[0].comment_ids[0],
            outcome="noted",
            justification="Dziękujemy.",
            expected_revision=0,
            now=store.now,
        )
    queue = f"/consultations/{consultation_id}/answers"
    assert "Trwają; uwag dotąd: 2." in words_of(site.visitor(official).get("/"))
    site.clock.advance(days=22)
    own = site.visitor(official).get("/")
    assert queue in own.text
    assert "Uwagi bez stanowiska: 1 z 2." in words_of(own)
    others = people_of(site)
    for actor in (member, others.neighbour, others.official, others.administrator):
        assert queue not in site.visitor(actor).get("/").text
    assert "Do zrobienia" not in words_of(site.visitor(member).get("/"))


def test_what_changed_in_what_one_follows_stands_on_top_until_it_is_marked_as_read(place: Place) -> None:
    with place.site.records() as store:
        reader = new_person(store)
        ref = str(document_queries.get_document(place.slug, EVERYTHING).id)
        following.mark_seen(reader, now=store.now)
        following.follow(reader, "document", ref, now=store.now)
    place.site.clock.advance(minutes=5)
    place.publish("nowe brzmienie")
    visitor = place.site.visitor(reader)
    page = visitor.get("/")
    assert "Od Twojej ostatniej wizyty" in page.text
    assert "Opublikowano wersję 2: nowe brzmienie." in page.text
    assert "Opublikowano wersję 2: nowe brzmienie." in visitor.get("/").text  # looking marks nothing
    token = visitor.token("/changes")
    visitor.post("/changes/seen", {"csrf_token": token, "back": "home"})
    assert "Opublikowano wersję 2: nowe brzmienie." not in visitor.get("/").text


def test_an_empty_site_says_what_will_stand_there(tmp_path_factory: pytest.TempPathFactory) -> None:
    from tests.web.visitors import opened_site

    empty = opened_site(tmp_path_factory.mktemp("empty"))
    page = home(empty)
    assert "Żadne konsultacje teraz nie trwają" in page
    assert "Nie opublikowano jeszcze żadnego dokumentu" in page
    with empty.records():
        from consult.storage.database import db

        db.engine.dispose()
