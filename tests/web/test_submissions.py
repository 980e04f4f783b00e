"""An official enters a letter on pages that need no scripts, loses nothing they typed, and hands over a receipt."""

from __future__ import annotations

import re
from html import unescape

from tests.factories.letters_on_paper import FIRST, LETTER, SECOND, enter_letter
from tests.web.places import Place
from tests.web.visitors import words_of

QUOTE = "pod obrady rady gminy"
SENDER = {
    "channel": "paper",
    "case_sign": "OR.0123.4",
    "capacity": "resident",
    "name": "Mieszkanka z listu",
}


def register_of(place: Place) -> str:
    return f"/consultations/{place.consultation_id}/submissions"


def fields_of(page: str) -> dict[str, str]:
    """Everything a form holds, as a browser without scripts would send it; ticks stay away."""
    page = page[page.index("<main") :]
    found = {}
    for tag in re.findall(r"<input [^>]*>", page):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") not in ("checkbox", "radio", "search"):
            found[given["name"]] = unescape(given.get("value", ""))
    for name, words in re.findall(
        r'<textarea [^>]*name="(\w+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL
    ):
        found[name] = unescape(words)
    for name, options in re.findall(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_letter_is_cut_without_scripts_and_what_is_left_has_to_be_confirmed(place: Place) -> None:
    official, where = place.visitor("official"), f"{register_of(place)}/new"
    page = official.get(where).text
    page = official.post(
        where, fields_of(page) | SENDER | {"pasted": LETTER, "act": "split"}, expect=200
    ).text
    assert "Pozostało 121 znaków, których nikt nie przypisał." in page
    page = official.post(where, fields_of(page) | SENDER | {"paragraph": "1", "act": "make"}, expect=200).text
    page = official.post(where, fields_of(page) | SENDER | {"paragraph": "2", "act": "make"}, expect=200).text
    filled = fields_of(page)
    assert [filled["text_0"], filled["text_1"]] == [FIRST, SECOND]
    assert filled["name"] == "Mieszkanka z listu"
    left = "Pozostało 40 znaków"
    assert left in page
    filled |= SENDER | {"act": "send", "quote_0": "nie ma takich słów"}
    page = official.post(where, filled, expect=422).text
    assert "Tych słów nie ma w tekście." in unescape(page)
    filled = fields_of(page) | SENDER | {"act": "send", "quote_0": QUOTE}
    page = official.post(where, filled, expect=422).text
    assert "albo potwierdź, że nimi nie są" in page
    sent = fields_of(page) | SENDER | {"act": "send", "rest": "y"}
    shown = official.post(where, sent, expect=303).location
    again = official.post(where, sent, expect=303).location
    assert shown == again
    page = words_of(official.get(shown))
    for words in (
        FIRST,
        SECOND,
        "Szanowni Państwo",
        "Mieszkanka z listu",
        QUOTE,
        "W terminie i bez zastrzeżeń",
    ):
        assert words in page
    receipt = words_of(official.get(f"{shown}/receipt"))
    assert FIRST in receipt
    assert "Szanowni Państwo" not in receipt
    assert "Mieszkanka z listu" in words_of(official.get(f"{register_of(place)}?q=OR.0123&channel=paper"))
    assert "Mieszkanka z listu" not in words_of(official.get(f"{register_of(place)}?standing=waiting"))


def test_comments_are_added_and_taken_away_without_losing_the_others(place: Place) -> None:
    official, where = place.visitor("official"), f"{register_of(place)}/new"
    filled = fields_of(official.get(where).text) | SENDER | {"text_0": "Pierwsza", "act": "add"}
    page = official.post(where, filled, expect=200).text
    filled = fields_of(page) | SENDER | {"text_1": "Druga", "act": "drop-0"}
    page = official.post(where, filled, expect=200).text
    assert fields_of(page)["text_0"] == "Druga"
    assert "text_1" not in fields_of(page)


def test_too_many_too_long_and_impossible_days_come_back_with_everything_typed(place: Place) -> None:
    official, where = place.visitor("official"), f"{register_of(place)}/new"
    blank = fields_of(official.get(where).text) | SENDER | {"act": "send"}
    many = blank | {"count": "501"} | {f"text_{at}": f"Uwaga {at}" for at in range(501)}
    many |= {f"kind_{at}": "general" for at in range(501)}
    page = official.post(where, many, expect=422).text
    assert fields_of(page)["text_500"] == "Uwaga 500"
    assert 'id="text_0-error"' in page
    for changed, name in (
        ({"text_0": "x" * 20_001}, "text_0"),
        ({"text_0": "Uwaga", "received_on": "2199-01-01"}, "received_on"),
        ({"text_0": "Uwaga", "received_on": ""}, "received_on"),
        ({"text_0": "Uwaga", "postmark_on": "2199-01-01"}, "postmark_on"),
        ({"text_0": "Uwaga", "case_sign": "\u202e" + "x" * 100}, "case_sign"),
        ({"text_0": "Uwaga", "section_0": "nie-ma"}, "section_0"),
    ):
        page = official.post(where, blank | changed, expect=422).text
        assert f'id="{name}-error"' in page, name
        assert fields_of(page)["text_0"] == changed["text_0"]


def test_a_late_letter_waits_for_a_decision_that_is_shown_with_its_reason(place: Place) -> None:
    official, where = place.visitor("official"), f"{register_of(place)}/new"
    place.site.clock.advance(days=30)
    filled = fields_of(official.get(where).text) | SENDER | {"text_0": "Spóźniona uwaga", "act": "send"}
    shown = official.post(where, filled, expect=303).location
    assert "Osobno, do decyzji" in words_of(official.get(shown))
    official.send(shown, {"act": "consider", "reason": " "}, expect=422)
    official.send(shown, {"act": "consider", "reason": "Poczta stała <b>tydzień</b>."})
    page = words_of(official.get(shown))
    assert "Poczta stała <b>tydzień</b>." in page
    assert "Osobno, rozpatrywane" in page


def test_the_register_reads_in_english_too_and_is_the_officials_alone(place: Place) -> None:
    with place.site.records() as store:
        enter_letter(store, place.consultation_id)
    for where in ("", "/new", "/1", "/1/receipt"):
        page = place.visitor("official", language="en").get(register_of(place) + where)
        assert where not in ("/1", "/1/receipt") or "no-store" in page.headers["Cache-Control"]
        for role in ("editor", "member", "neighbour"):
            place.visitor(role).get(register_of(place) + where, expect=(403, 404))
