"""`python -m tests.shots [--only PART] [--width N] [--theme NAME] [--store DIR]`: pictures of every page, to be looked at.

Serves the demonstration on a store of its own (or on the one named), walks through all pages in `places.py` as the
person each is for, and writes `var/shots/<page>-<width>-<theme>.png` with an `index.html` to leaf through. Ends with 1
when a page could not be opened or is wider than its screen.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.installation import CHROMIUM
from tests.real_data import REPOSITORY
from tests.shots.album import Album, served
from tests.shots.places import PLACES, Place

WIDTHS = (360, 768, 1440)
THEMES = ("light", "dark")
FOLDER = REPOSITORY / "var" / "shots"
TALLEST = 6_000
"""Pixels of a page that are shown; a long text is not looked at to its end."""


def take(album: Album, place: Place, width: int, theme: str) -> tuple[str, list[str]]:
    """Take one picture; its file name, and what is wrong with the page."""
    name = f"{place.name}-{width}-{theme}.png"
    page, status = album.open(place, width, theme)
    page.evaluate("document.fonts.ready")
    wide, tall = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    clip = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)}
    page.screenshot(path=FOLDER / name, full_page=True, clip=clip)  # type: ignore[arg-type]
    wrong = [f"{name}: answered {status}"] if status != place.status else []
    return name, [*wrong, *([f"{name}: {wide} pixels wide"] if wide > width else [])]


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
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        album = Album(browser, address, store)
        taken, complaints = [], []
        for place in PLACES:
            if chosen.only not in place.name:
                continue
            for width in chosen.width or WIDTHS:
                for theme in chosen.theme or THEMES:
                    name, wrong = take(album, place, width, theme)
                    taken.append((name, album.path(place)))
                    complaints += wrong
        browser.close()
    (FOLDER / "index.html").write_text(leaf(taken), encoding="utf-8")
    print(f"{len(taken)} pictures in {FOLDER.relative_to(REPOSITORY)}, index.html leafs through them")
    if complaints:
        sys.exit("\n".join(complaints))


if __name__ == "__main__":
    main()
