"""Runs migrations on the application's database, all in one transaction."""

from alembic import context
from flask import current_app
from sqlalchemy import DateTime, TypeDecorator

import consult.storage.models  # noqa: F401  (registers every table)
from consult.storage.database import WRITES

migrate = current_app.extensions["migrate"]


def render_type(kind, value, _autogen):
    """Own column types are written into migrations as what they are in the database."""
    if kind == "type" and isinstance(value, TypeDecorator) and isinstance(value.impl_instance, DateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    engine = migrate.db.engine
    with engine.connect() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            # batch mode recreates tables, which enforced foreign keys would take for deletions
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        connection = connection.execution_options(**{WRITES: True})
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            render_item=render_type,
            transactional_ddl=True,
            **migrate.configure_args,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
        finally:
            if is_sqlite:
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


run()
