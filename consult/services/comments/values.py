"""What is handed in, by whom, and what the sender gets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.text.spans import Span


@dataclass(frozen=True, slots=True)
class Pointing:
    """The words a comment points at: a span of the plain text `text_id`, or the whole section when None.

    `quote` is what the sender saw under the span; where it differs from the text (another way of counting
    in a browser), the quote decides.
    """

    section_id: str
    text_id: int
    span: Span | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment as it is handed in; no pointings means the whole document."""

    text: str
    kind: str = "substantive"
    justification: str = ""
    proposed: str | None = None
    pointings: tuple[Pointing, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who hands in, in whose name, through which channel.

    `is_verified` counts only for what the host entered itself; for everybody else it is decided here, by what they are
    in the organisation `organisation_id`. `postmark_on` is the day on the stamp of a letter on paper. `shown_as` says
    what everybody sees of the name (nothing, initials, name; "" where the account's own choice holds), `wants_letter`
    whether the receipt goes out by mail too.
    """

    capacity: str
    name: str = ""
    email: str = ""
    organisation_name: str = ""
    organisation_id: int | None = None
    is_verified: bool = False
    channel: str = "web"
    received_on: date | None = None
    postmark_on: date | None = None
    case_sign: str = ""
    shown_as: str = ""
    wants_letter: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that comments were received; `secret` opens it again and is kept nowhere."""

    register_id: int
    receipt_no: int
    numbers: tuple[int, ...]
    comment_ids: tuple[int, ...]
    hash: str
    received_at: datetime
    secret: str
    is_repeat: bool = False
