"""The socket for feeds other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One thing that happened: `id` never changes, `href` is a whole address, `summary` plain text.

    `summary_language` is that of the summary where it is words somebody wrote and not the feed's own.
    """

    id: str
    title: str
    at: datetime
    href: str
    summary: str = ""
    author: str = ""
    term: str = ""
    summary_language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries, the newest first. `id` never changes; `self_href` is where the feed is, `href` the page it belongs to.

    `updated_at` is when the last entry was added, or when what it is about began. `title_language` is that of a title
    somebody wrote, empty for one in the language of the feed.
    """

    id: str
    title: str
    href: str
    self_href: str
    updated_at: datetime
    language: str
    author: str
    entries: Sequence[FeedEntry]
    subtitle: str = ""
    title_language: str = ""


class FeedWriter(Protocol):
    """Writes a feed; the same entries always give the same bytes."""

    media_type: str

    def write(self, feed: Feed) -> bytes: ...
