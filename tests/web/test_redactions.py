"""An official cuts words out of a comment on pages that need no scripts: preview, cut, original, undo."""

from __future__ import annotations

from consult.storage.queries.organisations import get_host
from tests.factories.records import comment_on
from tests.web.places import WORDS, Place
from tests.web.test_submissions import fields_of

NAMED = "Sąsiadka spod szóstki"
MARK = "[usunięto: dane osobowe]"


def commented(place: Place) -> str:
    with place.site.records() as store:
        receipt = comment_on(store, place.slug, WORDS, text=f"{NAMED} twierdzi inaczej.")
    return f"/comments/{receipt.register_id}/{receipt.numbers[0]}"


def test_words_are_cut_out_after_a_look_and_read_only_where_it_is_noted(place: Place) -> None:
    address, official = commented(place), place.visitor("official")
    where = f"{address}/redact"
    assert "Usuń słowa z tej uwagi" in official.get(address).text
    said = fields_of(official.get(where).text) | {"words": NAMED, "reason": "personal"}
    shown = official.post(where, said | {"act": "preview"}, expect=200).text
    assert f"{MARK} twierdzi inaczej." in shown
    assert NAMED in place.guest.get(address).text, "looking changes nothing"
    refused = official.post(where, said | {"act": "cut"}, expect=422).text
    assert "Napisz, na czym opiera się ta decyzja." in refused
    assert NAMED in refused, "nothing typed is lost"
    official.post(where, said | {"act": "cut", "note": "Zgłoszenie z 2 marca."})
    for page in (address, f"/documents/{place.slug}/text.xlsx", f"/documents/{place.slug}/comments"):
        assert NAMED.encode() not in place.guest.get(page).data
    assert not place.guest.get("/search", query_string={"q": "szóstki"}).text.count("twierdzi inaczej")
    assert MARK in place.guest.get(address).text
    assert NAMED in official.get(f"{where}/original").text
    for role in ("editor", "neighbour"):
        place.visitor(role).get(f"{where}/original", expect=403)
    assert "w oryginale słów" in official.get(f"/hosts/{host_of(place)}/contact-views").text


def test_words_come_back_with_a_reason(place: Place) -> None:
    address, official = commented(place), place.visitor("official")
    where = f"{address}/redact"
    said = {"words": NAMED, "reason": "secret", "note": "Pismo.", "act": "cut"}
    official.post(where, fields_of(official.get(where).text) | said)
    page = official.get(where).text
    undo = page.split('/undo"')[0].rsplit('"', 1)[-1] + "/undo"
    official.post(undo, fields_of(official.get(undo).text) | {"note": ""}, expect=422)
    official.post(undo, fields_of(official.get(undo).text) | {"note": "Pomyłka."})
    assert NAMED in place.guest.get(address).text


def test_a_host_says_how_long_and_everybody_reads_it(place: Place) -> None:
    official, host = place.visitor("official"), host_of(place)
    where = f"/hosts/{host}/contact-views"
    form = fields_of(official.get(where).text)
    assert form["months"] == "12"
    assert "od 1 do 120" in official.post(where, form | {"months": "0"}, expect=422).text
    official.post(where, form | {"months": "3"})
    assert "przez 3 miesiące po zakończeniu konsultacji" in place.guest.get(f"/hosts/{host}/clause").text


def test_the_data_of_a_guest_are_erased_on_a_page(place: Place) -> None:
    with place.site.records() as store:
        receipt = comment_on(store, place.slug, WORDS)
    official = place.visitor("official")
    submission = f"/consultations/{place.consultation_id}/submissions/{receipt.receipt_no}"
    assert f'{submission}/erase-sender"' in official.get(submission).text
    form = fields_of(official.get(f"{submission}/erase-sender").text)
    official.post(f"{submission}/erase-sender", form | {"reason": ""}, expect=422)


def host_of(place: Place) -> str:
    with place.site.records():
        return get_host(place.people.host_id).slug
