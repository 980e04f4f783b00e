"""A running installation and a real Chromium to walk through it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An empty installation with an office, an official and an editor, as `make run` would serve it."""
    store = tmp_path_factory.mktemp("store")
    port = free_port()
    made = Installation(f"http://127.0.0.1:{port}", store)
    made.command("db", "upgrade")
    subprocess.run(
        [sys.executable, "-c", _MAKE_PEOPLE],
        cwd=REPOSITORY,
        env=environment(store) | {"PASSWORD": PASSWORD},
        check=True,
    )
    log = (store / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "consult.cli", "serve", "--no-demo", "--port", str(port)],
        cwd=REPOSITORY,
        env=environment(store),
        stdout=log,
        stderr=log,
    )
    try:
        _wait(made.address, server, store / "server.log")
        yield made
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


_MAKE_PEOPLE = f"""
import os
from consult.app import create_app
from consult.domain.policy.actors import SYSTEM
from consult.services import accounts
app = create_app()
with app.app_context():
    from consult.services.sockets import current_ports
    now = current_ports().clock.now()
    host = accounts.create_organisation(SYSTEM, name="Urząd Miasta", slug="urzad-miasta", kind="office", is_host=True, now=now)
    for role, (email, name) in {ACCOUNTS!r}.items():
        accounts.create_person(SYSTEM, email=email, name=name, password=os.environ["PASSWORD"], memberships=((host, role),), now=now)
"""


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here; `make test` installs it as root or prints how")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
        )
        yield chromium
        chromium.close()


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


@pytest.fixture
def visit(browser: Browser, installation: Installation) -> Iterator[type[Visitor]]:
    """Makes visitors, and closes them with a look at what their pages complained of."""
    made: list[Visitor] = []

    def visitor(*, scripts: bool = True) -> Visitor:
        made.append(Visitor(browser, installation, scripts=scripts))
        return made[-1]

    yield visitor  # type: ignore[misc]
    for one in made:
        one.close()
