"""`consult exports …`"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.cli.wording import PolishWording
from consult.domain.policy.actors import SYSTEM
from consult.services import exports as service
from consult.services.sockets import current_ports
from consult.storage.queries.documents import get_document
from consult.storage.queries.viewers import EVERYTHING

FORMATS = ("html", "md", "docx", "xlsx")


@click.group("exports")
def exports() -> None:
    """Texts and comment tables as files."""


@exports.command("write")
@click.argument("slug")
@click.option("--format", "format_name", required=True, type=click.Choice(FORMATS))
@click.option("--output", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--version", "version_no", type=int, help="A published version; the last one when left out.")
@with_appcontext
@reports_errors
def write(slug: str, format_name: str, output: Path, version_no: int | None) -> None:
    """Write the text of SLUG (html, md, docx) or its comment table (xlsx) to a file.

    The text is the last published version, or the working draft where nothing is published yet.
    """
    if format_name == "xlsx":
        file = service.export_comment_table(SYSTEM, slug, PolishWording())
    else:
        number = version_no or get_document(slug, EVERYTHING).last_version_no or None
        file = service.export_text(
            SYSTEM, slug, format_name, PolishWording(), version_no=number, now=current_ports().clock.now()
        )
    output.write_bytes(file.content)
    click.echo(str(output))
