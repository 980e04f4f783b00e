"""What the glossary of a text shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Link


@dataclass(frozen=True, slots=True)
class Entry:
    """A term with its meaning, the part that defines it and the parts that use it."""

    anchor: str
    term: str
    meaning: str
    defined: Link
    used: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """`definitions/show.html`; variable `page`. `formula` says to those who edit the draft how a word is defined."""

    head: DocumentHead
    entries: tuple[Entry, ...]
    back_href: str
    formula: str = ""
