"""Hostile lines in every field of commenting, forged places and re-rendered words: all of it comes back as the words it
is, points where it was meant to or nowhere, and nothing runs."""

from __future__ import annotations

import re
import unicodedata

import pytest

from consult.services.comments import Remark
from consult.services.unsent_comments import keep_unsent
from consult.storage.queries import comments as queries
from consult.storage.queries.unsent_comments import Holder
from tests.real_data import real_data
from tests.web.places import WORDS, Place
from tests.web.test_attacks import OWN_LINES, assert_harmless, printable
from tests.web.visitors import kept, words_of

FIELDS = ("text", "justification", "proposed", "name", "organisation", "email")


SOME_LINES = [
    line if at in (0, 1, 5, 13) else pytest.param(line, marks=pytest.mark.deep)
    for at, line in enumerate(OWN_LINES)
]
"""A few of them for every change, all of them in the long run."""


def expected(words: str) -> str:
    return unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


@pytest.mark.parametrize("line", SOME_LINES)
def test_what_waits_and_what_was_sent_says_hostile_lines_as_words(place: Place, line: str) -> None:
    guest = place.guest
    typed = dict.fromkeys(FIELDS, line) | {"email": "", "capacity": "ngo", "shown_as": "name"}
    guest.send(place.composer(), typed | {"act": "keep"})
    review = f"{place.address}/comments/unsent"
    page = guest.get(review)
    assert_harmless(page.text)
    assert kept(page.text, "name").strip() == expected(line)[:200]
    edit = re.findall(r'href="([^"]*/comments/unsent/\d+)"', page.text)[0]
    opened = guest.get(edit)
    assert_harmless(opened.text)
    assert expected(kept(opened.text, "text")) == expected(line)
    assert_harmless(f"<!doctype html><title>x</title>{guest.get('/unsent-comments/bar').text}")
    receipt = str(guest.send(review).location)
    for address in (
        receipt,
        f"{receipt}/comments/1/change",
        place.address,
        f"/comments/{place.register_id}/1",
    ):
        assert_harmless(guest.get(address).text)
    with place.site.records():
        (comment,) = queries.list_comments(place.register_id, with_drafts=True)
    assert comment.text == expected(line)
    assert comment.proposed == expected(line)
    assert comment.justification == expected(line)
    assert guest.get(f"{receipt}/receipt.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("line", SOME_LINES)
def test_a_wording_shown_while_it_is_typed_is_words(place: Place, line: str) -> None:
    fields = {"proposed": line} | _place_of(place)
    token = place.guest
    fields["csrf_token"] = token.token(place.composer())
    answer = token.post(f"{place.address}/comments/wording", fields, expect=200)
    assert_harmless(f"<!doctype html><title>x</title>{answer.text}")


def _place_of(place: Place) -> dict[str, str]:
    query = place.composer().partition("?")[2]
    return dict(pair.split("=") for pair in query.split("&"))


@pytest.mark.parametrize(
    ("forged", "status"),
    [
        ({"section": "0" * 32}, 404),
        ({"text_id": "999999"}, 404),
        ({"text_id": "-1"}, 404),
        ({"text_id": "1e3"}, 404),
        ({"section": "<script>"}, 404),
        ({"more": "x.y.z.w"}, 404),
        ({"more": "." * 4_000}, 303),
    ],
)
def test_a_forged_place_points_nowhere(place: Place, forged: dict[str, str], status: int) -> None:
    before = place.site.counts()
    place.guest.send(place.composer(), {"text": "Uwaga.", **forged}, expect=status)
    if status == 404:
        assert place.site.counts() == before


@pytest.mark.parametrize(
    ("start", "end"), [("5", "4"), ("0", "999999999"), ("-3", "2"), ("a", "b"), ("٣", "٩")]
)
def test_a_forged_span_falls_back_to_the_part(place: Place, start: str, end: str) -> None:
    place.guest.send(place.composer(), {"text": "Uwaga.", "start": start, "end": end, "quote": ""})
    with place.site.records():
        (comment,) = queries.list_comments(place.register_id, with_drafts=True)
        (target,) = queries.list_placements_of([comment.id])
    assert target.scope == "section"


def test_words_counted_otherwise_by_a_re_rendered_page_are_found_by_themselves(place: Place) -> None:
    place_of = _place_of(place)
    moved = {"start": str(int(place_of["start"]) + 7), "end": str(int(place_of["end"]) + 7)}
    place.guest.send(place.composer(), {"text": "Uwaga.", "quote": WORDS, **moved})
    with place.site.records():
        (comment,) = queries.list_comments(place.register_id, with_drafts=True)
        (target,) = queries.list_placements_of([comment.id])
    assert target.exact == WORDS


def test_words_that_stand_nowhere_are_refused_and_the_comment_stays_in_the_form(place: Place) -> None:
    page = place.guest.send(
        place.composer(), {"text": "Uwaga.", "quote": "zupełnie inne słowa spoza tego tekstu"}, expect=422
    )
    assert "Wskaż je jeszcze raz" in words_of(page) or "wybierz" in words_of(page).lower()
    assert kept(page.text, "text") == "Uwaga."


def test_twenty_thousand_signs_are_kept_and_one_more_is_refused(place: Place) -> None:
    guest = place.guest
    guest.send(place.composer(), {"text": "ż" * 20_000, "act": "keep"})
    page = guest.send(place.composer(), {"text": "ż" * 20_001, "act": "keep"}, expect=422)
    assert kept(page.text, "text") == "ż" * 20_001


@pytest.mark.deep
def test_every_collected_line_comes_back_unchanged(place: Place) -> None:
    found = real_data("attack", "xss.txt").read_text("utf-8", "replace").splitlines()
    attack = [printable(line.removeprefix("Exploit String: "))[:20_000] for line in found]
    attack = [line for line in attack if line.strip()]
    person = place.people.neighbour
    own = place.visitor("neighbour")
    for start in range(0, len(attack), 300):
        batch = attack[start : start + 300]
        with place.site.records() as store:
            for line in batch:
                keep_unsent(
                    person, Holder(person.id), place.slug, Remark(line, justification=line), now=store.now
                )
        review = f"{place.address}/comments/unsent"
        assert_harmless(own.get(review).text)
        assert_harmless(own.get(str(own.send(review).location)).text)
    with place.site.records():
        rows = queries.list_comments(place.register_id, with_drafts=True)
    assert [row.text for row in rows] == [expected(line) for line in attack]
