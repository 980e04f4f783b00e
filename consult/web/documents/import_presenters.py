"""What the pages of a file show that is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.web.shared.presenters import DocumentHead, Moment, OutlineEntry, Piece


@dataclass(frozen=True, slots=True)
class ImportRemark:
    """What was left out or read differently than written: worded, with how often and a few of the words."""

    text: str
    count: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class ArrangedHeading:
    """A line of a file that is a heading or looks like one (`is_guess`), and the level chosen: 0 for a paragraph."""

    line: int
    words: str
    level: int
    is_guess: bool


@dataclass(frozen=True, slots=True)
class SuggestionAuthor:
    """Who made tracked changes in a file, and when the last."""

    author: str
    at: Moment | None


@dataclass(frozen=True, slots=True)
class MarginAuthor:
    """Who commented in the margin of a file, how often and for example what; and what is to become of it."""

    at: int
    author: str
    count: int
    example: str
    is_taken: bool
    capacity: str
    organisation: str


@dataclass(frozen=True, slots=True)
class ArrangePage:
    """`documents/arrange.html`; variables `page` and `form` (ArrangeFile). `margin` is empty for those who may not enter
    other people's comments."""

    filename: str
    section_count: int
    headings: tuple[ArrangedHeading, ...]
    suggestions: tuple[SuggestionAuthor, ...]
    margin: tuple[MarginAuthor, ...]
    margin_count: int
    remarks: tuple[ImportRemark, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """`documents/imported.html`; variable `page`."""

    title: str
    document_href: str
    section_count: int
    remarks: tuple[ImportRemark, ...]
    outline: tuple[OutlineEntry, ...] = ()
    proposal_count: int = 0
    proposals_href: str = ""
    comment_count: int = 0
    comments_href: str = ""


@dataclass(frozen=True, slots=True)
class AlignedSection:
    """What a new file makes of a section: `change` is kept, changed, moved, added or removed; a changed one has its redline."""

    change: Literal["kept", "changed", "moved", "added", "removed"]
    title: str
    detail: str = ""
    redline: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class RevisePage:
    """`documents/revise.html`; variables `page`, `form`."""

    head: DocumentHead
    back_href: str


@dataclass(frozen=True, slots=True)
class RevisePreview:
    """`documents/revise_preview.html`; variables `page`, `form`. `counts` are (code, number) in a fixed order; `margin`
    and `margin_count` are of comments that are new, `known_comments` and `known_proposals` were taken over before."""

    head: DocumentHead
    back_href: str
    filename: str
    counts: tuple[tuple[str, int], ...]
    sections: tuple[AlignedSection, ...]
    suggestions: tuple[SuggestionAuthor, ...] = ()
    known_proposals: int = 0
    margin: tuple[MarginAuthor, ...] = ()
    margin_count: int = 0
    known_comments: int = 0
    may_take_over: bool = False
    remarks: tuple[ImportRemark, ...] = ()
