"""Whoever alters the record behind the product's back is found out, and told which record gave it away."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from consult.domain.policy.actors import SYSTEM
from consult.services import dispositions, drafting
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.triggers import drop_statements
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.records import RESIDENT, comment_on, new_document, open_consultation, publish, section

SLUG = "zasady-wspolpracy"


def tell_a_story(store: Store) -> None:
    """A document with three changes, two versions, comments in a consultation and an answer."""
    assert new_document(store) == SLUG
    open_consultation(store, SLUG)
    first = comment_on(store, SLUG, "siedmiu dni", proposed="trzech dni")
    comment_on(store, SLUG, "na piśmie", sender=RESIDENT)
    standing = section(SLUG, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        SLUG,
        standing.section_id,
        source=standing.source.replace("uchwały", "uchwały i zarządzenia"),
        base_text_id=standing.text_id,
        note="Także zarządzenia",
        now=store.clock.advance(hours=1),
    )
    publish(store, SLUG, "druga wersja")
    drafting.remove_section(
        SYSTEM, SLUG, section(SLUG, "Forma konsultacji").section_id, now=store.clock.advance(hours=1)
    )
    dispositions.save_disposition(
        SYSTEM,
        first.comment_ids[0],
        outcome="rejected",
        justification="Tak stanowi ustawa.",
        expected_revision=0,
        now=store.clock.advance(hours=1),
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of that story, told once and unguarded by triggers."""
    folder = tmp_path_factory.mktemp("told")
    with opened(new_sqlite(folder)) as store:
        tell_a_story(store)
        run(*drop_statements("sqlite"))
        db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "consult.sqlite3"


@pytest.fixture
def slug(told: Path, tmp_path: Path) -> Iterator[str]:
    shutil.copyfile(told, tmp_path / "consult.sqlite3")
    with opened(f"sqlite:///{tmp_path / 'consult.sqlite3'}"):
        yield SLUG


def run(*statements: str, **values: object) -> None:
    """Alter the store behind the product's back."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        db.session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    for statement in statements:
        db.session.execute(text(statement), values)
    db.session.commit()


def one(query: str) -> object:
    return db.session.execute(text(query)).scalar()


def fault(slug: str) -> tuple[str, str, str] | None:
    db.session.rollback()
    (verified,) = verify_documents(SYSTEM, slug)
    found = verified.fault
    return (found.record, found.ref, found.fault) if found else None


ALTERATIONS = {
    "the words of a text": (
        "UPDATE section_text SET source = replace(source, 'siedmiu', 'ośmiu') WHERE id = 2",
        ("text", "2", "altered"),
    ),
    "how a text is shown": (
        "UPDATE section_text SET html = replace(html, 'siedmiu', 'ośmiu') WHERE id = 2",
        ("text", "2", "rendering"),
    ),
    "the plain words comments stand on": (
        "UPDATE section_text SET plain = replace(plain, 'siedmiu', 'ośmiu') WHERE id = 2",
        ("text", "2", "rendering"),
    ),
    "a heading in the outline": (
        "UPDATE section_text SET heading = 'Inny' WHERE id = 2",
        ("text", "2", "rendering"),
    ),
    "the level of a heading": ("UPDATE section_text SET level = 3 WHERE id = 2", ("text", "2", "rendering")),
    "the author of a change": (
        "UPDATE seal SET value = 'Ktoś inny' WHERE id = (SELECT actor_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
    ),
    "the note of a change": (
        "UPDATE seal SET value = 'Nic' WHERE id = (SELECT note_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
    ),
    "a note with its salt thrown away": (
        "UPDATE seal SET value = 'Nic', salt = NULL WHERE id = (SELECT note_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
    ),
    "a note taken out without saying so": (
        "UPDATE seal SET value = NULL, salt = NULL WHERE id = (SELECT note_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
    ),
    "a salt cut short": (
        "UPDATE seal SET salt = CAST('x' AS {bytes}) WHERE id = (SELECT note_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
    ),
    "the digest of a note": (
        "UPDATE seal SET digest = 'ab' WHERE id = (SELECT note_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
    ),
    "the hash of a change": ("UPDATE change SET hash = 'ab' WHERE number = 2", ("change", "2", "altered")),
    "the body of a change": (
        'UPDATE change SET body = replace(body, \'"op":"text"\', \'"op":"remove"\') WHERE number = 2',
        ("change", "2", "altered"),
    ),
    "the body of a change made unreadable": (
        "UPDATE change SET body = 'nothing' WHERE number = 2",
        ("change", "2", "unreadable"),
    ),
    "the body of a change emptied": (
        "UPDATE change SET body = '{{}}' WHERE number = 2",
        ("change", "2", "unreadable"),
    ),
    "the moment of a change": (
        "UPDATE change SET at = '2020-01-01 00:00:00+00' WHERE number = 2",
        ("change", "2", "altered"),
    ),
    "the cause of a change": (
        "UPDATE change SET cause_kind = 'comment', cause_ref = 1 WHERE number = 2",
        ("change", "2", "altered"),
    ),
    "the link to the change before": (
        "UPDATE change SET prev_hash = 'ab' WHERE number = 2",
        ("change", "2", "altered"),
    ),
    "the order of changes": (
        "UPDATE change SET number = number + 10 WHERE number = 2; UPDATE change SET number = 2 WHERE number = 3; "
        "UPDATE change SET number = 3 WHERE number = 12",
        ("change", "2", "out_of_order"),
    ),
    "the head of the document": ("UPDATE document SET head_hash = 'ab'", ("change", "3", "head")),
    "the last change dropped from the count": (
        "UPDATE document SET last_change_no = 2",
        ("change", "3", "missing"),
    ),
    "a text that stood longer than it did": (
        "UPDATE occupancy SET until_no = 3 WHERE until_no = 2",
        ("occupancy", "*", "altered"),
    ),
    "a removed section put back": (
        "INSERT INTO occupancy (document_id, section_id, text_id, parent_id, rank, from_no, until_no) "
        "SELECT document_id, section_id, text_id, parent_id, rank, 4, NULL FROM occupancy WHERE until_no = 3",
        ("occupancy", "*", "altered"),
    ),
    "a section put elsewhere": (
        "UPDATE occupancy SET rank = 'zz' WHERE section_id = (SELECT section_id FROM section_text WHERE id = 2)",
        ("occupancy", "*", "altered"),
    ),
    "a section standing with another's text": (
        "UPDATE occupancy SET text_id = 1 WHERE text_id = 2",
        ("occupancy", "*", "altered"),
    ),
    "a section under another": (
        "UPDATE occupancy SET parent_id = NULL WHERE text_id = 2",
        ("occupancy", "*", "altered"),
    ),
    "a section gone from the draft": (
        "DELETE FROM occupancy WHERE text_id = 2",
        ("occupancy", "*", "altered"),
    ),
    "the checksum of a version": (
        "UPDATE version SET checksum = 'ab' WHERE number = 2",
        ("version", "2", "altered"),
    ),
    "a label in a version": (
        "UPDATE version_section SET label = '9.9' WHERE version_id = 2 AND ordinal = 1",
        ("version", "2", "altered"),
    ),
    "a leaf of a version": (
        "UPDATE version_section SET hash = 'ab' WHERE version_id = 2 AND ordinal = 1",
        ("version", "2", "altered"),
    ),
    "the depth of a section in a version": (
        "UPDATE version_section SET depth = 5 WHERE version_id = 2 AND ordinal = 1",
        ("version", "2", "altered"),
    ),
    "a section taken out of a version": (
        "DELETE FROM version_section WHERE version_id = 2 AND ordinal = 3",
        ("version", "2", "altered"),
    ),
    "the change a version was made at": (
        "UPDATE version SET change_no = 1 WHERE number = 2",
        ("version", "2", "broken_link"),
    ),
    "a version dropped from the count": (
        "UPDATE document SET last_version_no = 3",
        ("version", "3", "missing"),
    ),
    "what a comment says": (
        "UPDATE seal SET value = 'Popieram.' WHERE id = (SELECT text_seal_id FROM comment_revision WHERE comment_id = 1)",
        ("comment", "*/1", "altered"),
    ),
    "the wording a comment proposes": (
        "UPDATE seal SET value = 'roku' WHERE id = (SELECT proposed_seal_id FROM comment_revision WHERE comment_id = 1)",
        ("comment", "*/1", "altered"),
    ),
    "a proposal hidden": (
        "UPDATE comment_revision SET proposed_seal_id = NULL WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
    ),
    "one comment's words under another": (
        "UPDATE comment_revision SET text_seal_id = (SELECT text_seal_id FROM comment_revision AS o "
        "WHERE o.comment_id = 2) WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
    ),
    "the kind of a comment": (
        "UPDATE comment SET kind = 'support' WHERE id = 1",
        ("comment", "*/1", "altered"),
    ),
    "where a comment points": (
        "UPDATE comment_target SET start = start - 1 WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
    ),
    "the words a comment is shown to point at": (
        "UPDATE comment_target SET exact = 'roku' WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
    ),
    "a comment that points nowhere any more": (
        "DELETE FROM placement WHERE target_id = 1; DELETE FROM comment_target WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
    ),
    "the number of a comment": (
        "UPDATE comment SET number = 7 WHERE id = 2",
        ("comment", "*/7", "altered"),
    ),
    "the hash of a receipt": (
        "UPDATE submission SET receipt_hash = 'ab' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
    ),
    "what a receipt was given for": (
        "UPDATE submission SET body = replace(body, 'substantive', 'support') WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
    ),
    "a receipt made unreadable": (
        "UPDATE submission SET body = '[' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
    ),
    "when a submission came": (
        "UPDATE submission SET received_at = '2020-01-01 00:00:00+00' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
    ),
    "in whose name it came": (
        "UPDATE submission SET capacity = 'office' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
    ),
    "whose organisation it came from": (
        "UPDATE submission SET organisation_name_then = 'Fundacja B' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
    ),
    "the last submission dropped": (
        "UPDATE register SET last_receipt = 3",
        ("receipt", "*/3", "missing"),
    ),
    "a number given to nobody": (
        "UPDATE register SET last_number = 3",
        ("comment", "*/3", "missing"),
    ),
    "the reasons of an answer": (
        "UPDATE seal SET value = 'Nie.' WHERE id = (SELECT justification_seal_id FROM disposition_revision)",
        ("answer", "*/1", "altered"),
    ),
    "the outcome that is counted": (
        "UPDATE disposition SET outcome = 'accepted'",
        ("answer", "*/1", "altered"),
    ),
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_an_alteration_is_found_and_named(slug: str, what: str) -> None:
    statement, expected = ALTERATIONS[what]
    run(*statement.format(bytes="BLOB").split("; "))
    found = fault(slug)
    assert found is not None
    record, ref, how = expected
    assert (found[0], found[2]) == (record, how)
    assert ref == "*" or found[1].split("/")[-1] == ref.split("/")[-1]


def test_a_text_altered_together_with_its_digest_is_found(slug: str) -> None:
    digest = "0" * 64
    run("UPDATE section_text SET digest = :digest WHERE id = 2", digest=digest)
    assert fault(slug) == ("text", "2", "altered")


def test_a_whole_change_forged_with_a_fitting_hash_breaks_the_chain_after_it(slug: str) -> None:
    from consult.domain.history.chain import change_hash

    body = json.loads(str(one("SELECT body FROM change WHERE number = 2")))
    body["operations"] = []
    run(
        "UPDATE change SET body = :body, hash = :hash WHERE number = 2",
        body=json.dumps(body),
        hash=change_hash(body),
    )
    assert fault(slug) == ("change", "3", "broken_link")


def test_a_version_forged_with_a_fitting_checksum_does_not_hold_what_stood(slug: str) -> None:
    """Version 2 is made to say what version 1 said, with all its hashes."""
    run(
        "DELETE FROM version_section WHERE version_id = 2",
        "INSERT INTO version_section (version_id, ordinal, section_id, text_id, depth, label, hash) "
        "SELECT 2, ordinal, section_id, text_id, depth, label, hash FROM version_section WHERE version_id = 1",
        "UPDATE version SET checksum = (SELECT checksum FROM version AS o WHERE o.number = 1) WHERE number = 2",
    )
    assert fault(slug) == ("version", "2", "other_text")


def test_erasing_what_may_name_a_person_leaves_everything_true(slug: str) -> None:
    run("UPDATE seal SET value = NULL, salt = NULL, erased_at = '2026-04-01 00:00:00+00'")
    assert fault(slug) is None


def test_nothing_is_found_in_a_record_nobody_touched(any_store: Store) -> None:
    tell_a_story(any_store)
    assert fault(SLUG) is None


def test_one_document_s_fault_does_not_hide_another_s_soundness(store: Store) -> None:
    first, second = new_document(store), new_document(store)
    run(*drop_statements("sqlite"), "UPDATE section_text SET plain = 'x' WHERE id = 2")
    results = {row.document: row.fault is None for row in verify_documents(SYSTEM)}
    assert results == {first: False, second: True}
