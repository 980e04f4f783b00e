"""Editors see which comments wait for them, and say on pages without a script which words they speak of."""

from __future__ import annotations

import pytest

from tests.services.test_placement_decisions import LINE, Case
from tests.web.places import Place
from tests.web.test_submissions import fields_of


@pytest.fixture
def case(place: Place) -> Case:
    with place.site.records() as store:
        case = Case(store)
        case.copy_the_line()
    return case


def test_a_comment_to_be_checked_is_listed_and_confirmed_by_one_press(place: Place, case: Case) -> None:
    editor = place.site.visitor(case.editor)
    listed = f"/documents/{case.slug}/placements"
    with place.site.records():
        address = f"{listed}/{case.sought().target_id}"
    assert address in editor.get(listed).text
    page = editor.get(address).text
    assert LINE in page
    editor.post(address, fields_of(page) | {"act": "confirm"}, expect=303)
    assert address not in editor.get(listed).text
    assert address in editor.get(f"{listed}?show=decided").text
    with place.site.records():
        assert case.state() == ("placed", LINE)


def test_words_copied_by_hand_carry_the_comment_to_another_part_and_mistakes_lose_nothing(
    place: Place, case: Case
) -> None:
    editor = place.site.visitor(case.editor)
    with place.site.records():
        row = case.sought()
        there = case.part("Rozliczenia")
    address = f"/documents/{case.slug}/placements/{row.target_id}"
    page = editor.get(f"{address}?part={there}").text
    assert "trzydziestu dni" in page
    wrong = fields_of(page) | {"act": "reattach", "quote": "czterdziestu dni"}
    page = editor.post(address, wrong, expect=422).text
    assert "Tych słów nie ma w wybranej części" in page
    assert "czterdziestu dni" in page
    editor.post(address, fields_of(page) | {"act": "reattach", "quote": "trzydziestu  dni"}, expect=303)
    with place.site.records():
        assert case.state() == ("moved", "trzydziestu dni")


def test_a_place_that_changed_while_somebody_looked_is_shown_anew(place: Place, case: Case) -> None:
    editor = place.site.visitor(case.editor)
    with place.site.records():
        address = f"/documents/{case.slug}/placements/{case.sought().target_id}"
    page = editor.get(address).text
    with place.site.records():
        case.edit("Dotacje", "Przepis wstępny", "Przepis pierwszy")
    page = editor.post(address, fields_of(page) | {"act": "give_up"}, expect=422).text
    assert "Tekst w tym czasie się zmienił" in page
    editor.post(address, fields_of(page) | {"act": "give_up"}, expect=303)


def test_readers_are_not_shown_what_editors_are_asked(place: Place, case: Case) -> None:
    listed = f"/documents/{case.slug}/placements"
    with place.site.records():
        address = f"{listed}/{case.sought().target_id}"
    for actor in (case.people.member, case.people.neighbour):
        visitor = place.site.visitor(actor)
        visitor.get(listed, expect=403)
        visitor.get(address, expect=403)
