"""Lists of consultations and documents: narrowed by the address, counted right, and of nothing one may not know."""

from __future__ import annotations

import pytest

from consult.domain.policy.actors import EDITOR, Actor
from consult.services import descriptions
from consult.storage.queries.organisations import get_host
from tests.factories.records import new_document, new_host, open_consultation, publish
from tests.web.manners import parsed, text_of
from tests.web.places import Place, new_draft
from tests.web.test_home import a_call
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import Site, words_of


def a_host(site: Site, name: str) -> tuple[int, str]:
    """(id, name in addresses) of a host of its own, so that lists of this test hold nothing else."""
    with site.records() as store:
        host_id = new_host(store, name)
        return host_id, get_host(host_id).slug


def tabs(page: str) -> dict[str, str]:
    """The states over the list with their counts."""
    links = [
        link for nav in parsed(page).iter("nav") for link in nav.iter("a") if link.find("span") is not None
    ]
    return {
        (link.text or "").strip(): text_of(link.find("span"))  # type: ignore[arg-type]
        for link in links
        if "/consultations" in (link.get("href") or "")
    }


def test_every_state_is_counted_and_can_be_chosen(site: Site) -> None:
    host_id, host = a_host(site, "Gmina stanów")
    a_call(site, "Trwająca", host_id=host_id)
    a_call(site, "Zapowiedziana", host_id=host_id, opens=5)
    a_call(site, "Krótka", host_id=host_id, closes=2)
    guest = site.visitor()
    address = f"/consultations?host={host}"
    assert tabs(guest.get(address).text) == {
        "Wszystkie": "3",
        "Trwają": "2",
        "Zapowiedziane": "1",
        "Rozpatrywanie uwag": "0",
        "Zakończone": "0",
        "Odwołane": "0",
    }
    site.clock.advance(days=3)
    found = tabs(guest.get(address).text)
    assert (found["Trwają"], found["Rozpatrywanie uwag"]) == ("1", "1")
    page = words_of(guest.get(f"{address}&state=answering"))
    assert "Krótka" in page
    assert "Trwająca" not in page


def test_the_list_goes_by_deadline_those_to_come_first(site: Site) -> None:
    host_id, host = a_host(site, "Gmina kolejności")
    for title, closes in (("Za miesiąc", 30), ("Pierwsza minęła", 1), ("Druga minęła", 2), ("Za tydzień", 7)):
        a_call(site, title, host_id=host_id, closes=closes)
    site.clock.advance(days=3)
    page = words_of(site.visitor().get(f"/consultations?host={host}"))
    order = [page.index(title) for title in ("Za tydzień", "Za miesiąc", "Druga minęła", "Pierwsza minęła")]
    assert order == sorted(order)


def test_field_area_and_year_narrow_the_list_and_its_counts(site: Site) -> None:
    host_id, host = a_host(site, "Gmina warunków")
    a_call(site, "Park", host_id=host_id, fields=("environment", "sport"), area="Śródmieście")
    a_call(site, "Sportowa szkoła", host_id=host_id, fields=("sport",), area="cała gmina")
    guest = site.visitor()
    address = f"/consultations?host={host}"
    for query, titles in (
        ("&field=sport", {"Park", "Sportowa szkoła"}),
        ("&field=environment", {"Park"}),
        ("&area=%C5%9Ar%C3%B3dmie%C5%9Bcie", {"Park"}),
        ("&year=2026", {"Park", "Sportowa szkoła"}),
        ("&field=spor", {"Park", "Sportowa szkoła"}),
        ("&field=%25", {"Park", "Sportowa szkoła"}),
    ):
        page = guest.get(address + query)
        words = words_of(page)
        assert {title for title in ("Park", "Sportowa szkoła") if title in words} == titles, query
        assert tabs(page.text)["Wszystkie"] == str(len(titles)), query


def test_a_long_list_is_cut_into_pages_that_keep_what_one_chose(site: Site) -> None:
    host_id, host = a_host(site, "Gmina stron")
    for at in range(23):
        a_call(site, f"Sprawa {at:02}", host_id=host_id, closes=10 + at)
    guest = site.visitor()
    first = guest.get(f"/consultations?host={host}&state=open")
    assert "Strona 1 z 2" in words_of(first)
    assert "Sprawa 19" in words_of(first)
    assert "Sprawa 20" not in words_of(first)
    second = words_of(guest.get(f"/consultations?host={host}&state=open&page=2"))
    assert "Sprawa 22" in second
    assert "Sprawa 19" not in second
    beyond = words_of(guest.get(f"/consultations?host={host}&state=open&page=99999"))
    assert "Strona 2 z 2" in beyond
    (next_link,) = [link for link in parsed(first.text).iter("a") if link.get("rel") == "next"]
    assert f"host={host}" in (next_link.get("href") or "")
    assert "state=open" in (next_link.get("href") or "")


@pytest.mark.parametrize(
    "query",
    [
        "page=-1",
        "page=abc",
        "page=9999999999999",
        "year=9999",
        "year=x",
        "state=x",
        "host=%00",
        "area=" + "x" * 4000,
    ],
)
@pytest.mark.parametrize("path", ["/consultations", "/documents"])
def test_odd_addresses_answer_with_the_list(site: Site, path: str, query: str) -> None:
    site.visitor().get(f"{path}?{query}")


def test_documents_are_found_by_words_without_case_and_diacritics(site: Site) -> None:
    host_id, host = a_host(site, "Gmina słów")
    with site.records() as store:
        slug = new_document(store, "# Ścieżki rowerowe\n\nTreść.\n", host_id=host_id)
        publish(store, slug)
        other = new_document(store, "# Opłaty targowe\n\nTreść.\n", host_id=host_id)
        publish(store, other)
        descriptions.describe_document(
            people_of_host(host_id),
            other,
            summary="Ile kosztuje stoisko na rynku.",
            easy_read_url="https://example.org/latwo",
            sign_language_url="",
            now=store.now,
        )
    guest = site.visitor()
    for words, title in (
        ("sciezki", "Ścieżki rowerowe"),
        ("ROWEROWE", "Ścieżki rowerowe"),
        ("stoisko", "Opłaty targowe"),
    ):
        page = words_of(guest.get(f"/documents?host={host}&q={words}"))
        assert title in page
        assert "1 dokument" in page
    found = guest.get(f"/documents?host={host}&q=targowe")
    assert "https://example.org/latwo" in found.text
    assert "Żaden dokument nie spełnia" in words_of(guest.get(f"/documents?host={host}&q=nietakie"))


def people_of_host(host_id: int) -> Actor:
    return Actor(id=None, name="Redakcja", memberships=frozenset({(host_id, EDITOR)}))


def test_documents_are_narrowed_by_kind_and_by_the_stage_of_the_moment(site: Site) -> None:
    host_id, host = a_host(site, "Gmina etapów")
    with site.records() as store:
        slug = new_document(store, "# W toku\n\nTreść.\n", host_id=host_id)
        open_consultation(store, slug, days=5)
    guest = site.visitor()
    assert "W toku" in words_of(guest.get(f"/documents?host={host}&stage=consulted"))
    site.clock.advance(days=6)
    assert "W toku" not in words_of(guest.get(f"/documents?host={host}&stage=consulted"))
    assert "W toku" in words_of(guest.get(f"/documents?host={host}&stage=answering"))
    assert "W toku" in words_of(guest.get(f"/documents?host={host}&kind=other"))
    assert "W toku" not in words_of(guest.get(f"/documents?host={host}&kind=strategy"))


def test_unpublished_documents_are_neither_listed_nor_counted_nor_found(place: Place) -> None:
    host_id, host = a_host(place.site, "Gmina tajemnic")
    with place.site.records() as store:
        draft = new_document(store, "# Zupełnie tajne\n\nTreść.\n", host_id=host_id)
    for visitor in (place.guest, place.visitor("neighbour"), place.visitor("official")):
        for address in ("/documents", f"/documents?host={host}", "/documents?q=tajne"):
            page = visitor.get(address)
            assert draft not in page.text
            assert "Zupełnie tajne" not in page.text
            assert "Gmina tajemnic" not in page.text
    assert draft in place.visitor("administrator").get("/documents?q=tajne").text


def test_the_lists_ask_as_often_for_many_as_for_few(site: Site) -> None:
    host_id, host = a_host(site, "Gmina liczb")
    numbers = []
    for count in (2, 18):
        for at in range(count):
            a_call(site, f"Sprawa {at}", host_id=host_id)
        asked = []
        for path in ("/consultations", "/documents", "/groups"):
            with counted() as sent:
                site.visitor().client.get(f"{path}?host={host}", buffered=True)
            asked.append(len(sent))
        numbers.append(asked)
    assert numbers[0] == numbers[1]
    assert max(numbers[1]) <= 8


def test_a_documents_page_tells_what_it_is_in_short_and_lets_its_editors_say_so(place: Place) -> None:
    guest = place.guest
    assert "nie ma jeszcze opisu w skrócie" in words_of(guest.get(f"{place.address}/about"))
    editor = place.visitor("editor")
    wrong = editor.send(
        f"{place.address}/about/edit", {"summary": "Krótko.", "easy_read_url": "latwo"}, expect=422
    )
    assert "To nie jest adres strony internetowej" in words_of(wrong)
    assert "Krótko." in wrong.text
    editor.send(
        f"{place.address}/about/edit",
        {"summary": "Krótko <b>o</b> tym.", "sign_language_url": "https://example.org/pjm"},
    )
    page = guest.get(f"{place.address}/about")
    assert "Krótko <b>o</b> tym." in words_of(page)
    assert "https://example.org/pjm" in page.text
    for role in ("neighbour", "member"):
        place.visitor(role).get(f"{place.address}/about/edit", expect=403)
    guest.get(f"{place.address}/about/edit", expect=303)


def test_about_a_document_nobody_published_others_are_told_nothing(place: Place) -> None:
    draft = new_draft(place)
    place.guest.get(f"/documents/{draft}/about", expect=404)
    place.visitor("neighbour").get(f"/documents/{draft}/about", expect=404)
    place.visitor("member").get(f"/documents/{draft}/about")


def test_a_long_title_fits_the_lists(site: Site) -> None:
    host_id, host = a_host(site, "Gmina <script>alert(1)</script>")
    a_call(site, "x" * 300, host_id=host_id, area="<b>obszar</b>")
    for path in ("/", "/consultations", "/documents"):
        page = site.visitor().get(f"{path}?host={host}")
        assert "<script>alert" not in page.text
        assert "<b>obszar" not in page.text
