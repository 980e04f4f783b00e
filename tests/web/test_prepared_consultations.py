"""Preparing a consultation and announcing it, as its officials do it and as everybody else sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from consult.domain.policy.actors import SYSTEM
from consult.domain.process.windows import term_end
from consult.services import consultations
from consult.storage.database import db
from consult.storage.queries import consultations as queries
from consult.web.shared.limits import limiter
from tests.factories.records import new_document, publish
from tests.web.places import Place, new_place
from tests.web.visitors import Visitor, form_of, opened_site, parsed, words_of


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A site of its own for each test: lists hold nothing but what the test put there."""
    site = opened_site(tmp_path)
    limiter.enabled = False
    yield new_place(site)
    with site.records():
        db.engine.dispose()


def a_draft(place: Place) -> str:
    with place.site.records() as store:
        slug = new_document(store, host_id=place.people.host_id)
        publish(store, slug)
    return slug


def opening_form(official: Visitor, slug: str, basis: str) -> dict[str, str]:
    return form_of(official.get(f"/documents/{slug}/consult?basis={basis}").text)


def prepared(place: Place, slug: str, basis: str = "environment") -> str:
    """The address of the page of a consultation prepared by the official."""
    official = place.visitor("official")
    form = opening_form(official, slug, basis) | {"then": "open", "title": "Przyszłe konsultacje"}
    answer = official.post(f"/documents/{slug}/consult", form, expect=303)
    return answer.headers["Location"].removesuffix("/announcement")


def ticked(page: str) -> set[str]:
    boxes = [box for box in parsed(page).iter("input") if box.get("name") == "forms"]
    return {box.get("value") or "" for box in boxes if box.get("checked") is not None}


# --- what is prepared ------------------------------------------------------------------------------------------------


def test_nobody_but_the_host_sees_what_is_prepared(place: Place) -> None:
    slug = a_draft(place)
    address = prepared(place, slug)
    for visitor in (place.guest, place.visitor("neighbour")):
        for page in (
            "/",
            "/consultations",
            f"/documents/{slug}",
            "/feeds/consultations.atom",
            "/calendars/consultations.ics",
        ):
            assert "Przyszłe konsultacje" not in visitor.get(page).text, page
        visitor.get(address, expect=404)
        visitor.get(f"{address}/calendar.ics", expect=404)
    official = place.visitor("official")
    assert "Te konsultacje są przygotowane." in words_of(official.get(address))
    assert f"{address}/announcement" in official.get("/").text
    assert address in official.get(f"/documents/{slug}").text


def test_publishing_the_announcement_makes_it_public_from_that_day(place: Place) -> None:
    slug = a_draft(place)
    address = prepared(place, slug, "resolution")
    place.site.clock.advance(days=2)
    official = place.visitor("official")
    page = official.get(f"{address}/announcement")
    assert "19 dni" in words_of(page)
    official.post(f"{address}/announcement", form_of(page.text) | {"then": "publish"}, expect=303)
    said = words_of(place.guest.get(f"{address}/announcements/1"))
    assert "termin liczy 19 dni" in said
    assert "Przyszłe konsultacje" in place.guest.get("/").text


def test_a_term_grown_too_short_can_be_set_right_with_one_button_before_it_is_published(place: Place) -> None:
    slug = a_draft(place)
    address = prepared(place, slug)
    place.site.clock.advance(days=3)
    official = place.visitor("official")
    page = official.get(f"{address}/announcement")
    form = form_of(page.text)
    assert "Ten termin jest za krótki." in words_of(page)
    refused = official.post(f"{address}/announcement", form | {"then": "publish"}, expect=422)
    assert "Termin jest za krótki" in words_of(refused)
    mended = official.post(f"{address}/announcement", form | {"then": "earliest"}, expect=200)
    assert "Ten termin jest za krótki." not in words_of(mended)
    with place.site.records() as store:
        earliest = term_end(store.now.date(), 21)
    assert form_of(mended.text)["closes_on"] == earliest.isoformat()
    official.post(f"{address}/announcement", form_of(mended.text) | {"then": "publish"}, expect=303)
    with place.site.records():
        assert queries.get_consultation(int(address.rsplit("/", 1)[1])).window.last_day == earliest


def test_a_strategy_without_a_meeting_is_announced_only_with_a_reason_and_a_confirmation(
    place: Place,
) -> None:
    address = prepared(place, a_draft(place), "strategy")
    official = place.visitor("official")
    page = official.get(f"{address}/announcement")
    assert "Nie wpisano jeszcze żadnego spotkania." in words_of(page)
    assert f"{address}/meetings/new" in page.text
    form = form_of(page.text) | {"then": "publish"}
    assert "żadnego jeszcze nie wpisano" in words_of(
        official.post(f"{address}/announcement", form, expect=422)
    )
    reason = form | {"departure_reason": "Sale są zamknięte."}
    assert "odpowiada za ogłoszenie bez spotkań" in words_of(
        official.post(f"{address}/announcement", reason, expect=422)
    )
    official.post(f"{address}/announcement", reason | {"departure_confirmed": "y"}, expect=303)
    assert "Sale są zamknięte." in words_of(official.get(address))
    said = words_of(place.guest.get(f"{address}/announcements/1"))
    assert f"https://konsultacje.example.org{address}" in said
    assert "/clause" in said


# --- the form --------------------------------------------------------------------------------------------------------


def test_another_legal_basis_brings_its_forms_and_offers_its_end_without_unticking_anything(
    place: Place,
) -> None:
    slug = a_draft(place)
    official = place.visitor("official")
    form = opening_form(official, slug, "programme")
    address = f"/documents/{slug}/consult"
    sent = {**form, "legal_basis": "strategy", "forms": ["written", "walk"], "then": "check"}
    sent["addressees"] = sent["addressees"].replace("\n", "\r\n")
    page = official.post(address, sent, expect=200)
    assert ticked(page.text) == {"written", "walk", "meeting"}
    assert "sąsiednie gminy i ich związki" in form_of(page.text)["addressees"]
    end = term_end(date.fromisoformat(form["opens_on"]), 35)
    assert f'data-set-end="{end.isoformat()}"' in page.text
    again = {**form_of(page.text), "forms": ["written", "walk"], "then": "check"}
    assert ticked(official.post(address, again, expect=200).text) == {"written", "walk"}
    moved = official.post(address, again | {"then": "earliest"}, expect=200)
    assert form_of(moved.text)["closes_on"] == end.isoformat()
    assert "Ten termin jest za krótki." not in words_of(moved)


def test_the_form_says_how_many_comments_of_the_last_consultation_are_still_unanswered(place: Place) -> None:
    place.comment()
    place.site.clock.advance(days=30)
    official = place.visitor("official")
    page = official.get(f"{place.address}/consult")
    assert "1 uwaga z poprzednich konsultacji tego dokumentu" in words_of(page)
    assert f"/consultations/{place.consultation_id}/answers" in page.text


# --- the page --------------------------------------------------------------------------------------------------------


def test_ways_of_taking_part_stand_in_the_tense_of_the_day(place: Place) -> None:
    address = f"/consultations/{place.consultation_id}"
    assert "Jak wziąć udział" in words_of(place.guest.get(address))
    place.site.clock.advance(days=30)
    said = words_of(place.guest.get(address))
    assert "Jak można było wziąć udział" in said
    assert "Jak wziąć udział" not in said


def test_a_consultation_and_its_announcement_say_who_made_and_published_them_and_when(place: Place) -> None:
    address = f"/consultations/{place.consultation_id}"
    official = place.visitor("official")
    form = form_of(official.get(f"{address}/announcement").text) | {"then": "publish"}
    official.post(f"{address}/announcement", form, expect=303)
    place.site.clock.advance(days=1)
    extend = form_of(official.get(f"{address}/extend").text) | {"reason": "Prośba."}
    official.post(f"{address}/extend", extend, expect=303)
    for page in (address, f"{address}/announcements/1"):
        said = words_of(place.guest.get(page)).partition("Metryka publikacji")[2]
        for words in ("Za treść odpowiada", "Opublikowano", "Nr 1", "Nr 2", f"example.org{page}"):
            assert words in said, (page, words)
        assert place.people.official.name not in said


def test_a_host_shows_what_it_consulted_before_and_a_protocol_by_its_name(place: Place) -> None:
    with place.site.records() as store:
        found = queries.get_consultation(place.consultation_id)
        store.clock.advance(days=30)
        consultations.publish_protocol(SYSTEM, found.id, now=store.now)
    host = place.guest.get("/consultations").text.split('href="/hosts/')[1].split('"')[0]
    page = place.guest.get(f"/hosts/{host}")
    assert "Zakończone konsultacje" in words_of(page)
    assert "Protokół opublikowany" in words_of(page)
    assert f"/consultations?host={host}" in page.text
    listed = words_of(place.guest.get("/consultations"))
    assert "protokół opublikowano" in listed
    assert "odpowiedzi opublikowano" not in listed
