"""Bringing a database to the schema this code expects."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade

from consult.storage.database import db


def init_migrations(app: Flask, folder: Path) -> None:
    Migrate(app, db, directory=str(folder), render_as_batch=True, compare_type=True)


def upgrade_database(revision: str = "head") -> None:
    """Apply the migrations that are missing; inside an application context."""
    upgrade(revision=revision)


def downgrade_database(revision: str) -> None:
    """Undo migrations down to `revision`; inside an application context."""
    downgrade(revision=revision)
