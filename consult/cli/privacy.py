"""`consult privacy retention`."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from consult.cli.answers import reports_errors
from consult.services import senders as service
from consult.services.sockets import current_ports


@click.group("privacy")
def privacy() -> None:
    """Personal data and how long they are kept."""


@privacy.command("retention")
@click.option("--dry-run", is_flag=True, help="Only tell what would be erased.")
@with_appcontext
@reports_errors
def retention(dry_run: bool) -> None:
    """Erase contact data kept as long as their hosts said; the worker does the same every night."""
    now = current_ports().clock.now()
    due = service.list_past_term(now)
    for row in due:
        click.echo(
            f"{row.host_name}: {row.title}: submissions {len(row.submissions)}, "
            f"ended {row.ended_at:%Y-%m-%d}, kept for months: {row.months}"
        )
    if dry_run:
        click.echo(f"would erase contact data of submissions: {sum(len(row.submissions) for row in due)}")
    else:
        click.echo(f"erased contact data of submissions: {service.erase_past_term(now)}")
