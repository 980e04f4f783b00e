"""`consult serve`: everything an installation on one machine needs, in one command.

The command brings the database up to date, gives an empty store the demonstration, and then stays as the
parent of the web server and the worker.
"""

from __future__ import annotations

import errno
import fcntl
import http.client
import ipaddress
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click
from flask import current_app
from flask.cli import with_appcontext

from consult.cli import demo
from consult.cli.supervision import Supervisor
from consult.services.sockets import current_ports
from consult.storage.migrate import upgrade_database
from consult.storage.queries.documents import count_documents

BLOCKING_THREADS = 4
"""Requests one web process works on at a time."""

MOST_WEB_PROCESSES = 2
"""SQLite has one writer; more processes than this only wait for it."""

ACCOUNTS_FILE = "demo-accounts.txt"


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--demo/--no-demo", "with_demo", default=True, help="Give an empty store the demonstration's texts."
)
@with_appcontext
def serve(port: int, host: str, with_demo: bool) -> None:
    """Bring the store up to date, then serve pages and run the worker until stopped."""
    is_private = _is_loopback(host)
    store = Path(current_app.config["SETTINGS"].consult_data).resolve()
    accounts = store / ACCOUNTS_FILE
    if not is_private and accounts.exists():
        raise click.ClickException(
            f"This store holds demonstration accounts ({accounts}); it is served to this machine only. "
            "Use another store (CONSULT_DATA) to listen on other addresses."
        )
    _check_port(host, port)
    lock = _lock(store / "serve.lock")
    with current_app.app_context():  # its own, so that nothing stays open in the database while serving
        upgrade_database()
        if with_demo and is_private and count_documents() == 0:
            _seed(accounts)
    current_ports().meters.begin()
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    supervisor = Supervisor(
        web=web_command(host, port),
        worker=(sys.executable, "-m", "consult.cli", "worker"),
        folder=Path(current_app.root_path),
        environment={"PUBLIC_ADDRESS": address, **os.environ, "CONSULT_DATA": str(store)},
        is_ready=lambda: _answers(host, port),
        say=lambda: _say(address, accounts if is_private else None),
    )
    status = supervisor.run()
    lock.close()
    sys.exit(status)


def web_command(host: str, port: int) -> tuple[str, ...]:
    """What serves pages, without the worker."""
    workers = min(MOST_WEB_PROCESSES, os.cpu_count() or 1)
    return (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(BLOCKING_THREADS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning"),
        "wsgi:app",
    )


def _say(address: str, accounts: Path | None) -> None:
    click.echo(f"\nConsult is at {address}")
    if accounts and accounts.exists():
        click.echo(f"Demonstration accounts (kept in {accounts}):\n")
        click.echo(accounts.read_text(encoding="utf-8"))
    click.echo("Stop with Ctrl-C.")


def _lock(path: Path) -> TextIO:
    """Take the store for this process; the system lets go of it however the process ends."""
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        raise click.ClickException(
            f"The store {path.parent} is being served already. Stop that first, or use another (CONSULT_DATA)."
        ) from taken
    return file


# --- the demonstration --------------------------------------------------------------------------------


def _seed(path: Path) -> None:
    """Give the store the demonstration and keep its accounts where only the store's owner can read them."""
    click.echo("The store is empty: preparing the demonstration, a minute or so …")

    def keep(accounts: Sequence[object]) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(f"{account}\n" for account in accounts)

    demo.seed(current_ports().clock.now(), keep=keep)


# --- addresses ----------------------------------------------------------------------------------------


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_port(host: str, port: int) -> None:
    """Say at once and plainly when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refusal:
            raise click.ClickException(_why_not(refusal, host, port)) from refusal


def _why_not(refusal: OSError, host: str, port: int) -> str:
    if refusal.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}"
    if refusal.errno == errno.EACCES:
        return f"Port {port} is for the system's own programs. Choose one above 1023: make run PORT=8000"
    return f"Cannot listen on {host}, port {port}: {refusal.strerror}"


def _answers(host: str, port: int) -> bool:
    """Whether pages come; the socket alone listens before the first process has read the application."""
    asking = http.client.HTTPConnection(host, port, timeout=1)
    try:
        asking.request("HEAD", "/")
        asking.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()
    return True
