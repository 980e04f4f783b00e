"""What the search page shows.

``search/results.html`` is a GET form with the query names ``q``, ``scope`` ("", section, comment, answer) and
``as_of`` (a date, YYYY-MM-DD).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.web.shared.presenters import Moment

HitKind = Literal["section", "document", "version", "change", "comment", "answer"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: `snippet` is cut into (text, is_hit); `where` names document and text in a line
    ("Standardy współpracy · wersja 2 · dawne brzmienie"); `is_former` marks words that are no longer in the text."""

    kind: HitKind
    title: str
    href: str
    snippet: tuple[tuple[str, bool], ...]
    where: str = ""
    at: Moment | None = None
    is_former: bool = False


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`search/results.html`; variable `page`. `problem` is a worded mistake in the query or the date."""

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    scope: str = ""
    as_of: str = ""
    more_href: str = ""
    problem: str = ""
