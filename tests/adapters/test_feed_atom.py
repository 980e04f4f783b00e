"""Feeds are valid Atom, whatever the words in them are."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from consult.adapters.feed_atom import AtomFeed
from consult.ports.feeds import Feed, FeedEntry
from tests.adapters.atom import ATOM, faults, parsed

AT = datetime(2026, 5, 12, 15, 0, tzinfo=UTC)

ENTRY = FeedEntry(
    id="tag:konsultacje.example.org,2026:pl/event/7",
    title="Zapowiedziano konsultacje: Standardy współpracy",
    at=AT,
    href="https://konsultacje.example.org/consultations/7",
    summary="Uwagi można zgłaszać do 4 maja.",
    author="Urząd Miasta",
    term="consultation.opened",
)

FEED = Feed(
    id="tag:konsultacje.example.org,2026:pl/feeds",
    title="Konsultacje społeczne",
    href="https://konsultacje.example.org/",
    self_href="https://konsultacje.example.org/feeds/consultations.atom",
    updated_at=AT,
    language="pl",
    author="Consult",
    entries=(ENTRY,),
)


def test_a_feed_is_valid_atom() -> None:
    assert faults(AtomFeed().write(FEED)) == []


def test_a_feed_without_entries_is_valid_too() -> None:
    assert faults(AtomFeed().write(dataclasses.replace(FEED, entries=()))) == []


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "a & b &amp; c",
        "]]>",
        "strona\fdruga",
        "\x01x\ufffe",
        '"’„”',
        "🙂 ąćęłńóśźż",
    ],
)
def test_words_stay_words(words: str) -> None:
    entry = dataclasses.replace(ENTRY, title=f"T {words}", summary=words, author=f"A {words}")
    content = AtomFeed().write(dataclasses.replace(FEED, title=f"T {words}", entries=(entry,)))
    assert faults(content) == []
    read = parsed(content).findtext(f"{ATOM}entry/{ATOM}title")
    assert read.split() == f"T {words}".replace("\x01", " ").replace("\ufffe", " ").split()
    assert parsed(content).find(f"{ATOM}entry/{ATOM}title").get("type") is None


def test_the_same_entries_always_give_the_same_bytes() -> None:
    assert AtomFeed().write(FEED) == AtomFeed().write(FEED)


def test_the_checks_find_what_is_wrong() -> None:
    assert faults(AtomFeed().write(dataclasses.replace(FEED, id="7")))
    assert faults(AtomFeed().write(dataclasses.replace(FEED, entries=(ENTRY, ENTRY))))
    assert faults(AtomFeed().write(dataclasses.replace(FEED, title=" ")))
