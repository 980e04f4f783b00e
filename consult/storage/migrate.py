"""Bringing a database to the schema this code expects."""

from __future__ import annotations

import functools
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import Migrate, downgrade, upgrade
from sqlalchemy import text

from consult.storage.database import db


def init_migrations(app: Flask, folder: Path) -> None:
    Migrate(app, db, directory=str(folder), render_as_batch=True, compare_type=True)


def upgrade_database(revision: str = "head") -> None:
    """Apply the migrations that are missing; inside an application context."""
    upgrade(revision=revision)


def downgrade_database(revision: str) -> None:
    """Undo migrations down to `revision`; inside an application context."""
    downgrade(revision=revision)


def is_database_current() -> bool:
    """Whether the database has the schema this code expects; raises whatever a database that does not answer raises."""
    found = db.session.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return list(found) == list(_expected(current_app.extensions["migrate"].directory))


@functools.cache
def _expected(folder: str) -> tuple[str, ...]:
    return tuple(ScriptDirectory(folder).get_heads())
