"""What the page of views of contact data shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.calls import Pages
from consult.web.shared.presenters import Link, Moment


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data: a submission by its number; `href` is empty for whoever may not open it."""

    number: int
    href: str


@dataclass(frozen=True, slots=True)
class ViewLine:
    """One view: `place` is its code, `more` how many submissions there are besides those named."""

    at: Moment
    who: str
    place: str
    where: Link
    subjects: tuple[Subject, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ContactViewsPage:
    """`contact_views/list_all.html`; variables `page` and `form`."""

    host: str
    host_href: str
    lines: tuple[ViewLine, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class ErasePage:
    """`contact_views/erase_sender.html`; variables `page` and `form`."""

    number: int
    back_href: str
