"""A running installation, and people with browsers who visit it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.real_data import REPOSITORY

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

    def command(self, *words: str, check: bool = True) -> str:
        """What a command prints."""
        done = subprocess.run(
            [sys.executable, "-m", "consult.cli", *words],
            cwd=REPOSITORY,
            env=environment(self.store),
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"consult {' '.join(words)}: {done.stderr}")
        return done.stdout.strip()


def environment(store: Path) -> dict[str, str]:
    return {**os.environ, "CONSULT_DATA": str(store), "LOG_LEVEL": "WARNING"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


MAKE_PEOPLE = f"""
import os
from consult import start_app
from consult.domain.policy.actors import SYSTEM
from consult.services import accounts, organisations
app = start_app()
with app.app_context():
    from consult.storage.migrate import upgrade_database
    upgrade_database()
    from consult.services.sockets import current_ports
    now = current_ports().clock.now()
    host = organisations.create_organisation(SYSTEM, name="Urząd Miasta", slug="urzad-miasta", kind="office", is_host=True, now=now)
    for role, (email, name) in {ACCOUNTS!r}.items():
        accounts.create_person(SYSTEM, email=email, name=name, password=os.environ["PASSWORD"], memberships=((host, role),), now=now)
"""


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
