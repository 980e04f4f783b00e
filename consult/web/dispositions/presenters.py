"""What the workbench shows: the queue of comments and the case in hand.

Form fields of ``dispositions/workbench.html`` (WTForms names): ``outcome`` (accepted, partly, rejected, other),
``other_outcome`` (explained, present, out_of_scope, deferred, noted, unconsidered, withdrawn; read when `outcome` is
other), ``justification`` (area), ``take_wording`` (checkbox), ``wording`` (area: the source that replaces the words the
comment speaks of, read when `take_wording` is checked), hidden ``base`` (text id it was written against). The pressed
button is named ``then`` with the value "next" or "stay".
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Author, Card, DocumentHead, Link, Piece


@dataclass(frozen=True, slots=True)
class Tally:
    """How many comments there are, and how many have which outcome. `bar` is a share of 1000 for each drawn part,
    in the order accepted, partly, rejected, other outcomes, none; the parts add up to 1000 (or are all 0)."""

    total: int
    undecided: int
    accepted: int
    partly: int
    rejected: int
    other: int
    bar: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """A comment waiting or done: `excerpt` is its beginning, about 120 code points; `outcome` "" means undecided."""

    number: int
    href: str
    author: Author
    excerpt: str
    outcome: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Queue entries of one part."""

    title: str
    entries: tuple[QueueEntry, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The comment in hand. `after` shows the words under it with the proposed or taken wording as a redline;
    `standing` says in a sentence how the words fare ("Ust. 3 nie zmienił się od wersji 2, więc brzmienie wejdzie bez
    konfliktu."). `state` is the code of the answer (draft …), "" when there is none. `next_number` is the one
    the first button leads to. `can_take_wording` is false where there are no words to replace."""

    comment: Card
    after: tuple[Piece, ...] = ()
    standing: str = ""
    state: str = ""
    can_take_wording: bool = False
    previous_href: str = ""
    next_href: str = ""
    next_number: int | None = None
    publish_href: str = ""
    similar_href: str = ""


@dataclass(frozen=True, slots=True)
class Workbench:
    """`dispositions/workbench.html`; variables `page`, `form` (None without a case). `notice` says why nothing can be
    published yet. `csrf_token` is for the publish button, which is a form of its own."""

    head: DocumentHead
    tally: Tally
    tabs: tuple[Link, ...]
    queue: tuple[QueueGroup, ...]
    case: Case | None = None
    notice: str = ""
    table_href: str = ""
    more_href: str = ""
    publish_all_href: str = ""
    ready_count: int = 0
    csrf_token: str = ""
