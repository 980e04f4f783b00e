"""Pages kept for guests are nobody's own, and never old."""

from __future__ import annotations

import pytest

from tests.web.places import WORDS, Place, new_place
from tests.web.visitors import Site, words_of


def test_a_kept_page_is_answered_from_memory_and_by_304(place: Place) -> None:
    guest = place.guest
    first = guest.get(place.address)
    tag = first.headers["ETag"]
    second = guest.get(place.address, headers={"If-None-Match": tag}, expect=304)
    assert second.data == b""
    assert guest.get(place.address).data == first.data


def test_no_person_gets_a_guests_page_nor_a_guest_a_persons(place: Place) -> None:
    guest = place.guest.get(place.address)
    tag = guest.headers["ETag"]
    official = place.visitor("official")
    page = official.get(place.address, headers={"If-None-Match": tag})
    assert 'action="/sign-out"' in page.text
    assert "ETag" not in page.headers
    after = place.guest.get(place.address)
    assert 'action="/sign-out"' not in after.text
    assert after.data == guest.data
    assert "csrf" not in after.text


def test_a_message_for_one_guest_is_not_kept_for_others(place: Place) -> None:
    visitor = place.visitor("official")
    token = visitor.token(f"{place.address}/publish")
    visitor.post("/sign-out", {"csrf_token": token})
    told = visitor.get(place.address)
    assert "Wylogowano" in told.text
    assert "Wylogowano" not in place.guest.get(place.address).text
    assert "Wylogowano" not in visitor.get(place.address).text


@pytest.mark.parametrize("tail", ["", "/versions/1"])
def test_a_new_comment_is_on_the_page_at_once(place: Place, tail: str) -> None:
    guest = place.guest
    tag = guest.get(place.address + tail).headers["ETag"]
    guest.send(place.composer(), {"text": "Świeża uwaga."})
    page = guest.get(place.address + tail, headers={"If-None-Match": tag})
    assert "Świeża uwaga." in page.text
    guest.send(place.composer(None), {"text": "Do całości."})
    assert "Do całości." in guest.get(place.address + tail).text


def test_the_end_of_a_consultation_is_on_the_page_at_once(site: Site) -> None:
    place = new_place(site, days=1)
    guest = place.guest
    open_page = guest.get(place.address)
    assert "/comments/new" in open_page.text
    site.clock.advance(days=1)
    closed = guest.get(place.address, headers={"If-None-Match": open_page.headers["ETag"]})
    assert "/comments/new" not in closed.text
    assert "przyjmowano do" in words_of(closed)


def test_published_answers_are_on_the_page_at_once(place: Place) -> None:
    place.comment()
    place.answer(1, justification="Powody z dnia publikacji.")
    place.site.clock.advance(days=22)
    assert "Powody z dnia" not in place.guest.get(place.address).text
    place.publish_answers()
    assert "Powody z dnia publikacji." in place.guest.get(place.address).text


def test_a_new_version_is_on_the_page_at_once_after_the_consultation(place: Place) -> None:
    guest = place.guest
    place.visitor("editor").send(
        f"{place.address}/sections/{place.section_id()}",
        {"source": place.source().replace(WORDS, "przez miesiąc")},
    )
    place.publish()
    assert WORDS in guest.get(place.address).text  # the consulted version stays while it is open
    assert "starsza wersja" in words_of(guest.get(f"{place.address}/versions/1"))
    place.site.clock.advance(days=22)
    assert "przez miesiąc" in guest.get(place.address).text


def test_each_language_has_a_page_of_its_own(place: Place) -> None:
    polish, english = place.guest, place.visitor("guest", language="en")
    for _ in range(2):
        assert 'lang="pl"' in polish.get(place.address).text
        assert 'lang="en"' in english.get(place.address).text


def test_two_sites_in_one_process_keep_their_pages_apart(site: Site, tmp_path: object) -> None:
    from consult.web.shared import kept_pages

    assert not any(isinstance(value, kept_pages.KeptPages) for value in vars(kept_pages).values())


def test_there_is_a_limit_to_what_is_kept() -> None:
    from consult.web.shared.kept_pages import KeptPages

    pages = KeptPages(most=2)
    for key in ("a", "b", "c", "a"):
        pages.content(key, lambda key=key: key)
    assert pages.keys() == ("c", "a")
