"""Every page on which an official sees who sent something is noted: for the host, and for the person concerned."""

from __future__ import annotations

from sqlalchemy import select, text

from consult.services import submissions
from consult.services.comments import Sender
from consult.storage.database import db
from consult.storage.models import ContactView
from tests.factories.letters_on_paper import enter_letter
from tests.factories.records import comment_on, small_picture
from tests.web.places import WORDS, Place

SENDER = Sender(capacity="resident", name="Mieszkanka z danymi", email="z-danymi@example.org")
NAMELESS = Sender(capacity="resident")


def views(place: Place) -> list[tuple[str, str]]:
    """(place, receipts) of every view noted, the first first."""
    with place.site.records():
        rows = db.session.scalars(
            select(ContactView).where(ContactView.register_id == place.register_id).order_by(ContactView.id)
        )
        return [(row.place, row.receipts) for row in rows]


def test_every_page_with_a_name_is_one_line_of_the_log(place: Place) -> None:
    with place.site.records() as store:
        first = comment_on(store, place.slug, WORDS, sender=SENDER)
        comment_on(store, place.slug, WORDS, sender=NAMELESS)
        second = comment_on(store, place.slug, WORDS, sender=SENDER)
        letter = enter_letter(store, place.consultation_id)
    official = place.visitor("official")
    register = f"/consultations/{place.consultation_id}/submissions"
    everybody = f",{first.receipt_no},{second.receipt_no},{letter.receipt_no},"
    assert SENDER.name in official.get(register).text
    assert views(place) == [("register", everybody)]
    official.get(f"{register}/{second.receipt_no}")
    official.get(f"{register}/{first.receipt_no + 1}")  # nobody's name
    official.get(f"{register}/{letter.receipt_no}")
    official.get(f"{register}/{first.receipt_no}/receipt")
    official.get(f"{register}/{first.receipt_no}/receipt.pdf")
    official.get(f"/consultations/{place.consultation_id}/answers/{first.numbers[0]}")
    official.get(f"/documents/{place.slug}/text.xlsx")
    one, two, three = (f",{receipt.receipt_no}," for receipt in (first, second, letter))
    assert views(place)[1:] == [
        ("submission", two),
        ("submission", three),
        ("receipt", one),
        ("receipt", one),
        ("answer", one),
        ("table", everybody),
    ]


def test_an_original_file_is_noted_whoever_sent_it(place: Place) -> None:
    with place.site.records() as store:
        receipt = comment_on(store, place.slug, WORDS, sender=NAMELESS)
        scan = submissions.NewFile(small_picture(), "skan.png")
        submissions.add_scans(
            place.people.official, place.consultation_id, receipt.receipt_no, [scan], now=store.now
        )
    official = place.visitor("official")
    where = f"/consultations/{place.consultation_id}/submissions/{receipt.receipt_no}"
    official.get(f"{where}/files/1")
    assert ("file", f",{receipt.receipt_no},") in views(place)


def test_the_host_sees_who_looked_and_others_see_nothing(place: Place) -> None:
    with place.site.records() as store:
        receipt = comment_on(store, place.slug, WORDS, sender=SENDER)
        slug = db.session.scalar(
            text("SELECT slug FROM organisation WHERE id = :id").bindparams(id=place.people.host_id)
        )
    official = place.visitor("official")
    official.get(f"/consultations/{place.consultation_id}/submissions/{receipt.receipt_no}")
    where = f"/hosts/{slug}/contact-views"
    shown = official.get(where).text
    assert "na stronie zgłoszenia" in shown
    assert f"/submissions/{receipt.receipt_no}" in shown
    assert SENDER.name not in shown, "the log does not repeat what was looked at"
    assert "na stronie zgłoszenia" in place.visitor("administrator").get(where).text
    assert place.visitor("editor").get(where, expect=403)
    assert place.visitor("neighbour").get(where, expect=403)
    assert place.guest.get(where, expect=303)


def test_people_find_who_looked_at_their_own_data(place: Place) -> None:
    with place.site.records() as store:
        mine = comment_on(store, place.slug, WORDS, actor=place.people.neighbour, sender=SENDER)
        other = comment_on(store, place.slug, WORDS, sender=SENDER)
    official, person = place.visitor("official"), place.visitor("neighbour")
    assert "Jak dotąd nikt." in person.get("/account/data").text
    register = f"/consultations/{place.consultation_id}/submissions"
    official.get(f"{register}/{other.receipt_no}")
    assert "Jak dotąd nikt." in person.get("/account/data").text, "a view of somebody else's data is not mine"
    official.get(f"{register}/{mine.receipt_no}")
    page = person.get("/account/data").text
    assert f"zgłoszenie {mine.receipt_no}" in page
    assert f"zgłoszenie {other.receipt_no}" not in page
    kept = person.get("/account/data/file").json["views_of_my_data"]  # type: ignore[index]
    assert [(one["place"], one["receipts"]) for one in kept] == [("submission", [mine.receipt_no])]
