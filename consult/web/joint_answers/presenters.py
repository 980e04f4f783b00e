"""What the pages of joint submissions show, as display-ready values.

Form fields each template expects are those of `forms.py`; every page has the variables `page` and, where there is one,
`form`. Codes (state, kind, missing) become words in `joint_answers/_words.html`.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Link, Moment, OutlineEntry


@dataclass(frozen=True, slots=True)
class AnswerFrame:
    """What stands above every page of a joint submission. `closes` is the end of the consultation, `is_over` whether it
    has passed, `names` those in whose name it will be sent."""

    id: int
    href: str
    organisation: str
    names: str
    title: str
    document: str
    document_href: str
    consultation_href: str
    language: str
    state: str
    closes: Moment
    is_over: bool
    tabs: tuple[Link, ...] = ()
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """An organisation one may begin for; with `href` it has begun already."""

    id: int
    name: str
    is_confirmed: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class BeginPage:
    title: str
    document: str
    document_href: str
    language: str
    closes: Moment
    choices: tuple[Choice, ...]
    register_href: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A joint submission in the list of one's own."""

    href: str
    title: str
    organisation: str
    state: str
    closes: Moment
    is_over: bool
    asks: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    lines: tuple[AnswerLine, ...]
    calls_href: str


@dataclass(frozen=True, slots=True)
class Approver:
    name: str
    role: str
    said: str
    at: Moment | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """`said` is approved, waiting or withdrew."""

    name: str
    href: str
    is_verified: bool
    said: str
    by: str = ""
    at: Moment | None = None
    reason: str = ""
    remove_href: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    href: str
    attached: Moment
    drop_href: str = ""


@dataclass(frozen=True, slots=True)
class SentComment:
    number: int
    href: str
    trail_href: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """`joint_answers/show.html`. Addresses are empty where the reader may not act, or not now. `code_made` is when the
    code that works was made."""

    frame: AnswerFrame
    leads: bool
    lead: str
    is_lead: bool
    waiting: int
    aside: int
    points: int
    missing: tuple[str, ...]
    approvers: tuple[Approver, ...]
    parties: tuple[Party, ...]
    letter: Letter | None
    signed_by: tuple[str, ...] = ()
    authority: str = ""
    resolution: str = ""
    receipt_no: str = ""
    sent: Moment | None = None
    comments: tuple[SentComment, ...] = ()
    desk_href: str = ""
    text_href: str = ""
    settle_href: str = ""
    review_href: str = ""
    send_href: str = ""
    reopen_href: str = ""
    lead_href: str = ""
    drop_href: str = ""
    invite_href: str = ""
    organisations: tuple[tuple[str, str], ...] = ()
    attach_href: str = ""
    code_made: Moment | None = None
    code_href: str = ""
    code_shown_href: str = ""
    code_withdraw_href: str = ""


@dataclass(frozen=True, slots=True)
class CodePage:
    frame: AnswerFrame
    link: str
    picture: str


@dataclass(frozen=True, slots=True)
class Said:
    """A remark, a point or a sent comment as it is read; `places` are the words it is about."""

    id: int
    kind: str
    paragraphs: tuple[str, ...]
    justification: tuple[str, ...] = ()
    proposed: str = ""
    places: tuple[str, ...] = ()
    name: str = ""
    at: Moment | None = None
    state: str = ""
    reason: str = ""
    href: str = ""
    aside_href: str = ""
    up_href: str = ""
    erase_href: str = ""
    number: int = 0
    sources: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """Remarks and points about one part of the text."""

    title: str
    points: tuple[Said, ...]
    remarks: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class DeskPage:
    frame: AnswerFrame
    groups: tuple[DeskGroup, ...]
    waiting: int
    adopt_href: str
    own_href: str
    text_href: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PointPage:
    frame: AnswerFrame
    point: Said
    remove_href: str
    back_href: str


@dataclass(frozen=True, slots=True)
class AsidePage:
    frame: AnswerFrame
    remark: Said
    back_href: str


@dataclass(frozen=True, slots=True)
class PersonChoice:
    id: int
    name: str
    role: str
    typed_role: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SettlePage:
    frame: AnswerFrame
    people: tuple[PersonChoice, ...]
    parties: int
    back_href: str
    people_href: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """`asked` says that the reader was named to approve; `parties` are the organisations the reader speaks for, as
    (id, name, what was said)."""

    frame: AnswerFrame
    points: tuple[Said, ...]
    asked: bool
    said: str
    revision: int
    parties: tuple[tuple[int, str, str], ...]
    letter: Letter | None
    signed_by: tuple[str, ...]
    authority: str
    resolution: str
    approve_href: str = ""
    refuse_href: str = ""
    party_href: str = ""


@dataclass(frozen=True, slots=True)
class SendPage:
    frame: AnswerFrame
    points: int
    revision: int
    missing: tuple[str, ...]
    signed_by: tuple[str, ...]
    authority: str
    resolution: str
    approvers: tuple[Approver, ...]
    letter: Letter | None
    back_href: str
    review_href: str


@dataclass(frozen=True, slots=True)
class TrailPage:
    frame: AnswerFrame
    points: tuple[Said, ...]
    aside: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text members remark on."""

    section_id: str
    text_id: int
    anchor: str
    depth: int
    heading: str
    body: str
    title: str
    remark_href: str


@dataclass(frozen=True, slots=True)
class TextPage:
    frame: AnswerFrame
    by_code: bool
    is_open: bool
    composer_href: str
    outline: tuple[OutlineEntry, ...]
    parts: tuple[Part, ...]
    mine: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class RemarkPage:
    """`joint_answers/remark.html`; `own` says that it is the lead's own point, `can_add` that the lead may
    make one of it at once."""

    frame: AnswerFrame
    about: str
    place: str
    passage: str
    back_href: str
    keep_key: str
    own: bool
    asks_name: bool
    can_add: bool = False


@dataclass(frozen=True, slots=True)
class EnterPage:
    frame: AnswerFrame
    lead: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class SignaturesPage:
    """What the host's officials see of a joint submission once it was sent."""

    title: str
    submission_href: str
    receipt_no: str
    parties: tuple[Party, ...]
    signed_by: tuple[str, ...]
    authority: str
    resolution: str
    letter: Letter | None
    sent: Moment
