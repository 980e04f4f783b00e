"""Feeds as Atom (RFC 4287). Everything is plain text: no markup of a title or a summary ever becomes markup of a page."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from consult.ports.feeds import Feed, FeedEntry

ATOM = "http://www.w3.org/2005/Atom"

_NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), " ")


class AtomFeed:
    """Writes Atom documents in UTF-8."""

    media_type = "application/atom+xml"

    def write(self, feed: Feed) -> bytes:
        root = Element("feed", {"xmlns": ATOM, "xml:lang": feed.language})
        _say(root, "id", feed.id)
        _say(root, "title", feed.title, _other(feed.title_language, feed.language))
        if feed.subtitle:
            _say(root, "subtitle", feed.subtitle)
        _say(root, "updated", _moment(feed.updated_at))
        SubElement(root, "link", {"rel": "self", "type": self.media_type, "href": feed.self_href})
        SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.href})
        _author(root, feed.author)
        _say(root, "generator", "Consult")
        for entry in feed.entries:
            _entry(root, entry, feed.language)
        written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
        return written + b"\n"


def _entry(root: Element, entry: FeedEntry, language: str) -> None:
    made = SubElement(root, "entry", {"xml:lang": language})
    _say(made, "id", entry.id)
    _say(made, "title", entry.title)
    _say(made, "updated", _moment(entry.at))
    _say(made, "published", _moment(entry.at))
    SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": entry.href})
    if entry.author:
        _author(made, entry.author)
    if entry.term:
        SubElement(made, "category", {"term": entry.term})
    if entry.summary:
        _say(made, "summary", entry.summary, _other(entry.summary_language, language))


def _author(parent: Element, name: str) -> None:
    _say(SubElement(parent, "author"), "name", name)


def _other(language: str, around: str) -> str:
    """The language of words amid others, empty where it is the same."""
    return language if language != around else ""


def _say(parent: Element, name: str, words: str, language: str = "") -> None:
    said = SubElement(parent, name, {"xml:lang": language} if language else {})
    said.text = words.translate(_NO_XML)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
