"""Timelines, comparisons and single changes as people meet them."""

from __future__ import annotations

import re

import pytest

from consult.services import drafting
from tests.factories.records import edit_as, section
from tests.web.places import Place, new_place
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import Site

VIEWS = ("text", "side", "only")


@pytest.fixture(scope="module")
def place(whole_site: Site) -> Place:
    """Two versions: between them a comment's wording was taken and an editor changed something on their own."""
    place = new_place(whole_site)
    place.comment(proposed="co najmniej trzydzieści dni")
    with place.site.records() as store:
        edit_as(store, place.slug, place.people.editor, words="Zdanie dopisane.")
    place.publish()
    return place


def compare(place: Place, **query: str) -> str:
    return place.guest.get(f"{place.address}/compare", query_string={"from": "v1", "to": "v2", **query}).text


def test_every_view_shows_the_words_put_in_and_what_they_came_from(place: Place) -> None:
    for view in VIEWS:
        page = compare(place, view=view)
        assert "Zdanie dopisane." in page
        assert "Bez podanej przyczyny" in page
        assert 'id="z-1"' in page


def test_only_changes_leaves_out_paragraphs_that_stayed(place: Place) -> None:
    sentence = "Projekt uchwały poddaje się konsultacjom"
    assert sentence in compare(place)
    assert sentence not in compare(place, view="only")


def test_guests_are_not_asked_for_causes_and_editors_are(place: Place) -> None:
    assert "/cause" not in compare(place)
    assert (
        f"{place.address}/changes/2/cause"
        in place.visitor("editor").get(f"{place.address}/compare?from=v1&to=v2").text
    )


def test_texts_in_the_wrong_order_are_shown_from_the_earlier_to_the_later(place: Place) -> None:
    page = place.guest.get(f"{place.address}/compare?from=v2&to=v1").text
    assert re.search(r"<ins[^>]*>(?:<span[^>]*>[^<]*</span>)?Zdanie dopisane", page)


def test_the_draft_after_any_change_may_be_compared_by_those_who_see_it(place: Place) -> None:
    staff = place.visitor("editor").get(f"{place.address}/compare?from=c1&to=c2").text
    assert "po zmianie 1" in staff
    assert "po zmianie 1" not in place.guest.get(f"{place.address}/compare?from=c1&to=c2").text


def test_a_cause_is_said_afterwards_and_seen_by_everybody(whole_site: Site) -> None:
    place = new_place(whole_site)
    with place.site.records() as store:
        edit_as(store, place.slug, place.people.editor)
    place.publish()
    editor = place.visitor("editor")
    where = f"{place.address}/changes/2/cause"
    editor.send(where, {"kind": "reason", "reason": "Na wniosek komisji rewizyjnej."}, expect=303)
    for page in (compare(place), place.guest.get(f"{place.address}/changes/2").text):
        assert "Na wniosek komisji rewizyjnej." in page
        assert "przyczynę dopisano" in page
        assert place.people.editor.name not in page
    assert place.people.editor.name in editor.get(f"{place.address}/changes/2").text


def test_a_cause_that_is_none_is_refused_and_what_was_typed_stays(place: Place) -> None:
    editor = place.visitor("editor")
    where = f"{place.address}/changes/2/cause"
    page = editor.send(where, {"kind": "comment", "comment": "9999", "reason": "Bo tak."}, expect=422).text
    assert "nie zgłoszono uwagi o tym numerze" in page
    assert "Bo tak." in page
    assert 'value="9999"' in page


def test_a_timeline_is_narrowed_and_opens_the_redline_of_a_change(place: Place) -> None:
    editor = place.visitor("editor")
    history = f"{place.address}/history"
    assert 'id="change-2"' in editor.get(f"{history}?kind=edit").text
    assert 'id="change-2"' not in editor.get(f"{history}?kind=file").text
    assert 'id="change-2"' not in editor.get(f"{history}?until=2020-01-01").text
    assert 'id="change-2"' in editor.get(f"{history}?who={place.people.editor.id}&cause=none").text
    assert 'id="change-2"' in editor.get(f"{history}?part={place.section_id('Konsultacje')}").text
    assert 'id="change-2"' not in editor.get(f"{history}?part={place.section_id('Zlecanie zadań')}").text
    assert "Zdanie dopisane." not in editor.get(history).text
    assert "Zdanie dopisane." in editor.get(f"{history}?open=2").text
    assert 'id="change-' not in place.guest.get(history).text


def test_the_history_of_a_part_follows_its_words_to_where_they_came_from(whole_site: Site) -> None:
    place = new_place(whole_site)
    with place.site.records() as store:
        edit_as(store, place.slug, place.people.editor, heading="Zlecanie zadań", words="Przed podziałem.")
        whole = section(place.slug, "Zlecanie zadań")
        part_id, _ = drafting.split_section(
            place.people.editor,
            place.slug,
            whole.section_id,
            text_id=whole.text_id,
            at=whole.source.index("Wynik naboru"),
            title="Wyniki",
            now=store.now,
        )
    page = place.visitor("editor").get(f"{place.address}/sections/{part_id}/history").text
    assert 'id="change-2"' in page
    assert "słowa przyszły z części Zlecanie zadań" in page
    other = new_place(whole_site)
    other.visitor("editor").get(f"{other.address}/sections/{part_id}/history", expect=404)


def test_what_a_person_changed_is_shown_to_those_who_see_the_drafts_only(place: Place) -> None:
    address = f"/people/{place.people.editor.id}/changes"
    assert f"{place.address}/changes/2" in place.visitor("member").get(address).text
    place.visitor("neighbour").get(address, expect=404)
    place.guest.get(address, expect=303)
    place.visitor("official").get("/people/999999/changes", expect=404)


def test_an_old_version_leads_to_the_current_one_and_to_what_has_changed_since(place: Place) -> None:
    page = place.guest.get(f"{place.address}/versions/1").text
    assert f"{place.address}/versions/2" in page
    assert f"{place.address}/compare?from=v1&amp;to=v2" in page
    assert f"{place.address}/compare?from=" not in place.guest.get(f"{place.address}/versions/2").text


@pytest.mark.parametrize(
    "query", ["s={section}&from=0&to=15", "s={section}&words=Nabór wniosków", "words=Nabór wniosków"]
)
def test_a_link_to_a_passage_marks_it_without_a_script(place: Place, query: str) -> None:
    page = place.guest.get(f"{place.address}/versions/1?{query.format(section=place.section_id())}").text
    assert page.count('class="passage"') >= 1
    assert 'id="slowa-fragment"' in page


@pytest.mark.parametrize(
    "query",
    [
        "s=nie-ma&from=0&to=5",
        "s={section}&from=5&to=2",
        "s={section}&from=0&to=99999999",
        "words=takich słów nie ma",
    ],
)
def test_a_link_to_no_passage_shows_the_version(place: Place, query: str) -> None:
    page = place.guest.get(f"{place.address}/versions/1?{query.format(section=place.section_id())}").text
    assert 'class="passage"' not in page


def test_pages_of_history_ask_the_database_as_often_after_many_changes_as_after_few(
    whole_site: Site,
) -> None:
    asked = []
    for count in (5, 25):
        place = new_place(whole_site)
        with place.site.records() as store:
            for number in range(count):
                edit_as(store, place.slug, place.people.editor, words=f"Zdanie {number}.")
        place.publish()
        editor = place.visitor("editor")
        addresses = (
            f"{place.address}/history",
            f"{place.address}/history?who={place.people.editor.id}&kind=edit&cause=none",
            f"{place.address}/sections/{place.section_id('Konsultacje')}/history",
            f"{place.address}/compare?from=v1&to=v2",
            f"{place.address}/changes/3",
        )
        sent_to = []
        for address in addresses:
            editor.get(address)
            with counted() as sent:
                editor.get(address)
            sent_to.append(len(sent))
        asked.append(sent_to)
    assert asked[0] == asked[1]
