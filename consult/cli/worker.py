"""`consult worker`: does what was asked for after the answer."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from consult.services.sockets import current_ports

JOBS_KEY = "consult.jobs"


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Run queued jobs until stopped: feeding the search index. One per store."""
    jobs = current_ports().jobs
    jobs.work(current_app.extensions[JOBS_KEY])
