"""What the pages on places of comments show."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from consult.web.shared.presenters import Card, DocumentHead, Link, Piece


@dataclass(frozen=True, slots=True)
class SoughtLine:
    """A comment in the list: the words it was made on (about 160 code points), those found now, the part they are in."""

    number: int
    href: str
    excerpt: str
    words: str
    state: str
    now: tuple[Piece, ...]
    part: str


@dataclass(frozen=True, slots=True)
class SoughtList:
    """`placement_decisions/list_all.html`; variable `page`. `shown` is the code of the tab."""

    head: DocumentHead
    tabs: tuple[Link, ...]
    shown: str
    lines: tuple[SoughtLine, ...]
    more_href: str = ""


@dataclass(frozen=True, slots=True)
class SoughtCase:
    """`placement_decisions/case.html`; variables `page`, `form`. `before` and `after` are the words around those the
    comment was made on; `found` those the machine found, as a redline; `marked` the chosen part with them marked:
    (text before, words, text after), all plain; `parts` leads to the other parts."""

    head: DocumentHead
    comment: Card
    before: str
    words: str
    after: str
    then_href: str
    state: str
    found: tuple[Piece, ...]
    part: str
    part_id: str
    text_id: int | None
    html: Markup
    parts: tuple[tuple[str, str, int], ...]
    list_href: str
    is_decided: bool
