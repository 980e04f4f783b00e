"""The database itself refuses to alter the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from consult.domain.policy.actors import SYSTEM
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.migrate import downgrade_database, upgrade_database
from consult.storage.triggers import RECORD_TABLES, REFUSAL, expected_triggers
from tests.architecture.lived_in import live_in
from tests.factories.apps import Store
from tests.factories.copies import opened_copy
from tests.factories.records import new_document


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with a row in every table of the record."""
    with opened_copy(request.param, live_in, tmp_path) as made:
        yield made


def execute(statement: str) -> int:
    done = db.session.execute(text(statement))
    db.session.commit()
    return done.rowcount  # type: ignore[attr-defined, no-any-return]


def test_no_row_of_the_record_is_updated_or_deleted(filled: Store) -> None:
    for table in (*RECORD_TABLES, "seal"):
        column = db.session.execute(text(f"SELECT * FROM {table} LIMIT 1"))
        (first, *_), row = column.keys(), column.first()
        assert row is not None, f"nothing in {table} to try this on"
        db.session.rollback()
        for statement in (f"UPDATE {table} SET {first} = {first}", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match=REFUSAL):
                execute(statement)
            db.session.rollback()


def test_a_sealed_value_is_erased_and_neither_altered_nor_half_erased(filled: Store) -> None:
    when = "erased_at = '2026-05-01 00:00:00+00'"
    for change in (
        "value = 'x'",
        "value = NULL",
        f"value = NULL, {when}",
        f"value = NULL, salt = NULL, digest = 'x', {when}",
    ):
        with pytest.raises(DatabaseError, match=REFUSAL):
            execute(f"UPDATE seal SET {change}")
        db.session.rollback()
    assert execute(f"UPDATE seal SET value = NULL, salt = NULL, {when}") > 3
    assert verify_documents(SYSTEM)[0].fault is None


def test_a_person_s_data_can_be_erased(filled: Store) -> None:
    execute("DELETE FROM person_data")
    assert verify_documents(SYSTEM)[0].fault is None


def triggers() -> set[str]:
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if db.engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    found = {row[0] for row in db.session.execute(text(query))}
    db.session.rollback()
    return found


def test_all_triggers_are_there(any_store: Store) -> None:
    assert triggers() == expected_triggers()


def test_the_schema_goes_down_and_up_again(any_store: Store) -> None:
    downgrade_database("base")
    assert triggers() == set()
    upgrade_database()
    assert triggers() == expected_triggers()
    assert new_document(any_store)
