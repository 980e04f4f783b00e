"""No comment is lost, counted twice, or taken when none may be."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from consult.domain.errors import Conflict, ConsultError, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.domain.process.windows import WARSAW
from consult.domain.text.spans import Span
from consult.services import comments, consultations, quotations
from consult.services.comments import Pointing, Remark, Sender
from consult.services.consultations import Details
from consult.services.verification import verify_documents
from consult.storage.queries import comments as queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from consult.storage.unit_of_work import end_reading
from tests.factories.apps import Store
from tests.factories.records import (
    NGO,
    RESIDENT,
    comment_on,
    new_document,
    new_host,
    new_people,
    open_consultation,
    publish,
    section,
)


@pytest.fixture
def slug(store: Store) -> str:
    """A document consulted for 21 days from now."""
    slug = new_document(store)
    open_consultation(store, slug)
    return slug


def all_comments(slug: str) -> list[queries.CommentRow]:
    document = document_queries.get_document(slug, EVERYTHING)
    return queries.list_document_comments(document.id, with_drafts=True)


def send(
    store: Store, slug: str, *remarks: Remark, sender: Sender = NGO, token: str = ""
) -> comments.Receipt:
    return comments.submit_comments(ANONYMOUS, slug, remarks, sender, form_token=token, now=store.now)


# When


def test_a_comment_is_taken_until_the_last_moment_and_refused_one_second_after(
    store: Store, slug: str
) -> None:
    store.clock.advance(days=21, seconds=-1)
    comment_on(store, slug, "siedmiu dni", actor=ANONYMOUS)
    store.clock.advance(seconds=2)
    with pytest.raises(RuleBroken) as refusal:
        comment_on(store, slug, "siedmiu dni", actor=ANONYMOUS)
    assert refusal.value.code == "rule.consultation_closed"
    assert len(all_comments(slug)) == 1


def test_the_very_moment_of_closing_is_too_late(store: Store, slug: str) -> None:
    store.clock.advance(days=21)
    with pytest.raises(RuleBroken):
        comment_on(store, slug, "siedmiu dni", actor=ANONYMOUS)


def test_before_any_consultation_there_is_nothing_to_comment_in(store: Store) -> None:
    slug = new_document(store)
    publish(store, slug)
    with pytest.raises(NotPermitted):
        comment_on(store, slug, "siedmiu dni", actor=ANONYMOUS)


def test_a_comment_in_good_time_by_post_is_entered_in_its_consultation_after_the_end(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    consultation_id = open_consultation(store, slug)
    on_paper = replace(RESIDENT, channel="paper", received_on=store.now.date() + timedelta(days=20))
    store.clock.advance(days=22)
    comment_on(store, slug, actor=people.official, sender=on_paper)
    too_late = replace(on_paper, received_on=store.now.date())
    comment_on(store, slug, actor=people.official, sender=too_late)
    assert [row.consultation_id for row in all_comments(slug)] == [consultation_id, None]


@pytest.mark.parametrize(("decides", "is_in_time"), [("postmark", True), ("receipt", False)])
def test_a_letter_posted_in_time_that_came_late_counts_where_the_postmark_decides(
    store: Store, decides: str, is_in_time: bool
) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    publish(store, slug)
    consultation_id = consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=1,
        title="Konsultacje",
        legal_basis="resolution",
        opens_at=store.now,
        closes_at=store.now + timedelta(days=21),
        details=Details(decides=decides),
        now=store.now,
    )
    began = store.now.date()
    late = replace(RESIDENT, channel="paper", received_on=began + timedelta(days=24))
    store.clock.advance(days=25)
    comment_on(
        store, slug, actor=people.official, sender=replace(late, postmark_on=began + timedelta(days=20))
    )
    comment_on(
        store, slug, actor=people.official, sender=replace(late, postmark_on=began + timedelta(days=22))
    )
    comment_on(store, slug, actor=people.official, sender=late)
    in_time, *others = [row.consultation_id for row in all_comments(slug)]
    assert in_time == (consultation_id if is_in_time else None)
    assert others == [None, None]
    assert verify_documents(SYSTEM, slug)[0].fault is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"channel": "email", "postmark_on": 1}, "invalid.postmark_without_letter"),
        ({"channel": "paper", "postmark_on": 3}, "invalid.postmark_after_receipt"),
    ],
)
def test_a_postmark_stands_on_paper_and_not_after_the_day_it_came(
    store: Store, given: dict[str, object], code: str
) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    open_consultation(store, slug)
    today = store.now.date()
    sender = replace(
        RESIDENT,
        channel=str(given["channel"]),
        received_on=today + timedelta(days=2),
        postmark_on=today + timedelta(days=int(str(given["postmark_on"]))),
    )
    store.clock.advance(days=5)
    with pytest.raises(InvalidInput) as refusal:
        comment_on(store, slug, actor=people.official, sender=sender)
    assert refusal.value.code == code


def test_what_the_host_received_is_entered_by_its_officials_only(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    open_consultation(store, slug)
    for sender in (
        replace(RESIDENT, channel="paper"),
        replace(RESIDENT, case_sign="AB.1.2026"),
        replace(RESIDENT, received_on=store.now.date()),
    ):
        for actor in (people.guest, people.neighbour, people.member, people.editor, people.administrator):
            with pytest.raises(NotPermitted):
                comment_on(store, slug, actor=actor, sender=sender)
        comment_on(store, slug, actor=people.official, sender=sender)


def test_a_day_of_receipt_is_a_day_in_warsaw(store: Store, slug: str) -> None:
    store.clock.at = store.now.astimezone(WARSAW).replace(day=5, hour=0, minute=30)
    comment_on(store, slug, actor=ANONYMOUS)
    assert all_comments(slug)[0].received_on.day == 5


# Once


def test_a_form_sent_twice_makes_one_submission_and_one_receipt(store: Store, slug: str) -> None:
    first = send(store, slug, Remark("Za długo."), token="abc")
    second = send(store, slug, Remark("Za długo."), token="abc")
    assert (second.numbers, second.hash, second.secret) == (first.numbers, first.hash, first.secret)
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert len(all_comments(slug)) == 1


def test_a_form_sent_again_after_the_end_still_opens_its_receipt(store: Store, slug: str) -> None:
    first = send(store, slug, Remark("Za długo."), token="abc")
    store.clock.advance(days=30)
    assert send(store, slug, Remark("Za długo."), token="abc").hash == first.hash


def test_a_form_sent_again_with_other_words_is_not_taken_for_the_first(store: Store, slug: str) -> None:
    send(store, slug, Remark("Za długo."), token="abc")
    with pytest.raises(Conflict) as refusal:
        send(store, slug, Remark("Za krótko."), token="abc")
    assert refusal.value.code == "conflict.form_already_sent"
    assert [row.text for row in all_comments(slug)] == ["Za długo."]


def test_a_form_pressed_many_times_at_once_makes_one_submission(any_store: Store) -> None:
    slug = new_document(any_store)
    open_consultation(any_store, slug)
    receipts: list[comments.Receipt] = []
    failures: list[BaseException] = []

    def press() -> None:
        try:
            with any_store.app.app_context():
                receipts.append(send(any_store, slug, Remark("Za długo."), token="abc"))
        except BaseException as failure:
            failures.append(failure)

    _at_once(press, 6)
    assert failures == []
    assert len({receipt.hash for receipt in receipts}) == 1
    end_reading()
    assert len(all_comments(slug)) == 1


def _at_once(act: object, times: int) -> None:
    threads = [threading.Thread(target=act) for _ in range(times)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# Numbers and receipts


def test_numbers_and_receipts_have_no_gaps_when_many_send_at_once(any_store: Store) -> None:
    slug = new_document(any_store)
    open_consultation(any_store, slug)
    failures: list[BaseException] = []

    def write() -> None:
        try:
            with any_store.app.app_context():
                for _ in range(4):
                    send(any_store, slug, Remark("A"), Remark("B"))
                    with pytest.raises(InvalidInput):
                        send(any_store, slug, Remark("A"), Remark(" "))
                    with pytest.raises(NotFound):
                        send(any_store, slug, Remark("A", pointings=(Pointing("0" * 32, 999_999),)))
        except BaseException as failure:
            failures.append(failure)

    _at_once(write, 5)
    assert failures == []
    end_reading()
    assert [row.number for row in all_comments(slug)] == list(range(1, 41))
    document = document_queries.get_document(slug, EVERYTHING)
    register = consultation_queries.list_consultations(document_id=document.id)[0].register_id
    receipts = [queries.find_receipt(register, number) for number in range(1, 22)]
    assert [len(receipt.numbers) if receipt else 0 for receipt in receipts] == [2] * 20 + [0]
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_a_receipt_opens_to_its_secret_only(store: Store, slug: str) -> None:
    receipt = send(store, slug, Remark("A"))
    opened = comments.get_receipt(receipt.register_id, receipt.receipt_no, receipt.secret)
    assert opened.numbers == receipt.numbers
    for secret in ("", "x", receipt.secret[:-1], receipt.secret + "x", receipt.hash):
        with pytest.raises(NotFound):
            comments.get_receipt(receipt.register_id, receipt.receipt_no, secret)
    with pytest.raises(NotFound):
        comments.get_receipt(receipt.register_id, 2, receipt.secret)


def test_all_comments_of_a_form_are_taken_or_none(store: Store, slug: str) -> None:
    standing = section(slug, "Konsultacje")
    good = Remark("A", pointings=(Pointing(standing.section_id, standing.text_id, Span(0, 5)),))
    bad = Remark("B", pointings=(Pointing(standing.section_id, standing.text_id, Span(0, 99_999)),))
    with pytest.raises(InvalidInput):
        send(store, slug, good, bad)
    assert all_comments(slug) == []
    assert send(store, slug, good).numbers == (1,)


# What they point at


def test_words_are_kept_as_the_sender_saw_them(store: Store, slug: str) -> None:
    comment_on(store, slug, "siedmiu dni")
    document = document_queries.get_document(slug, EVERYTHING)
    (place,) = queries.list_placed_in_draft(document.id)
    assert place.exact == "siedmiu dni"


def test_a_quote_counted_otherwise_by_a_browser_is_found_by_its_words(store: Store) -> None:
    """JavaScript counts an emoji as two."""
    slug = new_document(store, "# A\n\n😀😀😀 Uwagi przyjmuje się na piśmie.\n")
    open_consultation(store, slug)
    standing = section(slug, "A")
    right = standing.plain.index("piśmie")
    wrong = Span(right + 3, right + 3 + len("piśmie"))
    send(
        store,
        slug,
        Remark("A", pointings=(Pointing(standing.section_id, standing.text_id, wrong, "piśmie"),)),
    )
    document = document_queries.get_document(slug, EVERYTHING)
    (place,) = queries.list_placed_in_draft(document.id)
    assert (place.origin_start, place.exact) == (right, "piśmie")


def test_a_quote_that_is_nowhere_is_refused(store: Store, slug: str) -> None:
    standing = section(slug, "Konsultacje")
    pointing = Pointing(standing.section_id, standing.text_id, Span(0, 5), "czegoś takiego nie ma")
    with pytest.raises(InvalidInput) as refusal:
        send(store, slug, Remark("A", pointings=(pointing,)))
    assert refusal.value.code == "invalid.passage"


def test_only_the_consulted_version_can_be_pointed_at(store: Store, slug: str) -> None:
    from consult.services import drafting

    consulted = section(slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        slug,
        consulted.section_id,
        source=consulted.source.replace("Projekt", "Tajny projekt"),
        base_text_id=consulted.text_id,
        now=store.now,
    )
    draft = section(slug, "Konsultacje")
    other = section(new_document(store), "Konsultacje")
    for key, text_id in (
        (draft.section_id, draft.text_id),
        (other.section_id, other.text_id),
        (other.section_id, consulted.text_id),
    ):
        with pytest.raises(NotFound):
            send(store, slug, Remark("A", pointings=(Pointing(key, text_id, Span(0, 5)),)))


def test_one_comment_points_at_several_passages(store: Store, slug: str) -> None:
    pointings = tuple(
        quotations.find_quote(SYSTEM, slug, quote, nth=1, now=store.now)
        for quote in ("siedmiu dni", "na piśmie")
    )
    send(store, slug, Remark("A", pointings=pointings))  # type: ignore[arg-type]
    assert [line.words for line in quotations.list_placements(SYSTEM, slug)] == ["siedmiu dni", "na piśmie"]


def test_a_quote_is_found_by_its_place_in_the_order_of_reading(store: Store) -> None:
    slug = new_document(store, "# A\n\nraz raz\n\n## B\n\nraz\n")
    open_consultation(store, slug)
    found = [quotations.find_quote(SYSTEM, slug, "raz", nth=nth, now=store.now) for nth in range(1, 5)]
    assert [place.span.start if place and place.span else None for place in found] == [2, 6, 2, None]


# What they may hold


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        (Remark(""), "invalid.comment_empty"),
        (Remark(" \n "), "invalid.comment_empty"),
        (Remark("", proposed="x"), "invalid.comment_empty"),
        (Remark("x" * 1_000_000), "invalid.comment_too_long"),
        (Remark("x", justification="x" * 1_000_000), "invalid.comment_too_long"),
        (Remark("x", proposed="x" * 1_000_000), "invalid.comment_too_long"),
        (Remark("x\x00"), "invalid.control_characters"),
        (Remark("x\ud800"), "invalid.control_characters"),
        (Remark("x", kind="praise"), "invalid.comment_kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_comment_that_cannot_be_kept_is_refused(store: Store, slug: str, remark: Remark, code: str) -> None:
    with pytest.raises(ConsultError) as refusal:
        send(store, slug, remark)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("sender", "code"),
    [
        (Sender(capacity="king"), "invalid.capacity"),
        (Sender(capacity="ngo"), "invalid.organisation_missing"),
        (Sender(capacity="resident", channel="pigeon"), "invalid.channel"),
        (Sender(capacity="resident", email="nobody"), "invalid.email"),
        (Sender(capacity="resident", email="a b@c"), "invalid.email"),
        (Sender(capacity="resident", name="x" * 1_000), "invalid.name_too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sender_who_cannot_be_is_refused(store: Store, slug: str, sender: Sender, code: str) -> None:
    with pytest.raises(ConsultError) as refusal:
        send(store, slug, Remark("A"), sender=sender)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "# nagłówek",
        "a\u202eb",
        "👩‍👩‍👧",
        "x\u200by",
        "'; DROP TABLE comment; --",
    ],
)
def test_odd_words_are_kept_as_they_are(store: Store, slug: str, words: str) -> None:
    send(store, slug, Remark(words, proposed=words, justification=words))
    row = all_comments(slug)[0]
    assert (row.text, row.justification, row.proposed) == (words, words, words)


def test_names_stay_out_of_everything_but_the_erasable_place(store: Store, slug: str) -> None:
    """Nothing in the record of a resident's comment holds the name or address outside of `person_data`."""
    from sqlalchemy import text

    from consult.storage.database import Base, db

    comment_on(store, slug, "siedmiu dni", sender=Sender("resident", "Niepowtarzalna", "ona@example.org"))
    for table in Base.metadata.sorted_tables:
        if table.name == "person_data":
            continue
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')):
            assert "Niepowtarzalna" not in str(row), table.name
            assert "ona@example.org" not in str(row), table.name


def test_a_consultation_does_not_overlap_another(store: Store, slug: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        open_consultation(store, slug, version_no=1)
    assert refusal.value.code == "rule.consultation_overlaps"


def test_comments_of_two_consultations_are_numbered_apart(store: Store) -> None:
    slug = new_document(store, host_id=new_host(store))
    open_consultation(store, slug)
    assert comment_on(store, slug).numbers == (1,)
    store.clock.advance(days=22)
    publish(store, slug)
    open_consultation(store, slug)
    assert comment_on(store, slug).numbers == (1,)
    assert verify_documents(SYSTEM, slug)[0].fault is None
