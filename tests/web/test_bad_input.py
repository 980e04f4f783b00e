"""Whatever people type, paste, press twice or send too late: a clear word, nothing lost, nothing half-written."""

from __future__ import annotations

import unicodedata

import pytest

from consult.web.shared.limits import limiter
from tests.web.places import WORDS, Place, new_place
from tests.web.visitors import Site, Visitor, form_of, words_of

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


def kept(page: str, name: str) -> str:
    """What a field of the form holds when the page comes back."""
    return form_of(page)[name]


# Comments


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
        ({"text": "Uwaga.", "capacity": "ngo", "organisation": "N" * 201}, "200"),
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


# Forms that went stale


def forms(place: Place) -> dict[str, tuple[str, str, dict[str, str], int]]:
    """Every form: who sends it, where, what they typed, and the answer when it went stale."""
    section = f"{place.address}/sections/{place.section_id()}"
    place.comment()
    changed = place.source().replace("Nabór", "Otwarty nabór")
    return {
        "comment": ("guest", place.composer(), {"text": "Długo pisana uwaga."}, 422),
        "answer": (
            "official",
            f"{place.workbench}/1",
            {"outcome": "rejected", "justification": "Długie powody."},
            422,
        ),
        "edit": ("editor", section, {"source": changed, "note": "Notatka."}, 422),
        "add": ("editor", f"{place.address}/sections/new", {"title": "Nowa część", "source": "Treść."}, 422),
        "move": ("editor", f"{section}/move", {"position": "", "note": "Notatka."}, 422),
        "remove": ("editor", f"{section}/remove", {"note": "Notatka."}, 422),
        "publish": ("official", f"{place.address}/publish", {"label": "Etykieta."}, 422),
        "consult": ("official", f"{place.address}/consult", {"summary": "Streszczenie."}, 422),
        "new": ("editor", "/documents/new", {"title": "Nowy dokument", "source": "Treść."}, 422),
        "import": ("editor", "/documents/import", {"title": "Plik"}, 422),
        "revise": ("editor", f"{place.address}/revise", {"note": "Notatka."}, 422),
        "sign in": ("guest", "/sign-in", {"email": "ktos@example.org", "password": "x"}, 422),
    }


@pytest.mark.parametrize("stale", [None, "", "nonsense", "IjEi.Zq.x"])
def test_a_form_that_went_stale_comes_back_with_every_word_and_can_be_sent_again(
    place: Place, stale: str | None
) -> None:
    for name, (role, address, typed, status) in forms(place).items():
        visitor = place.visitor(role)
        form = form_of(visitor.get(address).text) | typed
        if stale is None:
            del form["csrf_token"]
        else:
            form["csrf_token"] = stale
        before = place.site.counts()
        page = visitor.post(address, form, expect=status)
        assert "Ta strona była otwarta zbyt długo" in words_of(page), name
        assert place.site.counts() == before, name
        again = form_of(page.text)
        for field, value in typed.items():
            if field != "password":
                assert again[field] == value, name
        if name not in ("import", "revise", "sign in", "consult"):
            visitor.post(address, again, expect=303)


def test_acts_without_a_form_of_their_own_are_refused_with_a_word_when_stale(place: Place) -> None:
    place.comment()
    place.answer(1)
    place.site.clock.advance(days=22)
    official = place.visitor("official")
    before = place.site.counts()
    answer = official.post(f"/consultations/{place.consultation_id}/publish", {})
    assert "otwarta zbyt długo" in official.follow(answer).text
    answer = official.post("/sign-out", {})
    assert "otwarta zbyt długo" in official.follow(answer).text
    assert place.site.counts() == before


# Texts


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


# Two people on one part


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
