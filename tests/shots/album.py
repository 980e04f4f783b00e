"""The demonstration served on loopback, and windows in which its people look at its pages."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.installation import START_SECONDS, free_port
from tests.real_data import REPOSITORY
from tests.shots.places import Place, addresses


@contextlib.contextmanager
def served(store: Path) -> Iterator[str]:
    """The demonstration on loopback, seeded where the store is empty; gives its address."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    with (store / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "consult.cli", "serve", "--port", str(port)],
            cwd=REPOSITORY,
            env={**os.environ, "CONSULT_DATA": str(store), "LOG_LEVEL": "WARNING"},
            stdout=log,
            stderr=log,
        )
        try:
            _wait(address, server, store / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + 3 * START_SECONDS
    while time.monotonic() < limit and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit(f"the demonstration did not start:\n{log.read_text()[-3000:]}")


def accounts(store: Path) -> dict[str, tuple[str, str]]:
    """(address, password) of the demonstration's people by the first part of their address."""
    lines = (store / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split()[:2] for line in lines if "@" in line]
    return {email.partition("@")[0]: (email, password) for email, password in pairs}


class Album:
    """Open windows by person."""

    def __init__(self, browser: Browser, address: str, store: Path) -> None:
        self.browser, self.address = browser, address
        self.accounts, self.known = accounts(store), addresses(store)
        self.windows: dict[str, Page] = {}

    def window(self, who: str, width: int, theme: str) -> Page:
        """A person's window; signed in when it is opened first."""
        if who not in self.windows:
            context = self.browser.new_context(locale="pl-PL", reduced_motion="reduce")
            page = context.new_page()
            if who:
                email, password = self.accounts[who]
                page.goto(f"{self.address}/sign-in")
                page.fill("[name=email]", email)
                page.fill("[name=password]", password)
                page.click("main button[type=submit]")
                page.wait_for_url(f"{self.address}/")
            self.windows[who] = page
        page = self.windows[who]
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        return page

    def path(self, place: Place) -> str:
        return place.path.format(**self.known)

    def open(self, place: Place, width: int, theme: str) -> tuple[Page, int]:
        """The page as its person sees it, and the status it was answered with."""
        page = self.window(place.who, width, theme)
        answer = page.goto(self.address + self.path(place))
        page.wait_for_selector("[aria-busy=true]", state="detached")
        return page, answer.status if answer else 0

    def close(self) -> None:
        for page in self.windows.values():
            page.context.close()
