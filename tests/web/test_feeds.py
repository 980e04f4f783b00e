"""Feeds tell everybody what happened in public, and nothing else."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from consult.domain.policy.actors import SYSTEM
from consult.services import explanations, meetings
from consult.storage.queries import feeds
from consult.web.feeds.views import in_words
from tests.adapters.atom import ATOM, faults, parsed
from tests.factories.records import announce_meeting
from tests.web.places import Place, new_draft
from tests.web.test_calendars import host_slug
from tests.web.visitors import Site

ALL = "/feeds/consultations.atom"


def entries(content: bytes) -> list[tuple[str, str, str]]:
    """(id, title, where it leads) of a valid feed."""
    assert faults(content) == []
    return [
        (
            entry.findtext(f"{ATOM}id"),
            entry.findtext(f"{ATOM}title"),
            entry.find(f"{ATOM}link").get("href"),
        )
        for entry in parsed(content).iter(f"{ATOM}entry")
    ]


def titles(place: Place, address: str = "") -> list[str]:
    content = place.guest.get(address or f"/feeds/documents/{place.slug}.atom").data
    return [title for _, title, _ in entries(content)]


def test_a_feed_is_valid_and_says_what_it_is(place: Place) -> None:
    for address in (ALL, f"/feeds/hosts/{host_slug(place)}.atom", f"/feeds/documents/{place.slug}.atom"):
        answer = place.guest.get(address)
        assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert faults(answer.data) == []
        root = parsed(answer.data)
        (own,) = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert own.get("href") == f"https://konsultacje.example.org{address}"


def test_the_feed_of_a_document_tells_its_whole_story_the_newest_first(place: Place) -> None:
    with place.site.records() as store:
        meeting_id = announce_meeting(store, place.consultation_id)
    place.site.clock.advance(minutes=1)
    with place.site.records() as store:
        explanations.explain_consultation(SYSTEM, place.consultation_id, "Ważne.", now=store.now)
    place.site.clock.advance(minutes=1)
    with place.site.records() as store:
        meetings.cancel_meeting(SYSTEM, meeting_id, reason="Burza.", now=store.now)
    number = place.comment()
    place.answer(number)
    place.site.clock.advance(days=22)
    place.publish_answers()
    place.site.clock.advance(minutes=1)
    place.publish("po uwagach")
    assert [title.split(":")[0] for title in titles(place)] == [
        "Opublikowano wersję 2",
        "Opublikowano odpowiedzi na uwagi",
        "Zakończono konsultacje",
        "Odwołano spotkanie",
        "Wyjaśnienie organizatora",
        "Zapowiedziano spotkanie",
        "Ogłoszono konsultacje",
        "Opublikowano wersję 1",
    ]


def test_what_is_told_keeps_its_id_and_no_two_things_share_one(place: Place) -> None:
    before = entries(place.guest.get(f"/feeds/documents/{place.slug}.atom").data)
    place.site.clock.advance(days=1)
    place.publish()
    after = entries(place.guest.get(f"/feeds/documents/{place.slug}.atom").data)
    assert [each[0] for each in after][1:] == [each[0] for each in before]


def test_every_entry_leads_to_a_page_that_is_there(place: Place) -> None:
    with place.site.records() as store:
        announce_meeting(store, place.consultation_id)
        explanations.explain_consultation(SYSTEM, place.consultation_id, "Ważne.", now=store.now)
    for _, _, href in entries(place.guest.get(f"/feeds/documents/{place.slug}.atom").data):
        place.guest.get(href.removeprefix("https://konsultacje.example.org"))


def test_drafts_comments_and_answers_not_yet_published_are_told_of_nowhere(place: Place) -> None:
    draft = new_draft(place)
    number = place.comment(text="Kanarek w uwadze")
    place.answer(number, justification="Kanarek w odpowiedzi")
    with place.site.records() as store:
        explanations.explain_comment(
            SYSTEM, comment_id(place, number), "Kanarek w wyjaśnieniu", now=store.now
        )
    for visitor in (place.guest, place.visitor("official"), place.visitor("administrator")):
        visitor.get(f"/feeds/documents/{draft}.atom", expect=404)
        for address in (ALL, f"/feeds/documents/{place.slug}.atom"):
            content = visitor.get(address).text
            assert "Kanarek" not in content
            assert draft not in content


def comment_id(place: Place, number: int) -> int:
    from consult.storage.queries import comments

    comment = comments.find_comment(place.register_id, number, with_drafts=False)
    assert comment is not None
    return comment.id


def test_a_host_tells_of_its_own_only(place: Place) -> None:
    with place.site.records():
        from consult.storage.queries.organisations import get_host

        other = get_host(place.people.other_host_id).slug
    assert entries(place.guest.get(f"/feeds/hosts/{other}.atom").data) == []
    assert titles(place, f"/feeds/hosts/{host_slug(place)}.atom")
    place.guest.get("/feeds/hosts/nie-ma.atom", expect=404)


def test_a_feed_holds_fifty_entries_at_most(place: Place) -> None:
    with place.site.records() as store:
        for _ in range(55):
            announce_meeting(store, place.consultation_id)
    assert len(entries(place.guest.get(f"/feeds/documents/{place.slug}.atom").data)) == 50


def test_a_quiet_document_is_found_behind_the_noise_of_others(place: Place, site: Site) -> None:
    from tests.web.places import new_place

    loud = new_place(site)
    with site.records() as store:
        for _ in range(12):
            announce_meeting(store, loud.consultation_id)
    before = feeds.WINDOW
    feeds.WINDOW = 5
    try:
        assert titles(place)[-1].startswith("Opublikowano wersję 1")
    finally:
        feeds.WINDOW = before


def test_a_feed_speaks_the_language_of_its_address(place: Place) -> None:
    english = place.site.visitor(language="en")
    where = f"/feeds/documents/{place.slug}.atom"
    assert "Ogłoszono konsultacje" in english.get(where).text
    content = place.guest.get(f"{where}?lang=en")
    assert "Consultation announced" in content.text
    assert faults(content.data) == []
    assert "Set-Cookie" not in content.headers
    polish = {each[0] for each in entries(place.guest.get(where).data)}
    assert polish.isdisjoint(each[0] for each in entries(content.data))


def test_who_has_the_feed_already_gets_no_second_copy_until_something_happens(place: Place) -> None:
    where = f"/feeds/documents/{place.slug}.atom"
    answer = place.guest.get(where)
    assert answer.headers["Cache-Control"].startswith("public")
    tag = answer.headers["ETag"]
    place.guest.get(where, headers={"If-None-Match": tag}, expect=304)
    place.publish()
    place.guest.get(where, headers={"If-None-Match": tag})


@pytest.mark.parametrize("title", ["Zasady <b>&amp;</b> ]]>", "Konsultacje „a” & 'b'"])
def test_markup_in_a_title_stays_words(place: Place, title: str) -> None:
    with place.site.records() as store:
        announce_meeting(store, place.consultation_id, title=title)
    assert f"Zapowiedziano spotkanie: {title}" in titles(place)


def test_pages_let_programs_find_their_feed(place: Place) -> None:
    page = place.guest.get(place.address).text
    assert 'type="application/atom+xml" title="' in page
    assert f"/feeds/documents/{place.slug}.atom" in page
    assert ALL in place.guest.get("/feeds").text
    assert "/calendars/consultations.ics" in place.guest.get("/feeds").text


@pytest.mark.parametrize("kind", [*feeds.KINDS, feeds.ENDED, feeds.ANSWERED])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_kind_of_happening_has_a_sentence(site: Site, kind: str, language: str) -> None:
    happening = feeds.Happening(kind, "event/1", site.clock.now(), "Zasady", "Urząd Miasta", "zasady")
    with site.app.test_request_context(), force_locale(language):
        title, _ = in_words(happening)
    assert title.endswith((": Zasady", ": "))
