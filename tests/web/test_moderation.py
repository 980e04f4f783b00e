"""Hidden words go nowhere: no page, feed, file or answer to a search holds them for anybody but the host and the author."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from consult.domain.policy.actors import OFFICIAL, Actor
from consult.services import comments, moderation, search
from consult.services.comments import Receipt
from tests.factories.records import comment_on, hide_comment, new_person
from tests.web.places import WORDS, Place, new_place, things_to_name
from tests.web.visitors import Site, Visitor, words_of

PLANTED = "gniazdowisko"
"""Stands in one comment only: in its words, its proposed wording and the names given with it."""

BESIDE = "kanarkowisko"
"""Stands beside it. Searches ask for this word, since a page of results repeats what was asked."""

KINDS = ("xlsx", "csv", "docx", "odt", "md", "html", "zip", "xml", "pdf", "json")


def plant(place: Place, beside: str = BESIDE) -> Receipt:
    sender = comments.Sender(
        capacity="ngo", organisation_name=f"Koło {PLANTED}", name=f"Ja {PLANTED}", shown_as="name"
    )
    with place.site.records() as store:
        receipt = comment_on(
            store,
            place.slug,
            WORDS,
            text=f"Ten {PLANTED} {beside} urzędnik nie odbiera telefonu i nie odpisuje na listy.",
            proposed=f"w ciągu {PLANTED} {beside} dni",
            sender=sender,
            actor=place.people.neighbour,
        )
        search.reindex(now=store.clock.now)
    return receipt


def hide(place: Place, receipt: Receipt) -> None:
    with place.site.records() as store:
        hide_comment(store, receipt)


def page_of(receipt: Receipt) -> str:
    return f"/comments/{receipt.register_id}/{receipt.numbers[0]}"


def receipt_page(receipt: Receipt) -> str:
    return f"/receipts/{receipt.register_id}/{receipt.receipt_no}/{receipt.secret}"


def addresses(place: Place, receipt: Receipt, beside: str = BESIDE) -> list[str]:
    """Every address one can GET about the comment, its document and its consultation, by the rules of all pages."""
    given = things_to_name(place)
    own: dict[str, object] = {
        "register_id": receipt.register_id,
        "consultation_id": place.consultation_id,
        "slug": place.slug,
    }
    asked = {
        f"/search?q={beside}",
        f"/search.json?q={beside}",
        f"/documents/{place.slug}/search?q={beside}",
        f"/documents/{place.slug}/comments?q={beside}",
        *(f"/documents/{place.slug}/text.{kind}" for kind in KINDS),
    }
    with place.site.app.test_request_context():
        adapter = place.site.app.url_map.bind("localhost")
        for rule in place.site.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or "secret" in rule.arguments or rule.endpoint == "static":
                continue
            values = given(rule)
            about = {name: value for name, value in own.items() if name in values}
            number = {"number": receipt.numbers[0]} if "register_id" in values else {}
            asked.add(adapter.build(rule.endpoint, values | about | number))
            asked.add(adapter.build(rule.endpoint, values))
    return sorted(asked)


def contents(data: bytes) -> Iterator[str]:
    """What a page or a file says, archives opened."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from contents(archive.read(name))
    else:
        yield data.decode(errors="replace")


def read_at(visitor: Visitor, asked: list[str]) -> list[str]:
    """Where the visitor reads the planted word."""
    found = []
    for address in asked:
        answer = visitor.get(address, expect=(200, 302, 303, 304, 403, 404, 409, 410, 422))
        if any(PLANTED in said for said in contents(answer.data)):
            found.append(address)
    return found


@dataclass(frozen=True)
class Hidden:
    place: Place
    receipt: Receipt
    asked: list[str]


@pytest.fixture(scope="module")
def hidden(whole_site: Site) -> Hidden:
    """A comment everybody could read, then hidden; the index had heard of its words."""
    place = new_place(whole_site)
    receipt = plant(place)
    asked = addresses(place, receipt)
    read = read_at(place.guest, asked)
    assert len(read) > 6, f"what is hidden later was to be read before: {read}"
    hide(place, receipt)
    return Hidden(place, receipt, asked)


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_hidden_words_are_nowhere_for_the_public(hidden: Hidden, role: str) -> None:
    place = hidden.place
    visitor = place.guest if role == "guest" else place.site.visitor(_stranger(place))
    assert read_at(visitor, hidden.asked) == []
    with place.site.records() as store:
        search.reindex(now=store.clock.now)
    assert read_at(visitor, [address for address in hidden.asked if "search" in address]) == []


def _stranger(place: Place) -> Actor:
    with place.site.records() as store:
        return new_person(store)


def test_a_note_stands_in_their_place_and_the_number_stays(hidden: Hidden) -> None:
    place, receipt = hidden.place, hidden.receipt
    for address in (page_of(receipt), place.address, f"{place.address}/comments"):
        shown = words_of(place.guest.get(address))
        assert "Urząd ukrył treść tej uwagi." in shown
        assert "Obraża kogoś." in shown
        assert "Obraża pracownika." in shown


def test_the_host_and_the_author_still_read_them_and_the_host_answers(hidden: Hidden) -> None:
    place, receipt = hidden.place, hidden.receipt
    official = place.visitor("official")
    for address in (
        page_of(receipt),
        f"{page_of(receipt)}/moderation",
        place.workbench + f"/{receipt.numbers[0]}",
    ):
        assert PLANTED in official.get(address).text, address
    assert PLANTED in place.guest.get(receipt_page(receipt)).text
    assert PLANTED in place.visitor("neighbour").get("/account/comments").text


def test_the_author_appeals_by_the_secret_link_and_another_official_decides(place: Place) -> None:
    receipt = plant(place)
    official = place.visitor("official")
    case = f"{page_of(receipt)}/moderation"
    refused = official.send(case, {"act": "hide", "words": "Obraża."}, expect=422)
    assert "Wybierz, dlaczego" in words_of(refused)
    assert "Obraża." in refused.text
    official.send(case, {"act": "hide", "reason": "insults", "words": "Obraża."})
    appeal = f"{receipt_page(receipt)}/comments/{receipt.numbers[0]}/appeal"
    assert appeal in place.guest.get(receipt_page(receipt)).text
    place.guest.send(appeal, {"words": ""}, expect=422)
    place.guest.send(appeal, {"words": "Nikogo nie obraża."})
    desk = f"/consultations/{place.consultation_id}/moderation"
    assert case in official.get(desk).text
    assert "rozpatrzy inna osoba" in words_of(official.get(case))
    token = official.token(desk)
    official.post(case, {"csrf_token": token, "act": "restore", "words": "Sam."}, expect=422)
    with place.site.records() as store:
        other = new_person(store, (place.people.host_id, OFFICIAL))
    colleague = place.site.visitor(other)
    assert "Nikogo nie obraża." in words_of(colleague.get(case))
    colleague.send(case, {"act": "restore", "words": "Rzeczywiście nie."})
    assert PLANTED in place.guest.get(page_of(receipt)).text


def test_comments_wait_where_the_office_looks_first(place: Place) -> None:
    official = place.visitor("official")
    desk = f"/consultations/{place.consultation_id}/moderation"
    official.send(desk, {"rule": "before"})
    receipt = plant(place)
    shown = place.guest.get(page_of(receipt))
    assert "Ta uwaga czeka na publikację." in words_of(shown)
    assert PLANTED not in shown.text
    waiting = place.guest.get(receipt_page(receipt))
    assert PLANTED in waiting.text
    assert "czeka na publikację" in words_of(waiting)
    assert PLANTED not in place.guest.get(place.address).text
    assert "urzędnik" in official.get(desk).text
    official.send(f"{page_of(receipt)}/moderation", {"act": "publish"})
    assert PLANTED in place.guest.get(page_of(receipt)).text
    assert PLANTED in place.guest.get(place.address).text


def test_moderation_is_the_officials(place: Place) -> None:
    receipt = plant(place)
    for role in ("neighbour", "editor", "administrator"):
        visitor = place.visitor(role)
        visitor.get(f"{page_of(receipt)}/moderation", expect=403)
        visitor.get(f"/consultations/{place.consultation_id}/moderation", expect=403)
    with place.site.records() as store:
        moderation.set_moderation_rule(
            place.people.official, place.consultation_id, before=False, now=store.now
        )


def test_hidden_words_stay_hidden_when_the_answers_are_published(place: Place) -> None:
    receipt = plant(place, "sikorkowisko")
    hide(place, receipt)
    place.site.clock.advance(days=22)
    place.answer(receipt.numbers[0])
    place.publish_answers()
    place.publish()
    with place.site.records() as store:
        search.reindex(now=store.clock.now)
    assert read_at(place.guest, addresses(place, receipt, "sikorkowisko")) == []
    shown = words_of(place.guest.get(page_of(receipt)))
    assert "Uzasadnienie urzędu." in shown, "it is answered like any other"
    assert "Urząd ukrył treść tej uwagi." in shown


def test_the_public_table_says_that_words_are_hidden(place: Place) -> None:
    receipt = plant(place)
    hide(place, receipt)
    table = place.guest.get(f"/documents/{place.slug}/text.xlsx")
    said = "".join(contents(table.data))
    assert "[treść ukryta przez urząd]" in said
    assert PLANTED not in said
    assert PLANTED in "".join(
        contents(place.visitor("official").get(f"/documents/{place.slug}/text.xlsx").data)
    )
