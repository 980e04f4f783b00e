"""What the pages of saved searches show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Moment


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A search one keeps; `pace` is the code of how often letters come."""

    name: str
    words: str
    href: str
    pace: str
    made: Moment
    change_href: str
    delete_href: str


@dataclass(frozen=True, slots=True)
class SavedListPage:
    """`saved_searches/list.html`; variable `page`."""

    lines: tuple[SavedLine, ...]
    search_href: str


@dataclass(frozen=True, slots=True)
class SavedFormPage:
    """`saved_searches/form.html`; variables `page`, `form`. `words` is what was asked, `is_new` that it is to be saved
    now; `back_href` leads to its results or to the list."""

    words: str
    is_new: bool
    back_href: str


@dataclass(frozen=True, slots=True)
class SavedActPage:
    """`saved_searches/delete.html` and `saved_searches/stop.html`; variables `page`, `form`. `is_done` after the press;
    `name` is empty where the link is too old."""

    name: str
    back_href: str
    is_done: bool = False
