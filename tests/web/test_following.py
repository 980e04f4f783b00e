"""The button that follows, the list of what one follows, and what changed since one was here."""

from __future__ import annotations

import re

import pytest

from consult.domain.policy.actors import Actor
from consult.services import following
from consult.storage.queries import documents as document_queries
from consult.storage.queries import following as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.records import new_group, new_person
from tests.web.places import Place, new_draft, new_place
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import Site, Visitor, words_of


def document_id(place: Place) -> str:
    with place.site.records():
        return str(document_queries.get_document(place.slug, EVERYTHING).id)


def token_of(visitor: Visitor) -> str:
    """The token in the frame of every page of somebody signed in."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/account/following").text)
    assert found is not None
    return found[1]


def press(visitor: Visitor, kind: str, ref: str, wanted: str = "yes", *, expect: int = 303) -> object:
    return visitor.post(
        "/follow",
        {"csrf_token": token_of(visitor), "kind": kind, "ref": ref, "wanted": wanted},
        expect=expect,
    )


def test_a_guest_is_led_to_sign_in_and_back_to_the_page(place: Place) -> None:
    page = place.guest.get(place.address).text
    assert "Obserwuj" in page
    assert f"/sign-in?next={place.address}".replace("/", "%2F").replace("%2Fsign-in", "/sign-in") in page or (
        f"/sign-in?next={place.address}" in page
    )
    assert "csrf" not in page


def test_following_a_document_shows_on_its_page_and_in_ones_list_and_can_be_stopped(place: Place) -> None:
    visitor = place.visitor("neighbour")
    answer = press(visitor, "document", document_id(place))
    assert answer.location == place.address  # type: ignore[attr-defined]
    assert "Obserwujesz – przestań" in visitor.get(place.address).text
    assert place.address in visitor.get("/account/following").text
    press(visitor, "document", document_id(place), "no")
    assert "Obserwujesz – przestań" not in visitor.get(place.address).text
    press(visitor, "document", document_id(place))
    visitor.send("/account/following", {"kind": "document", "ref": document_id(place)})
    assert place.address not in visitor.get("/account/following").text


@pytest.mark.parametrize(
    ("kind", "ref", "place_after"),
    [
        ("field", "culture", "/consultations?field=culture"),
        ("area", "Śródmieście", "/consultations?area="),
    ],
)
def test_fields_and_areas_are_followed_by_name(place: Place, kind: str, ref: str, place_after: str) -> None:
    visitor = place.visitor("member")
    answer = press(visitor, kind, ref)
    assert answer.location.startswith(place_after)  # type: ignore[attr-defined]
    assert ref in visitor.get("/account/following").text or kind == "field"
    press(visitor, kind, ref, "no")


def somebody(place: Place) -> Actor:
    """A person who follows nothing yet."""
    with place.site.records() as store:
        return new_person(store)


def test_a_stranger_learns_nothing_by_following(place: Place) -> None:
    draft = new_draft(place)
    with place.site.records() as store:
        hidden = str(document_queries.get_document(draft, EVERYTHING).id)
        group = new_group(store, place.people.host_id, visibility="host")
        group_id = str(queries_group(group))
    visitor = place.visitor("neighbour")
    missing = press(visitor, "document", "2000000000", expect=404)
    for kind, ref in (("document", hidden), ("group", group_id)):
        answer = press(visitor, kind, ref, expect=404)
        assert told_without_reference(answer) == told_without_reference(missing)


def told_without_reference(answer: object) -> str:
    """The words of an error page but for the number of the request."""
    return words_of(answer).rpartition(" ")[0]  # type: ignore[arg-type]


def queries_group(slug: str) -> int:
    from consult.storage.queries.groups import get_group

    return get_group(slug, EVERYTHING).id


@pytest.mark.parametrize(
    ("kind", "ref"),
    [("person", "1"), ("", ""), ("document", "'; --"), ("area", "x" * 500), ("document", "\0")],
)
def test_what_cannot_be_followed_is_refused_politely(place: Place, kind: str, ref: str) -> None:
    visitor = place.visitor("member")
    visitor.post(
        "/follow",
        {"csrf_token": token_of(visitor), "kind": kind, "ref": ref, "wanted": "yes"},
        expect=(303, 404),
    )
    assert words_of(visitor.get("/account/following"))


def test_nobody_sees_what_another_follows(place: Place) -> None:
    press(place.visitor("neighbour"), "document", document_id(place))
    for role in ("member", "official", "administrator"):
        assert place.address not in place.visitor(role).get("/account/following").text
    place.guest.get("/account/following", expect=303)
    place.guest.get("/changes", expect=303)


def test_what_changed_is_grouped_by_document_and_seen_only_by_a_button(place: Place) -> None:
    reader = somebody(place)
    visitor = place.site.visitor(reader)
    with place.site.records() as store:
        following.mark_seen(reader, now=store.now)
    press(visitor, "document", document_id(place))
    place.site.clock.advance(minutes=1)
    place.publish("drugie brzmienie")
    page = visitor.get("/changes")
    assert place.address in page.text
    assert "drugie brzmienie" in visitor.get("/changes").text
    visitor.post("/changes/seen", {"csrf_token": visitor.token("/changes")})
    assert "drugie brzmienie" not in visitor.get("/changes").text
    assert "Nic się nie zmieniło" in words_of(visitor.get("/changes"))


def test_an_answer_to_ones_comment_is_news_and_another_persons_is_not(site: Site) -> None:
    place = new_place(site)
    mine = place.comment(actor=place.people.member)
    place.comment(actor=place.people.editor)
    for number in (1, 2):
        place.answer(number)
    site.clock.advance(days=22)
    with site.records() as store:
        for who in (place.people.member, place.people.neighbour):
            following.mark_seen(who, now=store.now)
    site.clock.advance(minutes=1)
    place.publish_answers()
    page = words_of(place.visitor("member").get("/changes"))
    assert f"Opublikowano odpowiedź na Twoją uwagę nr {mine}." in page
    assert "uwagę nr 2" not in page
    assert "Opublikowano odpowiedź" not in words_of(place.visitor("neighbour").get("/changes"))


def test_the_page_of_changes_asks_as_often_for_many_as_for_few(place: Place) -> None:
    reader = somebody(place)
    visitor = place.site.visitor(reader)
    with place.site.records() as store:
        following.mark_seen(reader, now=store.now)
        following.follow(reader, "host", str(place.people.host_id), now=store.now)
    numbers = []
    for count in (1, 12):
        place.site.clock.advance(minutes=1)
        for at in range(count):
            place.publish(f"wersja {at}")
        with counted() as sent:
            visitor.client.get("/changes", buffered=True)
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 16


def test_followers_are_found_by_what_they_follow(place: Place) -> None:
    reader = somebody(place)
    press(place.site.visitor(reader), "document", document_id(place))
    with place.site.records():
        ref = str(document_queries.get_document(place.slug, EVERYTHING).id)
        assert queries.followers_of("document", ref) == [reader.id]
