"""What the pages about organisations and hosts show."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.admin.presenters.frame import Pages
from consult.web.admin.presenters.people import ActLink
from consult.web.shared.presenters import Link, Moment


@dataclass(frozen=True, slots=True)
class WaitingOrganisation:
    """An organisation somebody entered, with what an administrator compares with public registers."""

    name: str
    href: str
    kind: str
    numbers: tuple[str, ...]
    seat: str
    website: str
    entered_by: str
    entered: Moment
    acts: tuple[ActLink, ...]


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An organisation in the list of all."""

    name: str
    href: str
    kind: str
    state: str
    people_href: str
    acts: tuple[ActLink, ...]


@dataclass(frozen=True, slots=True)
class OrganisationsPage:
    """`admin/organisations.html`; variable `page`."""

    areas: tuple[Link, ...]
    query: str
    waiting: tuple[WaitingOrganisation, ...]
    entries: tuple[OrganisationEntry, ...]
    pages: Pages


@dataclass(frozen=True, slots=True)
class HostEntry:
    """A host with what it still lacks to run consultations properly."""

    name: str
    href: str
    detail: str
    missing: tuple[str, ...]
    edit_href: str
    people_href: str


@dataclass(frozen=True, slots=True)
class HostsPage:
    """`admin/hosts.html`; variable `page`."""

    areas: tuple[Link, ...]
    entries: tuple[HostEntry, ...]
