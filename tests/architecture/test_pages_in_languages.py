"""A page is in one language: nothing of the frame stays in the other, whoever looks; and whatever people wrote in Polish
says on an English page that it is Polish, so that it is read aloud as Polish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import String, select

from consult.domain.policy.actors import SYSTEM
from consult.services.accounts import actor_of
from consult.services.documents import publish_version
from consult.services.following import follow
from consult.storage.database import db
from consult.storage.models import Document
from consult.storage.queries.accounts import find_person_by_email
from consult.web.shared.i18n import as_written, tongue
from tests.architecture.site import Site, opened_site
from tests.architecture.test_language import POLISH_IN_ENGLISH, POLISH_LETTER, forms, messages

EVERYBODY = (None, "official", "editor", "administrator")
READ_ALOUD = ("placeholder", "aria-label", "title", "alt")
SILENT = {"script", "style", "code", "textarea", "pre"}
WORD = re.compile(r"[^\W\d_]+")
OTHER = {"pl": "en", "en": "pl"}
BY_LAW = ("/consultations/", "/documents/<slug>/consult")
"""Pages with announcements and the law."""

NOT_READ = {"script", "style", "title"}
"""What is not read, and the name of the window, which can have one language only."""

IN_FIELDS = {"textarea", "option"}
"""What is typed, in whatever language, and names to choose among, amid words of the page: a choice holds no elements."""


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


@dataclass(frozen=True)
class Shown:
    """A page somebody was shown: the rule of its address, the status, and what it holds."""

    rule: str
    status: int
    page: Element


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, list[Shown]]:
    """Every page as everybody sees it, by language."""
    found: dict[str, list[Shown]] = {}
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
                    found.setdefault(language, []).append(Shown(str(rule), answer.status_code, page))
    return found


@pytest.fixture(scope="module")
def shown(pages: dict[str, list[Shown]]) -> dict[str, list[tuple[str, str]]]:
    """What all pages say in their own language: the rule of the page and one text of it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for language, all_shown in pages.items():
        for one in all_shown:
            is_part = one.rule == "/unsent-comments/bar"  # goes into a page that says its language
            assert is_part or one.page.get("lang") == language, one.rule
            texts = {" ".join(text.split()) for text in said(one.page, language) if text.strip()}
            found.setdefault(language, []).extend((one.rule, text) for text in texts)
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


# --- words of another language than the page ----------------------------------------------------------


def texts(element: Element, language: str, path: str) -> Iterator[tuple[str, str, str]]:
    """(where, language, text) of all texts below an element."""
    if element.tag in NOT_READ or not isinstance(element.tag, str) or element.get("aria-hidden") == "true":
        return
    language = element.get("lang", language)
    kind = element.get("class", "")
    here = f"{path} {element.tag}{'.' + kind if kind else ''}".strip()
    if element.text and element.tag not in IN_FIELDS:
        yield here, language, element.text
    for child in element:
        yield from texts(child, language, here)
        if child.tail:
            yield here, language, child.tail


@pytest.fixture(scope="module")
def opened_pages(pages: dict[str, list[Shown]]) -> dict[str, list[tuple[str, Element]]]:
    """The pages that opened, by language: the rule, and what the page holds."""
    return {
        language: [(one.rule, one.page) for one in shown if one.status == 200]
        for language, shown in pages.items()
    }


def is_ours(text: str) -> bool:
    """Whether an English sentence of the interface quotes Polish law."""
    said = " ".join(text.split())
    return any(said in one or one in said for one in POLISH_IN_ENGLISH)


def test_polish_on_an_english_page_says_that_it_is_polish(
    opened_pages: dict[str, list[tuple[str, Element]]],
) -> None:
    unmarked, seen = set(), 0
    for rule, page in opened_pages["en"]:
        for where, language, text in texts(page, "", ""):
            if POLISH_LETTER.search(text) and not is_ours(text):
                seen += 1
                if language != "pl":
                    unmarked.add((rule, " ".join(where.split()[-3:]), " ".join(text.split())[:90]))
    assert not unmarked, "\n".join(map(str, sorted(unmarked)))
    assert seen > 500


def test_no_words_of_an_english_page_are_said_to_be_polish(
    site: Site, opened_pages: dict[str, list[tuple[str, Element]]]
) -> None:
    english, typed = sayings("en"), people_typed(site)
    mistaken = set()
    for rule, page in opened_pages["en"]:
        for where, language, text in texts(page, "", ""):
            said = " ".join(text.split()).strip(" :·")
            if language == "pl" and said in english and said not in typed:
                mistaken.add((rule, " ".join(where.split()[-3:]), said))
    assert not mistaken, "\n".join(map(str, sorted(mistaken)))


def test_on_a_polish_page_only_what_is_always_marked_says_that_it_is_polish(
    opened_pages: dict[str, list[tuple[str, Element]]],
) -> None:
    """The switch of languages, announcements, the names of acts and the field one writes a draft in are marked whoever
    reads them."""
    marked = {
        (rule, element.tag, element.get("class", ""))
        for rule, page in opened_pages["pl"]
        for element in page.iter()
        if element.get("lang") == "pl" and element.tag != "html"
    }
    assert {(tag, kind) for rule, tag, kind in marked if not rule.startswith(BY_LAW)} <= {
        ("span", ""),
        ("a", ""),
        ("textarea", ""),
    }
    assert {rule for rule, _, _ in marked}


def test_links_put_into_a_polish_text_are_named_in_the_language_of_the_page(
    opened_pages: dict[str, list[tuple[str, Element]]],
) -> None:
    found = {
        (language, link.get("lang"))
        for language in ("pl", "en")
        for rule, page in opened_pages[language]
        for link in page.iter("a")
        if rule == "/documents/<slug>" and link.get("data-generated") is not None and link.get("aria-label")
    }
    assert found == {("pl", None), ("en", "en")}


ENGLISH_TITLE = "Standards of cooperation Qz"
OF_THE_DOCUMENT = (ENGLISH_TITLE, "Zlecanie zadań", "Forma konsultacji")
"""The title of a document and headings in it, words that stand nowhere else."""

ASKED = ("/search?q=zlecanie", "/account/following")
"""Pages that show the document only to who asks for it, or follows it."""


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site where the document every page is about says that it is in English."""
    with opened_site(tmp_path_factory.mktemp("english")) as opened:
        with opened.app.app_context():
            slug = str(opened.arguments["slug"])
            document = db.session.query(Document).filter_by(slug=slug).one()
            document.language, document.title = "en", ENGLISH_TITLE
            db.session.commit()
            for email in opened.emails.values():
                person = find_person_by_email(email)
                assert person is not None
                follow(actor_of(person), "document", str(document.id), now=opened.store.now)
            opened.store.clock.advance(minutes=1)
            publish_version(SYSTEM, slug, label="druga", now=opened.store.now)
        yield opened


def test_titles_and_parts_of_an_english_document_say_that_they_are_english(english: Site) -> None:
    unmarked, seen = set(), set()
    for who in (None, "official", "administrator"):
        client = english.client(who)
        asked = [(str(rule), address) for rule, address in english.pages() if "GET" in (rule.methods or ())]
        for rule, address in [*asked, *((where, where) for where in ASKED)]:
            answer = client.get(address)
            is_file = answer is not None and "attachment" in answer.headers.get("Content-Disposition", "")
            if answer.mimetype != "text/html" or answer.status_code != 200 or is_file:
                continue
            page = html5lib.parse(answer.text, namespaceHTMLElements=False)
            for where, language, text in texts(page, "", ""):
                if any(words in text for words in OF_THE_DOCUMENT):
                    seen.add(rule)
                    if language != "en" and not rule.endswith("/announcement"):
                        unmarked.add((rule, " ".join(where.split()[-3:]), " ".join(text.split())[:90]))
    assert set(ASKED) <= seen
    assert not unmarked, "\n".join(map(str, sorted(unmarked)))
    assert len(seen) > 40


@pytest.mark.parametrize(("code", "marks"), [("", True), ("pl", True), ("en", False), ("uk", True)])
def test_words_in_the_language_of_the_page_carry_no_mark(site: Site, code: str, marks: bool) -> None:
    with site.app.test_request_context(headers={"Cookie": "lang=en"}):
        expected = f' lang="{code or "pl"}"' if marks else ""
        assert tongue(code) == expected
        assert as_written("Zażółć <b>", code) == (
            f"<span{expected}>Zażółć &lt;b&gt;</span>" if marks else "Zażółć <b>"
        )
        assert as_written("") == ""
