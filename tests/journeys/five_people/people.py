"""People who come in one language: what they see, press and fill in by its name there, and what must never meet them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cached_property
from typing import Any

from playwright.sync_api import Browser, Locator

from consult.web.shared.i18n import catalogue_of
from tests.adapters.mail_server import Box
from tests.journeys.installation import Installation, Visitor

PATIENCE = 20
"""Seconds a letter or a change of the page is waited for."""

POLISH_LETTERS = re.compile("[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]")
ENGLISH_WORDS = re.compile(
    r"\b(the|and|of|your|you|with|this|are|comments?|consultations?|save|cancel|sign|search|until|from|what|will|not|"
    r"office|letter|page|account|people|only|read|here|or|have|has|been|was|were|which|who|show|change|send|next)\b",
    re.IGNORECASE,
)
ADDRESSES = re.compile(r"https?://\S+|\S+@\S+|/\S+/\S+")

POLISH_NAMES = {
    "e-Doręczenia",
    "uchwała nr XII/34/2025 Rady Gminy z dnia 3 marca 2025 r.",
    "ogłoszenie",
    "zarządzenie",
    "Wójt Gminy",
    "Zarząd Powiatu",
}
"""What is called so in every language, as examples of what an office enters or as names of what there is in Poland only."""

SPOKEN = """() => {
  const home = document.documentElement.lang, found = [];
  const isOurs = (element) => {
    if (element.matches("title")) element = document.querySelector("h1");
    const tongue = element.closest("[lang]");
    if (tongue && tongue.lang !== home) return false;
    if (element.closest("script, style, textarea, noscript")) return false;
    return !element.closest(".words") || element.closest("[data-generated]");
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    if (text && isOurs(walker.currentNode.parentElement)) found.push(text);
  }
  for (const name of ["aria-label", "placeholder", "title", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (isOurs(element)) found.push(element.getAttribute(name));
  return found;
}"""
"""Everything the product says on a page, seen or heard; what people wrote stands in `.words` or is known to the test.
A title is in the language of its heading."""


def _pattern(text: str) -> str:
    """The text for a pattern the browser reads; any space may be one that does not break."""
    return re.sub(r"[.*+?^${}()|\[\]\\]", r"\\\g<0>", text).replace(" ", r"\s+")


def about(act: str, subject: str) -> re.Pattern[str]:
    """The name of a control that says, for those who hear it, what it is about."""
    return re.compile(rf"^{_pattern(act)}\s*–\s*{_pattern(subject)}$")


def one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass
class Tongue:
    """A language: the product's words in it, and how to tell that a text is not in it. `written` is what people of the
    story wrote, in whatever language."""

    code: str
    written: set[str] = field(default_factory=set)

    @cached_property
    def _catalogue(self) -> Any:
        return catalogue_of(self.code)

    def __call__(self, words: str, context: str = "", **facts: object) -> str:
        """The product's words, found by what they are in English."""
        found = self._catalogue.pgettext(context, words) if context else self._catalogue.gettext(words)
        return one_line(found % facts if facts else found)

    def either(self, polish: str, english: str) -> str:
        """Words written out here, so that the catalogue is not its own witness."""
        return polish if self.code == "pl" else english

    def foreign(self, texts: Iterable[str]) -> list[str]:
        """Those texts with words of the other language beside what people wrote."""
        strange = POLISH_LETTERS if self.code == "en" else ENGLISH_WORDS
        written = sorted(self.written | POLISH_NAMES, key=len, reverse=True)
        found = []
        for text in texts:
            rest = one_line(text)
            for words in written:
                rest = rest.replace(words, " ")
            if strange.search(ADDRESSES.sub(" ", rest)):
                found.append(text)
        return found


class Person(Visitor):
    """Somebody with a browser who reads one language. Every page they come to is searched for the other one."""

    def __init__(
        self,
        browser: Browser,
        installation: Installation,
        tongue: Tongue,
        *,
        scripts: bool,
        size: tuple[int, int] = (1440, 1000),
    ) -> None:
        super().__init__(browser, installation, scripts=scripts)
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.say, self.scripts = tongue, scripts
        self.page.goto(f"{self.address}/")
        if tongue.code != "pl":
            self.page.get_by_role("group", name="Język").get_by_role("link", name="English").click()
        self.look()

    # --- going about ----------------------------------------------------------------------------------

    def visit(self, path: str) -> None:
        self.go(path)
        self.look()

    def press(
        self, name: str | re.Pattern[str], *, within: Locator | None = None, exact: bool = True
    ) -> None:
        """A button that leads to another page."""
        self.click((within or self.main).get_by_role("button", name=name, exact=exact))

    def follow(
        self, name: str | re.Pattern[str], *, within: Locator | None = None, exact: bool = True
    ) -> None:
        """A link to another page."""
        self.click((within or self.main).get_by_role("link", name=name, exact=exact))

    def click(self, control: Locator) -> None:
        """A click that leads to another page."""
        with self.page.expect_navigation():
            control.click()
        self.look()

    def fill(self, label: str, text: str, *, within: Locator | None = None) -> None:
        self.field(label, within).fill(text)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The field whose label begins so; it may go on with a word that it is optional."""
        return (within or self.main).get_by_label(re.compile(rf"^{_pattern(label)}(?!\w)"))

    def send_file(self, label: str, name: str, kind: str, content: bytes) -> None:
        self.field(label).set_input_files({"name": name, "mimeType": kind, "buffer": content})

    def download(self, link: Locator) -> bytes:
        with self.page.expect_download() as download:
            link.click()
        return download.value.path().read_bytes()

    def tab_to(self, control: Locator) -> None:
        """Reach a control with the Tab key alone."""
        for _ in range(250):
            self.page.keyboard.press("Tab")
            if control.evaluate("it => it === document.activeElement"):
                return
        raise AssertionError(f"the Tab key does not lead to {control}")

    def enter(self, control: Locator) -> None:
        """Reach a control with the Tab key, and follow it with Enter."""
        self.tab_to(control)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    # --- seeing ---------------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def seen(self) -> str:
        """Everything in sight on the page."""
        return one_line(self.page.locator("body").inner_text())

    def sees(self, *words: str) -> None:
        limit = time.monotonic() + (PATIENCE if self.scripts else 0)
        while missing := [one for one in words if one not in self.seen]:
            if time.monotonic() > limit:
                raise AssertionError(f"{missing} not in sight at {self.page.url}: {self.seen[:3000]}")
            time.sleep(0.1)

    def does_not_see(self, *words: str) -> None:
        found = [one for one in words if one in self.seen]
        assert not found, f"{found} in sight at {self.page.url}"

    def look(self) -> None:
        """What must hold on every page: its language is the person's, and one heading says what it is about."""
        tongue = self.page.evaluate("document.documentElement.lang")
        assert tongue == self.say.code, f"{self.page.url} speaks {tongue!r}"
        foreign = self.say.foreign(self.page.evaluate(SPOKEN))
        assert not foreign, f"{self.page.url} in {self.say.code} says {foreign}"
        assert self.page.get_by_role("heading", level=1).count() == 1, self.page.url

    def is_told_of_an_error(self, field: Locator, *words: str) -> None:
        """The error is summed up at the top and leads to its field; with scripts the summary has the focus."""
        summary = self.page.get_by_role("alert")
        assert any(one in one_line(summary.inner_text()) for one in words), summary.inner_text()
        if self.scripts:
            assert summary.evaluate("it => it === document.activeElement"), "the summary has no focus"
        summary.get_by_role("link").first.press("Enter")
        assert field.evaluate("it => it === document.activeElement"), "the link leads to another field"


# --- letters --------------------------------------------------------------------------------------------


def letter_to(box: Box, address: str, subject: str) -> EmailMessage:
    """The last letter with this subject that reached this address; waits for it."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        for message, (_sender, receivers) in reversed(list(zip(box.messages, box.envelopes, strict=False))):
            if receivers == [address] and one_line(str(message["Subject"])) == subject:
                return message
        time.sleep(0.1)
    raise AssertionError(f"no letter {subject!r} to {address}: {subjects_of(box, address)}")


def subjects_of(box: Box, address: str) -> Sequence[str]:
    return [str(one["Subject"]) for one in box.messages if one["To"] and address in str(one["To"])]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, path: str) -> str:
    """The first address in a letter that leads to a path beginning so."""
    found = re.search(rf"https?://[^\s/]+({re.escape(path)}\S+)", text_of(letter))
    assert found, text_of(letter)
    return found[1]
