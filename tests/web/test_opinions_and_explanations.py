"""Opinions with their terms, and what the host explains while a consultation is open."""

from __future__ import annotations

import pytest

from tests.web.places import Place
from tests.web.visitors import kept, words_of

OPINION = {
    "body_kind": "council",
    "body": "Gminna Rada Działalności Pożytku Publicznego",
    "legal_basis": "art. 41i ust. 2",
    "delivered_on": "2026-03-02",
    "term_days": "14",
    "is_silence_waiver": "y",
}


def opinions(place: Place) -> str:
    return f"/consultations/{place.consultation_id}/opinions"


def test_the_form_begins_with_what_the_law_says_of_the_body(place: Place) -> None:
    page = place.visitor("official").get(f"{opinions(place)}/new?body=council").text
    assert kept(page, "legal_basis").startswith("art. 41i ust. 2 ustawy z dnia 24 kwietnia 2003 r.")
    assert kept(page, "term_days") == "14"
    assert kept(page, "is_silence_waiver") == "y"
    assert kept(place.visitor("official").get(f"{opinions(place)}/new?body=waters").text, "term_days") == ""


def test_silence_until_the_end_of_the_term_means_that_the_body_gave_up(place: Place) -> None:
    place.visitor("official").send(f"{opinions(place)}/new", OPINION)
    page = words_of(place.guest.get(opinions(place)))
    assert "Oczekiwana" in page
    assert "16 marca 2026" in page
    place.site.clock.advance(days=14)
    assert "Oczekiwana" in words_of(place.guest.get(opinions(place)))
    place.site.clock.advance(days=1)
    page = words_of(place.guest.get(opinions(place)))
    assert "Nie wydano w terminie" in page
    assert "rezygnację z prawa do jej wyrażenia" in page


def test_an_opinion_is_public_once_the_draft_was_delivered(place: Place) -> None:
    official = place.visitor("official")
    official.send(f"{opinions(place)}/new", OPINION | {"delivered_on": ""})
    assert OPINION["body"] in official.get(opinions(place)).text
    assert OPINION["body"] not in place.guest.get(opinions(place)).text
    assert OPINION["body"] not in place.visitor("neighbour").get(opinions(place)).text
    assert OPINION["body"] not in place.guest.get(f"/consultations/{place.consultation_id}").text


def test_a_given_opinion_is_shown_with_its_text_and_its_markup_stays_words(place: Place) -> None:
    given = {
        "outcome": "given",
        "given_on": "2026-03-02",
        "summary": "Pozytywna <script>alert(1)</script>",
        "source": "**Rada** opiniuje <script>alert(2)</script>",
    }
    place.visitor("official").send(f"{opinions(place)}/new", OPINION | given)
    page = place.guest.get(opinions(place)).text
    assert "<strong>Rada</strong>" in page
    assert "<script>alert" not in page
    assert "Wydana" in page


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"delivered_on": "2026-03-03"}, "Ten dzień jeszcze nie nadszedł"),
        ({"delivered_on": "wczoraj"}, ""),
        ({"outcome": "given", "given_on": "2026-03-20"}, "Ten dzień jeszcze nie nadszedł"),
        ({"outcome": "given", "given_on": ""}, "Podaj dzień wydania opinii"),
        ({"term_days": "0"}, "Termin może mieć"),
        ({"term_days": "dwa tygodnie"}, "Wpisz liczbę całkowitą"),
        ({"body": ""}, "Podaj pełną nazwę organu"),
        ({"body_kind": "oracle"}, "Wybierz rodzaj organu"),
    ],
)
def test_an_opinion_that_cannot_be_comes_back_with_everything_typed(
    place: Place, changed: dict[str, str], complaint: str
) -> None:
    page = (
        place.visitor("official")
        .send(f"{opinions(place)}/new", OPINION | {"summary": "Streszczenie"} | changed, expect=422)
        .text
    )
    assert complaint in page
    assert kept(page, "summary") == "Streszczenie"


def test_an_explanation_under_a_comment_is_seen_at_once_wherever_the_comment_is(place: Place) -> None:
    number = place.comment()
    comment = f"/comments/{place.register_id}/{number}"
    assert "Dodaj wyjaśnienie" not in place.guest.get(comment).text
    reading = place.guest.get(place.address).text  # kept for guests from here on
    assert "Chodzi o dni robocze" not in reading
    official = place.visitor("official")
    assert f"{comment}/explain" in official.get(comment).text
    official.send(f"{comment}/explain", {"text": "Chodzi o dni robocze <b>."})
    for address in (comment, place.address, f"{place.address}/comments"):
        page = place.guest.get(address)
        assert "Wyjaśnienie organizatora" in page.text, address
        assert "Chodzi o dni robocze <b>." in words_of(page), address
    assert "Organizator nie opublikował jeszcze odpowiedzi" in words_of(place.guest.get(comment))


def test_an_explanation_to_everybody_stands_on_the_page_of_the_consultation(place: Place) -> None:
    consultation = f"/consultations/{place.consultation_id}"
    place.visitor("official").send(f"{consultation}/explain", {"text": "Załącznik 2 ma błędne strony."})
    for address in (consultation, f"{consultation}/explanations"):
        assert "Załącznik 2 ma błędne strony." in words_of(place.guest.get(address))


def test_a_withdrawn_explanation_says_so_and_why(place: Place) -> None:
    number = place.comment()
    comment = f"/comments/{place.register_id}/{number}"
    official = place.visitor("official")
    official.send(f"{comment}/explain", {"text": "Nabór trwa 14 dni."})
    page = official.get(comment).text
    where = page.split('href="/explanations/')[1].split('"')[0]
    official.send(f"/explanations/{where}", {"reason": ""}, expect=422)
    official.send(f"/explanations/{where}", {"reason": "Nabór trwa 21 dni."})
    page = words_of(place.guest.get(comment))
    assert "Wycofane przez organizatora" in page
    assert "Nabór trwa 21 dni." in page
    assert "Nabór trwa 14 dni." not in words_of(place.guest.get(place.address))


def test_after_the_end_nothing_is_explained_any_more(place: Place) -> None:
    number = place.comment()
    official = place.visitor("official")
    comment = f"/comments/{place.register_id}/{number}"
    token = official.token(f"{comment}/explain")
    place.site.clock.advance(days=22)
    assert "/explain" not in official.get(comment).text
    official.get(f"{comment}/explain", expect=409)
    answer = official.post(
        f"{comment}/explain", {"csrf_token": token, "text": "Moje spóźnione wyjaśnienie"}, expect=409
    )
    assert "Moje spóźnione wyjaśnienie" in answer.text


def test_an_official_of_another_host_explains_nothing_here(place: Place) -> None:
    number = place.comment()
    neighbour = place.visitor("neighbour")
    comment = f"/comments/{place.register_id}/{number}"
    assert "/explain" not in neighbour.get(comment).text
    neighbour.get(f"{comment}/explain", expect=403)
