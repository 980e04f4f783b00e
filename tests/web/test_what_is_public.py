"""What guests and strangers never get to see, wherever they look and whatever addresses they guess."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest

from consult.domain.policy.actors import OFFICIAL
from consult.services.comments import Sender
from consult.storage.database import db
from consult.storage.models import Person
from consult.storage.queries import comments as comment_queries
from tests.factories.records import NGO, comment_on, new_document, new_person, open_consultation
from tests.web.places import WORDS, Place, new_draft, new_place
from tests.web.visitors import Site

NAME, EMAIL = "Nazwisko Zastrzeżone", "zastrzezone@example.org"
RESIDENT = Sender(capacity="resident", name=NAME, email=EMAIL)
INTERNAL = "Uwaga robocza wyłącznie dla zespołu."


def public_addresses(place: Place) -> list[str]:
    """Every page of the document a guest may open."""
    here = place.address
    return [
        "/",
        "/documents",
        here,
        f"{here}/versions/1",
        f"{here}/comments",
        f"{here}/comments?placement=orphaned",
        f"{here}/history",
        f"{here}/downloads",
        f"{here}/compare",
        f"{here}/changes/1",
        f"{here}/text.md?version=1",
        f"{here}/text.html?version=1",
        f"/comments/{place.register_id}/1",
        f"/comments/{place.register_id}/2",
        "/search?q=uwaga",
        "/search?q=uzasadnienie",
        "/search?q=zastrzeżone",
    ]


def cells(content: bytes) -> list[str]:
    return [
        str(cell)
        for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        for cell in row
    ]


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_names_and_addresses_of_commenters_are_on_no_public_page(place: Place, role: str) -> None:
    place.comment(sender=RESIDENT)
    place.comment(None, sender=RESIDENT)
    visitor = place.visitor(role)
    for address in public_addresses(place):
        page = visitor.get(address, expect=(200, 403, 404))
        assert EMAIL not in page.text, address
        assert NAME not in page.text, address
    table = cells(visitor.get(f"{place.address}/text.xlsx").data)
    assert EMAIL not in table
    assert NAME not in table


@pytest.mark.parametrize("role", ["member", "editor", "administrator"])
def test_only_officials_get_the_names_of_commenters_in_the_table(place: Place, role: str) -> None:
    place.comment(sender=RESIDENT)
    assert NAME not in cells(place.visitor(role).get(f"{place.address}/text.xlsx").data)
    assert NAME in cells(place.visitor("official").get(f"{place.address}/text.xlsx").data)


def test_the_receipt_is_for_whoever_holds_its_secret_and_says_nothing_of_the_sender(place: Place) -> None:
    with place.site.records() as store:
        receipt = comment_on(store, place.slug, WORDS, sender=RESIDENT)
    where = f"/receipts/{receipt.register_id}/{receipt.receipt_no}"
    answer = place.guest.get(f"{where}/{receipt.secret}")
    assert NAME not in answer.text
    assert EMAIL not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    for wrong in (receipt.secret[:-1], receipt.secret.upper(), "x", "0" * 64, receipt.hash, "ż"):
        for visitor in (place.guest, place.visitor("official")):
            visitor.get(f"{where}/{wrong}", expect=404)


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_answers_are_nowhere_public_before_they_are_published(place: Place, role: str) -> None:
    place.comment()
    place.comment(None)
    reasons = f"Uzasadnienie jeszcze nieogłoszone: {place.slug}."
    for number in (1, 2):
        place.answer(number, outcome="rejected", justification=reasons)
    place.site.clock.advance(days=22)
    visitor = place.visitor(role)
    for address in [*public_addresses(place), f"{place.address}/comments?outcome=rejected"]:
        page = visitor.get(address, expect=(200, 403, 404))
        assert reasons not in page.text, address
    assert "uwaga-1" not in visitor.get(f"{place.address}/comments?outcome=rejected").text
    assert reasons not in cells(visitor.get(f"{place.address}/text.xlsx").data)
    assert "Nieuwzględniona" not in cells(visitor.get(f"{place.address}/text.xlsx").data)
    place.publish_answers()
    assert reasons in visitor.get(f"/comments/{place.register_id}/1").text
    assert reasons in cells(visitor.get(f"{place.address}/text.xlsx").data)


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_a_draft_nobody_published_is_not_there_for_strangers(place: Place, role: str) -> None:
    slug = new_draft(place, "# Tajny projekt\n\nZdanie kryptograficzne.\n")
    visitor = place.visitor(role)
    led = 303 if role == "guest" else 404
    for tail, expected in (
        ("", 404),
        ("/versions/1", 404),
        ("/draft", led),
        ("/comments", 404),
        ("/comments/new", 404),
        ("/history", 404),
        ("/changes/1", 404),
        ("/downloads", 404),
        ("/compare", 404),
        ("/text.md", 404),
        ("/text.docx?version=1", 404),
        ("/text.xlsx", 404),
        ("/revise", led),
        ("/publish", led),
        ("/consult", led),
        ("/sections/new", led),
        ("/sections/x", led),
    ):
        visitor.get(f"/documents/{slug}{tail}", expect=expected)
    for address in ("/", "/documents", "/search?q=kryptograficzne", "/search?q=tajny+projekt"):
        assert "ryptograficzne." not in visitor.get(address).text
        assert "Tajny projekt" not in visitor.get(address).text


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_the_working_draft_of_a_published_document_stays_inside(place: Place, role: str) -> None:
    place.comment()
    edit(place, "Wynik naboru ogłasza się", "Wynik naboru bezzwłocznie ogłasza się", note="Notatka poufna")
    visitor = place.visitor(role)
    refused = 303 if role == "guest" else 403
    here = place.address
    for tail, expected in (
        ("/draft", refused),
        ("/text.md", 403),
        ("/text.html", 403),
        ("/text.docx", 403),
        ("/changes/2", 403),
        (f"/sections/{place.section_id()}", refused),
        (f"/sections/{place.section_id()}/move", refused),
        (f"/sections/{place.section_id()}/remove", refused),
        (f"/sections/{place.section_id()}/history", refused),
        ("/sections/new", refused),
        ("/revise", refused),
        ("/publish", refused),
        ("/consult", refused),
    ):
        visitor.get(f"{here}{tail}", expect=expected)
    for tail in ("/compare?from=v1&to=draft", "/compare?from=draft&to=v1", "/history", "", "/comments"):
        page = visitor.get(f"{here}{tail}").text
        assert "bezzwłocznie" not in page, tail
        assert "Notatka poufna" not in page, tail
    for question in ("bezzwłocznie", "poufna"):
        assert "bezzwłocznie ogłasza" not in visitor.get(f"/search?q={question}").text
        assert "Notatka poufna" not in visitor.get(f"/search?q={question}").text


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_how_commented_words_fare_in_the_draft_shows_nowhere_outside(place: Place, role: str) -> None:
    """Readers and commenters see the published text: an edit still in the working draft moves nothing for them."""
    place.comment()
    visitor = place.visitor(role)
    pages = (f"/comments/{place.register_id}/1", f"{place.address}/comments", place.address)
    before = [visible(visitor.get(address).text) for address in pages]
    edit(place, WORDS, "bez zbędnej zwłoki")
    assert [visible(visitor.get(address).text) for address in pages] == before
    assert "uwaga-1" in visitor.get(f"{place.address}/comments?placement=placed").text
    assert "uwaga-1" not in place.visitor("editor").get(f"{place.address}/comments?placement=placed").text
    place.publish()
    assert "uwaga-1" in visitor.get(f"{place.address}/comments?placement=placed").text, (
        "still the consulted text"
    )
    place.site.clock.advance(days=22)
    assert visible(visitor.get(pages[0]).text) != before[0]
    assert "uwaga-1" not in visitor.get(f"{place.address}/comments?placement=placed").text


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_the_history_of_published_words_shows_no_words_that_never_were_published(
    place: Place, role: str
) -> None:
    edit(place, "Wynik naboru", "Wynik wstydliwej pomyłki", note="Nazwisko w notatce")
    edit(place, "Wynik wstydliwej pomyłki", "Wynik ostateczny", note="Poprawka")
    place.publish()
    visitor = place.visitor(role)
    for number in (1, 2, 3):
        page = visitor.get(f"{place.address}/changes/{number}").text
        assert "wstydliwej" not in page
        assert "Nazwisko w notatce" not in page
        assert place.people.editor.name not in page
    assert "ostateczny" in visitor.get(f"{place.address}/compare?from=v1&to=v2").text
    inside = place.visitor("member").get(f"{place.address}/changes/2").text
    assert "wstydliwej" in inside
    assert "Nazwisko w notatce" in inside


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_comments_the_team_made_outside_of_a_consultation_stay_inside(site: Site, role: str) -> None:
    place = new_place(site)
    with site.records() as store:
        slug = new_document(store, host_id=place.people.host_id)
        receipt = comment_on(store, slug, WORDS, text=INTERNAL, actor=place.people.editor)
        open_consultation(store, slug)
        comment_on(store, slug, WORDS, text="Uwaga z konsultacji.", sender=NGO)
    assert receipt.register_id
    visitor = place.visitor(role)
    here = f"/documents/{slug}"
    for address in (
        here,
        f"{here}/versions/1",
        f"{here}/comments",
        f"/comments/{receipt.register_id}/1",
        "/search?q=robocza",
        "/search?q=wy%C5%82%C4%85cznie+dla+zespo%C5%82u",
    ):
        page = visitor.get(address, expect=(200, 404)).text
        assert INTERNAL not in page, address
        assert "robocza wyłącznie" not in re.sub("<[^>]*>", "", page), address
    assert INTERNAL not in cells(visitor.get(f"{here}/text.xlsx").data)
    assert visitor.get(here).text.count('class="card"') == 1
    assert INTERNAL in place.visitor("member").get(f"{here}/draft").text


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_a_change_caused_by_an_internal_comment_does_not_repeat_it_to_strangers(
    site: Site, role: str
) -> None:
    from consult.services import drafting
    from consult.services.changes import Cause
    from tests.factories.records import publish, section

    place = new_place(site)
    with site.records() as store:
        slug = new_document(store, host_id=place.people.host_id)
        publish(store, slug)
        receipt = comment_on(store, slug, None, text=INTERNAL, actor=place.people.editor)
        one = section(slug, "Zlecanie zadań")
        drafting.save_section(
            place.people.editor,
            slug,
            one.section_id,
            source=one.source.replace("Wynik", "Pełny wynik"),
            base_text_id=one.text_id,
            cause=Cause("comment", receipt.comment_ids[0]),
            now=store.now,
        )
        publish(store, slug, "drugi")
    visitor = place.visitor(role)
    for tail in ("/compare?from=v1&to=v2", "/changes/2", "/history"):
        page = visitor.get(f"/documents/{slug}{tail}").text
        assert "robocza" not in page
        assert f"/comments/{receipt.register_id}/" not in page
    assert "robocza" in place.visitor("official").get(f"/documents/{slug}/compare?from=v1&to=v2").text


@pytest.mark.parametrize("role", ["guest", "neighbour", "member", "editor", "administrator"])
def test_the_workbench_is_for_officials_of_the_office_only(place: Place, role: str) -> None:
    place.comment()
    visitor = place.visitor(role)
    refused = 303 if role == "guest" else 403
    visitor.get(place.workbench, expect=refused)
    visitor.get(f"{place.workbench}/1", expect=refused)
    before = place.site.counts()
    # what a guest typed is handed back on a page of its own, since their sign-in may have run out
    visitor.post(f"{place.workbench}/1", {"outcome": "accepted", "justification": "x"}, expect=403)
    visitor.post(f"/consultations/{place.consultation_id}/publish", expect=(303, 403))
    assert place.site.counts() == before
    with place.site.records():
        comment = comment_queries.find_comment(place.register_id, 1, with_drafts=True)
        assert comment is not None
        assert comment.answer is None


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("neighbour", ()),
        ("member", ()),
        ("administrator", ()),
        ("editor", ("edit", "add", "move", "remove", "revise")),
        ("official", ("edit", "add", "move", "remove", "revise", "publish", "consult")),
    ],
)
def test_pages_that_change_a_document_open_for_those_who_may(
    place: Place, role: str, allowed: tuple[str, ...]
) -> None:
    section = f"{place.address}/sections/{place.section_id()}"
    pages = {
        "edit": section,
        "add": f"{place.address}/sections/new",
        "move": f"{section}/move",
        "remove": f"{section}/remove",
        "revise": f"{place.address}/revise",
        "publish": f"{place.address}/publish",
        "consult": f"{place.address}/consult",
    }
    visitor = place.visitor(role)
    before = place.site.counts()
    for name, address in pages.items():
        visitor.get(address, expect=200 if name in allowed else 403)
        if name not in allowed:
            visitor.post(address, {"source": "# x", "title": "x", "label": "x", "note": "x"}, expect=403)
    assert place.site.counts() == before


def test_a_refusal_says_who_may(place: Place) -> None:
    page = place.visitor("editor").get(f"{place.address}/publish", expect=403)
    assert (
        place.visitor("editor", language="en").get(f"{place.address}/publish", expect=403).text != page.text
    )
    assert "Wersje publikują tylko osoby prowadzące konsultacje w urzędzie" in page.text


def test_a_person_whose_account_was_closed_is_a_guest(place: Place) -> None:
    with place.site.records() as store:
        official = new_person(store, (place.people.host_id, OFFICIAL))
    visitor = place.site.visitor(official)
    visitor.get(f"{place.address}/publish")
    with place.site.records() as store:
        person = db.session.get(Person, official.id)
        assert person
        person.disabled_at = store.now
        db.session.commit()
    visitor.get(f"{place.address}/publish", expect=303)


def visible(page: str) -> str:
    """A page without the token of its sign-out form, which names the second it was made in."""
    return re.sub(r"\s+", " ", re.sub(r'name="csrf_token" value="[^"]*"', "", page))


def edit(place: Place, old: str, new: str, *, note: str = "") -> None:
    """An editor replaces words of the section about grants in the working draft."""
    source = place.source()
    assert old in source
    place.visitor("editor").send(
        f"{place.address}/sections/{place.section_id()}", {"source": source.replace(old, new), "note": note}
    )
