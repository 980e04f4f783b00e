"""A page is in one language: nothing of the frame stays in the other, whoever looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import String, select

from consult.storage.database import db
from tests.architecture.site import Site, opened_site
from tests.architecture.test_language import POLISH_LETTER, forms, messages

EVERYBODY = (None, "official", "editor", "administrator")
READ_ALOUD = ("placeholder", "aria-label", "title", "alt")
SILENT = {"script", "style", "code", "textarea", "pre"}
WORD = re.compile(r"[^\W\d_]+")
OTHER = {"pl": "en", "en": "pl"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened_site(tmp_path_factory.mktemp("store")) as opened:
        yield opened


def said(element: Element, language: str) -> Iterator[str]:
    """What a page says in its own language, text by text; parts marked as another language are left out."""
    if element.tag in SILENT or element.get("lang", language) != language:
        return
    yield from (element.get(name, "") for name in READ_ALOUD)
    yield element.text or ""
    for child in element:
        yield from said(child, language)
        yield child.tail or ""


@pytest.fixture(scope="module")
def shown(site: Site) -> dict[str, list[tuple[str, str]]]:
    """What all pages say to everybody, by language: the rule of the page and one text of it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for language in OTHER:
        for who in EVERYBODY:
            client = site.client(who)
            client.set_cookie("lang", language)
            for rule, address in site.pages():
                if "GET" not in (rule.methods or ()):
                    continue
                answer = client.get(address)
                is_file = "attachment" in answer.headers.get("Content-Disposition", "")
                if answer.mimetype == "text/html" and answer.status_code != 303 and not is_file:
                    page = html5lib.parse(answer.text, namespaceHTMLElements=False)
                    assert page.get("lang") == language, rule
                    texts = {" ".join(text.split()) for text in said(page, language) if text.strip()}
                    found.setdefault(language, []).extend((str(rule), text) for text in texts)
    return found


def people_typed(site: Site) -> str:
    """Everything people put into the store, in one string."""
    found = []
    with site.app.app_context():
        for table in db.metadata.sorted_tables:
            columns = [column for column in table.columns if isinstance(column.type, String)]
            if columns:
                found += [
                    str(value) for row in db.session.execute(select(*columns)) for value in row if value
                ]
    return " ".join(found)


def sayings(language: str) -> set[str]:
    """Sentences of the catalogue in one language that the other says differently."""
    english, polish = set(), set()
    for message in messages():
        english |= {one for one in forms(message.id) if "%(" not in one}
        polish |= {one for one in forms(message.string) if "%(" not in one}
    return english - polish if language == "en" else polish - english


@pytest.mark.parametrize("language", ["pl", "en"])
def test_no_sentence_of_the_other_language_stands_on_a_page(
    site: Site, shown: dict[str, list[tuple[str, str]]], language: str
) -> None:
    foreign = sayings(OTHER[language])
    typed = people_typed(site)
    found = {
        (rule, text) for rule, text in shown[language] if text.rstrip(":") in foreign and text not in typed
    }
    assert sorted(found) == []
    assert len({rule for rule, _ in shown[language]}) > 80


def test_polish_words_on_english_pages_are_those_people_typed(
    site: Site, shown: dict[str, list[tuple[str, str]]]
) -> None:
    typed = set(WORD.findall(people_typed(site)))
    quoted = {word for message in messages() for one in forms(message.id) for word in WORD.findall(one)}
    found = {
        (rule, text)
        for rule, text in shown["en"]
        if {word for word in WORD.findall(text) if POLISH_LETTER.search(word)} - typed - quoted
    }
    assert sorted(found) == []
