"""Two people at one thing: what can be joined is joined, and neither loses a word."""

from __future__ import annotations

import pytest

from tests.web.places import WORDS, Place
from tests.web.visitors import Visitor, form_of, words_of


def test_edits_of_different_places_are_joined(place: Place) -> None:
    where = f"{place.address}/sections/{place.section_id()}"
    one, two = place.visitor("editor"), place.visitor("official")
    first, second = form_of(one.get(where).text), form_of(two.get(where).text)
    one.post(where, first | {"source": first["source"].replace("Nabór wniosków", "Otwarty nabór wniosków")})
    saved = two.post(where, second | {"source": second["source"].replace("siedmiu dni", "pięciu dni")})
    assert "zmieniono wcześniej" in words_of(two.get(saved.location)) or saved.status_code == 303
    assert "Otwarty nabór" in place.source()
    assert "pięciu dni" in place.source()


def test_edits_of_the_same_words_meet_on_a_page_that_loses_neither(place: Place) -> None:
    where = f"{place.address}/sections/{place.section_id()}"
    one, two = place.visitor("editor"), place.visitor("official")
    first, second = form_of(one.get(where).text), form_of(two.get(where).text)
    one.post(where, first | {"source": first["source"].replace(WORDS, "przez trzydzieści dni")})
    before = place.site.counts()
    mine = second["source"].replace(WORDS, "w ciągu tygodnia")
    page = two.post(where, second | {"source": mine, "note": "Moja notatka"}, expect=409)
    assert place.site.counts() == before
    assert place.people.editor.name in words_of(page)
    for words in ("przez trzydzieści dni", "w ciągu tygodnia", WORDS):
        assert words in words_of(page)
    joined = form_of(page.text)
    assert "w ciągu tygodnia" in joined["source"]
    assert joined["note"] == "Moja notatka"
    # somebody saves once more while the conflict is being settled: it meets again
    third = form_of(one.get(where).text)
    one.post(where, third | {"source": third["source"].replace("przez trzydzieści dni", "przez miesiąc")})
    again = two.post(
        where, joined | {"source": joined["source"].replace("w ciągu tygodnia", "razem")}, expect=409
    )
    settled = form_of(again.text)
    two.post(where, settled | {"source": settled["source"].replace("razem", "razem i w porę")})
    assert "razem i w porę" in place.source()


@pytest.mark.parametrize("base", ["", "0", "x", "-1", "9" * 30, "1"])
def test_an_edit_that_does_not_say_where_it_started_never_overwrites(place: Place, base: str) -> None:
    where = f"{place.address}/sections/{place.section_id()}"
    editor = place.visitor("editor")
    before = place.site.counts()
    page = editor.send(
        where, {"source": "## Zlecanie zadań\n\nWszystko od nowa.\n", "base": base}, expect=(404, 422)
    )
    assert "Wszystko od nowa." in page.text
    assert place.site.counts() == before


def test_an_edit_of_a_part_that_was_removed_meanwhile_keeps_its_text(place: Place) -> None:
    where = f"{place.address}/sections/{place.section_id()}"
    one, two = place.visitor("editor"), place.visitor("official")
    form = form_of(one.get(where).text)
    two.send(f"{where}/remove", {})
    page = one.post(where, form | {"source": form["source"] + "\n\nMój akapit."}, expect=404)
    assert "Mój akapit." in page.text


def test_the_preview_keeps_the_text_and_saves_nothing(place: Place) -> None:
    where = f"{place.address}/sections/{place.section_id()}"
    editor = place.visitor("editor")
    before = place.site.counts()
    page = editor.send(
        where,
        {"source": "## Nowy\n\n<script>alert(1)</script>\n\n**tekst**"},
        to=f"{where}/preview",
        expect=200,
    )
    assert "<strong>tekst</strong>" in page.text
    assert "<script>alert" not in page.text
    assert form_of(page.text)["source"].startswith("## Nowy")
    fragment = editor.send(
        where, {"source": "# \x00"}, to=f"{where}/preview", expect=422, headers={"X-Requested-With": "fetch"}
    )
    assert "znak" in fragment.text
    assert place.site.counts() == before


# Answers


def test_two_officials_on_one_comment_the_second_sees_that_and_can_go_on(place: Place) -> None:
    place.comment()
    where = f"{place.workbench}/1"
    one, two = place.visitor("official"), place.visitor("official")
    first, second = form_of(one.get(where).text), form_of(two.get(where).text)
    one.post(where, first | {"outcome": "rejected", "justification": "Powody pierwszej osoby."})
    before = place.site.counts()
    page = two.post(
        where, second | {"outcome": "accepted", "justification": "Powody drugiej osoby."}, expect=409
    )
    assert "w międzyczasie" in words_of(page).lower()
    assert "Powody pierwszej osoby." in words_of(page)
    again = form_of(page.text)
    assert again["justification"] == "Powody drugiej osoby."
    assert again["outcome"] == "accepted"
    assert place.site.counts() == before
    two.post(where, again)


@pytest.mark.parametrize(
    "typed",
    [
        {"outcome": ""},
        {"outcome": "x"},
        {"outcome": "other", "other_outcome": "x"},
        {"outcome": "rejected", "justification": ""},
        {"outcome": "rejected", "justification": "\x00"},
        {"outcome": "rejected", "justification": "p" * 20_001},
        {"outcome": "accepted", "take_wording": "y", "start": "x"},
        {"outcome": "accepted", "take_wording": "y", "start": "9", "end": "3"},
        {"outcome": "accepted", "take_wording": "y", "base": "9" * 40},
        {"outcome": "accepted", "take_wording": "y", "end": "99999"},
        {"outcome": "accepted", "take_wording": "y", "base": "1", "section": "x"},
        {"outcome": "accepted", "take_wording": "y", "wording": "\x00"},
        {"revision": "x", "outcome": "rejected", "justification": ""},
    ],
    ids=str,
)
def test_an_answer_that_cannot_be_kept_comes_back(place: Place, typed: dict[str, str]) -> None:
    place.comment(proposed="przez miesiąc")
    before = place.site.counts()
    form = {"justification": "Moje długie powody.", **typed}
    page = place.visitor("official").send(f"{place.workbench}/1", form, expect=(404, 422))
    assert form["justification"].replace("\x00", "") in page.text
    assert place.site.counts() == before


def test_a_wording_that_meets_somebody_elses_edit_is_not_pressed_through(place: Place) -> None:
    place.comment(proposed="co najmniej miesiąc")
    official, where = place.visitor("official"), f"{place.workbench}/1"
    form = edited_meanwhile(place, official, "co najmniej trzydzieści jeden dni")
    before = place.site.counts()
    taken = {"outcome": "accepted", "justification": "Dobrze.", "take_wording": "y"}
    page = official.post(where, form | taken, expect=409)
    assert place.site.counts() == before
    assert "trzydzieści jeden dni" in words_of(page)
    again = form_of(page.text)
    assert "co najmniej miesiąc" in again["wording"]
    assert again["justification"] == "Dobrze."
    official.post(where, again)
    assert "co najmniej miesiąc" in place.source()
    assert "trzydzieści jeden" not in place.source()


def test_a_wording_for_words_that_are_gone_is_kept_on_the_page_and_replaces_nothing(place: Place) -> None:
    place.comment(proposed="co najmniej miesiąc")
    official, where = place.visitor("official"), f"{place.workbench}/1"
    form = edited_meanwhile(place, official, "bez końca, jak kto woli")
    before = place.site.counts()
    taken = {"outcome": "accepted", "justification": "Dobrze.", "take_wording": "y"}
    for _ in range(2):
        page = official.post(where, form | taken, expect=409)
        form = form_of(page.text)
        assert "co najmniej miesiąc" in form["wording"]
        assert form["justification"] == "Dobrze."
    assert place.site.counts() == before
    del form["take_wording"]
    official.post(where, form)
    assert "bez końca, jak kto woli" in place.source()


def edited_meanwhile(place: Place, official: Visitor, new: str) -> dict[str, str]:
    """The form of the first answer as an official opened it before an editor changed the words."""
    form = form_of(official.get(f"{place.workbench}/1").text)
    where = f"{place.address}/sections/{place.section_id()}"
    place.visitor("editor").send(where, {"source": place.source().replace(WORDS, new)})
    return form


def test_nothing_is_published_while_a_comment_waits(place: Place) -> None:
    place.comment()
    place.comment(None)
    place.answer(1)
    official = place.visitor("official")
    token = official.token(f"{place.workbench}/2")
    for days, said in ((0, "trwają"), (22, "Uwagi bez stanowiska: 1")):
        place.site.clock.advance(days=days)
        answer = official.post(f"/consultations/{place.consultation_id}/publish", {"csrf_token": token})
        assert said in official.follow(answer).text
