"""The pages on which an outline is arranged, and a change taken back: by buttons, without a script."""

from __future__ import annotations

import pytest

from consult.domain.text import seams
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.records import TEXT, new_document, section, sections
from tests.web.places import Place, new_draft
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import form_of, words_of


@pytest.fixture
def slug(place: Place) -> str:
    """A draft of the office nobody else works on."""
    return new_draft(place)


def key(place: Place, slug: str, heading: str) -> str:
    with place.site.records():
        return section(slug, heading).section_id


def headings(place: Place, slug: str) -> list[str]:
    with place.site.records():
        return [row.heading for row in sections(slug)]


def last_no(place: Place, slug: str) -> int:
    with place.site.records():
        return document_queries.get_document(slug, EVERYTHING).last_change_no


def test_a_part_is_moved_by_a_button_and_moved_back_by_the_next(place: Place, slug: str) -> None:
    editor = place.visitor("editor")
    before = headings(place, slug)
    part = key(place, slug, "Konsultacje")
    opened = editor.get(f"/documents/{slug}/outline?part={part}")
    assert "W górę" in words_of(opened)
    token = form_of(opened.text)["csrf_token"]
    done = editor.post(
        f"/documents/{slug}/sections/{part}/arrange", {"csrf_token": token, "act": "up"}, expect=303
    )
    page = editor.follow(done)
    assert headings(place, slug)[1] == "Konsultacje"
    assert f"/changes/{last_no(place, slug)}/undo" in page.text
    undone = editor.post(
        f"/documents/{slug}/changes/{last_no(place, slug)}/undo?back=plan", {"csrf_token": token}, expect=303
    )
    assert "/outline" in undone.location
    assert headings(place, slug) == before


def test_what_cannot_be_done_is_said_and_changes_nothing(place: Place, slug: str) -> None:
    editor = place.visitor("editor")
    number = last_no(place, slug)
    part = key(place, slug, "Zasady współpracy")
    token = form_of(editor.get(f"/documents/{slug}/outline?part={part}").text)["csrf_token"]
    for fields in (
        {"act": "promote"},
        {"act": "nonsense"},
        {"act": "place", "beside": part, "relation": "x"},
        {},
    ):
        done = editor.post(
            f"/documents/{slug}/sections/{part}/arrange", {"csrf_token": token, **fields}, expect=303
        )
        editor.follow(done)
    assert last_no(place, slug) == number


def test_a_part_is_split_and_joined_from_its_pages(place: Place, slug: str) -> None:
    editor = place.visitor("editor")
    with place.site.records():
        row = section(slug, "Zlecanie zadań")
    where = f"/documents/{slug}/sections/{row.section_id}"
    form = form_of(editor.get(f"{where}/split").text)
    refused = editor.post(f"{where}/split", form | {"title": "Wyniki", "at": "3"}, expect=422)
    assert form_of(refused.text)["title"] == "Wyniki"
    at = str(seams.seams(row.source)[1])
    editor.follow(editor.post(f"{where}/split", form | {"title": "Wyniki", "at": at}, expect=303))
    assert headings(place, slug)[1:3] == ["Zlecanie zadań", "Wyniki"]
    form = form_of(editor.get(f"{where}/join").text)
    other = key(place, slug, "Wyniki")
    editor.follow(editor.post(f"{where}/join", form | {"neighbour": other, "heading": "bold"}, expect=303))
    assert headings(place, slug)[1:3] == ["Zlecanie zadań", "Konsultacje"]


def test_a_removed_part_is_listed_and_brought_back(place: Place, slug: str) -> None:
    editor = place.visitor("editor")
    part = key(place, slug, "Forma konsultacji")
    editor.send(f"/documents/{slug}/sections/{part}/remove", {})
    page = editor.get(f"/documents/{slug}/outline")
    assert "Usunięte części" in words_of(page)
    token = form_of(page.text)["csrf_token"]
    done = editor.post(f"/documents/{slug}/sections/{part}/bring-back", {"csrf_token": token}, expect=303)
    editor.follow(done)
    assert headings(place, slug)[-1] == "Forma konsultacji"


def test_a_dispute_over_taking_back_shows_all_sides_and_is_settled(place: Place, slug: str) -> None:
    editor = place.visitor("editor")
    part = key(place, slug, "Zlecanie zadań")
    where = f"/documents/{slug}/sections/{part}"
    for old, new in (("siedmiu", "pięciu"), ("pięciu", "dziesięciu")):
        form = form_of(editor.get(where).text)
        editor.post(where, form | {"source": form["source"].replace(old, new)}, expect=303)
    undo = f"/documents/{slug}/changes/2/undo"
    page = editor.post(undo, form_of(editor.get(undo).text) | {"note": "Jak było"}, expect=409)
    for words in ("siedmiu", "pięciu", "dziesięciu"):
        assert words in words_of(page)
    assert last_no(place, slug) == 3
    form = form_of(page.text)
    assert form["note"] == "Jak było"
    typed = form[f"text-{part}"]
    empty = editor.post(
        undo, form | {f"choice-{part}": "text", f"text-{part}": "bez nagłówka\n\n# A\n\n# B"}, expect=422
    )
    assert "bez nagłówka" in empty.text
    settled = {f"choice-{part}": "text", f"text-{part}": typed.replace("dziesięciu", "sześciu")}
    editor.post(undo, form | settled, expect=303)
    with place.site.records():
        assert "sześciu" in section(slug, "Zlecanie zadań").source


def test_an_earlier_state_and_an_earlier_text_are_brought_back_from_pages(place: Place, slug: str) -> None:
    editor = place.visitor("editor")
    with place.site.records():
        first = section(slug, "Zlecanie zadań")
    where = f"/documents/{slug}/sections/{first.section_id}"
    form = form_of(editor.get(where).text)
    editor.post(where, form | {"source": form["source"].replace("siedmiu", "pięciu")}, expect=303)
    restore = f"{where}/texts/{first.text_id}/restore"
    form = form_of(editor.get(restore).text)
    editor.post(restore, form | {"base": "1"}, expect=422)
    editor.post(restore, form, expect=303)
    with place.site.records():
        assert section(slug, "Zlecanie zadań").source == first.source
    back = f"/documents/{slug}/changes/2/restore"
    editor.post(back, form_of(editor.get(back).text), expect=303)
    with place.site.records():
        assert "pięciu" in section(slug, "Zlecanie zadań").source


def test_the_outline_is_for_those_who_see_the_draft(place: Place, slug: str) -> None:
    for address in (f"/documents/{slug}/outline", f"/documents/{slug}/changes/1/undo"):
        place.visitor("neighbour").get(address, expect=(403, 404))
        place.guest.get(address, expect=(302, 303, 404))
    published = f"{place.address}/outline"
    place.visitor("neighbour").get(published, expect=403)


def test_the_outline_asks_the_database_as_often_for_many_parts_as_for_few(place: Place, slug: str) -> None:
    many = TEXT + "".join(f"\n## Część {number}\n\nSłowa.\n" for number in range(150))
    with place.site.records() as store:
        great = new_document(store, many, host_id=place.people.host_id)
    editor = place.visitor("editor")
    asked = []
    for name in (slug, great):
        editor.get(f"/documents/{name}/outline")
        with counted() as sent:
            editor.get(f"/documents/{name}/outline")
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_a_part_is_moved_before_after_or_under_another_without_a_script(place: Place, slug: str) -> None:
    editor = place.visitor("editor")
    part = key(place, slug, "Konsultacje")
    where = f"/documents/{slug}/sections/{part}/move"
    before = headings(place, slug)
    unmoved = form_of(editor.get(where).text)
    editor.post(where, unmoved)
    assert headings(place, slug) == before, "what the page offers first is where the part stands"
    beside = key(place, slug, "Zlecanie zadań")
    editor.post(where, unmoved | {"relation": "under", "position": beside})
    with place.site.records():
        assert section(slug, "Konsultacje").level == section(slug, "Zlecanie zadań").level + 1
    form = form_of(editor.get(where).text)
    assert (form["relation"], form["position"]) != ("", "")
    editor.post(where, form | {"relation": "before", "position": beside})
    moved = headings(place, slug)
    assert moved.index("Konsultacje") < moved.index("Zlecanie zadań")
    refused = editor.post(where, form | {"relation": ""}, expect=422)
    assert "przed" in words_of(refused)
