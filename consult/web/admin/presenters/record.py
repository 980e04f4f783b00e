"""What the record of acts shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.admin.presenters.frame import Pages
from consult.web.shared.presenters import Link, Moment


@dataclass(frozen=True, slots=True)
class ActEntry:
    """One act: `what` goes on after `who`; `reason` is empty where none is asked for or it was erased."""

    at: Moment
    who: str
    what: str
    href: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """`admin/record.html`; variable `page`."""

    areas: tuple[Link, ...]
    entries: tuple[ActEntry, ...]
    pages: Pages
