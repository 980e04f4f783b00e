"""What the pages of submissions show, as display-ready values."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.calls import Choice, Pages
from consult.web.shared.presenters import Author, Card, Link, Moment


@dataclass(frozen=True, slots=True)
class Frame:
    """Where one is: the consultation and its register; `closes` is the end people were told."""

    title: str
    href: str
    register_href: str
    closes: Moment
    new_href: str = ""
    decides: str = "receipt"
    returned_href: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A submission in the register; `standing` is its code, `reasons` are codes of why it stands apart, `sender` holds the
    name as officials may see it."""

    number: int
    href: str
    channel: str
    received: Moment
    sender: Author
    comment_count: int
    standing: str
    case_sign: str = ""
    postmark: Moment | None = None
    has_letter: bool = False
    reasons: tuple[str, ...] = ()
    file_count: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """(submissions, comments): in time and in order, and apart from them the others by what was decided about them."""

    in_time: tuple[int, int]
    waiting: tuple[int, int]
    considered: tuple[int, int]
    left_out: tuple[int, int]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """`submissions/list_all.html`; variable `page`."""

    frame: Frame
    href: str
    lines: tuple[SubmissionLine, ...]
    found: int
    sums: Sums
    choices: tuple[Choice, ...]
    words: str
    is_narrowed: bool
    pages: Pages


@dataclass(frozen=True, slots=True)
class LetterPiece:
    """Words of a letter: `start` is their first code point, `number` the comment made of them, 0 where none was;
    `elsewhere` is the receipt of an earlier submission that holds them."""

    text: str
    start: int
    number: int = 0
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class LetterParagraph:
    """`place` names the paragraph, from 0; `is_used` says that a comment was made of all of it."""

    place: int
    pieces: tuple[LetterPiece, ...]
    is_used: bool


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that waits to be entered: `place` names it, `is_form` says that it is a form that was read."""

    place: int
    name: str
    is_form: bool


@dataclass(frozen=True, slots=True)
class EnteredBefore:
    """An earlier submission that holds the same file."""

    number: int
    href: str


@dataclass(frozen=True, slots=True)
class EnteringPage:
    """`submissions/new.html`; variables `page` and `form`. `sections` are (id, words) of the text consulted, `entries`
    the places of the comments from 0, `left` the characters of the letter that belong to no comment. `is_read` says that
    the page was filled from a form, `remarks` are codes of what was read differently than written, `before` submissions
    that hold the same file, `meeting` what is entered of which meeting."""

    frame: Frame
    sections: tuple[tuple[str, str], ...]
    entries: tuple[int, ...]
    letter: tuple[LetterParagraph, ...]
    left: int
    files: tuple[KeptFile, ...] = ()
    is_read: bool = False
    remarks: tuple[str, ...] = ()
    before: tuple[EnteredBefore, ...] = ()
    meeting: Link | None = None


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """`submissions/returned.html`; variables `page` and `form`."""

    frame: Frame
    form_href: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    is_considered: bool
    paragraphs: tuple[str, ...]
    at: Moment
    by: str


@dataclass(frozen=True, slots=True)
class FlagLine:
    """What somebody said to be amiss, or no longer (`is_raised` false)."""

    code: str
    is_raised: bool
    paragraphs: tuple[str, ...]
    at: Moment
    by: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a submission; `href` is empty once it was erased. `size` is worded."""

    name: str
    kind: str
    is_form: bool
    size: str
    at: Moment
    by: str
    href: str


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """`submissions/show.html` and `submissions/receipt.html`; variable `page`, and `form` where something is to be
    decided."""

    frame: Frame
    line: SubmissionLine
    receipt_no: str
    entered: Moment
    entered_by: str
    has_address: bool
    comments: tuple[Card, ...]
    letter: tuple[LetterParagraph, ...]
    has_lost_letter: bool
    decisions: tuple[DecisionLine, ...]
    receipt_href: str
    host: str
    can_decide: bool = False
    can_change: bool = False
    flags: tuple[FlagLine, ...] = ()
    raised: tuple[str, ...] = ()
    files: tuple[FileLine, ...] = ()
    pdf_href: str = ""
    meeting: Link | None = None
    signatures_href: str = ""
    erase_href: str = ""
