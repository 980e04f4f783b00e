"""What the pages of organisations and hosts show, as display-ready values.

Codes (kind, role, status of an accessibility declaration) become words in `templates/organisations/_words.html`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from consult.web.shared.presenters import DocumentRow, HostFrame, Link, Moment

NOTHING = Markup()
Standing = Literal["verified", "waiting", "refused"]


@dataclass(frozen=True, slots=True)
class ListedOrganisation:
    """A row of the list; `detail` says in a phrase where its seat is."""

    name: str
    href: str
    kind: str
    standing: Standing
    is_host: bool
    summary: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationList:
    """`organisations/list_all.html`; variable `page`. `kind`, `standing` and `query` are what it is narrowed to."""

    rows: tuple[ListedOrganisation, ...]
    found: int
    href: str
    kind: str = ""
    standing: str = ""
    query: str = ""
    register_href: str = ""
    more_href: str = ""
    all_href: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.standing or self.query)


@dataclass(frozen=True, slots=True)
class TakingPart:
    """One consultation an organisation took part in."""

    title: str
    href: str
    closes: Moment
    comment_count: int
    answered_count: int


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """`organisations/show.html`; variable `page`. `mine` says what the reader is here ("" when nothing), `asked` that
    they asked to be; what they may do has an address."""

    name: str
    short_name: str
    kind: str
    standing: Standing
    summary: str
    seat: tuple[str, ...]
    website: str
    email: str
    krs: str
    regon: str
    nip: str
    easy_href: str
    sign_href: str
    office: Link | None = None
    units: tuple[Link, ...] = ()
    verified: Moment | None = None
    refusal_reason: str = ""
    taking_part: tuple[TakingPart, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    host_href: str = ""
    crest_href: str = ""
    look_href: str = ""
    mine: str = ""
    is_asked: bool = False
    join_href: str = ""
    leave_href: str = ""
    people_href: str = ""
    edit_href: str = ""
    edit_host_href: str = ""


@dataclass(frozen=True, slots=True)
class EditingPage:
    """`organisations/register.html` and `edit.html`; variables `page`, `form`. `is_numbers_open` says whether the name,
    kind and numbers are the reader's to change; `offices` are (id, name). `asks_another` shows the box for an organisation
    whose name is nearly another's."""

    back: Link
    offices: tuple[tuple[str, str], ...]
    is_identity_open: bool = True
    is_verified: bool = False
    asks_another: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the organisation. `change_href` is empty where the reader may not change them."""

    id: int
    name: str
    email: str
    role: str
    speaks: bool
    is_named_speaker: bool
    since: Moment | None
    is_self: bool
    change_href: str = ""
    remove_href: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody who asked to join."""

    id: int
    name: str
    email: str
    words: str
    asked: Moment
    accept_href: str
    refuse_href: str


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """A link that still lets people in."""

    id: int
    role: str
    may_speak: bool
    email: str
    left: int
    until: Moment
    withdraw_href: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`organisations/people.html`; variables `page`, `form` (an `Invite`). `roles` are codes the reader may give;
    `new_link` is shown once, right after it was made."""

    name: str
    back_href: str
    people: tuple[Person, ...]
    wishes: tuple[Wish, ...]
    invitations: tuple[OpenInvitation, ...]
    roles: tuple[str, ...]
    invite_href: str
    is_verified: bool
    new_link: str = ""


@dataclass(frozen=True, slots=True)
class JoiningPage:
    """`organisations/join.html`, `leave.html` and `invitation.html`; variables `page`, `form`."""

    name: str
    back_href: str
    role: str = ""
    may_speak: bool = False
    until: Moment | None = None
    is_signed_in: bool = True
    sign_in_href: str = ""
    register_href: str = ""
    accept_href: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """An open or announced consultation of a host."""

    title: str
    href: str
    summary: str
    is_open: bool
    opens: Moment
    closes: Moment
    comment_href: str = ""


@dataclass(frozen=True, slots=True)
class HostHead:
    """The head of every page of a host: `tabs` lead to its parts."""

    name: str
    short_name: str
    href: str
    tabs: tuple[Link, ...]
    crest_href: str = ""
    look_href: str = ""
    edit_href: str = ""


@dataclass(frozen=True, slots=True)
class FinishedCall:
    """A consultation of a host that is over: its state (closed, answering, reported, effects, cancelled), when comments
    were taken until."""

    title: str
    href: str
    state: str
    closes: Moment
    report_kind: str = ""


@dataclass(frozen=True, slots=True)
class HostPage:
    """`organisations/host.html`; variable `page`. Places and hours are lines; `finished` are the last few, `all_calls_href` leads
    to all."""

    head: HostHead
    summary: str
    calls: tuple[Call, ...]
    documents: tuple[DocumentRow, ...]
    finished: tuple[FinishedCall, ...]
    all_calls_href: str
    seat: tuple[str, ...]
    duty_address: tuple[str, ...]
    duty_hours: tuple[str, ...]
    phone: str
    email: str
    e_delivery: str
    website: str
    bip: str
    easy_href: str
    sign_href: str
    organisation_href: str
    feed_href: str = ""
    calendar_href: str = ""


@dataclass(frozen=True, slots=True)
class StandingText:
    """`organisations/standing_text.html`; variable `page`. `html` comes from the renderer; empty `number`: there is none yet.
    `newer_href` leads from an old version to the one in force; `versions` are all of them, the last first."""

    head: HostHead
    kind: str
    html: Markup = NOTHING
    number: int = 0
    published: Moment | None = None
    newer_href: str = ""
    versions: tuple[Link, ...] = ()
    edit_href: str = ""
    kept_months: int = 0


@dataclass(frozen=True, slots=True)
class DeclarationPage:
    """`organisations/accessibility.html`; variable `page`. `site_href` is the address of this site."""

    text: StandingText
    status: str = ""
    method: str = ""
    judged_by: str = ""
    site_href: str = ""
    site: Moment | None = None
    changed: Moment | None = None
    prepared: Moment | None = None
    reviewed: Moment | None = None
    contact: str = ""
    email: str = ""
    phone: str = ""
    not_accessible: Markup = NOTHING
    procedure: Markup = NOTHING
    building: Markup = NOTHING
    interpreter: Markup = NOTHING


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a host's pages in the list of what can be edited; `state` says in words how it stands."""

    title: str
    href: str
    state: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class HostParts:
    """`organisations/edit_host.html`; variable `page`."""

    head: HostHead
    parts: tuple[Part, ...]
    contact_views_href: str


@dataclass(frozen=True, slots=True)
class HostEditing:
    """Pages that edit one part of a host; variables `page`, `form`. `preview` is rendered HTML, shown above the form;
    `number` of the version that would be published; `is_starter` says that the text in the form is our suggestion."""

    head: HostHead
    back_href: str
    kind: str = ""
    number: int = 0
    preview: Markup = NOTHING
    is_starter: bool = False
    crest_href: str = ""
    crest_action: str = ""
    drop_action: str = ""


@dataclass(frozen=True, slots=True)
class HostStatements:
    """What one host tells everybody; the rest is empty where it said nothing."""

    frame: HostFrame
    seat: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class StatementsPage:
    """`organisations/statements.html`; variable `page`."""

    hosts: tuple[HostStatements, ...]
