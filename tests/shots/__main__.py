"""`python -m tests.shots [--only PART] [--width N] [--theme NAME] [--store DIR]`: pictures of every page, to be looked at.

Serves the demonstration on a store of its own (or on the one named), walks through all pages in `places.py` as the
person each is for, and writes `var/shots/<page>-<width>-<theme>.png` with an `index.html` to leaf through. Ends with 1
when a page could not be opened or is wider than its screen.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.installation import CHROMIUM, START_SECONDS, free_port
from tests.real_data import REPOSITORY
from tests.shots.places import PLACES, Place, addresses

WIDTHS = (360, 768, 1440)
THEMES = ("light", "dark")
FOLDER = REPOSITORY / "var" / "shots"
TALLEST = 6_000
"""Pixels of a page that are shown; a long text is not looked at to its end."""


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
    """Open windows by person, width and theme; pictures taken in them."""

    def __init__(self, browser: Browser, address: str, store: Path) -> None:
        self.browser, self.address, self.accounts = browser, address, accounts(store)
        self.windows: dict[tuple[str, int, str], Page] = {}
        self.complaints: list[str] = []

    def window(self, who: str, width: int, theme: str) -> Page:
        key = (who, width, theme)
        if key not in self.windows:
            context = self.browser.new_context(
                viewport={"width": width, "height": 900},
                locale="pl-PL",
                color_scheme=theme,  # type: ignore[arg-type]
                reduced_motion="reduce",
            )
            page = context.new_page()
            if who:
                email, password = self.accounts[who]
                page.goto(f"{self.address}/sign-in")
                page.fill("[name=email]", email)
                page.fill("[name=password]", password)
                page.click("main button[type=submit]")
                page.wait_for_url(f"{self.address}/")
            self.windows[key] = page
        return self.windows[key]

    def take(self, place: Place, path: str, width: int, theme: str) -> str:
        """Take one picture; its file name."""
        page = self.window(place.who, width, theme)
        answer = page.goto(self.address + path)
        name = f"{place.name}-{width}-{theme}.png"
        if answer is None or answer.status != place.status:
            self.complaints.append(f"{name}: {path} answered {answer.status if answer else 'nothing'}")
        page.wait_for_load_state("networkidle")
        wide, tall = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        if wide > width:
            self.complaints.append(f"{name}: {wide} pixels wide")
        page.screenshot(
            path=FOLDER / name,
            full_page=True,
            clip={"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)},
        )
        return name


def leaf(names: list[tuple[str, str]]) -> str:
    """A page to leaf through: all pictures with their addresses."""
    figures = "".join(
        f'<figure><figcaption>{escape(name)} · {escape(path)}</figcaption><img src="{escape(name)}" loading="lazy"></figure>'
        for name, path in names
    )
    return f"<!doctype html><meta charset=utf-8><title>Pictures</title><style>img{{max-width:100%;border:1px solid}}</style>{figures}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make shots")
    parser.add_argument("--only", default="", help="only pages whose name contains this")
    parser.add_argument("--width", type=int, choices=WIDTHS, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--store", type=Path, help="a store with the demonstration, kept afterwards")
    chosen = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        store = chosen.store or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store.mkdir(parents=True, exist_ok=True)
        address = stack.enter_context(served(store))
        known = addresses(store)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        album = Album(browser, address, store)
        taken = []
        for place in PLACES:
            if chosen.only not in place.name:
                continue
            path = place.path.format(**known)
            taken += [
                (album.take(place, path, width, theme), path)
                for width in chosen.width or WIDTHS
                for theme in chosen.theme or THEMES
            ]
        browser.close()
    (FOLDER / "index.html").write_text(leaf(taken), encoding="utf-8")
    print(f"{len(taken)} pictures in {FOLDER.relative_to(REPOSITORY)}, index.html leafs through them")
    if album.complaints:
        sys.exit("\n".join(album.complaints))


if __name__ == "__main__":
    main()
