"""Whatever people type into a comment, press twice or send too late: a clear word, nothing lost, nothing half-written."""

from __future__ import annotations

import unicodedata

import pytest

from consult.web.shared.limits import limiter
from tests.web.places import WORDS, Place, new_place
from tests.web.visitors import Site, form_of, kept, words_of

BOM, ZERO_WIDTH, RIGHT_TO_LEFT, FAMILY = "\ufeff", "\u200b", "\u202e", "👩\u200d👩\u200d👧"
DECOMPOSED = unicodedata.normalize("NFD", "Zażółć gęślą jaźń")
ODD_BUT_TAKEN = [
    f"Emotka {FAMILY} i \U0001f1f5\U0001f1f1",
    f"Od prawej: {RIGHT_TO_LEFT}אבג\u202c koniec",
    f"Zero{ZERO_WIDTH}szerokości i twarda\u00a0spacja",
    f"{BOM}Z początku pliku",
    DECOMPOSED,
    "Wiersz\r\ndrugi\rtrzeci",
    "Strona\x0cpo stronie",
    "<script>alert(1)</script> & \"cudzysłów\" 'apostrof' &amp; {{ 7 * 7 }} %(x)s %s {0}",
    "=1+1",
    "a" * 20_000,
]
CONTROLS = ["\x00", "\x0b", "\x1b[31m", "\x7f"]


def comment_words(place: Place, number: int = 1) -> str:
    from consult.storage.queries import comments as queries

    with place.site.records():
        row = queries.find_comment(place.register_id, number, with_drafts=False)
        assert row is not None
        assert row.text is not None
        return row.text


@pytest.mark.parametrize("text", ODD_BUT_TAKEN, ids=range(len(ODD_BUT_TAKEN)))
def test_a_comment_is_kept_as_it_was_typed_in_one_form_of_text(place: Place, text: str) -> None:
    answer = place.guest.send(place.composer(), {"text": text, "proposed": text[:500], "name": text[:50]})
    page = place.guest.get(answer.location)
    expected = unicodedata.normalize(
        "NFC", text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    ).strip()
    assert comment_words(place) == expected
    assert " ".join(expected.split())[:200] in words_of(page).replace("\u200b", "\u200b")
    for address in (place.address, f"{place.address}/comments", f"/comments/{place.register_id}/1"):
        shown = place.guest.get(address)
        assert "<script>alert" not in shown.text
        assert " ".join(expected.split())[:200] in words_of(shown)


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("field", ["text", "proposed", "name", "email", "organisation"])
def test_a_character_that_cannot_be_kept_is_named_and_the_rest_of_the_text_stays(
    place: Place, field: str, control: str
) -> None:
    before = place.site.counts()
    typed = {
        "text": "Uwaga.",
        "proposed": "Brzmienie.",
        "name": "Ktoś",
        "organisation": "Fundacja",
        "capacity": "ngo",
    }
    typed[field] = f"początek {control} koniec"
    page = place.guest.send(place.composer(), typed, expect=422)
    assert "znak, którego nie można zapisać" in words_of(page)
    assert kept(page.text, field).startswith("początek ")
    assert kept(page.text, field).endswith("koniec")
    assert kept(page.text, "capacity") == "ngo"
    assert place.site.counts() == before


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "", "proposed": ""}, "Napisz, co chcesz powiedzieć"),
        ({"text": " \n\t ", "proposed": " "}, "Napisz, co chcesz powiedzieć"),
        ({"text": "a" * 20_001}, "20000"),
        ({"text": "x" * 1_000_000}, "20000"),
        ({"text": "Uwaga.", "proposed": "b" * 50_001}, "50000"),
        ({"text": "Uwaga.", "kind": "spam"}, "jaka to uwaga"),
        ({"text": "Uwaga.", "capacity": "king"}, "w czyim imieniu"),
        ({"text": "Uwaga.", "capacity": ""}, "w czyim imieniu"),
        ({"text": "Uwaga.", "capacity": "ngo", "organisation": ""}, "nazwę organizacji"),
        ({"text": "Uwaga.", "capacity": "ngo", "organisation": "N" * 301}, "300"),
        ({"text": "Uwaga.", "name": "N" * 201}, "200"),
        ({"text": "Uwaga.", "email": "to nie adres"}, "adres"),
        ({"text": "Uwaga.", "email": "@"}, "adres"),
        ({"text": "Uwaga.", "email": f"{'a' * 250}@x.pl"}, "adres"),
        ({"text": "Uwaga.", "website": "https://spam.example"}, "puste"),
    ],
    ids=lambda value: None if isinstance(value, str) else next(reversed(value)),
)
def test_a_comment_that_cannot_be_taken_comes_back_with_the_reason_and_every_word(
    place: Place, typed: dict[str, str], said: str
) -> None:
    before = place.site.counts()
    page = place.guest.send(place.composer(), {"proposed": "Brzmienie."} | typed, expect=422)
    assert said.lower() in words_of(page).lower()
    for name, value in typed.items():
        if name not in ("capacity", "kind"):
            assert kept(page.text, name) == value
    assert WORDS in words_of(page)
    assert place.site.counts() == before
    # mended, the same page sends it
    place.guest.send(place.composer(), {"text": "Dobra uwaga."})


def test_an_error_about_a_field_stands_beside_it(place: Place) -> None:
    page = place.guest.send(
        place.composer(), {"text": "Uwaga.", "capacity": "ngo", "organisation": ""}, expect=422
    )
    assert 'id="organisation-error"' in page.text


def test_somebody_signed_in_may_speak_for_an_organisation_that_is_not_here(place: Place) -> None:
    neighbour = place.visitor("neighbour")
    typed = {"text": "Uwaga.", "capacity": "ngo"}
    neighbour.send(place.composer(), typed | {"organisation": ""}, expect=422)
    neighbour.send(place.composer(), typed | {"organisation": "Fundacja B"})
    page = place.guest.get(f"/comments/{place.register_id}/1")
    assert "Fundacja B" in page.text
    assert "niepotwierdzone" in page.text


def test_too_many_comments_in_a_minute_are_refused_for_a_while_and_not_lost(place: Place) -> None:
    guest = place.guest
    limiter.enabled = True
    try:
        for _ in range(30):
            guest.post(place.composer(), {"text": ""}, expect=422)
        page = guest.post(place.composer(), {"text": "Trzydziesta pierwsza uwaga."}, expect=429)
        guest.get(place.composer())
    finally:
        limiter.enabled = False
        limiter.reset()
    assert "Trzydziesta pierwsza uwaga." in page.text


def test_errors_are_worded_in_the_readers_language(place: Place) -> None:
    english = place.visitor("guest", language="en").send(place.composer(), {"text": ""}, expect=422)
    assert "Please write what you want to say." in words_of(english)


def test_pressing_the_button_twice_makes_one_submission_with_one_receipt(place: Place) -> None:
    guest = place.guest
    form = form_of(guest.get(place.composer()).text) | {"text": "Raz."}
    first = guest.post(place.composer(), form)
    between = place.site.counts()
    second = guest.post(place.composer(), form)
    assert first.location == second.location
    assert place.site.counts() == between
    assert guest.get(first.location).status_code == 200


def test_a_form_sent_again_with_other_words_says_so_and_keeps_them(place: Place) -> None:
    guest = place.guest
    form = form_of(guest.get(place.composer()).text)
    guest.post(place.composer(), form | {"text": "Pierwsze słowa."})
    before = place.site.counts()
    page = guest.post(place.composer(), form | {"text": "Zupełnie inne słowa."}, expect=409)
    assert "Zupełnie inne słowa." in page.text
    assert place.site.counts() == before


@pytest.mark.parametrize("token", ["", "moj-wlasny-zeton", "ImEi.sig", "\x00", "x" * 10_000])
def test_a_token_somebody_made_up_joins_no_two_submissions(place: Place, token: str) -> None:
    """Otherwise one could learn somebody's receipt, or block it, by guessing what their form would send."""
    guest = place.guest
    form = form_of(guest.get(place.composer()).text) | {"text": "Uwaga.", "token": token}
    answers = [guest.post(place.composer(), form, expect=(303, 422)) for _ in range(2)]
    if answers[0].status_code == 303:
        assert answers[0].location != answers[1].location


def test_a_token_of_another_form_is_not_taken_for_one_of_comments(place: Place) -> None:
    guest = place.guest
    form = form_of(guest.get(place.composer()).text)
    form["token"] = form["csrf_token"]
    locations = {guest.post(place.composer(), form | {"text": "Uwaga."}).location for _ in range(2)}
    assert len(locations) == 2


def test_a_comment_a_second_after_the_end_is_refused_with_its_text_on_the_page(site: Site) -> None:
    place = new_place(site, days=1)
    guest = place.guest
    form = form_of(guest.get(place.composer()).text)
    typed = {"text": "Uwaga pisana do ostatniej chwili.", "proposed": "Nowe brzmienie.", "name": "Ktoś"}
    site.clock.advance(days=1, seconds=1)
    before = site.counts()
    page = guest.post(place.composer(), form | typed, expect=409)
    assert "Konsultacje zakończyły się" in words_of(page)
    for words in ("Uwaga pisana do ostatniej chwili.", "Nowe brzmienie."):
        assert words in page.text
    assert site.counts() == before
    assert "zakończyły się" in words_of(guest.get(place.composer(), expect=409))


def test_a_comment_in_the_last_second_is_taken(site: Site) -> None:
    place = new_place(site, days=1)
    guest = place.guest
    form = form_of(guest.get(place.composer()).text)
    site.clock.advance(days=1, seconds=-1)
    guest.post(place.composer(), form | {"text": "Zdążyłam."})


def test_a_second_press_after_the_end_still_shows_the_receipt(site: Site) -> None:
    place = new_place(site, days=1)
    guest = place.guest
    form = form_of(guest.get(place.composer()).text) | {"text": "Zdążyłam."}
    first = guest.post(place.composer(), form)
    site.clock.advance(days=2)
    assert guest.post(place.composer(), form).location == first.location
