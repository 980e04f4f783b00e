"""What the pages about people show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.admin.presenters.frame import Pages
from consult.web.shared.presenters import Link, Moment


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """An account in the list; `address` is shortened so that it cannot be written to."""

    name: str
    href: str
    address: str
    states: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`admin/people.html`; variable `page`."""

    areas: tuple[Link, ...]
    query: str
    entries: tuple[PersonEntry, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody is in one organisation."""

    name: str
    href: str
    role: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ActLink:
    """An act that is possible now."""

    text: str
    href: str
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What is shown only once it is on record that somebody looks."""

    address: str
    language: str
    made: Moment
    confirmed: Moment | None
    last_seen: Moment | None
    submission_count: int


@dataclass(frozen=True, slots=True)
class PersonPage:
    """`admin/person.html`; variables `page`, `form` (the button that has the data shown)."""

    areas: tuple[Link, ...]
    name: str
    states: tuple[str, ...]
    places: tuple[Place, ...]
    session_count: int
    second_factor: Moment | None
    acts: tuple[ActLink, ...]
    look_href: str
    personal: PersonalData | None = None
    shown_for: int = 0
    closed: Moment | None = None
    back_href: str = ""
    membership_href: str = ""


@dataclass(frozen=True, slots=True)
class MembershipPage:
    """`admin/membership.html`; variables `page`, `form`."""

    areas: tuple[Link, ...]
    name: str
    back_href: str
    organisations: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ActPage:
    """`admin/act.html`; variables `page`, `form`. One act with its effect in words and a field for the reason."""

    areas: tuple[Link, ...]
    title: str
    effect: str
    subject: str
    subject_href: str
    is_grave: bool
    asks_reason: bool = True
