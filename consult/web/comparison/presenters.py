"""What the comparison of two texts shows. ``comparison/show.html`` is a GET form with the query names ``from``, ``to``."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, OutlineEntry, Piece


@dataclass(frozen=True, slots=True)
class Cause:
    """What a change comes from: `text` names it ("Uwaga 62", "Zmiana 115"), `outcome` is the answer's code or ""."""

    text: str
    href: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section that differs: `change` is changed, moved, added or removed; `redline` runs over its text, with line
    feeds; runs of unchanged text may be shortened to "[…]". `causes` stand beside it."""

    anchor: str
    label: str
    title: str
    change: str
    redline: tuple[Piece, ...]
    causes: tuple[Cause, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ComparePage:
    """`comparison/show.html`; variable `page`. `texts` are (value, words) of everything one may compare."""

    head: DocumentHead
    texts: tuple[tuple[str, str], ...]
    old: str
    new: str
    sections: tuple[ComparedSection, ...]
    outline: tuple[OutlineEntry, ...]
    changed_count: int
    total_count: int
    problem: str = ""
