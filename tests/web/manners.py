"""What every page of ours owes its readers, checked on each page a test fetches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

LABELLED = ("input", "select", "textarea")
NEEDS_NO_LABEL = ("hidden", "submit", "button", "reset", "image")
ASSETS = (
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("source", "src"),
    ("iframe", "src"),
    ("use", "href"),
)
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster")


@lru_cache(maxsize=16)
def parsed(content: str) -> Element:
    """A page as a tree; html5lib's strict reading raises on any error of markup."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content)
    return tree


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def complaints(content: str, *, language: str) -> list[str]:
    """Everything a page does badly, in words."""
    return list(_complaints(parsed(content), language))


def _complaints(page: Element, language: str) -> Iterator[str]:
    if page.get("lang") != language:
        yield f"lang is {page.get('lang')}, the reader chose {language}"
    yield from _names(page)
    yield from _headings(page)
    yield from _fields(page)
    yield from _identifiers(page)
    yield from _nothing_foreign(page)
    if len(page.findall(".//main")) != 1:
        yield "not exactly one main landmark"
    for link in page.iter("a"):
        if link.get("href") == "":
            yield f"a link leads nowhere: {text_of(link)!r}"


def _names(page: Element) -> Iterator[str]:
    headings, title = page.findall(".//h1"), page.find("head/title")
    if len(headings) != 1:
        yield f"{len(headings)} main headings: {[text_of(one) for one in headings]}"
    elif not text_of(headings[0]):
        yield "the main heading is empty"
    elif title is None or text_of(headings[0]) not in text_of(title):
        yield f"the heading {text_of(headings[0])!r} is not in the title {text_of(title) if title is not None else ''!r}"


def _headings(page: Element) -> Iterator[str]:
    reached = 0
    for element in page.iter():
        if not re.fullmatch("h[1-6]", str(element.tag)):
            continue
        level = int(str(element.tag)[1])
        if level > reached + 1 and reached:
            yield f"a heading jumps from {reached} to {level}: {text_of(element)!r}"
        reached = level


def _fields(page: Element) -> Iterator[str]:
    pointed_at = {label.get("for") for label in page.iter("label")}
    inside = {id(field) for label in page.iter("label") for field in label.iter() if field.tag in LABELLED}
    for field in page.iter():
        if field.tag not in LABELLED or field.get("type") in NEEDS_NO_LABEL or "hidden" in field.attrib:
            continue
        is_named = field.get("aria-label") or field.get("aria-labelledby")
        if not is_named and field.get("id") not in pointed_at and id(field) not in inside:
            yield f"a field has no label: {field.get('name')}"
    for form in page.iter("form"):
        if form.get("method", "get").lower() == "post" and form.find(".//input[@name='csrf_token']") is None:
            yield f"a form without a token: {form.get('action')}"


def _identifiers(page: Element) -> Iterator[str]:
    counts = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    for name, count in counts.items():
        if count > 1:
            yield f"the id {name} stands {count} times"
        if not name or " " in name:
            yield f"no id: {name!r}"
    for element in page.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for name in (element.get(attribute) or "").split():
                if name not in counts:
                    yield f"{attribute} points at {name}, which is not there"


def _nothing_foreign(page: Element) -> Iterator[str]:
    for element in page.iter():
        tag = str(element.tag)
        if tag == "style" or (tag == "script" and not element.get("src")):
            yield f"{tag} inside the page"
        for name, value in element.attrib.items():
            if str(name).startswith("on") or name == "style":
                yield f"{name} on {tag}"
            if name in ADDRESSES and str(value).strip().lower().startswith(("javascript:", "vbscript:")):
                yield f"a script for an address: {value}"
    for tag, attribute in ASSETS:
        for element in page.iter(tag):
            address = element.get(attribute) or ""
            if address.startswith(("http:", "https:", "//")):
                yield f"{tag} from elsewhere: {address}"
