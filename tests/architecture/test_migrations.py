"""The schema in the migrations is the schema in the code, and moving between schemas loses no guard."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from consult.storage.database import db
from consult.storage.migrate import downgrade_database, upgrade_database
from consult.storage.triggers import RECORD_TABLES, expected_triggers
from tests.architecture.lived_in import live_in
from tests.factories import records
from tests.factories.apps import Store
from tests.real_data import REPOSITORY


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(REPOSITORY / "migrations"))
    return ScriptDirectory.from_config(config)


REVISIONS = [(script.revision, script.down_revision or "base") for script in scripts().walk_revisions()]
"""Every migration as (revision, the one below it), the newest first."""


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def triggers() -> set[str]:
    is_sqlite = db.engine.dialect.name == "sqlite"
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if is_sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with db.engine.connect() as connection:
        return set(connection.execute(text(query)).scalars())


GUARDED_WITH_THE_ACTS = {"meeting_decision", "proposal_turn"}
"""Tables that were there before what they say became a part of the record."""


def guards_of(present: set[str]) -> set[str]:
    """The triggers a schema with these tables must have."""
    guarded = {*RECORD_TABLES, "seal", "kept_file"} & present
    if "recorded_act" not in present:
        guarded -= GUARDED_WITH_THE_ACTS
    return {name for name in expected_triggers() if name.split("_", 1)[1].rsplit("_", 1)[0] in guarded}


def rows() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in tables()
        }


def test_there_is_exactly_one_newest_migration() -> None:
    assert len(scripts().get_heads()) == 1


def test_the_migrated_schema_is_the_one_the_models_describe(any_store: Store) -> None:
    with any_store.app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_a_migrated_database_has_every_guard(any_store: Store) -> None:
    assert triggers() == expected_triggers()


@pytest.mark.parametrize(("revision", "below"), REVISIONS)
def test_a_migration_can_be_undone_and_done_again_under_data(
    lived_in_store: Store, revision: str, below: str
) -> None:
    before = rows()
    downgrade_database(below)
    assert triggers() == guards_of(tables())
    kept = tables()
    upgrade_database(revision)
    assert triggers() == guards_of(tables())
    upgrade_database()
    assert triggers() == expected_triggers()
    after = rows()
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    if not kept:
        assert records.sections(live_in(lived_in_store))


def test_a_database_without_a_guard_would_be_noticed(store: Store) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER record_change_update"))
    assert triggers() != expected_triggers()
