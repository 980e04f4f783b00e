"""A running installation, and people with browsers who visit it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from consult.app import create_app
from consult.domain.policy.actors import SYSTEM
from consult.services import accounts, organisations
from consult.services.sockets import current_ports
from consult.settings import Settings
from consult.storage.database import db
from tests.factories.apps import new_sqlite

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
START_SECONDS = 60
PASSWORD = "haslo do podrozy po serwisie"

ACCOUNTS = {
    "official": ("urzad@example.org", "Urzędniczka, Urząd Miasta"),
    "editor": ("grupa@example.org", "Redaktor, grupa robocza"),
}


@dataclass(frozen=True)
class Installation:
    """A server with its worker on a store of its own."""

    address: str
    store: Path

    def command(self, *words: str) -> str:
        """What a command prints. It is run by this process: that commands work as processes of their own is for their
        own tests to prove.
        """
        with opened_app(self.store) as app:
            done = app.test_cli_runner().invoke(args=words)
        assert done.exit_code == 0, f"consult {' '.join(words)}: {done.output} {done.exception!r}"
        return done.stdout.strip()


@contextmanager
def opened_app(store: Path) -> Iterator[Flask]:
    """An application on a store as a command has it; nothing is connected to the store afterwards."""
    app = create_app(Settings(consult_data=store, log_level="WARNING"))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def opened_store(store: Path) -> Iterator[datetime]:
    """An installation's store, empty but for its tables, to be filled through services; gives the moment it is."""
    new_sqlite(store)
    with opened_app(store) as app, app.app_context():
        yield current_ports().clock.now()


def environment(store: Path) -> dict[str, str]:
    return {**os.environ, "CONSULT_DATA": str(store), "LOG_LEVEL": "WARNING"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_people(now: datetime) -> None:
    """An office, an official and an editor."""
    host = organisations.create_organisation(
        SYSTEM, name="Urząd Miasta", slug="urzad-miasta", kind="office", is_host=True, now=now
    )
    for role, (email, name) in ACCOUNTS.items():
        accounts.create_person(
            SYSTEM, email=email, name=name, password=PASSWORD, memberships=((host, role),), now=now
        )


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        if server.poll() is not None:
            raise AssertionError(f"the server stopped: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not answer: {log.read_text()[-2000:]}")


class Visitor:
    """One person's browser; anything a page complains of fails the journey."""

    def __init__(self, browser: Browser, installation: Installation, *, scripts: bool = True) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1440, "height": 1000}, locale="pl-PL", java_script_enabled=scripts
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.address = installation.address
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type == "error" and "status of 4" not in message.text
                else None
            ),
        )

    def go(self, path: str) -> Page:
        self.page.goto(path if path.startswith("http") else f"{self.address}{path}")
        return self.page

    def sign_in(self, role: str) -> None:
        self.go("/sign-in")
        self.page.fill("[name=email]", ACCOUNTS[role][0])
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(f"{self.address}/")

    def close(self) -> None:
        self.context.close()
        assert not self.complaints, self.complaints
