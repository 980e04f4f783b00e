"""What the pages of consultations show; the home page and the list of all have presenters_front.py.

Form fields of ``consultations/new.html`` (WTForms names): ``version`` (select; the form's own choices are used),
``opens_on``, ``opens_time``, ``closes_on``, ``closes_time`` (date and time fields, Europe/Warsaw), ``legal_basis``,
``summary`` (both optional).
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from consult.web.shared.following import FollowState
from consult.web.shared.meetings import ExplanationList, MeetingList, OpinionList
from consult.web.shared.presenters import DocumentHead, Link, Moment


@dataclass(frozen=True, slots=True)
class DutyLine:
    """What the host still owes after the term: its code, where that is written, by when or within how many days."""

    code: str
    source: str
    due: Moment | None = None
    days: int | None = None
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class TermPanel:
    """The term of a consultation counted as the law counts it, and what its legal basis asks for besides.

    `starts`, `last_day`, `given` are there once days are known; `least` is the shortest term in days, `earliest` the
    first day it may end, `offered` the end a form offers where it is another than the one chosen, `unmoved` that day before a Saturday or holiday moved it. `missing_forms` are codes of forms
    the basis asks for, `more_forms` how many further ones.
    """

    basis: str
    source: str
    counted_from: str
    report_title: str
    starts: Moment | None = None
    last_day: Moment | None = None
    given: int | None = None
    least: int | None = None
    earliest: Moment | None = None
    offered: Moment | None = None
    unmoved: Moment | None = None
    is_too_short: bool = False
    ends_on_free_day: bool = False
    report_due: Moment | None = None
    missing_forms: tuple[str, ...] = ()
    more_forms: int = 0
    notes: tuple[str, ...] = ()
    duties: tuple[DutyLine, ...] = ()
    addressees: tuple[str, ...] = ()
    term_source: str = ""
    was_checked: bool = False


@dataclass(frozen=True, slots=True)
class OpeningPage:
    """`consultations/new.html`; variables `page`, `form`. `bases` are (code, address that loads its preset).

    `unanswered` comments of the document's last consultation wait for an answer at `answers_href`.
    """

    head: DocumentHead
    back_href: str
    term: TermPanel
    bases: tuple[tuple[str, str], ...] = ()
    zone: str = "Europe/Warsaw"
    unanswered: int = 0
    answers_href: str = ""


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """A way to send a comment: code, address in words, and where it leads (mailto, tel), if anywhere."""

    code: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class DetailLine:
    """A fact that was changed: its code, as it was, as it is."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change after the announcement: kind (extended, corrected, cancelled, effects), when, why, what."""

    kind: str
    at: Moment
    reason: tuple[str, ...]
    details: tuple[DetailLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnouncementLine:
    """A published announcement in a list."""

    number: int
    title: str
    kind: str
    at: Moment
    href: str
    file_href: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """Something published about a consultation: its kind, when, its number and page where it is an announcement."""

    kind: str
    at: Moment
    number: int = 0
    href: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who made and answers for a page, offices and not people; when it was published, what was published since, and
    its lasting address."""

    host: str
    responsible: str
    address: str
    published: Moment | None = None
    acts: tuple[ActLine, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeDesk:
    """What officials of the host see on the page of their consultation: what they may do, what is still owed.

    `is_unannounced` while no announcement was published; `departure` is the reason given for a term too short.
    """

    actions: tuple[Link, ...]
    term: TermPanel
    is_unannounced: bool = False
    announce_href: str = ""
    departure: tuple[str, ...] = ()
    is_prepared: bool = False
    protocol_href: str = ""


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """`consultations/show.html`; variable `page`. Texts are plain; `state` is the code; `decides` receipt or postmark."""

    head: DocumentHead
    title: str
    state: str
    host: str
    host_href: str
    opens: Moment
    closes: Moment
    announced: Moment | None
    decides: str
    given: int
    counted_from: str
    source: str
    document_title: str
    text_href: str
    version_text: str
    comments_href: str
    comment_count: int
    imprint: Imprint
    comment_href: str = ""
    together_href: str = ""
    cancelled: Moment | None = None
    local_rule: str = ""
    summary: tuple[str, ...] = ()
    purpose: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    area: str = ""
    forms: tuple[str, ...] = ()
    channels: tuple[ChannelLine, ...] = ()
    reading_place: str = ""
    contact: tuple[str, ...] = ()
    clause_href: str = ""
    form_href: str = ""
    apart_count: int = 0
    easy_href: str = ""
    sign_href: str = ""
    report_title: str = ""
    report_due: Moment | None = None
    protocol_href: str = ""
    announcements: tuple[AnnouncementLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    effects: tuple[ChangeLine, ...] = ()
    meetings: MeetingList | None = None
    opinions: OpinionList | None = None
    explanations: ExplanationList | None = None
    follow: FollowState | None = None
    follow_also: tuple[tuple[str, FollowState], ...] = ()
    calendar_href: str = ""
    desk: OfficeDesk | None = None


@dataclass(frozen=True, slots=True)
class AnnouncementPage:
    """`consultations/announced.html`; variable `page`. `html` is the announcement, safe, in Polish."""

    head: DocumentHead
    title: str
    kind: str
    number: int
    at: Moment
    html: Markup
    file_href: str
    back_href: str
    imprint: Imprint
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class PreparePage:
    """`consultations/announcement.html`, `protocol.html`; variables `page`, `form`. `refusal` says why not, if not.

    Before the first announcement `term` is counted as if it were published now: `asks_end` where the end can still be
    moved, `needs_departure` where the host has to answer for less than the law asks, `needs_meetings` where the act
    wants meetings named and `meetings_href` is where to enter one.
    """

    head: DocumentHead
    back_href: str
    title: str
    preview_title: str = ""
    preview: Markup | None = None
    term: TermPanel | None = None
    asks_end: bool = False
    needs_departure: bool = False
    needs_meetings: bool = False
    meetings_href: str = ""
    refusal: str = ""
    published: tuple[AnnouncementLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`consultations/extend.html`, `correct.html`, `cancel.html`; variables `page`, `form`.

    `refusal` says why this cannot be done now; `concerned` how many people will get a letter.
    """

    head: DocumentHead
    back_href: str
    title: str
    closes: Moment
    comment_count: int
    concerned: int = 0
    refusal: str = ""
    new_href: str = ""
    is_prepared: bool = False
