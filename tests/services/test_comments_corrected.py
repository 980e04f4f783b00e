"""What senders correct and take back: numbers, first words and the record stay as they are; nobody finds what is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.domain.process.comments import shown_name
from consult.ports.search import SearchQuery
from consult.services import comments, search
from consult.services.comments import Receipt, Remark, Sender
from consult.services.public_records import make_receipt_file
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.queries import comments as queries
from tests.factories.apps import Store
from tests.factories.records import comment_on, new_document, open_consultation

WORDS = "co najmniej dwadzieścia jeden dni"


@pytest.fixture
def slug(store: Store) -> str:
    made = new_document(store)
    open_consultation(store, made)
    return made


def revise(store: Store, receipt: Receipt, said: str, **changed: str) -> int:
    return comments.revise_comment(
        ANONYMOUS,
        receipt.register_id,
        receipt.receipt_no,
        changed.pop("secret", receipt.secret),
        receipt.numbers[0],
        Remark(said, **changed),  # type: ignore[arg-type]
        now=store.now,
    )


def withdraw(store: Store, receipt: Receipt) -> None:
    comments.withdraw_comment(
        ANONYMOUS,
        receipt.register_id,
        receipt.receipt_no,
        receipt.secret,
        receipt.numbers[0],
        now=store.now,
    )


def found(words: str) -> int:
    return search.search(SYSTEM, SearchQuery(words=words)).total


def test_a_correction_stands_beside_the_first_words_which_the_receipt_still_covers(
    store: Store, slug: str
) -> None:
    receipt = comment_on(store, slug, WORDS, text="Zakrótki termin.", proposed="miesiąc")
    assert revise(store, receipt, "Zakrótki termin.", proposed="miesiąc") == 1
    assert revise(store, receipt, "Nabór powinien trwać miesiąc.", proposed="cały miesiąc") == 2
    comment = queries.get_comment(receipt.comment_ids[0], with_drafts=False)
    assert (comment.text, comment.proposed, comment.number) == (
        "Nabór powinien trwać miesiąc.",
        "cały miesiąc",
        1,
    )
    assert queries.list_first_words(receipt.comment_ids) == [("Zakrótki termin.", "", "miesiąc")]
    kept = make_receipt_file(receipt.register_id, receipt.receipt_no, receipt.secret)
    assert kept["comments"][0]["words"]["text"]["value"] == "Zakrótki termin."
    assert verify_documents(SYSTEM, slug)[0].fault is None
    assert (found("zakrótki"), found("powinien trwać miesiąc")) == (0, 1)


def test_a_comment_taken_back_keeps_its_number_and_nobody_finds_its_words(store: Store, slug: str) -> None:
    receipt = comment_on(store, slug, WORDS, text="Niepowtarzalne słowo hipopotam.")
    assert found("hipopotam") == 1
    withdraw(store, receipt)
    withdraw(store, receipt)
    comment = queries.get_comment(receipt.comment_ids[0], with_drafts=True)
    assert (comment.number, comment.text, comment.is_withdrawn, comment.revision_no) == (1, None, True, 2)
    assert found("hipopotam") == 0
    assert len(queries.list_placements_of([comment.id])) == 1
    assert verify_documents(SYSTEM, slug)[0].fault is None
    with pytest.raises(RuleBroken, match="comment_withdrawn"):
        revise(store, receipt, "Jednak nie.")


def test_nobody_else_and_nobody_later_changes_a_comment(store: Store, slug: str) -> None:
    receipt = comment_on(store, slug, WORDS, text="Pierwsza.")
    with pytest.raises(NotFound):
        revise(store, receipt, "Cudza.", secret="x" * 32)
    with pytest.raises(InvalidInput):
        revise(store, receipt, " ")
    store.clock.at += timedelta(days=30)
    with pytest.raises(RuleBroken, match="revision_over"):
        revise(store, receipt, "Po czasie.")
    with pytest.raises(RuleBroken, match="revision_over"):
        withdraw(store, receipt)


def test_a_correction_altered_in_the_store_is_found_out(store: Store, slug: str) -> None:
    receipt = comment_on(store, slug, WORDS, text="Pierwsza.")
    revise(store, receipt, "Druga.")
    db.session.execute(text("DROP TRIGGER record_comment_revision_update"))
    db.session.execute(text("UPDATE comment_revision SET is_withdrawn = 1 WHERE no = 2"))
    db.session.commit()
    fault = verify_documents(SYSTEM, slug)[0].fault
    assert fault is not None
    assert (fault.record, fault.fault) == ("comment_revision", "altered")


@pytest.mark.parametrize(
    ("name", "shown_as", "seen"),
    [
        ("Anna Nowak-Lis", "initials", "A. N.-L."),
        ("  żaneta   ćwik ", "initials", "Ż. Ć."),
        ("Anna Nowak", "name", "Anna Nowak"),
        ("Anna Nowak", "nothing", ""),
        ("Anna Nowak", "", ""),
        ("12 %", "initials", ""),
    ],
)
def test_everybody_sees_what_was_chosen_of_a_name(name: str, shown_as: str, seen: str) -> None:
    assert shown_name(name, shown_as) == seen


def test_a_name_is_shown_as_its_sender_chose_and_kept_apart(store: Store, slug: str) -> None:
    sender = Sender("resident", name="Anna Nowak", shown_as="initials")
    receipt = comment_on(store, slug, WORDS, sender=sender)
    assert queries.get_comment(receipt.comment_ids[0], with_drafts=False).public_name == "A. N."
    with pytest.raises(InvalidInput, match="shown_name_missing"):
        comment_on(store, slug, WORDS, sender=Sender("resident", shown_as="name"))
    with pytest.raises(InvalidInput, match="shown_as"):
        comment_on(store, slug, WORDS, sender=Sender("resident", name="A", shown_as="tak"))
