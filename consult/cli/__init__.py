"""The command line: `consult <noun> <verb>`. Commands call services as the system actor."""

from __future__ import annotations

from flask import Flask
from flask.cli import FlaskGroup

from consult import start_app
from consult.cli.accounts import accounts, organisations
from consult.cli.comments import comments
from consult.cli.database import database
from consult.cli.documents import documents
from consult.cli.exports import exports
from consult.cli.kept_files import erase
from consult.cli.mail import mail
from consult.cli.privacy import privacy
from consult.cli.provenance import blame, rebuild
from consult.cli.search import search
from consult.cli.serve import serve
from consult.cli.worker import worker

COMMANDS = (
    database,
    organisations,
    accounts,
    documents,
    comments,
    search,
    exports,
    mail,
    privacy,
    serve,
    worker,
)


documents.add_command(blame)
documents.add_command(erase)
documents.add_command(rebuild)


def init_commands(app: Flask) -> None:
    """Give an application its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)


class _OwnCommands(FlaskGroup):
    """The commands of this product, without those that libraries bring along."""

    def _load_plugin_commands(self) -> None:
        self._loaded_plugin_commands = True


def main() -> None:
    """The `consult` command."""
    group = _OwnCommands(
        create_app=start_app,
        add_default_commands=False,
        add_version_option=False,
        set_debug_flag=False,
        load_dotenv=False,
        help="Consult: public consultations in which every comment stays with its words and gets an answer.",
    )
    group(prog_name="consult")
