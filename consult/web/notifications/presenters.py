"""What the pages about following show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Moment


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """Something one follows; `href` is empty where there is no page of it (any more)."""

    kind: str
    ref: str
    name: str
    href: str
    since: Moment
    language: str = ""


@dataclass(frozen=True, slots=True)
class FollowedKind:
    """All one follows of a kind: its code and the rows."""

    kind: str
    rows: tuple[FollowedRow, ...]


@dataclass(frozen=True, slots=True)
class FollowingPage:
    """`notifications/following.html`; variables `page`, `form` (the token of every button)."""

    kinds: tuple[FollowedKind, ...]
    find_href: str


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One thing that happened, in a sentence; `kind` is its code, `outcome` the code of an answer."""

    kind: str
    text: str
    href: str
    at: Moment
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class NewsOfDocument:
    """What happened to one document, the newest first."""

    title: str
    language: str
    href: str
    lines: tuple[NewsLine, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """`notifications/changes.html`; variables `page`, `form`. `since` is the moment from which things count as new,
    `is_marked` whether that is a visit of the reader's and not just some days ago."""

    documents: tuple[NewsOfDocument, ...]
    since: Moment
    is_marked: bool
    older_href: str
    is_first: bool
    seen_href: str
    following_href: str
    find_href: str
