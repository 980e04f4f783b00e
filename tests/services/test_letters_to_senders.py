"""Whoever left an address hears that their comment arrived and what became of it, once, and nothing of anybody else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import update

from consult.domain.errors import Conflict
from consult.domain.policy.actors import ANONYMOUS, SYSTEM, Actor
from consult.ports.mail import Letter
from consult.services import accounts, comments, dispositions
from consult.services.comments import Receipt, Remark, Sender
from consult.storage.database import db
from consult.storage.models.comments import PersonData
from consult.storage.models.letters import OutgoingLetter
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries.accounts import people
from tests.factories.apps import Store
from tests.factories.records import NGO, RESIDENT, comment_on, new_document, new_people, open_consultation

NEIGHBOUR = Sender(capacity="resident", name="Sąsiad", email="sasiad@example.org")


@pytest.fixture
def consultation_id(store: Store) -> int:
    return open_consultation(store, new_document(store))


@pytest.fixture
def slug(consultation_id: int) -> str:
    return consultation_queries.get_consultation(consultation_id).slug


def letters(store: Store, about: str, to: str | None = None) -> list[Letter]:
    """Letters that left, by a piece of their subject."""
    sent: list[Letter] = store.ports.mailer.sent  # type: ignore[attr-defined]
    return [letter for letter in sent if about in letter.subject and to in (None, letter.to)]


def received(store: Store, to: str | None = None) -> list[Letter]:
    return letters(store, "przyjęt", to)


def answered(store: Store, to: str | None = None) -> list[Letter]:
    return letters(store, "Odpowied", to)


def publish_answers(store: Store, consultation_id: int, outcome: str = "rejected") -> None:
    store.clock.advance(days=22)
    register = consultation_queries.get_consultation(consultation_id).register_id
    for row in queries.list_comments(register, with_drafts=True):
        dispositions.save_disposition(
            SYSTEM, row.id, outcome=outcome, justification="Powody.", expected_revision=0, now=store.now
        )
    dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now)


def email_of(actor: Actor) -> str:
    found = people.find_person(actor.id or 0)
    assert found is not None
    return found.email


def path_of(receipt: Receipt) -> str:
    return f"/comments/{receipt.register_id}/{receipt.numbers[0]}"


def test_whoever_left_an_address_gets_the_numbers_of_what_was_received(store: Store, slug: str) -> None:
    receipt = comment_on(store, slug, "siedmiu dni", actor=ANONYMOUS, sender=RESIDENT)
    (letter,) = received(store)
    assert letter.to == RESIDENT.email
    for part in (letter.text, letter.html):
        assert path_of(receipt) in part
        assert f"{receipt.register_id}/{receipt.receipt_no}" in part
        assert "Zlecanie zadań" in part
        assert "Uwagi można zgłaszać do" in part


def test_the_letter_speaks_the_language_of_the_page_it_was_sent_from(store: Store, slug: str) -> None:
    comments.submit_comments(ANONYMOUS, slug, [Remark("Why?")], RESIDENT, language="en", now=store.now)
    (letter,) = letters(store, "received")
    assert letter.language == "en"
    assert "Comments are taken until" in letter.text


def test_the_secret_of_the_receipt_is_neither_in_the_letter_nor_kept(store: Store, slug: str) -> None:
    receipt = comment_on(store, slug, actor=ANONYMOUS, sender=RESIDENT, form_token="abc")
    (letter,) = received(store)
    assert receipt.secret not in letter.text + letter.html
    assert "/receipts/" not in letter.text + letter.html
    assert all(receipt.secret not in row.ref for row in db.session.query(OutgoingLetter))


def test_the_office_carries_nobodys_words_to_an_address_nobody_confirmed(store: Store, slug: str) -> None:
    sender = replace(RESIDENT, name="Kliknij https://example.com")
    comment_on(store, slug, text="Zobacz https://example.com/nagroda", actor=ANONYMOUS, sender=sender)
    (letter,) = received(store)
    assert "example.com" not in letter.subject + letter.text + letter.html


def test_a_letter_holds_no_other_persons_data(store: Store, consultation_id: int, slug: str) -> None:
    first = comment_on(store, slug, actor=ANONYMOUS, sender=RESIDENT)
    second = comment_on(store, slug, text="Inaczej.", actor=ANONYMOUS, sender=NEIGHBOUR)
    publish_answers(store, consultation_id)
    for own, others, theirs, foreign in (
        (RESIDENT, NEIGHBOUR, first, second),
        (NEIGHBOUR, RESIDENT, second, first),
    ):
        (arrived,), (decided,) = received(store, own.email), answered(store, own.email)
        for letter in (arrived, decided):
            said = letter.subject + letter.text + letter.html
            assert re.search(rf"{path_of(theirs)}\b", said)
            assert not re.search(rf"{path_of(foreign)}\b", said)
            assert others.email not in said
            assert others.name not in said


def test_a_form_sent_twice_is_confirmed_once(store: Store, slug: str) -> None:
    for _ in range(2):
        comment_on(store, slug, actor=ANONYMOUS, sender=RESIDENT, form_token="abc")
    with pytest.raises(Conflict):
        comment_on(store, slug, text="Inne.", actor=ANONYMOUS, sender=RESIDENT, form_token="abc")
    assert len(received(store)) == 1


def test_without_an_address_no_letter_is_asked_for(store: Store, consultation_id: int, slug: str) -> None:
    comment_on(store, slug, actor=ANONYMOUS, sender=NGO)
    publish_answers(store, consultation_id)
    assert received(store) == answered(store) == []
    assert [row for row in db.session.query(OutgoingLetter) if row.letter.startswith("comments/")] == []


def test_a_signed_in_person_gets_one_letter_of_each_kind(
    store: Store, consultation_id: int, slug: str
) -> None:
    neighbour = new_people(store).neighbour
    email = email_of(neighbour)
    own = replace(RESIDENT, email=email)
    comment_on(store, slug, actor=neighbour, sender=own)
    assert [letter.to for letter in received(store)] == [email]
    comment_on(store, slug, text="Jeszcze.", actor=neighbour, sender=own)
    comment_on(
        store, slug, text="Bez zalogowania.", actor=ANONYMOUS, sender=replace(own, email=email.upper())
    )
    publish_answers(store, consultation_id, "partly")
    (letter,) = answered(store)
    assert letter.to == email
    assert letter.text.count("/comments/") == 3
    assert letter.text.count("Uwzględni") == 3


def test_a_guest_gets_one_letter_for_all_their_comments(
    store: Store, consultation_id: int, slug: str
) -> None:
    numbers = [
        comment_on(store, slug, text=text, actor=ANONYMOUS, sender=RESIDENT).numbers[0] for text in ("A", "B")
    ]
    assert len(received(store)) == 2
    publish_answers(store, consultation_id)
    (letter,) = answered(store)
    assert all(f"Uwaga nr {number} " in letter.text for number in numbers)
    dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now)
    assert len(answered(store)) == 1


def test_what_an_official_types_in_is_told_to_its_sender_and_not_to_the_official(store: Store) -> None:
    office = new_people(store)
    slug = new_document(store, host_id=office.host_id)
    consultation_id = open_consultation(store, slug)
    on_paper = replace(RESIDENT, channel="paper", received_on=store.now.date())
    comment_on(store, slug, actor=office.official, sender=on_paper)
    comment_on(store, slug, text="Bez adresu.", actor=office.official, sender=replace(on_paper, email=""))
    assert [letter.to for letter in received(store)] == [RESIDENT.email]
    publish_answers(store, consultation_id)
    assert [letter.to for letter in answered(store)] == [RESIDENT.email]


def test_an_erased_address_gets_no_letter(store: Store, consultation_id: int, slug: str) -> None:
    office = new_people(store)
    own = replace(RESIDENT, email=email_of(office.neighbour))
    comment_on(store, slug, actor=office.neighbour, sender=own)
    comment_on(store, slug, text="Jako gość.", actor=ANONYMOUS, sender=NEIGHBOUR)
    request_id = accounts.ask_data_request(office.neighbour, "erase", now=store.now)
    accounts.decide_data_request(
        office.administrator, request_id, decision="carried_out", reason="", now=store.now
    )
    db.session.execute(
        update(PersonData).where(PersonData.email == NEIGHBOUR.email).values(email="", name="")
    )
    db.session.commit()
    publish_answers(store, consultation_id)
    assert (len(received(store)), answered(store)) == (2, [])


def test_answers_reach_a_guest_in_the_language_of_the_page_the_comment_was_sent_from(
    store: Store, consultation_id: int, slug: str
) -> None:
    english = Sender(capacity="resident", name="Guest", email="guest@example.org")
    comments.submit_comments(ANONYMOUS, slug, [Remark(text="Why?")], english, language="en", now=store.now)
    comments.submit_comments(
        ANONYMOUS, slug, [Remark(text="Czemu?")], NEIGHBOUR, language="pl", now=store.now
    )
    publish_answers(store, consultation_id)
    told = {
        letter.to: letter
        for letter in store.ports.mailer.sent
        if "answer" in letter.text or "odpowied" in letter.text
    }  # type: ignore[attr-defined]
    assert "The host has published its answers" in told[english.email].text
    assert "The host has published its answers" not in told[NEIGHBOUR.email].text


def test_titles_in_a_letter_in_another_language_say_in_which_they_are(
    store: Store, consultation_id: int, slug: str
) -> None:
    english = Sender(capacity="resident", name="Guest", email="guest@example.org")
    comments.submit_comments(ANONYMOUS, slug, [Remark(text="Why?")], english, language="en", now=store.now)
    (letter,) = [one for one in store.ports.mailer.sent if one.to == english.email]  # type: ignore[attr-defined]
    assert '<span lang="pl">Zasady współpracy</span>' in letter.html
    assert "<span" not in letter.text
