"""`consult db …`: the schema of the store."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from consult.storage.migrate import upgrade_database


@click.group("db")
def database() -> None:
    """The database of the store."""


@database.command("upgrade")
@with_appcontext
def upgrade() -> None:
    """Bring the database to the schema this version expects."""
    upgrade_database()
