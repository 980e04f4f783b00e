"""What the pages of working groups show.

Form fields of ``groups/edit.html``: ``host_id`` (only for a new group and where one works for several hosts), ``name``,
``block``, ``summary``, ``easy_read_url``, ``sign_language_url``, ``visibility`` (public, host, invited), ``documents`` (boxes).
``groups/people.html``: ``role``, ``organisation_id``, ``way`` (letter, link, organisation), ``email``, ``most_uses``.
``groups/invitation.html``: ``shows_name``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from consult.web.shared.following import FollowState
from consult.web.shared.presenters import Link, Moment


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Where a thing is told in easy words and in sign language; empty where it is not."""

    easy_href: str = ""
    sign_href: str = ""


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a list."""

    name: str
    href: str
    host: str
    summary: str
    detail: str
    is_private: bool
    is_over: bool
    otherwise: Otherwise


@dataclass(frozen=True, slots=True)
class Block:
    """Groups of one thematic block; `title` is empty for those in none."""

    title: str
    groups: tuple[GroupLine, ...]


@dataclass(frozen=True, slots=True)
class GroupList:
    """`groups/list.html`; variable `page`. `hosts` are links that narrow the list, the current one marked."""

    blocks: tuple[Block, ...]
    count: int
    hosts: tuple[Link, ...] = ()
    new_href: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat: `name` of the person is empty unless the reader may see it; `is_hidden` says that others do not see it."""

    id: int
    role: str
    organisation: str
    capacity: str
    name: str
    is_hidden: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """The reader's own seat, with what they may do about it."""

    role: str
    shows_name: bool
    href: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """`groups/show.html`; variable `page`."""

    name: str
    host: str
    host_href: str
    block: str
    summary: str
    visibility: str
    made: Moment
    ended: Moment | None
    seats: tuple[Seat, ...]
    documents: tuple[Link, ...]
    otherwise: Otherwise
    follow: FollowState
    own: OwnSeat | None = None
    acts: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupEdit:
    """`groups/edit.html`; variables `page`, `form`. `languages` are those of the documents to choose from, by their box."""

    title: str
    back_href: str
    back_text: str
    hosts: tuple[tuple[str, str], ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)
    course_href: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation: to the address that was typed, or a link for `left` people. `state` is open, expired, declined."""

    id: int
    role: str
    organisation: str
    email: str
    state: str
    left: int
    asked: Moment
    until: Moment
    act_href: str


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """`groups/invitation.html`; variables `page`, `form`."""

    group: str
    host: str
    block: str
    summary: str
    role: str
    organisation: str
    until: Moment
    is_by_letter: bool
    is_signed_in: bool
    is_for_reader: bool
    is_sitting: bool
    group_href: str
    sign_in_href: str
    register_href: str
    accept_href: str
    decline_href: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`groups/people.html`; variables `page`, `form`. `organisations` are (id, name) to choose from."""

    name: str
    back_href: str
    seats: tuple[Seat, ...]
    organisations: tuple[tuple[str, str], ...]
    act_href: str
    invited: tuple[Invited, ...] = ()
    new_link: str = ""
