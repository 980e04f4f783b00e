"""`consult documents erase-file`."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.domain.policy.actors import SYSTEM
from consult.services.kept_files import erase_file
from consult.services.sockets import current_ports


@click.command("erase-file")
@click.argument("digest")
@with_appcontext
@reports_errors
def erase(digest: str) -> None:
    """Erase the content of the picture or attached file with the SHA-256 DIGEST, everywhere and for good."""
    erase_file(SYSTEM, digest.strip().lower(), now=current_ports().clock.now())
    click.echo(f"erased {digest}")
