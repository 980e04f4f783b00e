"""What came on paper stands in one register with the rest: whole, numbered, late by the rule, decided by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consult.domain.errors import Conflict, InvalidInput, NotPermitted, RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.domain.process.submissions import Flag, Standing, joined, paragraphs, unassigned
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


def test_what_is_not_considered_is_answered_so_and_the_answer_is_taken_back_with_the_decision(
    store: Store, consultation_id: int
) -> None:
    receipt = enter_letter(store, consultation_id)
    submissions.flag_submission(
        SYSTEM,
        consultation_id,
        receipt.receipt_no,
        "ineligible",
        is_raised=True,
        reason="Nie działa w gminie.",
        now=store.now,
    )

    def decide(is_considered: bool, reason: str) -> list[tuple[str, str | None] | None]:
        submissions.decide_submission(
            SYSTEM,
            consultation_id,
            receipt.receipt_no,
            is_considered=is_considered,
            reason=reason,
            now=store.now,
        )
        said = comment_queries.list_comments_by_id(receipt.comment_ids, with_drafts=True)
        return [(one.answer.outcome, one.answer.justification) if one.answer else None for one in said]

    assert (
        decide(False, "Uchwała tego nie dopuszcza.") == [("unconsidered", "Uchwała tego nie dopuszcza.")] * 2
    )
    assert decide(True, "Jednak działa.") == [None, None]
    assert decide(False, "Jednak nie.") == [("unconsidered", "Jednak nie.")] * 2
    assert all(report.fault is None for report in verify_documents(SYSTEM))


def test_each_flag_has_its_reason_and_sets_a_submission_apart_until_it_is_taken_back(
    store: Store, consultation_id: int
) -> None:
    receipt = submissions.enter_submission(
        SYSTEM,
        consultation_id,
        cut(FIRST, SECOND),
        on_paper(today(store), name=""),
        letter=LETTER,
        rest_is_no_comment=True,
        flags={Flag.UNSIGNED: "Brak podpisu.", Flag.ANONYMOUS: "Nikt się nie przedstawił."},
        now=store.now,
    )
    row = registered(consultation_id, receipt.receipt_no)
    assert (row.standing, row.flags, row.is_late) == (Standing.WAITING, ("anonymous", "unsigned"), False)
    register = consultation_queries.get_consultation(consultation_id)
    apart = submissions.apart_in([register], with_decisions=True)
    assert {one.reasons for one in apart.values()} == {("anonymous", "unsigned")}
    assert set(apart) == set(receipt.comment_ids)
    for flag in ("unsigned", "anonymous"):
        with pytest.raises(InvalidInput):
            submissions.flag_submission(
                SYSTEM, consultation_id, receipt.receipt_no, flag, is_raised=False, reason=" ", now=store.now
            )
        submissions.flag_submission(
            SYSTEM,
            consultation_id,
            receipt.receipt_no,
            flag,
            is_raised=False,
            reason="Podpis jest.",
            now=store.now,
        )
    assert registered(consultation_id, receipt.receipt_no).standing == Standing.IN_TIME
    assert not submissions.apart_in([register], with_decisions=True)


def test_a_flag_without_a_reason_and_an_anonymous_sender_with_a_name_are_refused(
    store: Store, consultation_id: int
) -> None:
    for flags, sender, code in (
        ({Flag.UNSIGNED: "  "}, on_paper(today(store)), "invalid.flag_reason_missing"),
        ({Flag.ANONYMOUS: "Bez nazwiska."}, on_paper(today(store)), "invalid.flag_anonymous_named"),
    ):
        with pytest.raises(InvalidInput) as refused:
            submissions.enter_submission(
                SYSTEM,
                consultation_id,
                cut(FIRST, SECOND),
                sender,
                letter=LETTER,
                flags=flags,
                now=store.now,
            )
        assert refused.value.code == code


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "list.pdf", "invalid.scan_empty"),
        (b"MZ\x90\x00 program", "list.pdf", "invalid.scan_kind"),
        (b"<html><script>alert(1)</script>", "list.png", "invalid.scan_kind"),
        (b"%PDF-1.7 urwany", "list.pdf", "invalid.scan_kind"),
        (PDF, "list.png", "invalid.scan_not_what_it_says"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "list.png", "invalid.scan_kind"),
    ],
)
def test_a_scan_that_is_not_what_it_says_is_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        submissions.checked_file(submissions.NewFile(content, name))
    assert refused.value.code == code


def test_scans_are_kept_with_the_submission_and_opened_by_the_officials_of_its_host_alone(
    store: Store,
) -> None:
    people = new_people(store)
    consultation_id = open_consultation(store, new_document(store, host_id=people.host_id))
    receipt = enter_letter(store, consultation_id)
    scan = submissions.NewFile(PDF, "../../Skan \u202elistu.pdf")
    for _ in range(2):
        submissions.add_scans(people.official, consultation_id, receipt.receipt_no, [scan], now=store.now)
    kept, content = submissions.read_file(people.official, consultation_id, receipt.receipt_no, 1)
    assert (kept.name, kept.kind, kept.role, content) == ("Skan listu.pdf", "pdf", "scan", PDF)
    assert registered(consultation_id, receipt.receipt_no).file_count == 1
    for stranger in (people.guest, people.member, people.editor, people.neighbour):
        with pytest.raises(NotPermitted):
            submissions.read_file(stranger, consultation_id, receipt.receipt_no, 1)


def test_the_receipt_goes_to_an_address_given_later(store: Store, consultation_id: int) -> None:
    receipt = enter_letter(store, consultation_id)
    with pytest.raises(InvalidInput):
        submissions.send_receipt(SYSTEM, consultation_id, receipt.receipt_no, now=store.now)
    submissions.send_receipt(
        SYSTEM, consultation_id, receipt.receipt_no, email="mieszkanka@example.org", now=store.now
    )
    assert registered(consultation_id, receipt.receipt_no).has_address
    assert [letter.to for letter in store.ports.mailer.sent] == ["mieszkanka@example.org"]  # type: ignore[attr-defined]
