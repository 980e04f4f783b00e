"""What the pages about requests concerning personal data show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.admin.presenters.frame import Pages
from consult.web.shared.presenters import Link, Moment


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """A request in the list, with the day it is to be decided by."""

    title: str
    href: str
    name: str
    state: str
    is_open: bool
    due: Moment
    is_late: bool


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """`admin/requests.html`; variable `page`."""

    areas: tuple[Link, ...]
    entries: tuple[RequestEntry, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class RequestPage:
    """`admin/data_request.html`; variables `page`, `form`. `words` are shown once it is on record that one looks
    (`is_shown`)."""

    areas: tuple[Link, ...]
    entry: RequestEntry
    person_href: str
    look_href: str
    is_shown: bool
    words: str
    made: Moment
    reason: str
    decided: Moment | None
    decided_by: str
    outcomes: tuple[tuple[str, str], ...]
