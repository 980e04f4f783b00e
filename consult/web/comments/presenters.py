"""What the pages of comments show, as display-ready values.

Form fields are those of `comments/forms.py`; ``website`` is a string field only programs fill in, ``token`` the same for
two presses of one button. ``comments/list.html`` is a GET form with the query names ``capacity``, ``kind``, ``placement``,
``outcome``, ``q``, ``section`` (a section's id, kept hidden).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from consult.web.shared.discussion import SupportState
from consult.web.shared.meetings import ExplanationCard
from consult.web.shared.presenters import Author, Card, DocumentHead, Moment, Piece


@dataclass(frozen=True, slots=True)
class Passage:
    """Words a comment points at, in the part `place`; `value` names them in a form, `is_part` says that the whole part is
    meant."""

    value: str
    place: str
    words: str
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class SenderChoices:
    """The fields on who sends (macro of `comments/_sender.html`). `signed_in_as` is empty for guests, who get the fields
    on who they are; `initials` are those of the account. `own` are the sender's organisations as (answer, words) of "in
    whose name?"; `clause_href` leads to the information clause in force."""

    signed_in_as: str = ""
    initials: str = ""
    own: tuple[tuple[str, str], ...] = ()
    clause_href: str = ""


@dataclass(frozen=True, slots=True)
class ComposerPage:
    """`comments/new.html`; variables `page`, `form`. `passages` are what the comment points at, none for the whole
    document. `keep_key` names the local copy of the unsent text. `wording` shows the proposed wording as a redline
    against the words; `wording_href` gives it anew while one types. `unsent_no` is the place of a comment that waits
    already, else 0, and then no sender is asked for."""

    head: DocumentHead
    passages: tuple[Passage, ...]
    back_href: str
    keep_key: str
    sender: SenderChoices | None
    closes: Moment | None = None
    wording: tuple[Piece, ...] = ()
    wording_href: str = ""
    is_wording_open: bool = False
    may_propose: bool = False
    unsent_no: int = 0
    review_href: str = ""
    separate_href: str = ""

    @property
    def about(self) -> Literal["words", "part", "whole"]:
        if not self.passages:
            return "whole"
        return "part" if self.passages[0].is_part else "words"


@dataclass(frozen=True, slots=True)
class UnsentCard:
    """A comment that waits; `no` is its place from 1. `up_href` and `down_href` are empty at the ends."""

    no: int
    kind: str
    paragraphs: tuple[str, ...]
    passages: tuple[Passage, ...]
    proposed: tuple[Piece, ...]
    reasons: str
    edit_href: str
    remove_href: str
    move_href: str
    can_go_up: bool
    can_go_down: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """`comments/review.html`; variables `page`, `form`. `author` is how everybody will see the sender. `over` says that
    comments are no longer taken, and since when; `kept_until` until when those that wait are kept."""

    head: DocumentHead
    comments: tuple[UnsentCard, ...]
    sender: SenderChoices
    author: Author
    back_href: str
    look_href: str
    csrf_token: str
    closes: Moment | None = None
    over: str = ""
    kept_until: Moment | None = None


@dataclass(frozen=True, slots=True)
class UnsentDocument:
    """A document on which comments wait."""

    title: str
    language: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class UnsentPage:
    """`comments/unsent.html`; variable `page`. Comments nobody touches are kept for `days`."""

    documents: tuple[UnsentDocument, ...]
    days: int


@dataclass(frozen=True, slots=True)
class UnsentBar:
    """`comments/_bar.html`; variable `bar`. `pointing_at` are the first words of the comment that is to point at one more
    passage, `stop_href` gives that up."""

    count: int
    href: str
    pointing_at: str = ""
    back_href: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A comment of a receipt with what its sender may still do to it; `changed` is when they did last."""

    card: Card
    passages: tuple[Passage, ...]
    change_href: str = ""
    withdraw_href: str = ""
    appeal_href: str = ""
    is_withdrawn: bool = False
    changed: Moment | None = None


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """`comments/receipt.html`; variable `page`. `keep_key` is the composer's, so that the local copy is dropped. `until`
    is the moment up to which the sender may change or withdraw, None once it has passed."""

    head: DocumentHead
    comments: tuple[Received, ...]
    receipt_no: str
    received: Moment
    author: Author
    another_href: str
    back_href: str
    keep_key: str = ""
    clause_href: str = ""
    file_href: str = ""
    pdf_href: str = ""
    record_href: str = ""
    until: Moment | None = None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`comments/change.html`; variables `page`, `form`: a sent comment, to be corrected by whoever holds its receipt."""

    head: DocumentHead
    number: int
    passages: tuple[Passage, ...]
    back_href: str
    until: Moment
    may_propose: bool
    keep_key: str


@dataclass(frozen=True, slots=True)
class WithdrawPage:
    """`comments/withdraw.html`; variables `page`, `form`."""

    head: DocumentHead
    comment: Card
    back_href: str
    until: Moment


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
    moderation_href: str = ""
    redact_href: str = ""
    support: SupportState = field(default_factory=SupportState)


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
    `register_href` officials to the register of submissions. `apart_count` comments are reported apart from the rest."""

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
    moderation_href: str = ""
    apart_count: int = 0
