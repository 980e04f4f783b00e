"""An organisation answers as one: members remark, the lead puts together, the board approves, it is sent once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, RuleBroken, Stale
from consult.domain.policy.actors import ANONYMOUS, MEMBER, OFFICIAL, REPRESENTATIVE, SYSTEM, Actor
from consult.ports.search import SearchQuery
from consult.services import consultations, joint_answers, organisations, search
from consult.services.accounts import actor_of
from consult.services.accounts.requests import ask_data_request, decide_data_request
from consult.services.accounts.taking_away import own_record
from consult.services.comments import Remark
from consult.services.joint_answers import Settlement
from consult.services.joint_answers.reminding import remind_leads
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.models import Submission
from consult.storage.models.joint_answers import JointAnswerCode
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.joint_answers import (
    OTHER_PLACE,
    PDF,
    AnswerAtWork,
    open_text_file,
    slug_of,
    word_file,
)
from tests.services.test_at_the_same_moment import at_once


def letters_to(store: Store, person_id: int | None) -> list[str]:
    """Subjects of the letters somebody got."""
    person = account_queries.find_person(person_id or 0)
    assert person
    sent = store.ports.mailer.sent  # type: ignore[attr-defined]
    return [letter.subject for letter in sent if letter.to == person.email]


# --- begun, and by whom ------------------------------------------------------------------------------------------


def test_only_those_who_speak_for_an_organisation_begin_and_put_together_its_answer(store: Store) -> None:
    work = AnswerAtWork(store)
    remark = work.remark()
    outsider = records.new_person(store)
    for member in (work.member, work.board):
        with pytest.raises(NotPermitted):
            joint_answers.adopt_remarks(member, work.id, [remark], now=store.now)
    for stranger in (outsider, ANONYMOUS):
        with pytest.raises(NotFound):
            joint_answers.adopt_remarks(stranger, work.id, [remark], now=store.now)
    second = records.new_organisation(store, "Fundacja C")
    with pytest.raises(NotPermitted):
        joint_answers.begin_answer(work.lead, work.consultation_id, second, now=store.now)


def test_a_member_named_to_speak_leads_as_a_representative_does(store: Store) -> None:
    work = AnswerAtWork(store)
    slug = slug_of(work.organisation_id)
    organisations.change_member(
        work.lead, slug, work.member.id or 0, role=MEMBER, is_speaker=True, now=store.now
    )
    person = account_queries.find_person(work.member.id or 0)
    assert person
    assert joint_answers.leading(actor_of(person), work.id).id == work.id


def test_an_organisation_has_one_answer_to_a_consultation_until_it_gives_it_up(store: Store) -> None:
    work = AnswerAtWork(store)
    with pytest.raises(Conflict):
        joint_answers.begin_answer(work.lead, work.consultation_id, work.organisation_id, now=store.now)
    joint_answers.drop_answer(work.lead, work.id, now=store.now)
    again = joint_answers.begin_answer(work.lead, work.consultation_id, work.organisation_id, now=store.now)
    assert again != work.id


def test_no_answer_is_begun_while_no_comments_are_taken(store: Store) -> None:
    slug = records.new_document(store)
    consultation_id = records.open_consultation(store, slug, days=21)
    organisation_id = records.new_organisation(store)
    lead = records.new_person(store, (organisation_id, REPRESENTATIVE))
    store.clock.advance(days=22)
    with pytest.raises(RuleBroken, match="consultation_closed"):
        joint_answers.begin_answer(lead, consultation_id, organisation_id, now=store.now)


# --- the code ----------------------------------------------------------------------------------------------------


def test_a_code_has_more_than_128_bits_and_is_kept_only_as_a_hash(store: Store) -> None:
    work = AnswerAtWork(store)
    assert len(work.code) * 6 >= 128
    kept = db.session.scalars(select(JointAnswerCode.token_hash)).all()
    assert all(work.code not in one and len(one) == 64 for one in kept)


def test_who_holds_a_code_remarks_without_an_account_and_gives_a_name_for_the_lead(store: Store) -> None:
    work = AnswerAtWork(store)
    work.remark("Siedem dni to za mało.", name="A. B.")
    (remark,) = queries.list_remarks(work.id)
    assert (remark.name, remark.text, remark.person_id) == ("A. B.", "Siedem dni to za mało.", None)
    with pytest.raises(InvalidInput, match="joint_name_missing"):
        work.remark(name=" ")


def test_a_withdrawn_code_lets_nobody_in_and_what_was_said_with_it_stays(store: Store) -> None:
    work = AnswerAtWork(store)
    work.remark()
    joint_answers.withdraw_code(work.lead, work.id, now=store.now)
    with pytest.raises(RuleBroken, match="joint_code_withdrawn"):
        work.remark()
    with pytest.raises(RuleBroken, match="joint_code_withdrawn"):
        joint_answers.look_at_code(work.code, now=store.now)
    assert len(queries.list_remarks(work.id)) == 1


def test_a_new_code_takes_the_place_of_the_old_one(store: Store) -> None:
    work = AnswerAtWork(store)
    new = joint_answers.make_code(work.lead, work.id, now=store.now)
    with pytest.raises(RuleBroken, match="joint_code_withdrawn"):
        work.remark()
    assert work.remark(code=new)


def test_a_code_of_one_answer_opens_no_other(store: Store) -> None:
    first = AnswerAtWork(store)
    second = AnswerAtWork(store)
    with pytest.raises(NotFound):
        first.remark(code=second.code)
    with pytest.raises(NotFound):
        first.remark(code="x" * 32)


def test_the_same_form_sent_twice_makes_one_remark(store: Store) -> None:
    work = AnswerAtWork(store)
    new = joint_answers.NewRemark(Remark("Raz."), name="A. B.")
    made = {
        joint_answers.write_remark(ANONYMOUS, work.id, new, code=work.code, form_token="token", now=store.now)
        for _ in range(2)
    }
    assert len(made) == 1
    assert len(queries.list_remarks(work.id)) == 1


def test_a_remark_points_only_at_words_of_the_version_consulted(store: Store) -> None:
    work = AnswerAtWork(store)
    other = AnswerAtWork(store)
    forged = other.pointing()
    with pytest.raises(NotFound):
        joint_answers.write_remark(
            ANONYMOUS, work.id, joint_answers.NewRemark(forged, name="A. B."), code=work.code, now=store.now
        )


def test_who_said_something_may_take_it_back_and_nobody_else_may(store: Store) -> None:
    work = AnswerAtWork(store)
    remark_id = work.remark("Moje słowa.", key="klucz")
    for key in ("", "inny"):
        with pytest.raises(NotFound):
            joint_answers.withdraw_own_remark(
                ANONYMOUS, work.id, remark_id, code=work.code, key=key, now=store.now
            )
    joint_answers.withdraw_own_remark(
        ANONYMOUS, work.id, remark_id, code=work.code, key="klucz", now=store.now
    )
    remark = queries.find_remark(remark_id)
    assert remark
    assert (remark.text, remark.name, remark.withdrawn_at) == ("", "", store.now)


# --- put together ------------------------------------------------------------------------------------------------


def test_several_remarks_become_one_point_and_stay_as_they_were_said(store: Store) -> None:
    work = AnswerAtWork(store)
    first = work.remark("Za krótko.", proposed="w ciągu czternastu dni")
    second = work.remark("Rada za późno.", quote=OTHER_PLACE)
    point_id = joint_answers.adopt_remarks(work.lead, work.id, [first, second], now=store.now)
    joint_answers.change_point(
        work.lead,
        work.id,
        point_id,
        text="Prosimy o dłuższe terminy.",
        kind="substantive",
        justification="",
        proposed="w ciągu czternastu dni",
        expected_no=1,
        now=store.now,
    )
    point = queries.find_point(point_id)
    assert point
    assert (point.text, len(point.places)) == ("Prosimy o dłuższe terminy.", 2)
    assert [one.text for one in queries.list_remarks(work.id)] == ["Za krótko.", "Rada za późno."]
    with pytest.raises(Conflict):
        joint_answers.adopt_remarks(work.lead, work.id, [second], now=store.now)
    joint_answers.remove_point(work.lead, work.id, point_id, now=store.now)
    assert all(one.is_waiting for one in queries.list_remarks(work.id))


def test_two_leads_who_reword_one_point_do_not_overwrite_one_another(store: Store) -> None:
    work = AnswerAtWork(store)
    point_id = joint_answers.add_point(work.lead, work.id, Remark("Pierwsza wersja."), now=store.now)
    words = {"kind": "general", "justification": "", "proposed": None}
    joint_answers.change_point(
        work.lead,
        work.id,
        point_id,
        text="Druga.",
        expected_no=1,
        now=store.now,
        **words,  # type: ignore[arg-type]
    )
    with pytest.raises(Stale):
        joint_answers.change_point(
            work.lead,
            work.id,
            point_id,
            text="Trzecia.",
            expected_no=1,
            now=store.now,
            **words,  # type: ignore[arg-type]
        )


def test_a_remark_is_set_aside_with_a_reason_and_taken_up_again(store: Store) -> None:
    work = AnswerAtWork(store)
    remark_id = work.remark()
    with pytest.raises(InvalidInput):
        joint_answers.set_remark_aside(work.lead, work.id, remark_id, "  ", now=store.now)
    joint_answers.set_remark_aside(work.lead, work.id, remark_id, "Poza naszym celem.", now=store.now)
    (aside,) = queries.list_remarks(work.id)
    assert (aside.is_waiting, aside.set_aside_reason) == (False, "Poza naszym celem.")
    joint_answers.take_remark_up(work.lead, work.id, remark_id, now=store.now)
    assert queries.list_remarks(work.id)[0].is_waiting


# --- approved ----------------------------------------------------------------------------------------------------


def test_an_answer_is_sent_only_once_everybody_named_has_approved(store: Store) -> None:
    work = AnswerAtWork(store)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    with pytest.raises(RuleBroken, match="joint_answer_not_asked"):
        work.send()
    work.settle(work.board, work.lead)
    work.approve(work.board)
    with pytest.raises(RuleBroken, match="joint_answer_not_approved"):
        work.send()
    with pytest.raises(NotFound):
        joint_answers.approve_answer(work.member, work.id, revision=work.row.revision, now=store.now)
    work.approve(work.lead)
    assert work.send().numbers == (1,)


def test_who_says_no_says_why_and_the_lead_is_told(store: Store) -> None:
    work = AnswerAtWork(store)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    work.settle()
    joint_answers.refuse_answer(work.board, work.id, "Bez punktu o terminach.", now=store.now)
    assert "refused" in joint_answers.standing_to_send(work.row, store.now)
    assert any("Fundacja A" in subject for subject in letters_to(store, work.lead.id))
    with pytest.raises(RuleBroken, match="joint_answer_not_approved"):
        work.send()


def test_an_approval_lapses_when_a_word_changes(store: Store) -> None:
    work = AnswerAtWork(store).ready()
    looked_at = work.row.revision
    with pytest.raises(RuleBroken, match="joint_answer_stands"):
        joint_answers.add_point(work.lead, work.id, Remark("Jeszcze jedno."), now=store.now)
    joint_answers.reopen_answer(work.lead, work.id, now=store.now)
    joint_answers.add_point(work.lead, work.id, Remark("Jeszcze jedno."), now=store.now)
    work.settle()
    with pytest.raises(RuleBroken, match="joint_answer_not_approved"):
        work.send()
    with pytest.raises(Stale):
        joint_answers.approve_answer(work.board, work.id, revision=looked_at, now=store.now)
    work.approve()
    assert work.send().numbers == (1, 2)


def test_another_letter_is_not_what_was_approved(store: Store) -> None:
    work = AnswerAtWork(store).ready()
    joint_answers.attach_letter(work.lead, work.id, PDF, "pismo.pdf", now=store.now)
    with pytest.raises(RuleBroken, match="joint_answer_not_approved"):
        work.send()


def test_a_resolution_taken_elsewhere_is_cited_by_number_and_day(store: Store) -> None:
    work = AnswerAtWork(store)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    cited = {"rule": "resolution", "approvers": (), "resolution_no": "7/2026"}
    with pytest.raises(InvalidInput, match="joint_resolution_to_come"):
        work.settle(resolution_on=(store.now + timedelta(days=1)).date(), **cited)
    with pytest.raises(InvalidInput, match="joint_resolution_missing"):
        work.settle(resolution_on=store.now.date(), **(cited | {"resolution_no": ""}))
    work.settle(resolution_on=store.now.date(), **cited)
    assert work.send().numbers == (1,)
    assert (work.row.resolution_no, work.row.resolution_on) == ("7/2026", store.now.date())


def test_nobody_from_outside_is_named_to_approve(store: Store) -> None:
    work = AnswerAtWork(store)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    with pytest.raises(InvalidInput, match="joint_approvers_missing"):
        work.settle(records.new_person(store))


# --- sent --------------------------------------------------------------------------------------------------------


def test_an_answer_is_one_submission_in_the_organisations_name_in_the_order_of_the_text(store: Store) -> None:
    work = AnswerAtWork(store)
    later = work.remark("O radzie.", quote=OTHER_PLACE)
    earlier = work.remark("O naborze.")
    for remark in (later, earlier):
        joint_answers.adopt_remarks(work.lead, work.id, [remark], now=store.now)
    joint_answers.add_point(work.lead, work.id, Remark("Do całości.", kind="general"), now=store.now)
    work.settle()
    work.approve()
    receipt = work.send()
    sent = comment_queries.list_comments_by_id(receipt.comment_ids, with_drafts=False)
    assert [one.text for one in sent] == ["Do całości.", "O naborze.", "O radzie."]
    assert {(one.organisation_name, one.capacity, one.is_capacity_verified) for one in sent} == {
        ("Fundacja A", "ngo", True)
    }
    assert {one.public_name for one in sent} == {""}
    assert receipt.receipt_no == 1
    (verified,) = verify_documents(SYSTEM)
    assert verified.fault is None


def test_an_answer_is_sent_once(store: Store) -> None:
    work = AnswerAtWork(store).ready()
    work.send()
    with pytest.raises(RuleBroken, match="joint_answer_sent"):
        work.send()
    assert db.session.query(Submission).count() == 1


def test_an_answer_sent_by_several_at_once_is_sent_once(any_store: Store) -> None:
    work = AnswerAtWork(any_store).ready()
    outcomes = at_once(any_store, [work.send] * 4)
    assert outcomes == ["done", *["rule.joint_answer_sent"] * 3]
    assert db.session.query(Submission).count() == 1


def test_one_remark_adopted_by_two_at_once_goes_into_one_point(any_store: Store) -> None:
    work = AnswerAtWork(any_store)
    remark = work.remark()

    def adopt() -> None:
        joint_answers.adopt_remarks(work.lead, work.id, [remark], now=any_store.now)

    assert at_once(any_store, [adopt] * 2) == ["conflict.joint_remark_adopted", "done"]
    assert len(queries.list_points(work.id)) == 1


def test_an_organisation_nobody_verified_is_shown_as_unconfirmed(store: Store) -> None:
    work = AnswerAtWork(store, is_verified=False).ready()
    (sent,) = comment_queries.list_comments_by_id(work.send().comment_ids, with_drafts=False)
    assert (sent.organisation_name, sent.is_capacity_verified) == ("Fundacja A", False)


def test_who_may_no_longer_speak_for_the_organisation_does_not_send(store: Store) -> None:
    work = AnswerAtWork(store).ready()
    slug = slug_of(work.organisation_id)
    records.new_person(store, (work.organisation_id, REPRESENTATIVE))
    organisations.remove_member(SYSTEM, slug, work.lead.id or 0, now=store.now)
    person = account_queries.find_person(work.lead.id or 0)
    assert person
    with pytest.raises(NotFound):
        joint_answers.send_answer(actor_of(person), work.id, revision=work.row.revision, now=store.now)


def test_the_end_passing_stops_sending_and_loses_nothing(store: Store) -> None:
    work = AnswerAtWork(store).ready()
    store.clock.advance(days=22)
    with pytest.raises(RuleBroken, match="consultation_closed"):
        work.send()
    assert len(queries.list_remarks(work.id)) == 1
    assert len(queries.list_points(work.id)) == 1
    assert db.session.query(Submission).count() == 0


def test_everybody_who_had_a_say_is_told_that_it_was_sent(store: Store) -> None:
    work = AnswerAtWork(store).ready()
    work.send()
    assert any("Fundacja A" in subject for subject in letters_to(store, work.board.id))


def test_a_sent_comment_leads_back_to_what_members_said_for_those_concerned_only(store: Store) -> None:
    work = AnswerAtWork(store).ready()
    (comment_id,) = work.send().comment_ids
    for person in (work.lead, work.board):
        answer_id, point_id = joint_answers.trail_of(person, comment_id)
        assert queries.list_sources([point_id])[point_id] == [1]
        assert answer_id == work.id
    for person in (
        work.member,
        records.new_person(store),
        ANONYMOUS,
        records.new_person(store, is_administrator=True),
    ):
        with pytest.raises(NotFound):
            joint_answers.trail_of(person, comment_id)


# --- several organisations ---------------------------------------------------------------------------------------


def test_a_joint_position_names_every_organisation_that_stands_behind_it(store: Store) -> None:
    work = AnswerAtWork(store)
    organisation_id, slug, representative = work.other_organisation()
    joint_answers.invite_party(work.lead, work.id, slug, now=store.now)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    work.settle()
    work.approve()
    with pytest.raises(RuleBroken, match="joint_answer_not_approved"):
        work.send()
    with pytest.raises(NotPermitted):
        joint_answers.approve_for_party(
            work.lead, work.id, organisation_id, revision=work.row.revision, now=store.now
        )
    joint_answers.approve_for_party(
        representative, work.id, organisation_id, revision=work.row.revision, now=store.now
    )
    (sent,) = comment_queries.list_comments_by_id(work.send().comment_ids, with_drafts=False)
    assert (sent.organisation_name, sent.is_capacity_verified) == ("Fundacja A, Stowarzyszenie B", True)
    parties = queries.list_sent_parties(work.row.submission_id or 0)
    assert [(one.name, one.is_confirmed) for one in parties] == [
        ("Fundacja A", True),
        ("Stowarzyszenie B", True),
    ]
    took_part = organisation_queries.list_taking_part(organisation_id)
    assert [one.consultation_id for one in took_part] == [work.consultation_id]


def test_one_unverified_organisation_leaves_a_joint_position_unconfirmed(store: Store) -> None:
    work = AnswerAtWork(store)
    organisation_id, slug, representative = work.other_organisation(is_verified=False)
    joint_answers.invite_party(work.lead, work.id, slug, now=store.now)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    work.settle()
    work.approve()
    joint_answers.approve_for_party(
        representative, work.id, organisation_id, revision=work.row.revision, now=store.now
    )
    (sent,) = comment_queries.list_comments_by_id(work.send().comment_ids, with_drafts=False)
    assert not sent.is_capacity_verified
    assert [one.is_confirmed for one in queries.list_sent_parties(work.row.submission_id or 0)] == [
        True,
        False,
    ]


def test_an_organisation_that_withdraws_is_not_named(store: Store) -> None:
    work = AnswerAtWork(store)
    organisation_id, slug, representative = work.other_organisation()
    joint_answers.invite_party(work.lead, work.id, slug, now=store.now)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    work.settle()
    work.approve()
    joint_answers.withdraw_party(representative, work.id, organisation_id, "Mamy inne zdanie.", now=store.now)
    (sent,) = comment_queries.list_comments_by_id(work.send().comment_ids, with_drafts=False)
    assert sent.organisation_name == "Fundacja A"
    with pytest.raises(NotFound):
        joint_answers.part_in(representative, work.id)


def test_an_organisation_is_asked_once_and_only_when_somebody_could_approve(store: Store) -> None:
    work = AnswerAtWork(store)
    _, slug, _ = work.other_organisation()
    empty = slug_of(records.new_organisation(store, "Koło C"))
    joint_answers.invite_party(work.lead, work.id, slug, now=store.now)
    for one, code in (
        (slug, "joint_party_invited"),
        (empty, "joint_party_without_people"),
        (work.organisation_slug, "joint_party_itself"),
        ("nie-ma", "joint_party_unknown"),
    ):
        with pytest.raises((InvalidInput, Conflict), match=code):
            joint_answers.invite_party(work.lead, work.id, one, now=store.now)


# --- the letter --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [(PDF, "pismo.pdf"), (word_file(), "Stanowisko zarządu.DOCX"), (open_text_file(), "pismo.odt")],
)
def test_a_letter_that_is_what_its_name_says_is_kept(store: Store, content: bytes, name: str) -> None:
    work = AnswerAtWork(store)
    joint_answers.attach_letter(work.lead, work.id, content, name, now=store.now)
    kept, read = joint_answers.read_letter(work.lead, work.id)
    assert (read, kept.kind) == (content, name.rpartition(".")[2].lower())


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "pismo.pdf", "joint_letter_empty"),
        (b"MZ\x90\x00", "pismo.exe", "joint_letter_kind"),
        (b"MZ\x90\x00", "pismo.pdf", "joint_letter_is_not"),
        (b"<html>%PDF-1.7 startxref %%EOF", "pismo.pdf", "joint_letter_is_not"),
        (
            PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"),
            "pismo.pdf",
            "joint_letter_active",
        ),
        (PDF, "pismo.docx", "joint_letter_is_not"),
        (word_file()[:-30], "pismo.docx", "joint_letter_is_not"),
        (word_file(), "pismo.odt", "joint_letter_is_not"),
        (word_file(further=(("word/vbaProject.bin", b"x"),)), "pismo.docx", "joint_letter_active"),
        (open_text_file(b"application/zip"), "pismo.odt", "joint_letter_is_not"),
        (PDF + b"\x00" * 10_000_000, "pismo.pdf", "joint_letter_too_large"),
    ],
)
def test_a_letter_that_is_not_what_it_says_or_could_act_by_itself_is_refused(
    store: Store, content: bytes, name: str, code: str
) -> None:
    work = AnswerAtWork(store)
    with pytest.raises(InvalidInput, match=code):
        joint_answers.attach_letter(work.lead, work.id, content, name, now=store.now)


def test_the_name_of_a_letter_brings_no_folders_and_no_hidden_signs(store: Store) -> None:
    work = AnswerAtWork(store)
    name = '../..\\etc/"pi\u202esmo\n.pdf'
    joint_answers.attach_letter(work.lead, work.id, PDF, name, now=store.now)
    assert joint_answers.read_letter(work.lead, work.id)[0].name == "pismo.pdf"


def test_the_host_reads_the_letter_once_it_was_sent(store: Store) -> None:
    people = records.new_people(store)
    slug = records.new_document(store, host_id=people.host_id)
    work = AnswerAtWork(store, slug=slug)
    joint_answers.attach_letter(work.lead, work.id, PDF, "pismo.pdf", now=store.now)
    work.ready()
    for person in (people.official, people.administrator, ANONYMOUS):
        with pytest.raises(NotFound):
            joint_answers.read_letter(person, work.id)
    work.send()
    assert joint_answers.read_letter(people.official, work.id)[1] == PDF
    for person in (people.administrator, people.editor, ANONYMOUS):
        with pytest.raises(NotFound):
            joint_answers.read_letter(person, work.id)


# --- before the end ----------------------------------------------------------------------------------------------


def test_the_lead_is_written_to_before_the_end_and_once_it_has_passed(store: Store) -> None:
    work = AnswerAtWork(store, days=21)
    posted = []
    for step in (
        timedelta(days=13),
        timedelta(days=1, hours=1),
        timedelta(days=5),
        timedelta(days=1, hours=22),
    ):
        store.clock.advance(days=step.days, seconds=step.seconds)
        posted += [remind_leads(store.now), remind_leads(store.now)]
    assert posted == [0, 0, 1, 0, 1, 0, 1, 0]
    store.clock.advance(hours=3)
    assert [remind_leads(store.now), remind_leads(store.now)] == [1, 0]
    assert len(letters_to(store, work.lead.id)) == 4


def test_more_time_is_counted_anew(store: Store) -> None:
    work = AnswerAtWork(store, days=21)
    store.clock.advance(days=20)
    assert remind_leads(store.now) == 1
    consultations.extend_consultation(
        SYSTEM,
        work.consultation_id,
        closes_at=store.now + timedelta(days=20),
        reason="Prośba organizacji.",
        now=store.now,
    )
    assert remind_leads(store.now) == 0
    store.clock.advance(days=19)
    assert remind_leads(store.now) == 1


def test_nobody_is_reminded_of_what_was_sent_or_given_up(store: Store) -> None:
    sent = AnswerAtWork(store).ready()
    sent.send()
    dropped = AnswerAtWork(store)
    joint_answers.drop_answer(dropped.lead, dropped.id, now=store.now)
    store.clock.advance(days=20)
    assert remind_leads(store.now) == 0


def test_settlement_says_what_is_missing_beside_its_field(store: Store) -> None:
    work = AnswerAtWork(store)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    for changed, field in (
        ({"signed_by": ""}, "signed_by"),
        ({"authority": ""}, "authority"),
        ({"approvers": ()}, "approvers"),
        ({"rule": "nieznana"}, "rule"),
    ):
        with pytest.raises(InvalidInput) as refused:
            work.settle(**changed)  # type: ignore[arg-type]
        assert refused.value.facts["field"] == field
    assert Settlement("named", "a", "b").approvers == ()


# --- whose data it is --------------------------------------------------------------------------------------------


def test_what_a_member_said_is_theirs_to_take_away_and_to_have_erased(store: Store) -> None:
    work = AnswerAtWork(store)
    said = "Zdanie tylko dla naszej organizacji."
    joint_answers.adopt_remarks(
        work.lead, work.id, [work.remark(said, actor=work.member, code="")], now=store.now
    )
    record = own_record(work.member, now=store.now)
    assert said in str(record["records"]["joint_answer_remark.person_id"])
    assert said not in str(own_record(work.board, now=store.now))
    request_id = ask_data_request(work.member, "erase", now=store.now)
    administrator = records.new_person(store, is_administrator=True)
    decide_data_request(administrator, request_id, decision="carried_out", reason="", now=store.now)
    (remark,) = queries.list_remarks(work.id)
    assert (remark.text, remark.name) == ("", "")


def test_nothing_of_an_answer_is_searched_or_taken_away_before_it_is_sent(store: Store) -> None:
    work = AnswerAtWork(store)
    work.remark("Słowo nietoperz w uwadze.")
    joint_answers.add_point(work.lead, work.id, Remark("Słowo nietoperz w punkcie."), now=store.now)
    found = search.search(SYSTEM, SearchQuery(words="nietoperz"))
    assert found.total == 0
    host_id = document_queries.get_document(work.slug, EVERYTHING).host_id
    official = records.new_person(store, (host_id, OFFICIAL))
    assert "nietoperz" not in str(comment_queries.list_document_comments(1, with_drafts=True))
    assert part_of_nobody(official, work.id)


def part_of_nobody(actor: Actor, answer_id: int) -> bool:
    try:
        joint_answers.part_in(actor, answer_id)
    except NotFound:
        return True
    return False


def test_what_a_lead_erases_at_somebodys_wish_is_gone_also_after_it_was_sent(store: Store) -> None:
    work = AnswerAtWork(store).ready()
    (comment_id,) = work.send().comment_ids
    (remark,) = queries.list_remarks(work.id)
    joint_answers.erase_remark(work.lead, work.id, remark.id, now=store.now)
    (erased,) = queries.list_remarks(work.id)
    assert (erased.text, erased.name, erased.point_id is None) == ("", "", False)
    assert comment_queries.get_comment(comment_id, with_drafts=False).text == "Za krótko."
