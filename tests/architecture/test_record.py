"""The record refuses to be altered by anybody, and lets personal data be erased."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from consult.domain.policy.actors import SYSTEM
from consult.services.verification import verify_documents
from consult.storage.database import WRITES, db
from consult.storage.triggers import RECORD_TABLES, REFUSAL
from tests.factories.apps import Store

CHANGEABLE = {
    "document",  # its stage and the number of its last change move on
    "consultation",  # ends, and publishes its answers
    "register",  # counts
    "disposition",  # says which revision of an answer holds
    "occupancy",  # is closed by the change that ends it; derived
    "placement",  # follows the words; derived
    "attachment",  # only what its states go by
    "kept_file",  # may lose its content, and nothing else: it has a guard of its own
    "picture_use",  # derived from the texts
    "redacted_words",  # what is shown instead of words cut out, until that is taken back
    "delivery",  # is done once
    "meeting",  # is moved, cancelled, counted; what stood before is in meeting_change
    "meeting_attendance",  # is corrected, likewise
    "opinion",  # is given; what stood before is in opinion_change
    "organisation",
    "person",
    "account_link",  # is used, or made void
    "data_request",  # is decided
    "membership",
    "membership_request",  # is decided, or taken back
    "organisation_invitation",  # is used up, or taken back
    "host",  # how its pages look; its texts are the record
    "working_group",
    "group_member",
    "group_document",
    "group_invitation",  # is answered, or taken back
    "person_identity",  # goes with its account
    "person_session",
    "second_factor",
    "recovery_code",
    "follow",
    "visit_mark",
    "saved_search",
    "saved_search_find",
    "saved_search_link",
    "unsaved_text",  # grows with every pause in writing, and goes when it is saved
    "editing_presence",
    "unsent_submission",  # goes when it is sent, as do the next two
    "unsent_comment",
    "unsent_target",
    "comment_support",  # is taken back
    "comment_standing",  # repeats the last act of moderation, which is the record
    "outgoing_letter",  # leaves once
    "provenance",  # is worked out anew; derived
    "proposal",  # goes its course, which is in proposal_turn
    "proposal_part",  # is brought up to date; the wording as it was sent stays beside it
    "proposal_reply",  # decides nothing; loses its author's name when they are erased
    "dissenting_opinion",  # is withdrawn, or kept within the group; likewise
    "working_note",  # is settled; likewise
    "collection",
    "collection_document",
    "joint_answer",  # an organisation's own until it is sent; what was sent is the record
    "joint_answer_approver",
    "joint_answer_code",
    "joint_answer_letter",
    "joint_answer_party",
    "joint_answer_place",
    "joint_answer_point",
    "joint_answer_remark",  # what members said is theirs to take back
    "joint_answer_source",
    "upkeep_run",  # the worker's sign of life
    "person_data",  # is erased
    "submission_file_content",  # is erased
    "seal",  # loses its value, never its digest
}
"""Tables that are not the record, each with its reason where that is not plain."""


@pytest.fixture
def engine(lived_in_store: Store) -> Engine:
    """The database of a store somebody worked in."""
    return db.engine


def execute(engine: Engine, statement: str) -> int:
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        affected = connection.execute(text(statement)).rowcount
        connection.commit()
    return affected


def first_column(table: str) -> str:
    return next(iter(db.metadata.tables[table].columns)).name


def test_every_table_is_either_record_or_known_to_change() -> None:
    assert set(RECORD_TABLES) | CHANGEABLE == set(db.metadata.tables)
    assert set(RECORD_TABLES) & CHANGEABLE == set()


def test_the_record_is_refused_every_alteration(engine: Engine) -> None:
    for table in RECORD_TABLES:
        with engine.connect() as connection:
            assert connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one(), (
                f"{table} is empty"
            )
        column = first_column(table)
        for statement in (f'UPDATE "{table}" SET {column} = {column}', f'DELETE FROM "{table}"'):
            with pytest.raises(DBAPIError, match=REFUSAL):
                execute(engine, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE seal SET value = 'other words'",
        "UPDATE seal SET value = 'other words', erased_at = '2026-03-02 09:00:00'",
        "UPDATE seal SET value = NULL, erased_at = '2026-03-02 09:00:00'",
        "UPDATE seal SET salt = NULL, erased_at = '2026-03-02 09:00:00'",
        "UPDATE seal SET value = NULL, salt = NULL",
        "UPDATE seal SET value = NULL, salt = NULL, erased_at = '2026-03-02 09:00:00', digest = 'x'",
        "DELETE FROM seal",
    ],
)
def test_a_sealed_value_cannot_be_replaced_or_half_erased(engine: Engine, statement: str) -> None:
    with pytest.raises(DBAPIError, match=REFUSAL):
        execute(engine, statement)


def test_erasing_every_sealed_value_and_all_personal_data_leaves_the_record_verifying(
    engine: Engine,
) -> None:
    assert execute(engine, "UPDATE seal SET value = NULL, salt = NULL, erased_at = '2026-03-02 09:00:00'")
    assert execute(engine, "UPDATE person_data SET name = '', email = ''")
    assert execute(engine, "DELETE FROM person_data")
    (verified,) = verify_documents(SYSTEM)
    assert verified.fault is None
