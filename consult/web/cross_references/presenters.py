"""What the page of references between the parts of a draft shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Link


@dataclass(frozen=True, slots=True)
class LostReference:
    """A reference that leads nowhere: its words, the part it stands in, and what the part it led to was called."""

    words: str
    place: str
    href: str
    edit_href: str
    was: str


@dataclass(frozen=True, slots=True)
class ReferredPart:
    """A part, the Markdown that refers to it, and the parts that do."""

    title: str
    href: str
    marker: str
    referring: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReferencesPage:
    """`cross_references/show.html`; variable `page`."""

    head: DocumentHead
    lost: tuple[LostReference, ...]
    parts: tuple[ReferredPart, ...]
    count: int
    back_href: str
