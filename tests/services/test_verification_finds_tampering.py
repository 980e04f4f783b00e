"""Whoever alters the record behind the product's back is found out, and told which record gave it away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from consult.domain.history import chain
from consult.domain.policy.actors import SYSTEM
from consult.domain.process.proposals import PartKind
from consult.services import dispositions, drafting, proposals, verification
from consult.services.attributions import attribute_change
from consult.services.meeting_decisions import note_decision
from consult.services.proposals.values import PartDraft
from consult.services.section_statuses import set_status
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.migrate import downgrade_database, upgrade_database
from consult.storage.triggers import drop_statements
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.pictures import bring_files
from tests.factories.records import (
    RESIDENT,
    announce_meeting,
    comment_on,
    new_document,
    open_consultation,
    publish,
    section,
)
from tests.services.alterations import ALTERATIONS, run

SLUG = "zasady-wspolpracy"


def tell_a_story(store: Store) -> None:
    """A document with four changes, one of which takes another back for a reason said twice, two versions, comments in a
    consultation and an answer."""
    assert new_document(store) == SLUG
    consultation_id = open_consultation(store, SLUG)
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
    drafting.undo_change(SYSTEM, SLUG, 2, now=store.clock.advance(hours=1))
    for reason in ("Po rozmowie z radą", "Po rozmowie z radą dzielnicy"):
        attribute_change(SYSTEM, SLUG, 2, kind="reason", reason=reason, now=store.clock.advance(hours=1))
    decide_beside_the_changes(store, consultation_id)


def decide_beside_the_changes(store: Store, consultation_id: int) -> None:
    """A status with a note, a decision of a meeting, a proposal made and declined: four more acts."""
    meeting_id = announce_meeting(store, consultation_id)
    standing = section(SLUG, "Konsultacje")
    set_status(
        SYSTEM, SLUG, standing.section_id, "to_agree", note="Do rozmowy", now=store.clock.advance(hours=1)
    )
    note_decision(SYSTEM, meeting_id, "Dłuższy nabór.", now=store.clock.advance(hours=1))
    wanted = PartDraft(
        PartKind.REWORD,
        standing.section_id,
        source=standing.source.replace("uchwały", "ustawy"),
        base_text_id=standing.text_id,
    )
    number = proposals.propose_changes(
        SYSTEM, SLUG, title="Ustawa", rationale="Bo tak.", parts=[wanted], now=store.clock.advance(hours=1)
    )
    proposals.decline_proposal(SYSTEM, SLUG, number, reason="Nie teraz.", now=store.clock.advance(hours=1))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of that story, with a picture and an attached file, told once and unguarded by triggers."""
    folder = tmp_path_factory.mktemp("told")
    with opened(new_sqlite(folder)) as store:
        tell_a_story(store)
        bring_files(store, SLUG)
        run(*drop_statements("sqlite"), "DROP TRIGGER record_kept_file_update")
        db.session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "consult.sqlite3"


@pytest.fixture
def slug(told: Path, tmp_path: Path) -> Iterator[str]:
    shutil.copyfile(told, tmp_path / "consult.sqlite3")
    with opened(f"sqlite:///{tmp_path / 'consult.sqlite3'}"):
        yield SLUG


def fault(slug: str) -> tuple[str, str, str] | None:
    db.session.rollback()
    (verified,) = verify_documents(SYSTEM, slug)
    found = verified.fault
    return (found.record, found.ref, found.fault) if found else None


@pytest.mark.parametrize("what", ALTERATIONS)
def test_an_alteration_is_found_and_named_by_the_check_that_is_there_for_it(
    slug: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alteration = ALTERATIONS[what]
    alteration.make()
    assert alteration.is_named_by(fault(slug)), fault(slug)
    leave_out(alteration.by, monkeypatch)
    assert not alteration.is_named_by(fault(slug)), "found without the check as well"


def leave_out(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verify without this check."""
    kept = tuple(one for one in verification.CHECKS if one.__name__ != check)
    links = {name: found for name, found in chain.LINK_CHECKS.items() if name != check}
    assert (len(kept), len(links)) != (len(verification.CHECKS), len(chain.LINK_CHECKS)), "no such check"
    monkeypatch.setattr(verification, "CHECKS", kept)
    monkeypatch.setattr(chain, "LINK_CHECKS", links)


def test_every_check_is_there_for_an_alteration_that_only_it_finds() -> None:
    checks = {one.__name__ for one in verification.CHECKS} - {"chain_faults"} | chain.LINK_CHECKS.keys()
    assert {alteration.by for alteration in ALTERATIONS.values()} == checks


def test_erasing_what_may_name_a_person_leaves_everything_true(slug: str) -> None:
    run("UPDATE seal SET value = NULL, salt = NULL, erased_at = '2026-04-01 00:00:00+00'")
    assert fault(slug) is None


def test_nothing_is_found_in_a_record_nobody_touched(any_store: Store) -> None:
    tell_a_story(any_store)
    assert fault(SLUG) is None


def test_acts_of_a_store_from_before_their_chain_are_chained_when_it_is_brought_up_to_date(
    any_store: Store,
) -> None:
    tell_a_story(any_store)
    downgrade_database("0019")
    upgrade_database()
    assert fault(SLUG) is None
    kinds = db.session.execute(text("SELECT kind FROM recorded_act ORDER BY number")).scalars().all()
    assert kinds == [
        "answer",
        "attribution",
        "attribution",
        "section_status",
        "decision",
        "proposal",
        "proposal",
    ]


def test_one_document_s_fault_does_not_hide_another_s_soundness(store: Store) -> None:
    first, second = new_document(store), new_document(store)
    run(*drop_statements("sqlite"), "UPDATE section_text SET plain = 'x' WHERE id = 2")
    results = {row.document: row.fault is None for row in verify_documents(SYSTEM)}
    assert results == {first: False, second: True}
