"""A form is taken by anybody, comes back as a file, is looked at and set right, and enters the register with it."""

from __future__ import annotations

import io

import pytest
from werkzeug.datastructures import FileStorage

from consult.services.comment_forms import FORMATS
from tests.factories.filled_forms import fill_word
from tests.factories.letters_on_paper import FIRST, SCAN, enter_letter
from tests.factories.records import hold_a_consultation
from tests.web.places import Place
from tests.web.test_submissions import fields_of, register_of
from tests.web.visitors import words_of

SAID = "Trzeba <b>podać</b> termin."


def taken(place: Place, kind: str = "docx") -> bytes:
    answer = place.visitor("guest").get(f"/consultations/{place.consultation_id}/form.{kind}")
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def filled(place: Place) -> bytes:
    """The form with a comment on a part, another on the whole, and words beside the fields."""
    section = place.section_id()
    return fill_word(
        taken(place),
        {
            f"c.text.{section}": SAID,
            f"c.quote.{section}": "takich słów tu nie ma",
            "c.text.spare1": "Do całości: popieramy.",
            "a.name": "Mieszkanka z formularza",
            "a.email": "mieszkanka@example.org",
        },
    )


def sent(content: bytes, name: str) -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def test_everybody_takes_the_form_from_the_page_that_says_how_to_send_it(place: Place) -> None:
    guest = place.visitor("guest")
    page = words_of(guest.get(f"/consultations/{place.consultation_id}/form"))
    assert "Pobierz plik" in page
    assert "Pobierz formularz" in words_of(guest.get(place.address))
    for kind in FORMATS:
        assert taken(place, kind)
    guest.get(f"/consultations/{place.consultation_id}/form.exe", expect=404)


def test_a_form_is_read_set_right_and_entered_with_its_file_once(place: Place) -> None:
    official, where = place.visitor("official"), register_of(place)
    content = filled(place)
    shown = official.send(f"{where}/returned", {"file": sent(content, "Formularz.docx")}, expect=303).location
    page = official.get(shown).text
    for words in ("Z formularza odczytano 2 uwagi.", "Tych słów nie ma w tekście.", "Formularz.docx"):
        assert words in page
    form = fields_of(page)
    assert form["text_0"] == SAID
    assert form["section_0"] == place.section_id()
    assert form["section_1"] == ""
    assert form["name"] == "Mieszkanka z formularza"
    assert form["email"] == "", "there is no consent to messages"
    official.post(shown, form | {"act": "send", "capacity": "resident"}, expect=422)
    made = official.post(
        shown, form | {"act": "send", "capacity": "resident", "quote_0": ""}, expect=303
    ).location
    page = official.get(made)
    for words in (SAID, "Formularz.docx", "Do całości: popieramy."):
        assert words in words_of(page)
    assert official.get(f"{made}/files/1").data == content
    for stranger in ("guest", "member", "editor", "neighbour"):
        place.visitor(stranger).get(f"{made}/files/1", expect=(303, 403, 404))
    again = official.send(f"{where}/returned", {"file": sent(content, "Kopia.docx")}, expect=303).location
    page = official.get(again).text
    assert "Ten sam plik jest już w rejestrze" in page
    form = fields_of(page) | {"act": "send", "capacity": "resident", "quote_0": ""}
    official.post(again, form, expect=422)
    official.post(again, form | {"again": "y"}, expect=303)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"PK\x03\x04", "form.docm", "makra"),
        (b"%PDF-1.4 x", "form.docx", "Worda"),
        (b"", "form.docx", 'id="file-error"'),
        (b"x", "form.exe", "w jednym z tych formatów"),
    ],
)
def test_what_is_no_form_is_refused_beside_the_field(
    place: Place, content: bytes, name: str, says: str
) -> None:
    official = place.visitor("official")
    page = official.send(f"{register_of(place)}/returned", {"file": sent(content, name)}, expect=422)
    assert says in page.text


def test_a_scan_waits_while_the_letter_is_typed_and_what_is_amiss_is_noted(place: Place) -> None:
    official, where = place.visitor("official"), f"{register_of(place)}/new"
    form = fields_of(official.get(where).text) | {"text_0": "Uwaga z kartki.", "capacity": "resident"}
    page = official.post(
        where, form | {"act": "attach", "scan": sent(b"nie skan", "list.pdf")}, expect=422
    ).text
    assert "To nie jest kompletny plik PDF" in page
    page = official.post(
        where, fields_of(page) | form | {"act": "attach", "scan": sent(SCAN, "Skan.pdf")}, expect=200
    ).text
    assert "Skan.pdf" in page
    form = fields_of(page) | {"capacity": "resident", "act": "send", "is_unsigned": "y"}
    assert form["text_0"] == "Uwaga z kartki."
    page = official.post(where, form, expect=422).text
    made = official.post(where, form | {"flag_unsigned": "Brak podpisu."}, expect=303).location
    page = words_of(official.get(made))
    for words in ("Osobno, do decyzji", "bez podpisu", "Brak podpisu.", "Skan.pdf"):
        assert words in page
    assert "wykazujemy osobno" in words_of(place.visitor("guest").get(f"{place.address}/comments"))
    official.send(made, {"act": "unflag", "flag": "unsigned", "flag_reason": "Podpis jest na odwrocie."})
    assert "W terminie i bez zastrzeżeń" in words_of(official.get(made))
    official.send(made, {"act": "letter", "email": "to nie adres"}, expect=422)
    official.send(made, {"act": "letter", "email": "mieszkanka@example.org"})


def test_a_note_of_a_meeting_becomes_a_submission_for_everybody_who_spoke(place: Place) -> None:
    with place.site.records() as store:
        held = hold_a_consultation(store, place.consultation_id)
    official = place.visitor("official")
    place.site.clock.advance(days=20)
    note = f"Pierwsza osoba mówiła o naborze.\n\n{FIRST}"
    official.send(
        f"/meetings/{held.meeting_id}/note", {"source": note, "note": note, "act": "save"}, expect=(303, 422)
    )
    where = f"{register_of(place)}/new?meeting={held.meeting_id}"
    page = official.get(where).text
    form = fields_of(page)
    if not form["letter"]:
        pytest.skip("the note could not be written in this place")
    form |= {"capacity": "resident", "paragraph": "0", "act": "make"}
    page = official.post(where, form, expect=200).text
    sending = fields_of(page) | {"capacity": "resident", "act": "send", "rest": "y"}
    made = official.post(where, sending, expect=303).location
    assert "Z notatki ze spotkania" in words_of(official.get(made))
    assert "zgłoszenie" in official.get(where).text


def test_the_receipt_of_a_submission_is_a_pdf_without_the_letter(place: Place) -> None:
    with place.site.records() as store:
        receipt = enter_letter(store, place.consultation_id)
    official = place.visitor("official")
    answer = official.get(f"{register_of(place)}/{receipt.receipt_no}/receipt.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert "no-store" in answer.headers["Cache-Control"]
