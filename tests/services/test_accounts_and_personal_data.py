"""What is held about a person can be taken away whole, corrected and erased, and the record holds afterwards."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from consult.domain.errors import Conflict, ConsultError, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, SYSTEM, Actor
from consult.services import accounts, drafting, groups, proposals, section_statuses, working_notes
from consult.services.accounts import keeping, registering
from consult.services.accounts.requests import month_after
from consult.services.comments import Sender
from consult.services.proposals.values import PartDraft
from consult.services.verification import verify_documents
from consult.storage.database import Base, db
from consult.storage.models import Event, Membership, Person, PersonData, PersonSession, Seal
from consult.storage.queries import accounts as people
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import groups as group_queries
from consult.storage.queries.accounts import held
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.group_at_work import take_seat

SENDER = Sender(capacity="resident", name="Anna Przykładowa", email="anna@example.org")


@pytest.fixture
def administrator(store: Store) -> Actor:
    return records.new_person(store, is_administrator=True)


def comment(store: Store, person: Actor, sender: Sender = SENDER) -> tuple[str, int]:
    """A comment the person sent while signed in: (document, comment id)."""
    slug = records.new_document(store)
    records.open_consultation(store, slug)
    receipt = records.comment_on(store, slug, "siedmiu dni roboczych", actor=person, sender=sender)
    return slug, receipt.comment_ids[0]


def rename(store: Store, person: Actor, name: str) -> None:
    keeping.change_account(person, name=name, is_name_public=False, language="pl", now=store.now)


def erase(store: Store, administrator: Actor, person: Actor, reason: str = "") -> None:
    request_id = accounts.ask_data_request(person, "erase", now=store.now)
    accounts.decide_data_request(
        administrator, request_id, decision="carried_out", reason=reason, now=store.now
    )


def everything_kept() -> str:
    """Every value of every table, as one text to look for a name in."""
    found = []
    for table in Base.metadata.sorted_tables:
        found += [str(tuple(row)) for row in db.session.execute(select(table))]
    return "\n".join(found)


# Erasing


def test_an_erased_person_is_named_nowhere(any_store: Store) -> None:
    administrator = records.new_person(any_store, is_administrator=True)
    host_id = records.new_host(any_store)
    person = records.new_person(any_store, (host_id, OFFICIAL))
    rename(any_store, person, "Zenobia Niepowtarzalna")
    row = people.find_person(person.id or 0)
    assert row is not None
    actor = accounts.actor_of(row)
    slug = records.new_document(any_store, host_id=host_id)
    section = records.section(slug, "Zlecanie zadań")
    drafting.save_section(
        actor,
        slug,
        section.section_id,
        source=section.source.replace("Wynik", "Pełny wynik"),
        base_text_id=section.text_id,
        note="",
        now=any_store.now,
    )
    comment(any_store, actor, Sender(capacity="resident", name="Zenobia Niepowtarzalna", email=row.email))
    accounts.ask_data_request(actor, "correct", words="Zenobia, nie Zofia", now=any_store.now)
    assert "Zenobia" in everything_kept()
    erase(any_store, administrator, actor)
    # the letter with the decision still has to find its way; then its address goes too
    registering.forget_unconfirmed(any_store.now + timedelta(days=6))
    kept = everything_kept()
    assert "Zenobia" not in kept
    assert row.email not in kept
    assert all(found.fault is None for found in verify_documents(SYSTEM))


def test_what_an_erased_person_wrote_keeps_its_number_and_words(store: Store, administrator: Actor) -> None:
    person = records.new_person(store)
    slug, comment_id = comment(store, person)
    before = comment_queries.get_comment(comment_id, with_drafts=True)
    erase(store, administrator, person)
    after = comment_queries.get_comment(comment_id, with_drafts=True)
    assert (after.number, after.text) == (before.number, before.text)
    assert comment_queries.list_authors([comment_id]) == {comment_id: ("", "")}
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_a_seat_held_for_an_organisation_stays_without_the_person(store: Store, administrator: Actor) -> None:
    host_id = records.new_host(store)
    person, own = records.new_person(store), records.new_person(store)
    ngo = records.new_organisation(store)
    slug = records.new_group(store, host_id)
    for one, organisation_id in ((person, ngo), (own, None)):
        groups.seat_person(
            SYSTEM, slug, role="editor", person_id=one.id or 0, organisation_id=organisation_id, now=store.now
        )
        erase(store, administrator, one)
    seats = group_queries.list_seats(group_queries.get_group(slug, EVERYTHING).id)
    assert [(seat.organisation_name, seat.person_id) for seat in seats if seat.role == "editor"] == [
        ("Fundacja A", None)
    ]


def test_nobody_signs_in_to_an_erased_account_nor_gets_it_by_its_address(
    store: Store, administrator: Actor
) -> None:
    host_id = records.new_host(store)
    person = records.new_person(store, (host_id, MEMBER))
    row = people.find_person(person.id or 0)
    assert row is not None
    erase(store, administrator, person)
    assert people.find_person(row.id) is None
    for address in (row.email, f"erased-{row.id}@erased.invalid"):
        with pytest.raises(InvalidInput):
            accounts.sign_in(address, "a long enough password")
    kept = db.session.get(Person, row.id)
    assert kept is not None
    assert kept.password_hash == ""
    assert kept.erased_at is not None
    for table in (Membership, PersonSession):
        assert not db.session.scalars(select(table).where(table.person_id == row.id)).all()
    # the address is free for another account
    registering.register(
        name="Ktoś inny", email=row.email, password="cztery słowa bez związku", language="pl", now=store.now
    )
    assert people.find_person_by_email(row.email) is not None


def test_comments_an_official_typed_in_for_others_are_not_the_officials(
    store: Store, administrator: Actor
) -> None:
    host_id = records.new_host(store)
    official = records.new_person(store, (host_id, OFFICIAL))
    slug = records.new_document(store, host_id=host_id)
    records.open_consultation(store, slug)
    on_paper = Sender(
        capacity="resident",
        name="Nadawczyni z papieru",
        email="papier@example.org",
        channel="paper",
        received_on=date(2026, 3, 2),
    )
    receipt = records.comment_on(store, slug, actor=official, sender=on_paper)
    record = accounts.own_record(official, now=store.now)
    assert record["submissions"] == []
    assert "Nadawczyni" not in json.dumps(record, ensure_ascii=False)
    assert len(record["records"]["submission.person_id"]) == 1
    erase(store, administrator, official)
    assert comment_queries.list_authors(receipt.comment_ids) == {
        receipt.comment_ids[0]: ("Nadawczyni z papieru", "papier@example.org")
    }


def test_an_erasure_is_an_event_and_leaves_other_people_alone(store: Store, administrator: Actor) -> None:
    person, other = records.new_person(store), records.new_person(store)
    _, comment_id = comment(store, other)
    erase(store, administrator, person)
    event = db.session.scalars(select(Event).where(Event.kind == "account.erased")).one()
    assert json.loads(event.ref) == {"person_id": str(person.id)}
    assert people.find_person(other.id or 0) is not None
    assert comment_queries.list_authors([comment_id])[comment_id][0] == "Anna Przykładowa"


def test_only_the_sealed_name_goes_and_its_digest_stays(store: Store, administrator: Actor) -> None:
    host_id = records.new_host(store)
    person = records.new_person(store, (host_id, EDITOR))
    slug = records.import_text(store, host_id=host_id, actor=person).slug
    erase(store, administrator, person)
    erased = db.session.scalars(select(Seal).where(Seal.erased_at.is_not(None))).all()
    assert erased
    assert all(seal.value is None and seal.salt is None and len(seal.digest) == 64 for seal in erased)
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_the_last_administrator_cannot_be_erased(store: Store, administrator: Actor) -> None:
    with pytest.raises(RuleBroken, match="last_administrator"):
        erase(store, administrator, administrator)
    assert people.find_person(administrator.id or 0) is not None


def test_every_table_that_names_people_is_erased_or_kept_on_purpose() -> None:
    """A table added later has to say what becomes of it when a person is erased."""
    kept_as_acts = {
        "announcement",
        "attachment_state",
        "change",
        "change_attribution",
        "consultation_change",
        "contact_view",  # whose data were looked at and when stays; the account it names is emptied
        "data_request",  # what was asked and decided; its words are emptied
        "disposition_revision",
        "dissenting_opinion",
        "document",
        "event",
        "explanation",
        "explanation_withdrawal",
        "host_text",
        "joint_answer",
        "joint_answer_approver",  # that somebody was asked and what they said; their words are emptied
        "joint_answer_code",
        "joint_answer_letter",
        "joint_answer_party",
        "joint_answer_point",
        "joint_answer_remark",  # its words and the name given are emptied
        "late_decision",
        "meeting_change",
        "meeting_decision",
        "moderation_act",
        "opinion_change",
        "organisation",
        "group_invitation",
        "organisation_invitation",
        "outgoing_letter",  # holds no address; never leaves once the account has none
        "picture",
        "placement",
        "proposal",
        "proposal_reply",
        "proposal_turn",
        "redaction",
        "redaction_end",
        "section_note",
        "section_status",
        "stage_step",
        "submission",
        "submission_file",
        "submission_flag",
        "version",
        "working_group",
        "working_note",  # what a group's threads answer to; the words are about the draft, the name goes
    }
    named = {table.name for table, _ in held.references()}
    assert named - set(held.ERASED) <= kept_as_acts
    assert set(held.ERASED) <= named
    assert set(held.ERASED) <= set(held.ABOUT_THE_PERSON)


def write_on_a_document(store: Store, person: Actor, slug: str, signed: str) -> None:
    """A proposal with a reply, an opinion and a working note, each signed with these words."""
    standing = records.section(slug, "Zlecanie zadań")
    number = proposals.propose_changes(
        person,
        slug,
        title=f"Dłuższy nabór, {signed}",
        rationale=f"Bo tak. {signed}",
        parts=[
            PartDraft(
                "reword",
                standing.section_id,
                source=f"{standing.source.rstrip()} Zawsze.\n",
                base_text_id=standing.text_id,
            )
        ],
        now=store.now,
    )
    proposals.discuss_proposal(person, slug, number, f"Dodam powód. {signed}", now=store.now)
    section_statuses.hold_dissent(
        person, slug, standing.section_id, f"Nie ma zgody. {signed}", is_public=True, now=store.now
    )
    working_notes.write_note(
        person, slug, standing.section_id, f"Do sprawdzenia. {signed}", quote="", now=store.now
    )


def drafting_person(store: Store) -> tuple[Actor, str, str]:
    """(a person who sits in a group, its document, an address nobody else has)."""
    host_id = records.new_host(store)
    person = records.new_person(store)
    slug = records.import_text(store, host_id=host_id).slug
    group = records.new_group(store, host_id, slug)
    person = take_seat(store, group, person, "editor")
    row = people.find_person(person.id or 0)
    assert row is not None
    return person, slug, row.email


def test_words_written_on_documents_are_taken_away(store: Store) -> None:
    person, slug, _ = drafting_person(store)
    write_on_a_document(store, person, slug, "podpis")
    written = accounts.own_record(person, now=store.now)["written"]
    wordings = written[0]["words"].pop("wordings")
    assert [words.rstrip().endswith("roboczych. Zawsze.") for words in wordings] == [True]
    assert {one["kind"]: one["words"] for one in written} == {
        "proposal": {
            "title": "Dłuższy nabór, podpis",
            "rationale": "Bo tak. podpis",
        },
        "proposal_reply": {"text": "Dodam powód. podpis"},
        "dissenting_opinion": {"text": "Nie ma zgody. podpis"},
        "working_note": {"text": "Do sprawdzenia. podpis"},
    }
    assert {one["document"] for one in written} == {slug}


def test_an_erased_person_s_words_stay_without_their_signature(store: Store, administrator: Actor) -> None:
    person, slug, email = drafting_person(store)
    rename(store, person, "Zenobia Niepowtarzalna")
    write_on_a_document(store, person, slug, f"zenobia niepowtarzalna, {email}")
    erase(store, administrator, person)
    kept = everything_kept()
    assert "niepowtarzalna" not in kept.casefold()
    assert kept.count("[…], […]") == 5
    for words in ("Dłuższy nabór", "Bo tak.", "Dodam powód.", "Nie ma zgody.", "Do sprawdzenia."):
        assert words in kept
    assert verify_documents(SYSTEM, slug)[0].fault is None


# Requests


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 3, 2), date(2026, 4, 2)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_an_answer_is_due_within_a_month(asked: date, due: date) -> None:
    assert month_after(asked) == due


def test_the_month_is_counted_from_the_day_in_warsaw(store: Store) -> None:
    person = records.new_person(store)
    late = datetime.fromisoformat("2026-03-02T23:30:00+00:00")  # the third already, in Warsaw
    accounts.ask_data_request(person, "erase", now=late)
    from consult.storage.queries.accounts.requests import list_requests_of

    assert list_requests_of(person.id or 0)[0].due_on == date(2026, 4, 3)


def test_a_request_is_open_once_and_can_be_taken_back(store: Store) -> None:
    person = records.new_person(store)
    request_id = accounts.ask_data_request(person, "erase", now=store.now)
    with pytest.raises(Conflict, match="request_open"):
        accounts.ask_data_request(person, "erase", now=store.now)
    accounts.withdraw_data_request(person, request_id, now=store.now)
    with pytest.raises(RuleBroken, match="request_decided"):
        accounts.withdraw_data_request(person, request_id, now=store.now)
    accounts.ask_data_request(person, "erase", now=store.now)


def test_erasing_a_person_ends_whatever_else_they_asked_for(store: Store, administrator: Actor) -> None:
    person = records.new_person(store)
    other = accounts.ask_data_request(person, "correct", words="Inne nazwisko.", now=store.now)
    erase(store, administrator, person)
    left = accounts.list_data_requests(administrator, states=("open",))
    assert [row.id for row in left] == []
    assert {row.id: row.state for row in accounts.list_data_requests(administrator)}[other] == "lapsed"
    with pytest.raises(RuleBroken):
        accounts.decide_data_request(administrator, other, decision="carried_out", reason="", now=store.now)


def test_somebody_elses_request_is_not_there(store: Store) -> None:
    person, other = records.new_person(store), records.new_person(store)
    request_id = accounts.ask_data_request(person, "erase", now=store.now)
    with pytest.raises(NotFound):
        accounts.withdraw_data_request(other, request_id, now=store.now)


def test_only_administrators_decide(store: Store) -> None:
    host_id = records.new_host(store)
    official = records.new_person(store, (host_id, OFFICIAL))
    request_id = accounts.ask_data_request(official, "erase", now=store.now)
    for act in (
        lambda: accounts.decide_data_request(
            official, request_id, decision="carried_out", reason="", now=store.now
        ),
        lambda: accounts.list_data_requests(official),
        lambda: accounts.count_data_requests(official),
    ):
        with pytest.raises(NotPermitted):
            act()


@pytest.mark.parametrize(
    ("decision", "reason", "code"),
    [
        ("refused", "", "invalid.refusal_reason_missing"),
        ("refused", "   ", "invalid.refusal_reason_missing"),
        ("maybe", "Tak", "invalid.request_decision"),
        ("refused", "x" * 5_000, "invalid.request_too_long"),
    ],
)
def test_a_decision_that_is_none_changes_nothing(
    store: Store, administrator: Actor, decision: str, reason: str, code: str
) -> None:
    person = records.new_person(store)
    request_id = accounts.ask_data_request(person, "erase", now=store.now)
    with pytest.raises(ConsultError) as refused:
        accounts.decide_data_request(
            administrator, request_id, decision=decision, reason=reason, now=store.now
        )
    assert refused.value.code == code
    assert accounts.count_data_requests(administrator, states=("open",)) == 1


def test_a_refusal_leaves_the_account_and_is_decided_once(store: Store, administrator: Actor) -> None:
    person = records.new_person(store)
    request_id = accounts.ask_data_request(person, "erase", now=store.now)
    accounts.decide_data_request(
        administrator, request_id, decision="refused", reason="Trwa postępowanie.", now=store.now
    )
    assert people.find_person(person.id or 0) is not None
    with pytest.raises(RuleBroken):
        accounts.decide_data_request(
            administrator, request_id, decision="carried_out", reason="", now=store.now
        )
    assert people.find_person(person.id or 0) is not None


def test_a_correction_writes_the_name_of_today_where_one_was_given(
    store: Store, administrator: Actor
) -> None:
    person = records.new_person(store)
    _, named = comment(store, person)
    _, nameless = comment(store, person, Sender(capacity="resident"))
    rename(store, person, "Anna Poprawna")
    assert comment_queries.list_authors([named])[named][0] == "Anna Przykładowa"
    request_id = accounts.ask_data_request(person, "correct", words="Nowe nazwisko", now=store.now)
    accounts.decide_data_request(administrator, request_id, decision="carried_out", reason="", now=store.now)
    assert comment_queries.list_authors([named, nameless]) == {named: ("Anna Poprawna", "anna@example.org")}


def test_open_requests_come_first_by_the_day_they_are_due(store: Store, administrator: Actor) -> None:
    first, second, third = (records.new_person(store) for _ in range(3))
    late = accounts.ask_data_request(first, "erase", now=store.now + timedelta(days=3))
    decided = accounts.ask_data_request(second, "erase", now=store.now)
    early = accounts.ask_data_request(third, "erase", now=store.now + timedelta(days=1))
    accounts.decide_data_request(administrator, decided, decision="refused", reason="Powód.", now=store.now)
    assert [row.id for row in accounts.list_data_requests(administrator)] == [early, late, decided]


# Taking away


def test_what_one_takes_away_names_every_row_that_names_one(store: Store, administrator: Actor) -> None:
    del administrator
    host_id = records.new_host(store)
    person = records.new_person(store, (host_id, OFFICIAL))
    records.import_text(store, host_id=host_id, actor=person)
    comment(store, person)
    accounts.ask_data_request(person, "correct", words="Nowe nazwisko", now=store.now)
    record = accounts.own_record(person, now=store.now)
    assert json.loads(json.dumps(record)) == record
    for table, column in held.references():
        count = len(db.session.execute(select(table).where(column == person.id)).all())
        told = len(record["records"].get(f"{table.name}.{column.name}", []))
        if table.name == "submission":
            told += len(record["submissions"])
        assert told == count, f"{table.name}.{column.name}"
    assert record["submissions"][0]["name_given"] == "Anna Przykładowa"
    assert record["submissions"][0]["comments"][0]["text"] == "Dlaczego tak?"
    assert record["submissions"][0]["comments"][0]["words_commented_on"] == ["siedmiu dni roboczych"]


def test_no_secret_is_taken_away(store: Store) -> None:
    person = records.new_person(store)
    keeping.ask_reset(people.find_person(person.id or 0).email, language="pl", now=store.now)  # type: ignore[union-attr]
    content = json.dumps(accounts.own_record(person, now=store.now))
    row = db.session.get(Person, person.id)
    assert row is not None
    for secret in (row.password_hash, row.session_stamp):
        assert secret not in content
    hashes = db.session.execute(text("SELECT token_hash, asked_for FROM account_link")).all()
    assert hashes
    assert not [value for pair in hashes for value in pair if value and value in content]


def test_answers_are_taken_away_once_they_are_published(store: Store) -> None:
    from consult.services import dispositions

    person = records.new_person(store)
    _, comment_id = comment(store, person)
    dispositions.save_disposition(
        SYSTEM,
        comment_id,
        outcome="rejected",
        justification="Robocze powody.",
        expected_revision=0,
        now=store.now,
    )
    content = json.dumps(accounts.own_record(person, now=store.now), ensure_ascii=False)
    assert "Robocze powody." not in content


# Two at the same address


def test_an_address_that_was_taken_this_moment_is_no_error(store: Store) -> None:
    """What a unique constraint refuses, where two transactions cannot see each other."""
    first = records.new_person(store)
    row = people.find_person(first.id or 0)
    assert row is not None
    from consult.storage.unit_of_work import unit_of_work

    with unit_of_work():
        twin = Person(
            email=row.email,
            name="Ktoś",
            password_hash="",
            session_stamp="",
            language="pl",
            created_at=store.now,
            disabled_at=None,
            confirmed_at=None,
            password_changed_at=None,
            erased_at=None,
        )
        assert people.add_person(twin) is None
        other = records.new_person(store)
        assert people.change_address(other.id or 0, row.email) is False
    assert db.session.scalars(select(PersonData)).all() == []


@pytest.mark.parametrize("language", ["de", "", "PL", "pl_PL", "../pl", "x" * 500])
def test_a_language_there_is_not_is_refused(store: Store, language: str) -> None:
    person = records.new_person(store)
    with pytest.raises(InvalidInput, match="account_language"):
        keeping.change_account(person, name="Anna", is_name_public=False, language=language, now=store.now)
    registering.register(
        name="Ktoś",
        email="x@example.org",
        password="cztery słowa bez związku",
        language=language,
        now=store.now,
    )
    made = people.find_person_by_email("x@example.org")
    assert made is not None
    assert made.language == "pl"
