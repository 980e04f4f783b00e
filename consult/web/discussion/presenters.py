"""What the pages of a discussion show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Card, DocumentHead


@dataclass(frozen=True, slots=True)
class SupportPage:
    """`discussion/support.html`; variables `page`, `form`. `count` others and oneself support the comment; `is_mine`
    says whether this browser or account does."""

    head: DocumentHead
    comment: Card
    back_href: str
    count: int
    is_mine: bool
