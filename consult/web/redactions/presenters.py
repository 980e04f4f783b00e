"""What the pages of redaction show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Moment


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a comment: `field` text, justification, proposed or letter; `revision` 0 for the letter. `is_last` is
    false for words the author has corrected since."""

    field: str
    revision: int
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActLine:
    """What was cut out: `reason` is its code; `undo_href` is empty once it was put back or cannot be."""

    reason: str
    is_destroyed: bool
    note: str
    at: Moment
    by: str
    undo_href: str
    ended: Moment | None
    ended_by: str
    end_note: str


@dataclass(frozen=True, slots=True)
class RedactionPage:
    """`redactions/case.html`; variables `page` and `form`. `preview` is what would be read, empty before one is asked."""

    head: DocumentHead
    number: int
    back_href: str
    original_href: str
    pieces: tuple[Piece, ...]
    preview: tuple[Piece, ...]
    acts: tuple[ActLine, ...]


@dataclass(frozen=True, slots=True)
class OriginalPage:
    """`redactions/original.html`; variable `page`. `has_destroyed` says that something is not kept any more."""

    head: DocumentHead
    number: int
    back_href: str
    pieces: tuple[Piece, ...]
    has_destroyed: bool


@dataclass(frozen=True, slots=True)
class UndoPage:
    """`redactions/undo.html`; variables `page` and `form`."""

    head: DocumentHead
    number: int
    back_href: str
    act: ActLine
