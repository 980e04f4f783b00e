"""What RFC 4287 asks of a feed, checked strictly."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
FEED = {"id", "title", "subtitle", "updated", "link", "author", "generator", "entry"}
ENTRY = {"id", "title", "updated", "published", "link", "author", "category", "summary"}
ONCE = {"id", "title", "updated", "published", "subtitle", "summary", "generator"}


def parsed(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(content, parser)


def faults(content: bytes) -> list[str]:
    """What is wrong with a feed; nothing when it is a valid Atom document."""
    assert content.startswith(b"<?xml")
    root = parsed(content)
    found = [] if root.tag == f"{ATOM}feed" else [f"root is {root.tag}"]
    if not root.get("{http://www.w3.org/XML/1998/namespace}lang"):
        found.append("no language")
    found += _element(root, FEED, "feed")
    ids = []
    for entry in root.iter(f"{ATOM}entry"):
        found += _element(entry, ENTRY, "entry")
        ids.append(entry.findtext(f"{ATOM}id"))
        if entry.find(f"{ATOM}author") is None and root.find(f"{ATOM}author") is None:
            found.append("an entry without an author")
    if len(ids) != len(set(ids)):
        found.append("an id stands twice")
    if not [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        found.append("no link to itself")
    return found


def _element(element: Any, allowed: set[str], name: str) -> list[str]:
    found = []
    names = [child.tag.removeprefix(ATOM) for child in element]
    found += [f"{name} holds {child}" for child in set(names) - allowed]
    found += [f"{name} holds {each} twice" for each in ONCE if names.count(each) > 1]
    found += [f"{name} has no {each}" for each in ("id", "title", "updated") if each not in names]
    for child in element:
        tag = child.tag.removeprefix(ATOM)
        if tag in ("updated", "published") and not MOMENT.fullmatch(child.text or ""):
            found.append(f"{tag} is {child.text}")
        if tag == "id" and not re.match(r"(tag|https?|urn):", child.text or ""):
            found.append(f"id is {child.text}")
        if tag == "title" and not (child.text or "").strip():
            found.append("an empty title")
        if tag == "author" and not child.findtext(f"{ATOM}name"):
            found.append("an author without a name")
        if tag == "link" and not (child.get("href") or "").startswith(("https://", "http://")):
            found.append(f"link to {child.get('href')}")
    alternates = [child for child in element.findall(f"{ATOM}link") if child.get("rel") == "alternate"]
    if len(alternates) != 1:
        found.append(f"{name} has {len(alternates)} alternates")
    return found
