"""Letters leave once, to the address of that moment, whatever goes wrong with others, servers and workers."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from consult.domain.errors import NotFound, NotPermitted
from consult.domain.policy.actors import SYSTEM, Actor
from consult.ports.mail import Handover, Letter, MailRefused
from consult.services import operations, upkeep
from consult.services.addressees import addressees_of
from consult.services.letters import Recipient, post, registry
from consult.services.letters.sending import CLAIM, GIVE_UP_AFTER, send_pending
from consult.services.upkeep import RecurringWork
from consult.storage.database import db
from consult.storage.models import OutgoingLetter
from consult.storage.queries import letters as queries
from consult.storage.queries import upkeep as upkeep_queries
from consult.storage.unit_of_work import MAIL_JOB, unit_of_work
from tests.adapters.mail_server import mail_server
from tests.factories import records
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.processes import begun, killed
from tests.services.sender import main as send_until_killed

LETTER = "operations/test"


class Picky:
    """A mail server's moods: refuses by address, counts what it was asked."""

    def __init__(self) -> None:
        self.sent: list[Letter] = []
        self.refusals: dict[str, MailRefused] = {}
        self.asked: list[str] = []
        self.rests = 0

    def send(self, letter: Letter) -> Handover:
        self.asked.append(letter.to)
        if refusal := self.refusals.get(letter.to) or self.refusals.get("everybody"):
            raise refusal
        self.sent.append(letter)
        return Handover("picky")

    def rest(self) -> None:
        self.rests += 1


class Idle:
    """A queue nobody works on."""

    def __init__(self) -> None:
        self.woken: list[str] = []

    def wake(self, job: str) -> None:
        self.woken.append(job)

    def work(self, actions: object) -> None: ...


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[Store]:
    """A store whose worker sleeps and whose mail server is picky."""
    with opened(new_sqlite(tmp_path), mailer=Picky(), jobs=Idle()) as made:
        yield made


def server(store: Store) -> Picky:
    mailer = store.ports.mailer
    assert isinstance(mailer, Picky)
    return mailer


def write_to(store: Store, person: Actor | None = None, **options: Any) -> None:
    with unit_of_work() as work:
        post(work, LETTER, person_id=person.id if person else None, at=store.now, **options)


def email_of(person: Actor) -> str:
    return str(
        db.session.execute(text("SELECT email FROM person WHERE id = :id"), {"id": person.id}).scalar()
    )


def send(store: Store) -> int:
    return send_pending(now=store.clock.now)


def rows() -> list[OutgoingLetter]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(OutgoingLetter).order_by(OutgoingLetter.id)))


def gather_with(monkeypatch: pytest.MonkeyPatch, gatherer: Any) -> None:
    monkeypatch.setattr(registry.operations, "GATHERERS", {LETTER: gatherer})


# --- posting


def test_a_letter_leaves_after_the_act_it_tells_of_is_saved(store: Store) -> None:
    person = records.new_person(store)
    with unit_of_work() as work:
        post(work, LETTER, person_id=person.id, at=store.now)
        assert store.ports.mailer.sent == []  # type: ignore[attr-defined]
    (letter,) = store.ports.mailer.sent  # type: ignore[attr-defined]
    assert (letter.to, letter.language) == (email_of(person), "pl")
    assert rows()[0].sent_at == store.now


def test_an_act_that_fails_sends_nothing(mail: Store) -> None:
    person = records.new_person(mail)

    def post_and_fail() -> None:
        with unit_of_work() as work:
            post(work, LETTER, person_id=person.id, at=mail.now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        post_and_fail()
    assert rows() == []
    assert MAIL_JOB not in mail.ports.jobs.woken  # type: ignore[attr-defined]


def test_neither_address_nor_name_is_kept_with_a_letter(mail: Store) -> None:
    person = records.new_person(mail)
    write_to(mail, person)
    kept = db.session.execute(text("SELECT * FROM outgoing_letter")).one()
    assert not [value for value in kept if email_of(person) in str(value) or person.name in str(value)]


def test_a_letter_waits_for_its_hour(mail: Store) -> None:
    write_to(mail, records.new_person(mail), due_at=mail.now + timedelta(days=1))
    assert send(mail) == 0
    mail.clock.advance(days=1)
    assert send(mail) == 1


# --- addresses of the moment


def test_the_address_is_read_when_the_letter_leaves(mail: Store) -> None:
    person = records.new_person(mail)
    write_to(mail, person)
    db.session.execute(text("UPDATE person SET email = 'nowy@example.org' WHERE id = :id"), {"id": person.id})
    db.session.commit()
    send(mail)
    assert [letter.to for letter in server(mail).sent] == ["nowy@example.org"]


@pytest.mark.parametrize("how", ["email = ''", "disabled_at = created_at"])
def test_nobody_writes_to_an_account_that_was_erased_or_closed(mail: Store, how: str) -> None:
    person = records.new_person(mail)
    write_to(mail, person)
    db.session.execute(text(f"UPDATE person SET {how} WHERE id = :id"), {"id": person.id})
    db.session.commit()
    assert send(mail) == 0
    assert server(mail).asked == []
    assert rows()[0].last_error == "no_address"
    assert queries.letters_overview(mail.now).failed == 0


def test_the_sender_of_a_submission_is_written_to_until_the_address_is_erased(mail: Store) -> None:
    slug = records.new_document(mail)
    records.open_consultation(mail, slug)
    receipt = records.comment_on(mail, slug, text="Uwaga.", sender=records.RESIDENT)
    submission_id = db.session.execute(text("SELECT max(id) FROM submission")).scalar_one()
    assert receipt
    send(mail)
    for expected in (["biuro@example.org"], []):
        db.session.execute(
            text("UPDATE person_data SET email = :email"), {"email": expected[0] if expected else ""}
        )
        db.session.commit()
        server(mail).asked.clear()
        with unit_of_work() as work:
            post(work, LETTER, submission_id=submission_id, ref={"language": "en"}, at=mail.now)
        send(mail)
        assert server(mail).asked == expected
    assert server(mail).sent[-1].language == "en"


def test_a_gatherer_may_name_the_address_and_the_language(
    mail: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gather(_recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
        return {"sent_at": now, "to_address": f"zaproszenie{ref['number']}@example.org", "to_language": "en"}

    gather_with(monkeypatch, gather)
    write_to(mail, ref={"number": 7})
    send(mail)
    (letter,) = server(mail).sent
    assert (letter.to, letter.language, letter.name) == ("zaproszenie7@example.org", "en", "")


def test_a_letter_no_longer_wanted_is_dropped_quietly(mail: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    gather_with(monkeypatch, lambda *_: None)
    write_to(mail, records.new_person(mail))
    assert send(mail) == 0
    assert rows()[0].last_error == "unwanted"
    overview = queries.letters_overview(mail.now)
    assert (overview.waiting, overview.failed) == (0, 0)


# --- refusals


def test_a_temporary_refusal_is_tried_again_after_growing_pauses(mail: Store) -> None:
    person = records.new_person(mail)
    server(mail).refusals[email_of(person)] = MailRefused("smtp_451", is_permanent=False)
    write_to(mail, person)
    tried = []
    for minute in range(100):
        if server(mail).asked.clear() or send(mail) or server(mail).asked:
            tried.append(minute)
        mail.clock.advance(minutes=1)
    assert tried == [0, 1, 6, 21, 81]
    server(mail).refusals.clear()
    mail.clock.advance(minutes=200)
    assert send(mail) == 1


def test_a_permanent_refusal_is_given_up_and_stays_in_sight(mail: Store) -> None:
    person = records.new_person(mail)
    server(mail).refusals[email_of(person)] = MailRefused("smtp_550", is_permanent=True)
    write_to(mail, person)
    send(mail)
    mail.clock.advance(days=1)
    send(mail)
    assert server(mail).asked == [email_of(person)]
    overview = queries.letters_overview(mail.now)
    assert (overview.failed, overview.errors) == (1, (("smtp_550", 1),))
    assert [row.last_error for row in queries.list_unsent(mail.now)] == ["smtp_550"]


def test_a_letter_that_never_leaves_is_given_up_in_the_end(mail: Store) -> None:
    server(mail).refusals["everybody"] = MailRefused("smtp_451", is_permanent=False)
    write_to(mail, records.new_person(mail))
    mail.clock.at += GIVE_UP_AFTER + timedelta(minutes=1)
    send(mail)
    assert rows()[0].dropped_at == mail.now


def test_one_bad_letter_never_stops_the_others(mail: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [records.new_person(mail) for _ in range(5)]

    def gather(recipient: Recipient, ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
        if recipient.person_id == people[1].id:
            raise ZeroDivisionError
        return {} if recipient.person_id == people[2].id else {"sent_at": now}  # the template lacks a value

    gather_with(monkeypatch, gather)
    server(mail).refusals[email_of(people[3])] = MailRefused("smtp_550", is_permanent=True)
    for person in people:
        write_to(mail, person)
    assert send(mail) == 2
    assert [letter.to for letter in server(mail).sent] == [email_of(people[0]), email_of(people[4])]
    assert [row.last_error for row in rows()] == ["", "compose", "compose", "smtp_550", ""]
    assert server(mail).rests == 1


def test_a_letter_nobody_gathers_waits_for_the_version_that_does(mail: Store) -> None:
    with unit_of_work() as work:
        post(work, "operations/unheard-of", person_id=records.new_person(mail).id, at=mail.now)
    assert send(mail) == 0
    assert rows()[0].last_error == "compose"
    assert rows()[0].dropped_at is None


def test_a_server_nobody_reaches_is_asked_once_a_minute_and_not_once_a_letter(mail: Store) -> None:
    for _ in range(5):
        write_to(mail, records.new_person(mail))
    server(mail).refusals["everybody"] = MailRefused("unreachable", is_permanent=False, is_everybody=True)
    for _ in range(3):
        send(mail)
        mail.clock.advance(seconds=20)
    assert len(server(mail).asked) == 3
    server(mail).refusals.clear()
    mail.clock.advance(hours=1)
    assert send(mail) == 5


# --- workers that vanish


def test_a_letter_claimed_by_one_worker_is_not_sent_by_another(mail: Store) -> None:
    write_to(mail, records.new_person(mail))
    (letter,) = rows()
    until = mail.now + CLAIM
    with unit_of_work():
        assert queries.claim_letter(letter.id, now=mail.now, until=until)
        assert queries.claim_letter(letter.id, now=mail.now, until=until) is None
    assert send(mail) == 0
    mail.clock.at += CLAIM
    assert send(mail) == 1


def test_a_letter_sent_but_not_written_down_leaves_again_under_the_same_name(mail: Store) -> None:
    write_to(mail, records.new_person(mail))
    send(mail)
    db.session.execute(text("UPDATE outgoing_letter SET sent_at = NULL"))
    db.session.commit()
    mail.clock.at += CLAIM
    send(mail)
    first, second = server(mail).sent
    assert first.reference == second.reference != ""


def test_a_worker_killed_while_sending_loses_no_letter(tmp_path: Path) -> None:
    url, letters, kills = new_sqlite(tmp_path), 60, 3
    with opened(url, jobs=Idle()) as store:
        for _ in range(letters):
            write_to(store, records.new_person(store))
    with mail_server() as box:

        def start(minutes: int) -> tuple[BaseProcess, Connection]:
            return begun(send_until_killed, url, str(box.port), str(minutes))

        for kill in range(kills):
            process, heard = start(20 * kill)
            before = len(box.messages)
            while len(box.messages) < before + 5:
                time.sleep(0.002)
            assert killed(process, heard) == []
        seen = len(box.messages)
        assert seen < letters, "killed too late to mean anything"
        last, heard = start(20 * kills)
        assert heard.recv() == "done"
        last.join()
    with opened(url):
        assert all(row.sent_at for row in rows())
    times = Counter(str(message["Message-ID"]) for message in box.messages)
    assert len(times) == letters
    assert sum(times.values()) <= letters + kills


# --- looking after mail


def test_operators_retry_and_drop_letters_and_nobody_else_does(mail: Store) -> None:
    people = records.new_people(mail)
    for _ in range(2):
        write_to(mail, records.new_person(mail))
    server(mail).refusals["everybody"] = MailRefused("smtp_550", is_permanent=True)
    send(mail)
    server(mail).refusals.clear()
    first, second = rows()
    for actor in (people.official, people.guest):
        with pytest.raises(NotPermitted):
            operations.retry_letter(actor, first.id, now=mail.now)
        with pytest.raises(NotPermitted):
            operations.drop_letter(actor, first.id, now=mail.now)
        with pytest.raises(NotPermitted):
            operations.see_operations(actor, now=mail.now)
    operations.retry_letter(people.administrator, first.id, now=mail.now)
    operations.drop_letter(people.administrator, second.id, now=mail.now)
    assert send(mail) == 1
    assert queries.letters_overview(mail.now).failed == 0
    with pytest.raises(NotFound):
        operations.retry_letter(people.administrator, first.id, now=mail.now)


def test_the_overview_counts_what_waits_and_what_failed(any_store: Store) -> None:
    store = any_store
    with store.replaced(jobs=Idle(), mailer=Picky()) as ports:
        person = records.new_person(store)
        write_to(store, person, due_at=store.now + timedelta(days=2))
        write_to(store, person)
        write_to(store, records.new_person(store))
        assert send(store) == 2
        write_to(store, records.new_person(store))
        ports.mailer.refusals["everybody"] = MailRefused("smtp_450", is_permanent=False)  # type: ignore[attr-defined]
        send(store)
        store.clock.advance(minutes=10)
        seen = operations.see_operations(SYSTEM, now=store.now)
    assert (seen.letters.waiting, seen.letters.later, seen.letters.sent_last_day) == (1, 1, 2)
    assert seen.letters.oldest_due_at == store.now - timedelta(minutes=10)
    assert seen.letters.errors == (("smtp_450", 1),)
    assert (seen.search.problem, seen.search.lag) == ("", 0)
    assert not seen.worker.is_there


# --- everybody a consultation concerns


def test_everybody_concerned_gets_one_letter_however_many_ways_they_are_known(any_store: Store) -> None:
    store = any_store
    slug = records.new_document(store)
    consultation_id = records.open_consultation(store, slug)
    follower, commenter, both = (records.new_person(store) for _ in range(3))
    for kind, ref, person in (
        ("consultation", str(consultation_id), follower),
        ("consultation", str(consultation_id), both),
        ("consultation", "999", records.new_person(store)),
        ("document", "999", records.new_person(store)),
    ):
        db.session.execute(
            text("INSERT INTO follow (person_id, kind, ref, made_at) VALUES (:person, :kind, :ref, :at)"),
            {"person": person.id, "kind": kind, "ref": ref, "at": store.now.replace(tzinfo=None)},
        )
    db.session.execute(text("UPDATE person SET confirmed_at = created_at"))
    db.session.commit()
    for actor in (commenter, both):
        records.comment_on(store, slug, text="Uwaga.", actor=actor)
    for sender in (records.NGO, records.RESIDENT, records.RESIDENT):
        records.comment_on(store, slug, text="Uwaga.", sender=sender)
    found = addressees_of(consultation_id)
    assert sorted(one.person_id for one in found if one.person_id) == [follower.id, commenter.id, both.id]
    guests = [one.submission_id for one in found if one.submission_id]
    addresses = [queries.find_address(None, guest).address for guest in guests]  # type: ignore[union-attr]
    assert addresses == [records.RESIDENT.email]


# --- upkeep


def test_nightly_works_are_done_once_a_night_and_a_failing_one_keeps_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def fail(_now: datetime) -> None:
        done.append("bad")
        raise ZeroDivisionError

    works = (
        RecurringWork("bad", fail),
        RecurringWork("good", lambda _now: done.append("good")),
        RecurringWork("often", lambda _now: done.append("often"), every=timedelta(hours=1)),
    )
    monkeypatch.setattr(upkeep, "WORKS", works)
    for _ in range(48):
        upkeep.run_due(now=store.clock.now)
        store.clock.advance(minutes=30)
    assert Counter(done) == {"bad": 2, "good": 2, "often": 24}
    run = upkeep_queries.find_run("bad")
    assert run
    assert run.failure == "ZeroDivisionError"


def test_letters_long_gone_are_forgotten_and_those_that_wait_are_not(mail: Store) -> None:
    write_to(mail, records.new_person(mail))
    send(mail)
    write_to(mail, records.new_person(mail), due_at=mail.now + timedelta(days=400))
    mail.clock.advance(days=100)
    upkeep.forget_old_letters(mail.now)
    assert [row.sent_at for row in rows()] == [None]


def test_the_worker_is_known_to_be_there_while_it_says_so(store: Store) -> None:
    upkeep.beat(now=store.clock.now)
    assert operations.worker_health(store.now).is_there
    store.clock.advance(minutes=5)
    assert not operations.worker_health(store.now).is_there
