"""Words are cut out of comments wherever they are read, with the reason in their place; the record verifies."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from consult.domain.errors import InvalidInput, NotPermitted, RuleBroken
from consult.domain.policy.actors import EDITOR, SYSTEM, Actor
from consult.domain.process.redactions import cut, masked, occurrences
from consult.domain.text.spans import Span
from consult.services import comments, public_records, redactions
from consult.services.comments import Receipt, Remark
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.models import ContactView
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import redactions as queries
from consult.storage.queries import said_before
from consult.storage.queries import submissions as submission_queries
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.letters_on_paper import FIRST, enter_letter

NAMED = "Sąsiadka spod szóstki"
TEXT = f"{NAMED} twierdzi inaczej. Popieram zmianę."


def commented(store: Store, text_of: str = TEXT) -> tuple[str, Receipt]:
    slug = records.new_document(store)
    records.open_consultation(store, slug)
    receipt = records.comment_on(
        store, slug, "siedmiu dni roboczych", text=text_of, proposed=f"w ciągu pięciu dni, {NAMED}"
    )
    return slug, receipt


def redact(
    store: Store, comment_id: int, words: str = NAMED, reason: str = "personal", actor: Actor = SYSTEM
) -> int:
    return redactions.redact_comment(
        actor, comment_id, words=words, reason=reason, note="Zgłoszenie z 2 marca.", now=store.now
    )


def read(comment_id: int) -> tuple[str | None, str | None]:
    row = comment_queries.get_comment(comment_id, with_drafts=False)
    return row.text, row.proposed


def test_the_reason_stands_in_the_place_of_the_words_everywhere(any_store: Store) -> None:
    slug, receipt = commented(any_store)
    comment_id = receipt.comment_ids[0]
    before = comment_queries.list_placements_of([comment_id])
    redact(any_store, comment_id)
    mark = "[usunięto: dane osobowe]"
    assert read(comment_id) == (
        f"{mark} twierdzi inaczej. Popieram zmianę.",
        f"w ciągu pięciu dni, {mark}",
    )
    document_id = comment_queries.get_comment(comment_id, with_drafts=False).document_id
    assert NAMED not in said_before.list_said(document_id)[0].text
    kept = public_records.make_receipt_file(receipt.register_id, receipt.receipt_no, receipt.secret)
    assert NAMED not in str(kept)
    assert comment_queries.list_placements_of([comment_id]) == before, "quotes of the document stay"
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_what_is_put_back_is_read_again_and_other_cuts_stay(store: Store) -> None:
    slug, receipt = commented(store)
    comment_id = receipt.comment_ids[0]
    first = redact(store, comment_id)
    redact(store, comment_id, words="popieram", reason="secret")
    redactions.undo_redaction(SYSTEM, first, note="To nie są dane osobowe.", now=store.now)
    assert read(comment_id)[0] == f"{NAMED} twierdzi inaczej. [usunięto: tajemnica prawnie chroniona] zmianę."
    with pytest.raises(RuleBroken, match="redaction_ended"):
        redactions.undo_redaction(SYSTEM, first, note="Jeszcze raz.", now=store.now)
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_at_a_persons_request_nothing_of_the_original_is_kept(store: Store) -> None:
    slug, receipt = commented(store)
    act = redact(store, receipt.comment_ids[0], reason="request")
    assert "na prośbę osoby" in (read(receipt.comment_ids[0])[0] or "")
    assert not db.session.scalars(text("SELECT value FROM seal WHERE value LIKE '%szóstki%'")).all()
    with pytest.raises(RuleBroken, match="redaction_destroyed"):
        redactions.undo_redaction(SYSTEM, act, note="Cofam.", now=store.now)
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_earlier_revisions_lose_the_words_too(store: Store) -> None:
    _, receipt = commented(store)
    comments.revise_comment(
        SYSTEM,
        receipt.register_id,
        receipt.receipt_no,
        receipt.secret,
        receipt.numbers[0],
        Remark(f"Jednak {NAMED} ma rację."),
        now=store.now,
    )
    redact(store, receipt.comment_ids[0])
    shown = queries.list_sealed(receipt.comment_ids[0])
    assert {row.revision for row in shown if row.shown is not None} == {1, 2}
    assert all(NAMED not in (row.shown or "") for row in shown)


def test_places_of_comments_in_a_letter_stay_where_they_are(store: Store) -> None:
    slug = records.new_document(store)
    consultation_id = records.open_consultation(store, slug)
    receipt = enter_letter(store, consultation_id)
    register_id = consultation_queries.get_consultation(consultation_id).register_id
    submission_id = comment_queries.find_receipt(register_id, receipt.receipt_no).submission_id  # type: ignore[union-attr]
    before = submission_queries.find_letter(submission_id)
    redact(store, receipt.comment_ids[0], words="trzydzieści dni")
    after = submission_queries.find_letter(submission_id)
    assert before is not None
    assert after is not None
    assert after.text == (before.text or "").replace("trzydzieści dni", "█" * len("trzydzieści dni"))
    assert after.passages == before.passages
    assert FIRST not in (after.text or "")


def test_each_reading_of_an_original_is_noted(store: Store) -> None:
    slug, receipt = commented(store)
    redact(store, receipt.comment_ids[0])
    document_host = records.new_people(store)
    del slug
    stranger = document_host.official
    with pytest.raises(NotPermitted):
        redactions.read_original(stranger, receipt.comment_ids[0], now=store.now)
    own = comment_queries.get_comment(receipt.comment_ids[0], with_drafts=True)
    host_id = db.session.scalar(
        text("SELECT host_id FROM document WHERE id = :id").bindparams(id=own.document_id)
    )
    official = records.new_person(store, (int(host_id or 0), "official"))
    rows = redactions.read_original(official, receipt.comment_ids[0], now=store.now)
    assert TEXT in [row.value for row in rows]
    (view,) = db.session.scalars(select(ContactView).where(ContactView.person_id == official.id)).all()
    assert (view.place, view.receipts) == ("original", f",{receipt.receipt_no},")


@pytest.mark.parametrize(
    ("words", "reason", "note", "code"),
    [
        ("", "personal", "Powód.", "redaction_words"),
        ("nie ma tych słów", "personal", "Powód.", "redaction_words_absent"),
        (NAMED, "dowolny", "Powód.", "redaction_reason"),
        (NAMED, "personal", "  ", "redaction_note"),
    ],
)
def test_a_redaction_that_is_none_changes_nothing(
    store: Store, words: str, reason: str, note: str, code: str
) -> None:
    _, receipt = commented(store)
    with pytest.raises(InvalidInput, match=code):
        redactions.redact_comment(
            SYSTEM, receipt.comment_ids[0], words=words, reason=reason, note=note, now=store.now
        )
    assert read(receipt.comment_ids[0])[0] == TEXT


def test_only_officials_of_the_host_cut_words_out(store: Store) -> None:
    host_id = records.new_host(store)
    slug = records.new_document(store, host_id=host_id)
    records.open_consultation(store, slug)
    receipt = records.comment_on(store, slug, "siedmiu dni roboczych", text=TEXT)
    editor = records.new_person(store, (host_id, EDITOR))
    with pytest.raises(NotPermitted):
        redact(store, receipt.comment_ids[0], actor=editor)


def test_words_are_found_whatever_their_capitals_and_white_space() -> None:
    assert occurrences("Anna i Joanna", "anna") == [Span(0, 4)]
    assert occurrences("Joanna", "anna") == [Span(2, 6)]
    assert occurrences("Jan\n  Kowal", "jan kowal") == [Span(0, 11)]
    assert occurrences("abc", " ") == []


def test_overlapping_cuts_leave_one_mark() -> None:
    assert cut("abcdef", [(Span(1, 3), "[1]"), (Span(2, 5), "[2]")]) == "a[1]f"
    assert masked("ab\ncd", [Span(1, 4)]) == "a█\n█d"
