"""What the pages of collections show.

Form fields of ``collections/edit.html``: ``title``, ``intro`` and, for each document of the host, ``place_id`` (1, 2, 3 …).
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import Link


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """A collection in the list."""

    title: str
    href: str
    host: str
    intro: str
    detail: str


@dataclass(frozen=True, slots=True)
class CollectionList:
    """`collections/list.html`; variable `page`."""

    rows: tuple[CollectionLine, ...]
    new_href: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a collection: `kind` is the code, `number` its place, `language` that of title and summary."""

    number: int
    title: str
    href: str
    kind: str
    summary: str
    detail: str
    language: str


@dataclass(frozen=True, slots=True)
class CollectionPage:
    """`collections/show.html`; variable `page`."""

    title: str
    host: str
    host_href: str
    intro: tuple[str, ...]
    members: tuple[Member, ...]
    list_href: str
    edit_href: str = ""


@dataclass(frozen=True, slots=True)
class CollectionEdit:
    """`collections/edit.html`; variables `page`, `form`. `documents` are (field name, title, language); with `hosts` (id, name) one
    has to say first whose collection it is."""

    title: str
    back: Link
    documents: tuple[tuple[str, str, str], ...]
    hosts: tuple[tuple[str, str], ...] = ()
