"""What the pages of moderation show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Card, DocumentHead, Moment


@dataclass(frozen=True, slots=True)
class Kept:
    """An act of moderation: `act` and `reason` are codes, `person` who acted, "" for the system and guests."""

    act: str
    reason: str
    words: str
    at: Moment
    person: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A comment in the queue: `excerpt` is its beginning."""

    number: int
    href: str
    excerpt: str
    sent: Moment


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`moderation/desk.html`; variables `page`, `form`. `looks_before` is the rule for comments that come from now on."""

    title: str
    consultation_href: str
    looks_before: bool
    appealed: tuple[WaitingLine, ...]
    waiting: tuple[WaitingLine, ...]
    hidden: tuple[WaitingLine, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """`moderation/case.html`; variables `page`, `form`. `standing` is "", waiting or hidden; `is_appealed` while an
    appeal waits for a decision, which is `is_others` where the reader hid the comment."""

    head: DocumentHead
    comment: Card
    desk_href: str
    back_href: str
    standing: str
    is_appealed: bool
    is_others: bool
    acts: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class AppealPage:
    """`moderation/appeal.html`; variables `page`, `form`."""

    head: DocumentHead
    comment: Card
    back_href: str
