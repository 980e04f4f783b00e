"""The comment form of a consultation: what names it, what it asks, and what is made of one that comes back.

A form carries a code, also printed, that says of which consultation and of which version of the text it is; each of its rows
carries the identity of a section. So a form filled in months ago is read as it was meant, however the sections were
renumbered, moved or renamed since; a row whose section is gone keeps the title it was printed with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.text.spans import Span

LARGEST_FORM = 20_000_000
"""Bytes of a file that comes back."""

MOST_ROWS = 2_000
"""Rows of a form that are looked at, filled in or not."""

SPARE_ROWS = 5
"""Rows for the whole text or another part, after those of its parts."""

_CODE = re.compile(r"CF1-(\d{1,9})-(\d{1,6})-([0-9a-f]{10})")
_SECTION = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}")


class Field(StrEnum):
    """What a form asks about a part of the text."""

    QUOTE = "quote"
    TEXT = "text"
    PROPOSED = "proposed"
    JUSTIFICATION = "justification"
    KIND = "kind"


class Asked(StrEnum):
    """What a form asks about its sender."""

    CAPACITY = "capacity"
    ORGANISATION = "organisation"
    NAME = "name"
    EMAIL = "email"
    CONSENT = "consent"


WORDS = (Field.QUOTE, Field.TEXT, Field.PROPOSED, Field.JUSTIFICATION)
"""What people write; the kind is chosen."""


@dataclass(frozen=True, slots=True)
class FormCode:
    """What a form is of: `check` tells one copy of an installation's data from another's."""

    consultation_id: int
    version_no: int
    check: str

    @classmethod
    def of(cls, consultation_id: int, version_no: int, slug: str, checksum: str) -> FormCode:
        said = f"consult comment form\n{slug}\n{version_no}\n{checksum}"
        return cls(consultation_id, version_no, hashlib.sha256(said.encode()).hexdigest()[:10])

    def __str__(self) -> str:
        return f"CF1-{self.consultation_id}-{self.version_no}-{self.check}"


def find_code(words: str) -> FormCode | None:
    """The first code in some words, as a program kept it or as it was printed."""
    found = _CODE.search(words)
    return FormCode(int(found[1]), int(found[2]), found[3]) if found else None


def fingerprint(words: str) -> str:
    """Eight signs that name printed words whatever white space an office program made of theirs."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:8]


def section_of(key: str) -> str:
    """The section a key of a row or a field names, "" where it names none: programs shorten and prefix keys."""
    found = _SECTION.search(key.lower())
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row somebody filled in: `title` is what stood in it for its part of the text, `is_added` that the row was not in
    the form but was added by hand."""

    section_id: str = ""
    title: str = ""
    quote: str = ""
    text: str = ""
    proposed: str = ""
    justification: str = ""
    kind: str = ""
    is_added: bool = False

    @property
    def is_blank(self) -> bool:
        return not (
            self.quote.strip() or self.text.strip() or self.proposed.strip() or self.justification.strip()
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """A part of the text consulted, as rows are matched to it."""

    section_id: str
    title: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Where a row belongs: `section_id` is "" for the whole text; `was` is the title it was printed or typed with where
    that is not what the part is called now, `is_lost` that it names a part nobody can find."""

    section_id: str
    was: str = ""
    is_lost: bool = False


def matched(row: FilledRow, standing: Sequence[Standing]) -> Matched:
    """The part a row is about: by identity, else by its whole title, else by its number or its words alone, where
    only one part bears them."""
    title = " ".join(row.title.split())
    key = row.section_id.replace("-", "")
    if key:
        for part in standing:
            if part.section_id.replace("-", "") == key:
                was = title if title and _plain(title) != _plain(part.title) else ""
                return Matched(part.section_id, was)
        return Matched("", title, is_lost=True)
    if not title:
        return Matched("")
    named = [part for part in standing if _plain(part.title) == _plain(title)]
    if not named:
        said = _plain(title)
        titles = [(part, _plain(part.title)) for part in standing]
        named = [part for part, known in titles if known.startswith(f"{said} ") or known.endswith(f" {said}")]
    if len(named) == 1:
        return Matched(named[0].section_id)
    return Matched("", title, is_lost=True)


def _plain(title: str) -> str:
    """A title as people retype it: without case, full stops and double spaces."""
    return " ".join(title.casefold().replace(".", " ").split())


@dataclass(frozen=True, slots=True)
class Laid:
    """A returned form as one text: a passage for each row, in their order, and what belongs to none of them after them."""

    letter: str
    passages: tuple[Span, ...]


def laid_out(rows: Sequence[FilledRow], unused: Sequence[str], captions: dict[str, str]) -> Laid:
    """What a sender wrote as one text, each answer under its caption ({"text": "Treść uwagi", …})."""
    pieces: list[str] = []
    passages: list[Span] = []
    at = 0
    for row in rows:
        lines = [row.title] if row.title.strip() else []
        for field in WORDS:
            words = getattr(row, field).strip()
            if words:
                lines.append(f"{captions[field]}: {words}")
        block = "\n".join(lines)
        passages.append(Span(at, at + len(block)))
        pieces.append(block)
        at += len(block) + 2
    pieces += [words.strip() for words in unused if words.strip()]
    return Laid("\n\n".join(pieces) + "\n" if pieces else "", tuple(passages))
