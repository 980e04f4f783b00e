"""What the pages of accounts show.

Form fields of ``accounts/sign_in.html`` (WTForms names): ``email``, ``password``, hidden ``next``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from consult.web.shared.presenters import Card, Link, Moment


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`accounts/sign_in.html`; variables `page`, `form`. `reason` says why one was sent here, if one was;
    `broker_href` is empty where people sign in with passwords only, `register_href` where they make no accounts,
    `again_href` unless the right password was given for an address not confirmed yet."""

    reason: str = ""
    forgot_href: str = ""
    register_href: str = ""
    broker_href: str = ""
    broker_label: str = ""
    again_href: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """`accounts/register.html`; variables `page`, `form` (``name``, ``email``, ``password``). `account_href` leads
    somebody who is signed in to the account they have."""

    shortest: int
    sign_in_href: str
    account_href: str = ""


@dataclass(frozen=True, slots=True)
class CheckMailPage:
    """`accounts/check_mail.html`; variable `page`. `address` is the one just typed; `about` says what for."""

    about: Literal["register", "confirm", "forgot"]
    address: str
    again_href: str


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """`accounts/confirm.html`; variables `page`, `form` (``password``). `address` is what is confirmed, `old_address`
    the one it replaces, if it replaces one; `asks_password` where the button alone is not enough."""

    address: str
    old_address: str = ""
    asks_password: bool = False
    forgot_href: str = ""


@dataclass(frozen=True, slots=True)
class ResetPage:
    """`accounts/reset.html`; variables `page`, `form` (``password``)."""

    address: str
    shortest: int


@dataclass(frozen=True, slots=True)
class GonePage:
    """`accounts/link_gone.html`; variable `page`: a link that cannot be used, and where to get another one."""

    about: Literal["confirm", "reset"]
    again_href: str
    sign_in_href: str


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation one belongs to; `role` is a code."""

    name: str
    href: str
    role: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`accounts/account.html`; variables `page`, `form` (``name``, ``is_name_public``, ``language``). `waiting` is a
    new address not yet confirmed; `has_password` is false for who signs in through a broker only."""

    menu: tuple[Link, ...]
    address: str
    waiting: str
    has_password: bool
    changed: Moment | None
    since: Moment | None
    organisations: tuple[OrganisationLine, ...]
    languages: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    join_href: str = ""


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """`accounts/password.html`; variables `page`, `form` (``current``, ``new``)."""

    menu: tuple[Link, ...]
    shortest: int
    has_password: bool
    address: str
    forgot_href: str


@dataclass(frozen=True, slots=True)
class AddressPage:
    """`accounts/email.html`; variables `page`, `form` (``email``, ``current``), `act` for keeping the old address."""

    menu: tuple[Link, ...]
    address: str
    waiting: str
    has_password: bool
    password_href: str
    keep_href: str


@dataclass(frozen=True, slots=True)
class OwnComment:
    """One of my comments: on which document, in which consultation, and what can be said while there is no answer."""

    document: str
    document_href: str
    consultation: str
    consultation_href: str
    card: Card
    awaits: str = ""
    appeal_href: str = ""


@dataclass(frozen=True, slots=True)
class OwnCommentsPage:
    """`accounts/comments.html`; variable `page`."""

    menu: tuple[Link, ...]
    comments: tuple[OwnComment, ...]
    count: int
    first: int
    last: int
    newer_href: str = ""
    older_href: str = ""
    home: Link = field(default=Link("", ""))


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request about one's data; `kind` and `state` are codes; `withdraw_href` is empty once it is decided."""

    kind: str
    state: str
    made: Moment
    due: Moment
    decided: Moment | None
    words: str
    reason: str
    withdraw_href: str = ""


@dataclass(frozen=True, slots=True)
class SeenLine:
    """That officials of `host` were shown my data: `place` is its code, `numbers` my submissions in words."""

    at: Moment
    host: str
    place: str
    where: Link
    numbers: str


@dataclass(frozen=True, slots=True)
class MyDataPage:
    """`accounts/my_data.html`; variables `page`, `correction` and `erasure` (forms with ``words``), `act`."""

    menu: tuple[Link, ...]
    read_href: str
    file_href: str
    account_href: str
    correct_href: str
    erase_href: str
    named_submissions: int
    named_changes: int
    is_name_public: bool
    requests: tuple[RequestLine, ...]
    can_correct: bool
    can_erase: bool
    views: tuple[SeenLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Rows of one table that name me: `name` is its code, `columns` those of its columns that hold something."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_about_me: bool


@dataclass(frozen=True, slots=True)
class HeldComment:
    """A comment as it is held; `outcome` is the code of a published answer."""

    number: int
    href: str
    paragraphs: tuple[str, ...]
    justification: str
    proposed: str
    outcome: str
    reasons: str


@dataclass(frozen=True, slots=True)
class HeldSubmission:
    """What was handed in at once, with the sender's data as given."""

    title: str
    received: Moment
    receipt: int
    capacity: str
    organisation: str
    name: str
    address: str
    comments: tuple[HeldComment, ...]


@dataclass(frozen=True, slots=True)
class HeldWriting:
    """Words written while working on a document: `kind` is the code of what they are."""

    kind: str
    title: str
    at: Moment
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """`accounts/my_record.html`; variable `page`: everything held, to be read. `facts` are (label, value)."""

    menu: tuple[Link, ...]
    facts: tuple[tuple[str, str], ...]
    organisations: tuple[OrganisationLine, ...]
    submissions: tuple[HeldSubmission, ...]
    writings: tuple[HeldWriting, ...]
    tables: tuple[RecordTable, ...]
    has_acts: bool
    file_href: str
    made: Moment


@dataclass(frozen=True, slots=True)
class SignInCodePage:
    """`accounts/sign_in_code.html`; variables `page`, `form`. `is_recovery`: a recovery code is asked for."""

    is_recovery: bool
    other_href: str
    start_href: str


@dataclass(frozen=True, slots=True)
class SecondFactorPage:
    """`accounts/second_factor.html`; variables `page`, `form` (the button that begins).

    `is_owed`: nothing else can be done before it is set up; `is_asked` the installation asks it of this person.
    """

    is_on: bool
    is_owed: bool
    is_asked: bool
    since: Moment | None
    codes_left: int
    begin_href: str
    renew_href: str
    off_href: str
    menu: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SetUpPage:
    """`accounts/set_up_second_factor.html`; variables `page`, `form`. `key` in groups of four, for typing; `picture` is a
    `data:` address."""

    key: str
    picture: str
    account: str
    back_href: str
    is_owed: bool = False


@dataclass(frozen=True, slots=True)
class RecoveryCodesPage:
    """`accounts/recovery_codes.html`; variables `page`, `form` (the button that goes on)."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoublePage:
    """`accounts/turn_off_second_factor.html` and `accounts/renew_recovery_codes.html`; variables `page`, `form`."""

    has_password: bool
    is_asked: bool
    back_href: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A browser somebody is signed in with: `device` in words, `means` a phrase; `form` ends it, but for the one at hand."""

    device: str
    is_this: bool
    begun: Moment
    seen: Moment
    means: str
    session_id: int


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """`accounts/sessions.html`; variables `page`, `form` (for its token)."""

    lines: tuple[SessionLine, ...]
    has_others: bool
    password_href: str
    menu: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IdentityLine:
    """An account elsewhere; `label` names the issuer."""

    label: str
    linked: Moment
    used: Moment
    identity_id: int
    is_last_way_in: bool


@dataclass(frozen=True, slots=True)
class IdentitiesPage:
    """`accounts/identities.html`; variables `page`, `form` (for its token). `broker_label` is empty without a broker."""

    lines: tuple[IdentityLine, ...]
    has_password: bool
    forgot_href: str
    broker_label: str
    menu: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BrokerFailedPage:
    """`accounts/broker_failed.html`; variable `page`. `case` is a code of `ports.identity.Failing`, or "refused": then
    `message` says why the identity can be nobody's here."""

    case: str
    message: str
    broker_label: str
    again_href: str
    sign_in_href: str
    reference: str


@dataclass(frozen=True, slots=True)
class JoinPage:
    """`accounts/broker_join.html`; variables `page`, `form`. `is_new`: an account is made, else one is linked; `can_link` is
    false when that one has no password."""

    is_new: bool
    can_link: bool
    address: str
    broker_label: str
    sign_in_href: str
    forgot_href: str
