"""Searching: a question in words or by a form, facets that count right, pages that join, links to the exact words."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

import pytest

from consult.web.search.views import pages
from tests.factories.records import comment_on, new_document, publish
from tests.web.manners import parsed
from tests.web.places import Place, new_draft, new_place
from tests.web.visitors import Site, Visitor, words_of

TEXT = """# Regulamin zieleni

## Nasadzenia

Kasztanowce sadzi się jesienią. Kasztanowiec stoi co najmniej trzy metry od jezdni.

## Podlewanie

Kasztanowce podlewa się rano, a wierzby wieczorem.
"""


@pytest.fixture
def green(site: Site) -> Place:
    """A document about chestnuts in an open consultation, with two comments on it; nobody changes it."""
    return chestnuts(site)


@cache
def chestnuts(site: Site) -> Place:
    return planted(site)


def planted(site: Site) -> Place:
    made = new_place(site, text=TEXT)
    with made.site.records() as store:
        comment_on(store, made.slug, "trzy metry", text="Kasztanowiec potrzebuje pięciu metrów.")
        comment_on(store, made.slug, "wieczorem", text="A kasztanowce nie?")
    return made


def asked(visitor: Visitor, words: str, path: str = "/search", **more: str) -> str:
    return visitor.get(f"{path}?{urlencode({'q': words, **more})}").text


def hits(page: str) -> list[tuple[str, str]]:
    """(title, address) of every line."""
    tree = parsed(page)
    found = [one for one in tree.iter("ol") if "hits" in (one.get("class") or "")]
    return [
        ("".join(link.itertext()).strip(), link.get("href") or "")
        for lines in found
        for link in lines.findall(".//h2/a")
    ]


def data(visitor: Visitor, words: str, **more: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(visitor.get(f"/search.json?{urlencode({'q': words, **more})}").text)
    return told


def within(place: Place) -> str:
    return f"{place.address}/search"


def test_any_form_of_a_word_finds_texts_and_comments_and_marks_them(green: Place) -> None:
    page = asked(green.guest, "kasztanowców", within(green))
    assert sorted(title for title, _ in hits(page)) == ["Nasadzenia", "Podlewanie", "Uwaga 1", "Uwaga 2"]
    assert {"Kasztanowce", "Kasztanowiec", "kasztanowce"} <= set(re.findall("<mark>(.*?)</mark>", page))


def test_a_line_leads_to_the_exact_words_in_the_text_they_stand_in(green: Place) -> None:
    for title, href in hits(asked(green.guest, "kasztanowce", within(green))):
        address, _, fragment = href.partition("#")
        anchor, _, sought = fragment.partition(":~:text=")
        target = green.guest.get(address)
        if anchor:
            assert f'id="{anchor}"' in target.text, title
        for part in unquote(sought).split(","):
            assert part in words_of(target), (title, part)


def test_the_form_writes_its_fields_into_the_question_and_reads_them_back(green: Place) -> None:
    fields = {
        "words": "sadzenie",
        "phrase": "trzy metry",
        "without": "wierzba",
        "author": "Fundacja A",
        "kind": "comment",
        "outcome": "partly",
        "since": "2026-03-01",
        "until": "2026-12-31",
        "section": "Nasadzenia",
    }
    led = green.guest.get(f"/search?compose=1&{urlencode(fields)}", expect=303)
    query = (
        'sadzenie "trzy metry" -wierzba autor:"Fundacja A" sekcja:Nasadzenia rodzaj:uwaga'
        ' stanowisko:"uwzględniona częściowo" od:2026-03-01 do:2026-12-31'
    )
    assert unquote(urlsplit(led.location).query.replace("+", " ")) == f"q={query}"
    page = parsed(green.guest.follow(led).text)
    filled = {
        field.get("name"): field.get("value")
        for field in page.iter("input")
        if (field.get("id") or "").startswith("ask-")
    }
    assert {name: filled[name] for name in fields if name in filled} == {
        name: value for name, value in fields.items() if name not in ("kind", "outcome")
    }
    chosen = {option.get("value") for option in page.iter("option") if option.get("selected") is not None}
    assert {"comment", "partly"} <= chosen


def test_the_form_speaks_the_language_of_the_page(green: Place) -> None:
    visitor = green.visitor("guest", language="en")
    led = visitor.get(
        "/search?compose=1&words=metry&kind=comment&outcome=rejected&until=2026-12-31", expect=303
    )
    assert unquote(led.location).endswith("q=metry+kind:comment+outcome:rejected+to:2026-12-31")


def test_within_a_document_only_it_is_searched_and_the_form_stays_in_it(green: Place) -> None:
    assert not hits(asked(green.guest, "kasztanowce", f"/documents/{other_document(green)}/search"))
    led = green.guest.get(f"{within(green)}?compose=1&words=wierzby", expect=303)
    assert led.location == f"{within(green)}?q=wierzby"
    page = words_of(green.guest.follow(led))
    assert "Podlewanie" in page
    assert "Szukaj tego samego wszędzie" in page


def other_document(place: Place) -> str:
    with place.site.records() as store:
        slug = new_document(store, "# Inne\n\n## Nic\n\nO czym innym.\n", host_id=place.people.host_id)
        publish(store, slug)
    return slug


def test_the_reading_page_has_a_box_that_searches_in_it(green: Place) -> None:
    boxes = [
        form
        for form in parsed(green.guest.get(green.address).text).iter("form")
        if form.get("role") == "search"
    ]
    assert within(green) in {form.get("action") for form in boxes}


def test_a_document_nobody_may_know_of_cannot_be_searched_in(green: Place) -> None:
    hidden = new_draft(green)
    for visitor, status in (
        (green.guest, 404),
        (green.visitor("neighbour"), 404),
        (green.visitor("member"), 200),
    ):
        visitor.get(f"/documents/{hidden}/search?q=gmina", expect=status)
        visitor.get(f"/search?q=gmina&document={hidden}", expect=status)
        visitor.get(f"/search.json?q=gmina&document={hidden}", expect=status)


def test_facets_count_what_they_lead_to(green: Place) -> None:
    page = asked(green.guest, "kasztanowce", within(green))
    groups = [nav for nav in parsed(page).iter("nav") if nav.get("class") == "facets"]
    links = [link for nav in groups for link in nav.iter("a")]
    assert len(links) >= 2
    for link in links:
        count = int((link.findall(".//span")[-1].tail or "0").strip())
        narrowed = green.guest.get(link.get("href") or "").text
        assert len(hits(narrowed)) == count
        assert 'class="chosen"' in narrowed


def test_an_unknown_field_is_told_kindly_and_its_words_are_searched(green: Place) -> None:
    page = green.guest.get(f"{within(green)}?{urlencode({'q': 'drzewo:kasztanowce'})}")
    assert "Nie ma pola „drzewo”" in words_of(page)
    assert "autor:, organizacja:, sekcja:, rodzaj:, stanowisko:, od:, do:" in words_of(page)


READ_OTHERWISE = {
    "kasztanowce rodzaj:drzewo": "Nie ma rodzaju „drzewo”",
    "kasztanowce stanowisko:niebieskie": "Nie ma stanowiska „niebieskie”",
    "kasztanowce od:2026-02-30": "„2026-02-30” nie jest datą",
    "kasztanowce od:2026-05-01 do:2026-01-01": "późniejszy niż ostatni",
    'kasztanowce "trzy': "Brakuje drugiego cudzysłowu",
    "-kasztanowce": "nie tylko, co pominąć",
    "ka*": "co najmniej trzy litery",
}


def test_what_was_not_taken_as_typed_is_said(green: Place) -> None:
    for words, said in READ_OTHERWISE.items():
        assert said in words_of(green.guest.get(f"{within(green)}?{urlencode({'q': words})}")), words


def test_a_slip_is_mended_on_the_readers_wish(green: Place) -> None:
    page = parsed(asked(green.guest, "kasztanofce", within(green)))
    (link,) = page.findall(".//p[@class='meant']/a")
    assert "kasztanowce" in "".join(link.itertext())
    assert len(hits(green.guest.get(link.get("href") or "").text)) == 4


def test_pages_join_though_something_new_comes_between(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    green = planted(site)
    monkeypatch.setattr(pages.service, "PAGE_SIZE", 2)
    monkeypatch.setattr(pages, "_answered", lambda question: _two(question))
    seen: list[str] = []
    address = f"{within(green)}?{urlencode({'q': 'kasztanowce', 'sort': 'newest'})}"
    while address:
        page = green.guest.get(address).text
        seen += [href for _, href in hits(page)]
        following = [link.get("href") or "" for link in parsed(page).iter("a") if link.get("rel") == "next"]
        address = following[0] if following else ""
        with green.site.records() as store:
            if len(seen) == 2:
                store.clock.advance(hours=1)
                comment_on(store, green.slug, "rano", text="Nowa uwaga o kasztanowcach.")
    assert len(seen) == len(set(seen)) == 4


def _two(question: Any) -> Any:
    return pages.service.search(
        pages.current_actor(), question.query(), offset=question.offset, after=question.after, limit=2
    )


def test_the_data_are_the_same_answers(green: Place) -> None:
    told = data(green.guest, "kasztanowce", document=green.slug)
    page = asked(green.guest, "kasztanowce", document=green.slug)
    assert [
        one["href"].partition("/documents")[2] for one in told["results"] if one["kind"] == "section_text"
    ] == [href.partition("/documents")[2] for _, href in hits(page) if "/documents" in href]
    assert told["total"] == len(told["results"]) == len(hits(page)) == 4
    assert {one["value"]: one["count"] for one in told["facets"]["kind"]} == {"section_text": 2, "comment": 2}
    assert told["facets"]["document"] == [{"value": green.slug, "title": "Regulamin zieleni", "count": 4}]


def test_a_program_may_ask_the_page_for_data(green: Place) -> None:
    answer = green.guest.get("/search?q=kasztanowce", headers={"Accept": "application/json"})
    assert answer.mimetype == "application/json"
    assert "Accept" in answer.headers["Vary"]
    assert (
        green.guest.get("/search?q=kasztanowce", headers={"Accept": "text/html,*/*"}).mimetype == "text/html"
    )


def test_hidden_words_are_in_no_page_and_no_data(green: Place) -> None:
    new_draft(green, "# Plan ukryty\n\n## Skrytka\n\nSchowane abrakadabrowisko.\n")
    for words in ("abrakadabrowisko", "abrakadabr*", "abrakadabrowiskx", "schowane skrytka"):
        told = data(green.guest, words)
        assert (told["total"], told["facets"], told["results"], told["suggestion"]) == (0, {}, [], None), (
            words
        )
    assert "Plan ukryty" not in str(data(green.guest, "plan ukryty")["results"])
    assert "abrakadabrowisko" not in asked(green.guest, "abrakadabrowiskx")
    assert data(green.visitor("member"), "abrakadabrowiskx")["suggestion"] == "abrakadabrowisko"


ODD = (
    "",
    " ",
    "z",
    "i oraz ale",
    "-",
    "---- - -",
    '"',
    '"""',
    "z" * 10_240,
    "zieleń " * 1_500,
    "a* OR b* OR c* " * 600,
    "?*?*" * 200,
    " ".join(f"słowo{n}" for n in range(2_000)),
    "\x00\x07\x1b[31m",
    "\u202e\u2066\u200bzieleń",
    "(a+)+$ [a-z]{1,9} ^\\w",
    "od:2026-02-30 do:99999-99-99",
    "kolor:zielony :: a: :b",
    "<script>alert(1)</script>",
    "%' OR 1=1 --",
)


def test_odd_questions_are_answered(green: Place) -> None:
    for words in ODD:
        question = quote(words.encode("utf-8", "replace"))[:16_000]
        green.guest.get(f"/search?q={question}")
        green.guest.get(f"/search.json?q={question}")


def test_odd_choices_are_left_out_or_find_nothing(green: Place) -> None:
    for narrowed in (
        "kind=tree",
        "year=20x6",
        "capacity=king",
        "outcome=blue",
        "sort=tallest",
        "state=odd",
        "as_of=2026-02-30",
        "from=99999999999",
        "from=-3",
        "after=comment:%00",
        "after=nothing",
    ):
        found = hits(green.guest.get(f"{within(green)}?q=kasztanowce&{narrowed}").text)
        assert len(found) == 4, narrowed
    assert not hits(green.guest.get(f"{within(green)}?q=kasztanowce&from=99999").text)
