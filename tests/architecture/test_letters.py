"""Every letter has its three files and its gatherer, and reads well in both languages, as HTML and as plain text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
import pytest
from jinja2 import meta

from consult.adapters.mail_letters import COLUMNS
from consult.ports.mail import Composed
from consult.services.letters.registry import all_gatherers
from tests.factories.apps import composer
from tests.real_data import REPOSITORY

FOLDER = REPOSITORY / "templates" / "mail"
PARTS = {"subject.txt", "body.txt", "body.html"}
SITE = "https://konsultacje.example.org"

LETTERS = sorted(str(path.parent.relative_to(FOLDER)) for path in FOLDER.glob("*/*/subject.txt"))

NAMED: dict[str, tuple[object, ...]] = {
    "decision": ("carried_out", "refused"),
    "act": ("hidden", "restored", "upheld"),
    "has_account": (True, False),
    "verdict": ("approved", "refused", "withdrew"),
    "kind": ("erase", "correct"),
    "role": ("official", "editor", "representative", "member", "chair", "observer"),
    "details": (
        (("title", "Strategia rozwoju", "Strategia rozwoju gminy"), ("summary", "", "Po co i dla kogo")),
    ),
    "address": ("mieszkanka@example.org",),
    "device": ("Firefox, Linux",),
    "comments": (
        [{"number": 7, "part": "", "outcome": "rejected", "path": "/comments/1/7"}],
        [
            {"number": 8, "part": "Zlecanie <zadań>", "outcome": "partly", "path": "/comments/1/8"},
            {"number": 9, "part": "", "outcome": "accepted", "path": "/comments/1/9"},
        ],
    ),
    "places": (
        [
            {
                "kind": "section_text",
                "title": "Zlecanie <zadań>",
                "number": None,
                "document": "Zasady współpracy",
                "words": "Nabór wniosków trwa co najmniej dwadzieścia jeden dni od ogłoszenia w siedzibie urzędu.",
                "path": "/documents/zasady/versions/1",
            },
            {
                "kind": "comment",
                "title": "",
                "number": 7,
                "document": "Zasady współpracy",
                "words": "",
                "path": "/comments/1/7",
            },
        ],
    ),
    "document_language": ("pl", "en"),
    "reason": ("", "Na prośbę organizacji pozarządowych."),
}
"""Values by name, where a name alone does not say what it holds; several where a letter reads differently."""

WORDS = 'Zażółć <gęślą> & "jaźń" – dokument o bardzo długiej nazwie, która nie mieści się w jednym wierszu'

GIVEN = {"subject", "language", "link", "site_address", "gettext", "ngettext", "pgettext", "npgettext", "_"}


def names_of(letter: str) -> set[str]:
    """Every name the templates of a letter ask for."""
    environment = composer()._environment("pl")
    names: set[str] = set()
    waiting = [f"{letter}/{part}" for part in PARTS]
    while waiting:
        name = waiting.pop()
        source = environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]
        parsed = environment.parse(source)
        names |= meta.find_undeclared_variables(parsed)
        waiting += [found for found in meta.find_referenced_templates(parsed) if found]
    return names - GIVEN


def samples_of(name: str) -> tuple[object, ...]:
    if name in NAMED:
        return NAMED[name]
    if name.startswith(("is_", "has_", "can_")):
        return (True, False)
    if name.endswith("_at"):
        return (datetime(2026, 9, 15, 21, 59, tzinfo=UTC),)
    if name.endswith("_on") or name == "day":
        return (date(2026, 9, 15),)
    if name.endswith("_path"):
        return ("/consultations/7",)
    if name in ("count", "number", "days") or name.endswith("_count"):
        return (1, 3)
    return (
        'Zażółć <gęślą> & "jaźń" – dokument o bardzo długiej nazwie, która nie mieści się w jednym wierszu',
    )


def renderings(letter: str, language: str) -> Iterator[Composed]:
    """The letter in every way it can read."""
    names = sorted(names_of(letter))
    for values in itertools.islice(itertools.product(*map(samples_of, names)), 64):
        yield composer().compose(letter, language, dict(zip(names, values, strict=True)))


def test_every_letter_has_its_three_files_and_its_gatherer() -> None:
    folders = {path.parent for path in FOLDER.glob("*/*/*") if path.is_file()}
    for folder in folders:
        assert {path.name for path in folder.iterdir()} == PARTS, folder
    assert {str(folder.relative_to(FOLDER)) for folder in folders} == set(all_gatherers())


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_reads_well_in_every_way_it_can_read(letter: str, language: str) -> None:
    for composed in renderings(letter, language):
        check_subject(composed)
        check_text(composed)
        check_html(composed, language)
        assert links(composed.html) <= {unescape(link) for link in re.findall(r"https?://\S+", composed.text)}


def check_subject(composed: Composed) -> None:
    assert composed.subject
    assert "\n" not in composed.subject
    assert not composed.subject.endswith((".", ":"))


def check_text(composed: Composed) -> None:
    assert "%(" not in composed.text
    assert not re.search(r"[{}]|</?[a-z]+>|&[a-z]+;", composed.text.replace("<gęślą>", ""))
    assert "\n\n\n" not in composed.text
    assert "\n-- \n" in composed.text
    for line in composed.text.splitlines():
        assert len(line) <= COLUMNS or "://" in line, line


def check_html(composed: Composed, language: str) -> None:
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(composed.html)
    assert page.get("lang") == language
    assert "".join(page.find("head/title").itertext()) == composed.subject
    assert len(page.findall(".//h1")) == 1
    for forbidden in ("img", "script", "table", "iframe", "form", "link", "video"):
        assert not page.findall(f".//{forbidden}"), forbidden
    assert "%(" not in composed.html
    assert "<gęślą>" not in composed.html
    for link in links(composed.html):
        assert link.startswith((SITE, "mailto:")) or "uodo.gov.pl" in link, link


def links(html: str) -> set[str]:
    return {unescape(link) for link in re.findall(r'href="([^"]+)"', html)} - {f"{SITE}/"}


@pytest.mark.parametrize("letter", LETTERS)
def test_no_letter_asks_for_secrets_or_other_peoples_data(letter: str) -> None:
    suspicious = {"email", "password", "token", "secret", "person", "people", "author", "ip"}
    assert not names_of(letter) & suspicious


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_in_polish_is_not_in_english(letter: str) -> None:
    polish, english = next(renderings(letter, "pl")), next(renderings(letter, "en"))
    assert polish.subject != english.subject
    own = re.findall(r"\S.{40,}", english.text.replace(SITE, "").partition("\n-- \n")[0])
    samples = set(WORDS.split())
    assert not [line for line in own if line in polish.text and not samples & set(line.split())]


def test_lines_are_broken_between_words_and_addresses_never() -> None:
    (composed, *_) = renderings("operations/test", "en")
    assert f"\n{SITE}\n" in composed.text


def test_the_colours_of_mail_are_those_of_the_pages() -> None:
    tokens = (REPOSITORY / "static/css/tokens.css").read_text().lower()
    for file in (FOLDER / "layout.html", FOLDER / "pieces.html"):
        for colour in set(re.findall(r"#[0-9a-f]{6}", file.read_text().lower())):
            assert colour in tokens, f"{file.name}: {colour}"


def test_the_frame_is_not_a_letter() -> None:
    assert {path.name for path in Path(FOLDER).glob("*.*")} == {"layout.html", "layout.txt", "pieces.html"}


def test_a_value_that_was_not_gathered_fails_loudly() -> None:
    values: dict[str, Any] = {}
    with pytest.raises(Exception, match="sent_at"):
        composer().compose("operations/test", "pl", values)
