"""What the pages of unsaved texts show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Moment


@dataclass(frozen=True, slots=True)
class UnsavedEntry:
    """One unsaved text: `kind` is the code of its form, `what` the heading of the section or "", `href` leads back to
    the form, `until` is the day until which it is kept. `words` are what was typed into a form beside the editor, for
    whoever cannot have it brought back by a script."""

    document: str
    language: str
    kind: str
    what: str
    href: str
    discard_href: str
    kept: Moment
    until: Moment
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnsavedPage:
    """`unsaved_texts/list.html`; variable `page`. A text nobody touches is kept for `days`."""

    days: int
    entries: tuple[UnsavedEntry, ...]
