"""What came on paper stands in one register with the rest: whole, numbered, late by the rule, decided by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult.domain.errors import Conflict, InvalidInput, NotPermitted, RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.domain.process.submissions import Standing, joined, paragraphs, unassigned
from consult.domain.process.windows import WARSAW
from consult.domain.text.spans import Span
from consult.services import submissions
from consult.services.comments import Remark
from consult.services.verification import verify_documents
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import submissions as queries
from consult.storage.queries.submissions import LetterRow, SubmissionRow
from tests.factories.apps import Store
from tests.factories.letters_on_paper import FIRST, LETTER, SECOND, cut, enter_letter, on_paper
from tests.factories.records import new_document, new_people, open_consultation


@pytest.fixture
def consultation_id(store: Store) -> int:
    return open_consultation(store, new_document(store))


def today(store: Store) -> date:
    return store.now.astimezone(WARSAW).date()


def registered(consultation_id: int, receipt_no: int) -> SubmissionRow:
    row = consultation_queries.get_consultation(consultation_id)
    return queries.get_submission(row.register_id, receipt_no, submissions.ending_of(row))


def letter_of(consultation_id: int, receipt_no: int) -> LetterRow:
    letter = queries.find_letter(registered(consultation_id, receipt_no).id)
    assert letter is not None
    return letter


def test_a_letter_cut_in_two_is_kept_whole_with_the_words_of_each_comment(
    store: Store, consultation_id: int
) -> None:
    receipt = enter_letter(store, consultation_id)
    kept = letter_of(consultation_id, receipt.receipt_no)
    assert kept.text == LETTER
    assert [(number, LETTER[start:end]) for number, start, end in kept.passages] == [(1, FIRST), (2, SECOND)]
    said = comment_queries.list_comments_by_id(receipt.comment_ids, with_drafts=True)
    assert [one.text for one in said] == [FIRST, SECOND]
    assert all(report.fault is None for report in verify_documents(SYSTEM))


def test_what_nobody_assigned_has_to_be_confirmed_before_anything_is_sent(
    store: Store, consultation_id: int
) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter_letter(store, consultation_id, rest=False)
    left = len("Szanowni Państwo,") + len("Z poważaniem\nMieszkanka")
    assert refused.value.facts == {"field": "rest", "count": left}
    assert consultation_queries.get_consultation(consultation_id).comment_count == 0


def test_the_same_form_sent_twice_is_one_submission_and_with_other_words_a_conflict(
    store: Store, consultation_id: int
) -> None:
    first = enter_letter(store, consultation_id, token="once")
    again = enter_letter(store, consultation_id, token="once")
    assert again.is_repeat
    assert again.numbers == first.numbers
    with pytest.raises(Conflict):
        submissions.enter_submission(
            SYSTEM,
            consultation_id,
            cut(SECOND, FIRST),
            on_paper(today(store)),
            letter=LETTER,
            rest_is_no_comment=True,
            form_token="once",
            now=store.now,
        )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"received_on": None}, "invalid.received_missing"),
        ({"received_on": date(2999, 1, 1)}, "invalid.year"),
        ({"channel": "web"}, "invalid.channel"),
        ({"case_sign": "x" * 101}, "invalid.case_sign_too_long"),
        ({"channel": "email", "postmark_on": date(2020, 1, 1)}, "invalid.postmark_without_letter"),
    ],
)
def test_what_cannot_be_is_refused(
    store: Store, consultation_id: int, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        enter_letter(store, consultation_id, sender=replace(on_paper(today(store)), **changed))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_days_not_yet_come_stamps_after_receipt_and_days_before_the_opening_are_refused(
    store: Store, consultation_id: int
) -> None:
    day = today(store)
    for sender, code in (
        (on_paper(day + timedelta(1)), "invalid.received_in_future"),
        (on_paper(day, postmark_on=day + timedelta(1)), "invalid.postmark_after_receipt"),
        (on_paper(day - timedelta(1)), "invalid.received_before_opening"),
    ):
        with pytest.raises(InvalidInput) as refused:
            enter_letter(store, consultation_id, sender=sender)
        assert refused.value.code == code


def test_a_late_letter_is_registered_flagged_and_considered_only_by_a_person_with_a_reason(
    store: Store, consultation_id: int
) -> None:
    in_time = enter_letter(store, consultation_id)
    store.clock.advance(days=30)
    late = enter_letter(store, consultation_id)
    assert late.numbers == (3, 4)
    assert not registered(consultation_id, in_time.receipt_no).is_late
    assert registered(consultation_id, late.receipt_no).is_late
    row = consultation_queries.get_consultation(consultation_id)
    ending = submissions.ending_of(row)
    assert queries.count_standings(row.register_id, ending) == {
        Standing.IN_TIME: (1, 2),
        Standing.WAITING: (1, 2),
        Standing.CONSIDERED: (0, 0),
        Standing.LEFT_OUT: (0, 0),
    }

    def decide(receipt_no: int, reason: str) -> SubmissionRow:
        return submissions.decide_submission(
            SYSTEM, consultation_id, receipt_no, is_considered=True, reason=reason, now=store.now
        )

    with pytest.raises(InvalidInput):
        decide(late.receipt_no, "  ")
    with pytest.raises(RuleBroken):
        decide(in_time.receipt_no, "Dlaczego nie.")
    assert decide(late.receipt_no, "Poczta stała.").is_considered
    assert queries.count_standings(row.register_id, ending)[Standing.CONSIDERED] == (1, 2)
    found, count = queries.list_submissions(row.register_id, ending, standing="considered", limit=10)
    assert ([one.receipt_no for one in found], count) == ([late.receipt_no], 1)
    (decision,) = queries.list_decisions(found[0].id)
    assert decision.reason == "Poczta stała."


def test_a_letter_received_on_the_last_day_is_in_time_when_entered_days_later(
    store: Store, consultation_id: int
) -> None:
    last = consultation_queries.get_consultation(consultation_id).window.last_day
    store.clock.advance(days=25)
    receipt = enter_letter(store, consultation_id, sender=on_paper(last))
    assert not registered(consultation_id, receipt.receipt_no).is_late


def test_only_officials_of_the_host_enter(store: Store) -> None:
    people = new_people(store)
    consultation_id = open_consultation(store, new_document(store, host_id=people.host_id))
    with pytest.raises(NotPermitted):
        enter_letter(store, consultation_id, actor=people.editor)
    assert enter_letter(store, consultation_id, actor=people.official).numbers == (1, 2)


def test_quoted_words_are_found_across_other_white_space_or_refused(
    store: Store, consultation_id: int
) -> None:
    row = consultation_queries.get_consultation(consultation_id)
    sections = document_queries.list_version_sections(row.version_id)
    made = submissions.entered_remark(Remark("Za późno."), sections, "", "pod obrady\n rady  gminy")
    (pointing,) = made.pointings
    assert pointing.quote == "pod obrady rady gminy"
    with pytest.raises(InvalidInput) as refused:
        submissions.entered_remark(Remark("Za późno."), sections, "", "nie ma takich słów")
    assert refused.value.code == "invalid.quote_not_found"
    with pytest.raises(InvalidInput) as refused:
        submissions.entered_remark(Remark("Za późno."), sections, "", "się")
    assert refused.value.code == "invalid.quote_ambiguous"


def test_nothing_of_a_letter_falls_between_its_comments() -> None:
    parts = paragraphs(LETTER)
    assert [part.of(LETTER) for part in parts[:3]] == ["Szanowni Państwo,", FIRST, SECOND]
    assert joined(parts, {1, 2}) == [Span(parts[1].start, parts[2].end)]
    assert joined(parts, {0, 2}) == [parts[0], parts[2]]
    assert unassigned(LETTER, parts) == []
    assert [span.of(LETTER) for span in unassigned(LETTER, parts[1:])] == ["Szanowni Państwo,"]
    assert unassigned("a b", [Span(0, 3), Span(1, 2)]) == []
