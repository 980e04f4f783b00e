"""A file is shown as what it would become, arranged by a person, and only then made a document."""

from __future__ import annotations

import io
import re

import pytest
from werkzeug.test import TestResponse

from tests.adapters.word_files import paragraph, run, word_file
from tests.services.test_imports import FILE
from tests.web.places import Place
from tests.web.visitors import Visitor, form_of, words_of

WITHOUT_HEADINGS = word_file(
    paragraph(run("Rozdział 1. Nabór", "<w:b/>"))
    + paragraph("Nabór trwa siedem dni.")
    + paragraph("Zwykły akapit.")
)


def upload(person: Visitor, content: bytes, name: str = "projekt.docx", **fields: str) -> TestResponse:
    return person.send(
        "/documents/import",
        {"file": (io.BytesIO(content), name), **fields},
        expect=200,
        content_type="multipart/form-data",
    )


def answer(
    person: Visitor,
    page: TestResponse,
    then: str = "make",
    expect: int | tuple[int, ...] = 200,
    **fields: str,
) -> TestResponse:
    """The form of the page with these fields filled in; "-" takes a field out."""
    form = form_of(page.text) | {"then": then}
    form = {name: value for name, value in (form | fields).items() if value != "-"}
    return person.post("/documents/import", form, expect=expect)


def test_nothing_is_kept_before_somebody_agrees(place: Place) -> None:
    before = place.site.counts()
    page = upload(place.visitor("official"), FILE)
    assert "powstałaby z niego 1 część" in words_of(page)
    assert place.site.counts() == before


def test_levels_given_to_lines_make_the_parts(place: Place) -> None:
    official = place.visitor("official")
    page = upload(official, FILE, title="Zasady")
    page = answer(official, page, "look", **{"level-2": "2", "level-6": "2"})
    assert "powstałyby z niego 3 części" in words_of(page)
    assert form_of(page.text)["title"] == "Zasady"
    made = answer(official, page, **{"take-0": "-", "take-1": "-"})
    assert "3 części" in words_of(made)
    assert "Rozdział 2 Ocena" in words_of(made)


def test_a_file_without_headings_is_shown_with_those_its_lines_look_like(place: Place) -> None:
    form = form_of(upload(place.visitor("editor"), WITHOUT_HEADINGS).text)
    assert [value for name, value in form.items() if name.startswith("level-")] == ["2"]


def test_tracked_changes_become_proposals_and_the_margin_comments(place: Place) -> None:
    official = place.visitor("official")
    page = upload(official, FILE)
    page = answer(official, page, tracked="propose")
    assert "siedem" not in words_of(page)
    form = form_of(page.text)
    assert (form["tracked"], form["shown"]) == ("propose", "propose"), "first the other text is shown"
    made = answer(official, page, **{"capacity-0": "resident"})
    words = words_of(made)
    assert "2 propozycje ze zmian śledzonych" in words
    assert "2 uwagi przejęte z marginesu" in words


def test_whoever_may_not_enter_comments_is_told_so(place: Place) -> None:
    editor = place.visitor("editor")
    page = upload(editor, FILE)
    assert "2 komentarze na marginesie pozostaną w pliku" in words_of(page)
    assert "take-0" not in form_of(page.text)
    before = place.site.counts()
    forged = {"take-0": "y", "author-0": "Fundacja A", "capacity-0": "resident"}
    assert 'class="errors"' in answer(editor, page, **forged, expect=422).text
    assert place.site.counts() == before


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(place: Place) -> None:
    official = place.visitor("official")
    before = place.site.counts()
    page = answer(
        official,
        upload(official, FILE),
        **{"title": "Mój tytuł", "level-2": "3", "capacity-0": "ngo", "organisation-0": " "},
        expect=422,
    )
    form = form_of(page.text)
    assert (form["title"], form["level-2"], form["capacity-0"]) == ("Mój tytuł", "3", "ngo")
    assert place.site.counts() == before


@pytest.mark.parametrize("level", ["7", "-1", "x", "99999999999999999999"])
def test_levels_there_are_none_of_change_nothing(place: Place, level: str) -> None:
    official = place.visitor("official")
    page = answer(official, upload(official, FILE), "look", **{"level-2": level, "level-999999": "2"})
    assert "powstałaby z niego 1 część" in words_of(page)


def test_a_file_that_is_no_longer_kept_is_asked_for_again(place: Place) -> None:
    official = place.visitor("official")
    page = upload(official, FILE)
    again = answer(official, page, expect=303, token="nie-ma")
    assert "Wybierz go ponownie" in official.follow(again).text


def revised(person: Visitor, slug: str) -> TestResponse:
    """The page that says what the file would change and bring to a document."""
    return person.send(
        f"/documents/{slug}/revise",
        {"file": (io.BytesIO(FILE), "projekt.docx")},
        expect=200,
        content_type="multipart/form-data",
    )


def test_a_revised_file_says_what_it_brings_and_the_same_file_brings_it_once(place: Place) -> None:
    official = place.visitor("official")
    page = answer(official, upload(official, FILE), "look", **{"take-0": "-", "take-1": "-"})
    slug = answer(official, page, title=f"Nowe {place.slug}", **{"take-0": "-", "take-1": "-"}).text
    slug = slug.split('class="button primary" href="/documents/')[1].split("/")[0]
    page = revised(official, slug)
    form = form_of(page.text)
    assert (form["tracked"], form["take-0"]) == ("take", "y")
    before = place.site.counts()
    page = official.post(f"/documents/{slug}/revise", form | {"tracked": "propose"}, expect=200)
    assert place.site.counts() == before, "first the other text is shown"
    form = form_of(page.text) | {"capacity-0": "resident", "note": "Wersja z uwagami"}
    refused = official.post(
        f"/documents/{slug}/revise", form | {"capacity-1": "ngo", "organisation-1": ""}, expect=422
    )
    assert form_of(refused.text)["note"] == "Wersja z uwagami"
    assert place.site.counts() == before
    done = official.follow(official.post(f"/documents/{slug}/revise", form, expect=303)).text
    assert re.search(r"powstały 2.propozycje", done)
    assert re.search(r"przejęto 2.uwagi", done)
    page = revised(official, slug)
    words = words_of(page)
    assert "2 komentarze z marginesu zostały przejęte wcześniej" in words
    assert "nie będą zgłoszone drugi raz" in words
    form = form_of(page.text)
    assert form["tracked"] == "propose"
    assert "take-0" not in form
    again = official.follow(official.post(f"/documents/{slug}/revise", form, expect=303))
    assert "ten sam tekst" in again.text
