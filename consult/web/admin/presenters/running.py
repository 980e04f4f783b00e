"""What the pages about letters and the search index show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.admin.presenters.frame import Pages
from consult.web.shared.presenters import Link, Moment


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """A letter that has not left. `letter` is its code, `error` the code of why; neither says to whom it goes."""

    number: int
    letter: str
    asked: Moment
    attempts: int
    error: str
    next_try: Moment | None
    retry_href: str
    drop_href: str


@dataclass(frozen=True, slots=True)
class LettersPage:
    """`admin/letters.html`; variables `page`, `form` (token of the buttons)."""

    areas: tuple[Link, ...]
    waiting: int
    later: int
    failed: int
    sent: int
    oldest: Moment | None
    entries: tuple[LetterEntry, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`admin/search.html`; variables `page`, `form` (the button that has the index built anew)."""

    areas: tuple[Link, ...]
    problem: str
    lag: int
    watermark: int
    last_event: int
    records: int
    analyser: str
    is_worker_there: bool
    may_rebuild: bool
