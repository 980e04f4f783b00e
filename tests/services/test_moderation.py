"""Words are hidden with a reason and a trace, never the number and the row; the author appeals and another decides."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from consult.domain.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import ANONYMOUS, OFFICIAL, SYSTEM, Actor
from consult.services import comments, discussion, moderation
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.queries import comments as queries
from consult.storage.queries import moderation as moderation_queries
from consult.storage.queries.comments import CommentRow
from tests.factories.apps import Store
from tests.factories.records import (
    RESIDENT,
    People,
    comment_on,
    new_document,
    new_people,
    new_person,
    open_consultation,
)

WORDS = "gniazdowisko"
"""Stands nowhere else."""


class Case:
    """A consultation with one comment, two officials and a neighbour who wrote it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.people: People = new_people(store)
        self.other: Actor = new_person(store, (self.people.host_id, OFFICIAL))
        self.slug = new_document(store, host_id=self.people.host_id)
        self.consultation_id = open_consultation(store, self.slug)
        self.receipt = self.comment()
        self.id = self.receipt.comment_ids[0]

    def comment(self) -> comments.Receipt:
        return comment_on(
            self.store,
            self.slug,
            "w ciągu siedmiu dni roboczych",
            text=f"Ten {WORDS} urzędnik.",
            proposed=f"w ciągu {WORDS} dni",
            sender=RESIDENT,
            actor=self.people.neighbour,
        )

    def hide(self, actor: Actor | None = None) -> None:
        moderation.hide_comment(
            actor or self.people.official,
            self.id,
            reason="insults",
            words="Obraża pracownika.",
            now=self.store.now,
        )

    def row(self, *, host: bool = False) -> CommentRow:
        return queries.get_comment(self.id, with_drafts=host)


@pytest.fixture
def case(store: Store) -> Case:
    return Case(store)


def test_hidden_words_are_the_hosts_alone_and_the_reason_is_everybodys(case: Case) -> None:
    case.hide()
    row = case.row()
    assert (row.text, row.justification, row.proposed) == (None, None, None)
    assert (row.standing, row.hidden_reason, row.hidden_words) == ("hidden", "insults", "Obraża pracownika.")
    assert row.number == case.receipt.numbers[0]
    assert WORDS in (case.row(host=True).text or "")
    for rows in (
        queries.list_comments(row.register_id, with_drafts=False),
        queries.list_document_comments(row.document_id, with_drafts=False),
        queries.list_comments_by_id([case.id], with_drafts=False),
    ):
        assert WORDS not in str(rows)


def test_a_comment_is_hidden_by_officials_of_its_host_with_a_reason_in_words(case: Case) -> None:
    for actor in (ANONYMOUS, case.people.neighbour, case.people.editor, case.people.administrator):
        with pytest.raises(NotPermitted):
            case.hide(actor)
    now = case.store.now
    with pytest.raises(InvalidInput, match="why_missing"):
        moderation.hide_comment(case.people.official, case.id, reason="insults", words=" ", now=now)
    with pytest.raises(InvalidInput, match="moderation_reason"):
        moderation.hide_comment(case.people.official, case.id, reason="dislike", words="Bo tak.", now=now)
    case.hide()
    with pytest.raises(RuleBroken, match="moderation_hidden"):
        case.hide(case.other)


def test_what_is_hidden_is_restored_with_a_reason(case: Case) -> None:
    case.hide()
    moderation.restore_comment(case.people.official, case.id, words="Pomyłka.", now=case.store.now)
    row = case.row()
    assert WORDS in (row.text or "")
    assert row.standing == ""
    with pytest.raises(RuleBroken, match="moderation_not_hidden"):
        moderation.restore_comment(case.people.official, case.id, words="Znowu.", now=case.store.now)
    assert [act.act for act in moderation_queries.list_acts_on(case.id)] == ["hidden", "restored"]


def test_the_author_appeals_once_and_another_person_decides(case: Case) -> None:
    now, receipt = case.store.now, case.receipt
    by_receipt = (receipt.register_id, receipt.receipt_no, receipt.secret, receipt.numbers[0])
    with pytest.raises(RuleBroken, match="moderation_not_hidden"):
        moderation.appeal_by_receipt(ANONYMOUS, *by_receipt, words="Nie obraża.", now=now)
    case.hide()
    with pytest.raises(NotFound):
        moderation.appeal_by_receipt(ANONYMOUS, *by_receipt[:2], "x", by_receipt[3], words="Ja.", now=now)
    with pytest.raises(NotFound):
        moderation.appeal_by_account(case.people.editor, case.id, words="Ja.", now=now)
    moderation.appeal_by_account(case.people.neighbour, case.id, words="Nie obraża.", now=now)
    with pytest.raises(RuleBroken, match="appealed_already"):
        moderation.appeal_by_receipt(ANONYMOUS, *by_receipt, words="Jeszcze raz.", now=now)
    for decide in (moderation.restore_comment, moderation.uphold_hiding):
        with pytest.raises(RuleBroken, match="moderation_same_person"):
            decide(case.people.official, case.id, words="Zostaje.", now=now)
    moderation.uphold_hiding(case.other, case.id, words="Obraża.", now=now)
    assert case.row().standing == "hidden"
    with pytest.raises(RuleBroken, match="moderation_not_appealed"):
        moderation.uphold_hiding(case.other, case.id, words="Obraża.", now=now)
    moderation.restore_comment(case.other, case.id, words="Jednak nie.", now=now)
    case.hide(case.other)
    moderation.appeal_by_receipt(ANONYMOUS, *by_receipt, words="Drugi raz ukryta.", now=now)


def test_where_one_looks_first_comments_wait_and_their_receipt_counts_from_the_moment_they_came(
    case: Case,
) -> None:
    now = case.store.now
    moderation.set_moderation_rule(case.people.official, case.consultation_id, before=True, now=now)
    moderation.set_moderation_rule(case.people.official, case.consultation_id, before=True, now=now)
    assert case.row().standing == "", "what was published stays"
    receipt = case.comment()
    waiting = queries.get_comment(receipt.comment_ids[0], with_drafts=False)
    assert (waiting.standing, waiting.text) == ("waiting", None)
    assert receipt.received_at == now
    with pytest.raises(RuleBroken):
        discussion.support_comment(case.people.official, receipt.comment_ids[0], now=now)
    on_paper = comments.Sender(
        capacity="resident", name="Mieszkaniec", channel="paper", received_on=now.date()
    )
    entered = comment_on(case.store, case.slug, text="Z listu.", sender=on_paper, actor=case.people.official)
    assert queries.get_comment(entered.comment_ids[0], with_drafts=False).text == "Z listu."
    moderation.publish_comment(case.people.official, receipt.comment_ids[0], now=now)
    assert WORDS in (queries.get_comment(receipt.comment_ids[0], with_drafts=False).text or "")
    with pytest.raises(RuleBroken, match="moderation_not_waiting"):
        moderation.publish_comment(case.people.official, receipt.comment_ids[0], now=now)
    moderation.set_moderation_rule(case.people.official, case.consultation_id, before=False, now=now)
    assert queries.get_comment(case.comment().comment_ids[0], with_drafts=False).standing == ""


def test_the_author_still_corrects_what_is_hidden_and_it_stays_hidden(case: Case) -> None:
    case.hide()
    receipt = case.receipt
    comments.revise_comment(
        ANONYMOUS,
        receipt.register_id,
        receipt.receipt_no,
        receipt.secret,
        receipt.numbers[0],
        comments.Remark(text=f"Grzeczniej: {WORDS}."),
        now=case.store.now,
    )
    assert case.row().text is None
    assert "Grzeczniej" in (case.row(host=True).text or "")


def test_every_act_is_in_the_record_and_altering_one_is_found(case: Case) -> None:
    case.hide()
    moderation.appeal_by_account(case.people.neighbour, case.id, words="Nie obraża.", now=case.store.now)
    moderation.restore_comment(case.other, case.id, words="Pomyłka.", now=case.store.now)
    moderation.set_moderation_rule(SYSTEM, case.consultation_id, before=True, now=case.store.now)
    assert verify_documents(SYSTEM, case.slug)[0].fault is None
    with pytest.raises(Exception, match="the record is not altered"):
        db.session.execute(text("UPDATE moderation_act SET reason = 'other'"))
    db.session.rollback()
    db.session.execute(text("DROP TRIGGER record_moderation_act_update"))
    db.session.execute(text("UPDATE moderation_act SET reason = 'other' WHERE act = 'hidden'"))
    db.session.commit()
    fault = verify_documents(SYSTEM, case.slug)[0].fault
    assert fault is not None
    assert fault.record == "moderation"


def test_the_author_hears_of_it_by_letter_without_the_words(case: Case) -> None:
    sent = case.store.ports.mailer.sent  # type: ignore[attr-defined]
    sent.clear()
    case.hide()
    moderation.appeal_by_account(case.people.neighbour, case.id, words="Nie obraża.", now=case.store.now)
    moderation.uphold_hiding(case.other, case.id, words="Jednak obraża.", now=case.store.now)
    moderation.restore_comment(case.other, case.id, words="Pomyłka.", now=case.store.now)
    assert [letter.subject.split(":")[0] for letter in sent] == [
        "Uwaga 1 została ukryta",
        "Uwaga 1 pozostaje ukryta",
        "Uwaga 1 znowu jest widoczna",
    ]
    assert "Obraża pracownika." in sent[0].text
    assert "Moje uwagi" in sent[0].text
    assert not any(WORDS in letter.text + letter.html for letter in sent)
