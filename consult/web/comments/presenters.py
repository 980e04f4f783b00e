"""What the pages of comments show, as display-ready values.

Form fields each template expects (WTForms names):

* ``comments/new.html``  ``text`` (area), ``proposed`` (area, optional), ``kind`` (substantive, editorial, question,
  support, general), ``capacity`` (resident, ngo, office, council, institution, business), ``organisation``, ``name``,
  ``email`` (all optional), ``website`` (a string field only programs fill in), and hidden ``section``, ``text_id``,
  ``start``, ``end``, ``token`` (the same for two presses of one button).
* ``comments/list.html`` is a GET form with the query names ``capacity``, ``kind``, ``placement``, ``outcome``, ``q``,
  ``section`` (a section's id, kept hidden).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.web.shared.meetings import ExplanationCard
from consult.web.shared.presenters import Card, DocumentHead, Moment, Piece


@dataclass(frozen=True, slots=True)
class ComposerPage:
    """`comments/new.html`; variables `page`, `form`. `about` says what the comment points at; `place` names it in
    words ("2.2 Konsultowanie projektów, ustęp 3") and `passage` holds the words, both empty for the whole document.
    `keep_key` names the local copy of the unsent text. `signed_in_as` is empty for guests, who get the fields on
    who they are. `own` are the sender's organisations as (answer, words) of "in whose name?"; `clause_href` leads to the
    information clause in force."""

    head: DocumentHead
    about: Literal["words", "part", "whole"]
    back_href: str
    keep_key: str
    place: str = ""
    passage: str = ""
    closes: Moment | None = None
    signed_in_as: str = ""
    own: tuple[tuple[str, str], ...] = ()
    clause_href: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """`comments/receipt.html`; variable `page`. `keep_key` is the composer's, so that the local copy is dropped."""

    head: DocumentHead
    comment: Card
    receipt_no: str
    received: Moment
    another_href: str
    back_href: str
    keep_key: str = ""
    clause_href: str = ""
    file_href: str = ""
    record_href: str = ""


@dataclass(frozen=True, slots=True)
class CommentPage:
    """`comments/show.html`; variable `page`. `then` are the words when the comment was made, with `then_text` naming
    that text ("wersja 2 z 12 września") and `then_href` leading to it; `now` is the redline from them to the words
    now under the comment, `now_text` and `now_href` likewise. `now` is empty when the words are gone. `explanations` are the host's, with the withdrawn ones; `explain_href` is for its
    officials while the consultation is open."""

    head: DocumentHead
    comment: Card
    then: str = ""
    then_text: str = ""
    then_href: str = ""
    now: tuple[Piece, ...] = ()
    now_text: str = ""
    now_href: str = ""
    previous_href: str = ""
    next_href: str = ""
    answer_href: str = ""
    explanations: tuple[ExplanationCard, ...] = ()
    explain_href: str = ""
    similar_href: str = ""


@dataclass(frozen=True, slots=True)
class CommentGroup:
    """Comments on one part, in order of place; `title` is its name ("2.2 Konsultowanie projektów", "Całość dokumentu")."""

    title: str
    comments: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """What the list is narrowed to; empty means everything."""

    capacity: str = ""
    kind: str = ""
    placement: str = ""
    outcome: str = ""
    query: str = ""
    section: str = ""

    @property
    def is_set(self) -> bool:
        return bool(
            self.capacity or self.kind or self.placement or self.outcome or self.query or self.section
        )


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Where all comments are: submitted = placed + changed + moved + uncertain + orphaned + whole."""

    submitted: int
    placed: int
    changed: int
    moved: int
    uncertain: int
    orphaned: int
    whole: int


@dataclass(frozen=True, slots=True)
class CommentList:
    """`comments/list.html`; variable `page`. `found` comments match the filter; `more_href` leads to the next batch,
    `register_href` officials to the register of submissions."""

    head: DocumentHead
    href: str
    groups: tuple[CommentGroup, ...]
    found: int
    narrowed: CommentFilter
    sums: Reconciliation | None = None
    table_href: str = ""
    more_href: str = ""
    all_href: str = ""
    register_href: str = ""
