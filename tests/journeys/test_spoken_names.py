"""What a screen reader says and in which order the keyboard goes, kept as texts beside this file.

A transcript is the accessibility tree of a page as Chromium hands it to a screen reader, and after it the names of what
Tab stops at. A change of a page that changes what is said fails here until somebody has read the new transcript:
`CONSULT_WRITE_SPOKEN=1 pytest tests/journeys/test_spoken_names.py` writes them anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]

FOLDER = Path(__file__).parent / "spoken"
MOST_STOPS = 150

TRANSCRIPTS = [
    ("guest", "home"),
    ("guest", "reading"),
    ("guest", "an old version"),
    ("guest", "composer"),
    ("guest", "one comment"),
    ("guest", "sign in"),
    ("guest", "receipt"),
    ("guest", "consultation"),
    ("guest", "registration"),
    ("official", "workbench"),
    ("official", "editor"),
]

_CHANGING = [
    # what is another every day or in every store
    (r"\d{1,2} (?:stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia)(?: \d{4})?(?: r\.)?(?:, godz\. \d{1,2}[.:]\d{2})?", "‹dzień›"),
    (r"jeszcze \d+ (?:dni|dzień|godzin[aęy]?)", "jeszcze ‹ile›"),
    (r"^ *- /url: .*\n", ""),
    (r"[0-9a-f]{12,64}", "‹skrót›"),
    (r"127\.0\.0\.1:\d+", "‹adres›"),
]  # fmt: skip

_NAMELESS = re.compile(
    r"- (?:link|button|textbox|combobox|checkbox|radio)(?: \[.*\])?:?$|^(?:a|button|input|select|summary|textarea): $",
    re.MULTILINE,
)

_STOP = """() => {
    const one = document.activeElement;
    if (!one || one === document.body || one === window.firstStop) return "";
    window.firstStop ??= one; // some pages go on at their top at once, without a stop in the browser's own frame
    const named = one.getAttribute("aria-label")
        || (one.labels && one.labels.length && [...one.labels].map((label) => label.innerText).join(" "))
        || one.innerText || one.getAttribute("title") || one.name || "";
    return `${one.tagName.toLowerCase()}: ${named.replace(/\\s+/g, " ").trim().slice(0, 80)}`;
}"""


def tree(page: Page) -> str:
    return page.locator("body").aria_snapshot()


def stops(page: Page) -> list[str]:
    """What Tab stops at, from the top of the page to its end."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0); window.firstStop = undefined")
    met: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = str(page.evaluate(_STOP))
        if not stop:
            break
        met.append(stop)
    return met


def transcript(page: Page) -> str:
    said = tree(page) + "\n\n# Tab\n" + "\n".join(stops(page)) + "\n"
    said = said.replace("\u00a0", " ")
    for changing, mark in _CHANGING:
        said = re.sub(changing, mark, said, flags=re.MULTILINE)
    return said


@pytest.mark.parametrize(("person", "name"), TRANSCRIPTS)
def test_a_page_is_read_out_as_it_was_agreed(go: Callable[..., Page], person: str, name: str) -> None:
    said = transcript(go(person, name))
    assert not _NAMELESS.findall(said), "something that can be pressed has no name"
    kept = FOLDER / f"{name.replace(' ', '-')}.txt"
    if os.environ.get("CONSULT_WRITE_SPOKEN"):
        kept.write_text(said, encoding="utf-8")
    assert said == kept.read_text(encoding="utf-8")
