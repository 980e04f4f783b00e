"""What the comparison of two texts shows.

``comparison/show.html`` is a GET form: ``from`` and ``to`` name the texts (``v2`` a version, ``c41`` the draft after a
change, ``draft`` the draft now), ``view`` is text, side or only, ``page`` a page of sections.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.calls import Pages
from consult.web.shared.compared import OutlineLine, SectionShown
from consult.web.shared.presenters import DocumentHead, Link


@dataclass(frozen=True, slots=True)
class Sum:
    """A part of the sum of all differences by what they came from; `kind` is a code, `href` leads to the first."""

    kind: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ComparePage:
    """`comparison/show.html`; variable `page`. `texts` are (value, words) of what one may choose; staff may also name
    changes by number (`may_name_changes`). `old_name` and `new_name` are the two texts in words."""

    head: DocumentHead
    title: str
    texts: tuple[tuple[str, str], ...]
    old: str
    new: str
    old_name: str
    new_name: str
    view: str
    views: tuple[Link, ...]
    sections: tuple[SectionShown, ...]
    outline: tuple[OutlineLine, ...]
    changed_count: int
    total_count: int
    difference_count: int
    sums: tuple[Sum, ...]
    pages: Pages | None = None
    previous_href: str = ""
    next_href: str = ""
    may_name_changes: bool = False
    last_change_no: int = 0
    problem: str = ""
