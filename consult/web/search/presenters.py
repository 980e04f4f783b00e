"""What the pages of search show.

``search/results.html`` and ``search/within.html`` are GET forms: ``q`` is what was typed, the others narrow it and are
carried along. With ``compose`` they take the fields of `Asking` by their names and lead to the query these mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.ports.search import Asking
from consult.web.shared.presenters import DocumentHead, Link, Moment
from consult.web.shared.text_times import TextTime


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `kind` is a code of the index, `snippet` is cut into (text, is_hit), in `language`.

    `title` is made of the page's words, or `written_title`, cut in the same way, of somebody's own. `where` names what it belongs to, `time`
    when the words of a text stood; `is_former` marks words that are no longer in the text.
    """

    ref: str
    kind: str
    href: str
    snippet: tuple[tuple[str, bool], ...]
    title: str = ""
    written_title: tuple[tuple[str, bool], ...] = ()
    language: str = "pl"
    where: str = ""
    at: Moment | None = None
    is_former: bool = False
    capacity: str = ""
    organisation: str = ""
    author: str = ""
    outcome: str = ""
    time: TextTime | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One way to narrow what was found. `value` is a code or a year; a document or host has a `title`."""

    value: str
    count: int
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """`name` is kind, document, host, capacity, outcome or year; `more` the values beyond the first few."""

    name: str
    values: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What narrows the search now, with the address without it."""

    name: str
    value: str
    href: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Variable `page`. `problems` say how the question was read where that differs from how it was typed.

    `first` and `last` count the hits shown among `total` (more of them where `is_at_least`). `kept` are pairs of names
    and values of hidden fields, so that a new question stays as narrow (`kept_by_form` in the detailed form); `asking`
    fills the detailed form, which is `is_detailed` where anything but words was asked for. `tools` lead to what can be done with the search.
    """

    query: str
    action: str
    asking: Asking
    kept: tuple[tuple[str, str], ...] = ()
    kept_by_form: tuple[tuple[str, str], ...] = ()
    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_at_least: bool = False
    first: int = 0
    last: int = 0
    facets: tuple[FacetGroup, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    sorts: tuple[Link, ...] = ()
    state: str = ""
    as_of: str = ""
    previous_href: str = ""
    more_href: str = ""
    suggestion: Link | None = None
    problems: tuple[str, ...] = ()
    is_detailed: bool = False
    everywhere_href: str = ""
    tools: tuple[Link, ...] = ()
    head: DocumentHead | None = None
