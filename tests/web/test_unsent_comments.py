"""Comments that wait: in sight on every page, looked over on one, sent together with one receipt; nothing gets lost."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from pypdf import PdfReader

from consult.services import unsent_comments
from consult.services.comments import Remark
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries.unsent_comments import Holder
from consult.web.shared import unsent
from tests.web.places import WORDS, Place, new_place
from tests.web.visitors import Site, Visitor, form_of, words_of

BAR = "/unsent-comments/bar"


def keep(place: Place, who: Visitor, text: str, *, quote: str | None = WORDS, **typed: str) -> str:
    """Write a comment and keep it; the answer's address."""
    return str(who.send(place.composer(quote), {"text": text, "act": "keep", **typed}).location)


def review_of(place: Place) -> str:
    return f"{place.address}/comments/unsent"


def waiting(place: Place, who: Visitor) -> list[str]:
    """The comments on the page that sends them, in their order."""
    page = who.get(review_of(place)).text
    return re.findall(r'<div class="says">\s*<p[^>]*>([^<]*)</p>', page)


def sent(place: Place) -> Sequence[queries.CommentRow]:
    with place.site.records():
        return queries.list_comments(place.register_id, with_drafts=True)


def test_comments_wait_and_are_sent_together_with_one_receipt(place: Place) -> None:
    guest = place.guest
    assert guest.get(BAR).data == b""
    assert keep(place, guest, "Pierwsza.").startswith(place.address)
    keep(place, guest, "Druga.", quote=None, name="Anna Nowak-Lis", capacity="resident", shown_as="initials")
    assert "2 niewysłane uwagi" in guest.get(BAR).text
    assert sent(place) == []
    assert waiting(place, guest) == ["Pierwsza.", "Druga."]
    assert "A. N.-L." in words_of(guest.get(review_of(place)))
    answer = guest.send(review_of(place))
    receipt = words_of(guest.get(answer.location))
    assert "Liczba przyjętych uwag: 2" in receipt
    assert [comment.number for comment in sent(place)] == [1, 2]
    assert {comment.public_name for comment in sent(place)} == {"A. N.-L."}
    assert guest.get(BAR).data == b""
    assert waiting(place, guest) == []


def test_what_waits_is_the_browsers_own(place: Place) -> None:
    guest = place.guest
    keep(place, guest, "Moja.")
    other = place.guest
    assert other.get(BAR).data == b""
    assert waiting(place, other) == []
    unsent_id = re.findall(r"/comments/unsent/(\d+)\"", guest.get(review_of(place)).text)[0]
    address = f"{review_of(place)}/{unsent_id}"
    other.get(address, expect=404)
    keep(place, other, "Cudza.")
    token = other.token(review_of(place))
    for act in ("remove", "put-back", "move"):
        other.post(f"{address}/{act}", {"csrf_token": token}, expect=404)
    assert waiting(place, guest) == ["Moja."]


def test_comments_are_edited_moved_removed_and_put_back(place: Place) -> None:
    guest = place.guest
    for text in ("A.", "B.", "C."):
        keep(place, guest, text)
    ids = re.findall(r"/comments/unsent/(\d+)\"", guest.get(review_of(place)).text)
    token = guest.token(review_of(place))
    guest.post(f"{review_of(place)}/{ids[2]}/move", {"csrf_token": token, "to": "up"})
    assert waiting(place, guest) == ["A.", "C.", "B."]
    guest.post(f"{review_of(place)}/{ids[0]}/move", {"csrf_token": token, "to": "up"})
    guest.post(f"{review_of(place)}/{ids[0]}/remove", {"csrf_token": token})
    page = guest.get(review_of(place))
    assert "została usunięta" in page.text
    assert waiting(place, guest) == ["C.", "B."]
    guest.post(f"{review_of(place)}/{ids[0]}/put-back", {"csrf_token": token})
    assert waiting(place, guest) == ["A.", "C.", "B."]
    guest.send(f"{review_of(place)}/{ids[1]}", {"text": "B, lepiej.", "act": "keep"})
    assert waiting(place, guest) == ["A.", "C.", "B, lepiej."]


def test_one_comment_points_at_several_passages(place: Place) -> None:
    guest = place.guest
    first = guest.send(place.composer(), {"text": "Oba terminy.", "act": "further"})
    assert first.location.startswith(place.address)
    assert "Wybierz kolejny fragment" in guest.get(BAR).text
    other = place.composer("siedmiu dni")
    led = guest.get(other, expect=303)
    assert "/comments/unsent/" in led.location
    page = guest.get(led.location)
    assert "siedmiu dni" in words_of(page)
    guest.send(led.location, {"act": "keep"})
    answer = guest.send(review_of(place))
    with place.site.records():
        (comment,) = queries.list_comments(place.register_id, with_drafts=True)
        exact = [row.exact for row in queries.list_placements_of([comment.id])]
    assert exact == [WORDS, "siedmiu dni"]
    assert "siedmiu dni" in words_of(guest.get(answer.location))


def test_whoever_signs_in_takes_along_what_they_wrote_before(place: Place) -> None:

    visitor = place.guest
    keep(place, visitor, "Jeszcze jako gość.")
    person = place.people.neighbour
    own = place.visitor("neighbour")
    keep(place, own, "Z konta.")
    secret = visitor.client.get_cookie(unsent.KEY_COOKIE)
    assert secret is not None
    with place.site.records() as store:
        assert unsent.service.take_over_unsent(person.id or 0, secret.value, now=store.now) == 1
    assert waiting(place, own) == ["Z konta.", "Jeszcze jako gość."]
    assert waiting(place, visitor) == []
    own.send(review_of(place))
    assert [comment.person_id for comment in sent(place)] == [person.id] * 2


def test_what_waits_is_sent_once_however_often_it_is_pressed(place: Place) -> None:
    guest = place.guest
    keep(place, guest, "Raz.")
    fields = form_of(guest.get(review_of(place)).text)
    first = guest.post(review_of(place), fields)
    again = guest.post(review_of(place), fields)
    assert first.location == again.location
    assert len(sent(place)) == 1
    page = guest.post(review_of(place), fields | {"token": "wymyślony"}, expect=422)
    assert "Nie ma tu uwagi do wysłania" in words_of(page)


def test_a_form_kept_twice_waits_once(place: Place) -> None:
    guest = place.guest
    fields = form_of(guest.get(place.composer()).text) | {"text": "Raz.", "act": "keep"}
    guest.post(place.composer(), fields)
    guest.post(place.composer(), fields | {"text": "Raz, poprawione."})
    assert waiting(place, guest) == ["Raz, poprawione."]
    guest.post(place.composer(), fields | {"act": "send"})
    assert waiting(place, guest) == []
    assert len(sent(place)) == 1


def test_the_end_passing_while_the_page_is_open_loses_nothing(site: Site) -> None:
    place = new_place(site, days=3)
    guest = place.guest
    keep(place, guest, "Spóźniona.", name="Jan Kowalski")
    fields = form_of(guest.get(review_of(place)).text)
    before = site.clock.at
    try:
        with site.records():
            closes = consultation_queries.get_consultation(place.consultation_id).closes_at
        site.clock.at = closes
        page = guest.post(review_of(place), fields | {"shown_as": "name"}, expect=422)
        assert "Nic nie przepadło" in words_of(page)
        assert "Spóźniona." in words_of(page)
        assert sent(place) == []
        assert waiting(place, guest) == ["Spóźniona."]
        assert 'value="Jan Kowalski"' in guest.get(review_of(place)).text
    finally:
        site.clock.at = before


def test_the_time_of_receipt_is_the_moment_of_sending(place: Place) -> None:
    guest = place.guest
    keep(place, guest, "Teraz.")
    place.site.clock.at += timedelta(hours=2)
    guest.send(review_of(place))
    assert sent(place)[0].received_at == place.site.clock.at


def test_a_sender_corrects_and_withdraws_until_the_end(site: Site) -> None:
    place = new_place(site, days=3)
    guest = place.guest
    keep(place, guest, "Pierwsza.")
    keep(place, guest, "Druga.")
    receipt = str(guest.send(review_of(place)).location)
    guest.send(f"{receipt}/comments/1/change", {"text": "Pierwsza, poprawiona."})
    guest.send(f"{receipt}/comments/2/withdraw", {})
    first, second = sent(place)
    assert (first.text, first.number, first.revision_no) == ("Pierwsza, poprawiona.", 1, 2)
    assert (second.text, second.number, second.is_withdrawn) == (None, 2, True)
    page = words_of(guest.get(receipt))
    assert "Pierwsza, poprawiona." in page
    assert "wycofana" in page
    for address in (f"/comments/{place.register_id}/2", f"{place.address}/comments", place.address):
        assert "Druga." not in guest.get(address).text
    assert guest.get(f"{receipt}/comments/2/change", expect=303).location == receipt
    wrong = receipt.rsplit("/", 1)[0] + "/" + "x" * 32
    guest.get(f"{wrong}/comments/1/change", expect=404)
    before = site.clock.at
    fields = form_of(guest.get(f"{receipt}/comments/1/change").text)
    try:
        with site.records():
            site.clock.at = consultation_queries.get_consultation(place.consultation_id).closes_at
        refused = guest.post(f"{receipt}/comments/1/change", fields | {"text": "Po czasie."}, expect=409)
        assert "Po czasie." in refused.text
        assert sent(place)[0].text == "Pierwsza, poprawiona."
        assert "/change" not in guest.get(receipt).text
    finally:
        site.clock.at = before


def test_a_receipt_is_a_tagged_pdf_with_every_word_in_it(place: Place) -> None:

    guest = place.guest
    hostile = '#panic("x") <script> *gwiazdki* \\ zażółć gęślą jaźń'
    keep(place, guest, hostile)
    keep(place, guest, "Druga.", quote=None)
    receipt = str(guest.send(review_of(place)).location)
    content = guest.get(f"{receipt}/receipt.pdf").data

    reader = PdfReader(io.BytesIO(content))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert hostile in text
    assert WORDS in text
    assert "/StructTreeRoot" in reader.trailer["/Root"]


@pytest.mark.parametrize("many", [25, pytest.param(500, marks=pytest.mark.deep)])
def test_many_comments_are_sent_at_once(place: Place, many: int) -> None:

    person = place.people.neighbour
    with place.site.records() as store:
        for number in range(many):
            unsent_comments.keep_unsent(
                person, Holder(person.id), place.slug, Remark(f"Uwaga {number}."), now=store.now
            )
    own = place.visitor("neighbour")
    own.send(review_of(place))
    assert [comment.number for comment in sent(place)] == list(range(1, many + 1))


def test_reading_pages_say_nothing_of_what_waits(place: Place) -> None:
    guest = place.guest
    before = guest.get(place.address)
    keep(place, guest, "Czeka.")
    guest.get(place.address)  # says once that it is kept
    after = guest.get(place.address)
    assert after.text == before.text
    assert "Set-Cookie" not in after.headers
