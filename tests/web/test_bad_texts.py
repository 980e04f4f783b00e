"""Texts, labels and times that cannot be kept come back; odd ones are kept as they are."""

from __future__ import annotations

import unicodedata

import pytest

from tests.web.places import Place
from tests.web.visitors import form_of, kept, words_of

BOM, ZERO_WIDTH, RIGHT_TO_LEFT, FAMILY = "\ufeff", "\u200b", "\u202e", "👩\u200d👩\u200d👧"
DECOMPOSED = unicodedata.normalize("NFD", "Zażółć gęślą jaźń")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "tekst"),
        ("  \n ", "tekst"),
        ("## Zlecanie zadań\n\n\x00", "znak"),
        ("## Zlecanie zadań\n\n" + "a" * 1_000_000, "1000000"),
        ("Tekst przed nagłówkiem.\n\n## Zlecanie zadań\n\nDalej.", "nagłów"),
        ("## Zlecanie zadań\n\n```\nkod bez końca\n", "zamkn"),
        ("## Zlecanie zadań\n\n<!-- bez końca\n", "zamkn"),
    ],
    ids=range(7),
)
def test_a_text_that_cannot_be_saved_comes_back_whole(place: Place, source: str, said: str) -> None:
    before = place.site.counts()
    where = f"{place.address}/sections/{place.section_id()}"
    page = place.visitor("editor").send(where, {"source": source, "note": "Notatka."}, expect=422)
    assert said in words_of(page).lower()
    again = form_of(page.text)
    assert again["note"] == "Notatka."
    assert again["source"].replace("\N{REPLACEMENT CHARACTER}", "\x00") == source
    assert place.site.counts() == before


def test_a_heading_taken_away_in_the_editor_is_not_lost_silently(place: Place) -> None:
    where = f"{place.address}/sections/{place.section_id()}"
    source = place.source().partition("\n")[2]
    page = place.visitor("editor").send(where, {"source": source}, expect=422)
    assert "nagłów" in words_of(page).lower()
    assert kept(page.text, "source").strip() == source.strip()


@pytest.mark.parametrize("field", ["note", "source", "title"])
def test_a_control_character_anywhere_in_a_new_part_is_refused(place: Place, field: str) -> None:
    before = place.site.counts()
    typed = {"title": "Nowa część", "source": "Treść.", "note": "Notatka."}
    typed[field] += "\x02"
    page = place.visitor("editor").send(f"{place.address}/sections/new", typed, expect=422)
    assert "znak" in words_of(page)
    assert place.site.counts() == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "tytuł"),
        ({"title": "  "}, "tytuł"),
        ({"title": "T" * 401}, "400"),
        ({"title": "Część", "level": "7"}, "poziom"),
        ({"title": "Część", "level": "x"}, "poziom"),
        ({"title": "Część", "note": "n" * 2001}, "2000"),
    ],
    ids=range(6),
)
def test_a_part_that_cannot_be_added_comes_back(place: Place, typed: dict[str, str], said: str) -> None:
    before = place.site.counts()
    page = place.visitor("editor").send(
        f"{place.address}/sections/new", {"source": "Moja treść.", **typed}, expect=422
    )
    assert said in words_of(page).lower()
    assert kept(page.text, "source") == "Moja treść."
    assert place.site.counts() == before


def test_a_part_put_after_one_that_is_gone_keeps_what_was_typed(place: Place) -> None:
    form = {"title": "Nowa część", "source": "Moja treść.", "position": "0" * 32}
    page = place.visitor("editor").send(f"{place.address}/sections/new", form, expect=(404, 422))
    assert "Moja treść." in page.text
    assert "Nowa część" in page.text


@pytest.mark.parametrize("typed", [{"label": ""}, {"label": " "}, {"label": "x" * 201}, {"label": "a\x01b"}])
def test_a_version_needs_a_label(place: Place, typed: dict[str, str]) -> None:
    before = place.site.counts()
    page = place.visitor("official").send(f"{place.address}/publish", typed, expect=422)
    assert 'id="label-error"' in page.text
    assert place.site.counts() == before


@pytest.mark.parametrize(
    "typed",
    [
        {"closes_on": ""},
        {"closes_on": "2026-02-30"},
        {"closes_on": "0001-01-01", "opens_on": "0001-01-01"},
        {"closes_on": "9999-12-31"},
        {"closes_on": "2020-01-01"},
        {"opens_on": "jutro"},
        {"opens_time": "25:00"},
        {"closes_time": "x"},
        {"version": "0"},
        {"version": "99"},
        {"version": "x"},
        {"version": "9" * 30},
        {"legal_basis": "wolno"},
        {"legal_basis": ""},
        {"summary": "\x00"},
    ],
    ids=str,
)
def test_a_consultation_with_impossible_times_is_not_opened(place: Place, typed: dict[str, str]) -> None:
    place.site.clock.advance(days=22)
    before = place.site.counts()
    summary = {"summary": "Moje streszczenie."}
    page = place.visitor("official").send(
        f"{place.address}/consult",
        {"opens_on": "2026-04-01", "closes_on": "2026-05-01", **summary, **typed},
        expect=(404, 409, 422),
    )
    if "summary" not in typed:
        assert "Moje streszczenie." in page.text
    assert "Not a valid" not in page.text
    assert place.site.counts() == before


def test_two_consultations_of_one_document_do_not_overlap(place: Place) -> None:
    page = place.visitor("official").send(
        f"{place.address}/consult", {"summary": "Druga."}, expect=(409, 422)
    )
    assert "Konsultacje" in words_of(page)
    assert "Druga." in page.text


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n### Pominięty poziom\n\nTreść.\n\n###### Sam dół\n\nKoniec.\n",
        "###### Od szóstego\n\nTreść.\n\n# Pierwszy\n\nKoniec.\n",
        "Wstęp bez nagłówka.\n\n## Dalej\n\nTreść.\n",
        "Sam tekst bez nagłówka.\n",
        "#\n\nPusty nagłówek.\n\n##\n\nDrugi pusty.\n",
        "# A\n\n> # Nagłówek w cytacie\n>\n> tekst\n\n- # w liście\n\n1. ## też\n",
        '# A\n\n<h1>Surowy</h1><h4>HTML</h4><div id="main">x</div>\n',
        "# A\n\nTekst[^1].\n\n[^1]: Przypis.\n\n## B\n\nTekst[^1] i [^2].\n\n[^2]: Drugi.\n\n## C\n\nZnów[^1].\n",
        "# A\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n## B\n\n- [ ] zadanie\n- [x] zrobione\n",
        "# A {#main}\n\n## Text\n\n## main\n\n## uwaga-1\n",
        "# <img src=x onerror=alert(1)>\n\n## [x](javascript:alert(1))\n\n![o](https://evil.example/a.png)\n",
        "# A\n\n" + "[" * 5_000 + "\n",
        "# A\n\n" + "> " * 500 + "głęboko\n",
        "# A\n\n&#0; &#x0; &nbsp; &zwj; &notanentity;\n",
        f"{BOM}# Z BOM\n\n{DECOMPOSED} {FAMILY} {RIGHT_TO_LEFT}x{ZERO_WIDTH}\n",
    ],
    ids=range(15),
)
def test_odd_texts_are_taken_in_and_read_with_manners(place: Place, text: str) -> None:
    official = place.visitor("official")
    answer = official.send("/documents/new", {"title": "Dziwny tekst", "kind": "other", "source": text})
    draft = answer.location
    page = official.get(draft)
    assert "<script" not in page.text.replace('<script type="module" src="/static', "")
    address = draft.removesuffix("/draft")
    official.send(f"{address}/publish", {"label": "pierwsza"})
    official.send(f"{address}/consult", {})
    place.guest.get(address)
    place.guest.get(f"{address}/comments")
    place.guest.get(f"{address}/downloads")
