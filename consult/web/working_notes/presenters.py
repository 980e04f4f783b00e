"""What the page of working notes shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Moment


@dataclass(frozen=True, slots=True)
class Said:
    """A note or an answer."""

    by: str
    at: Moment
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A note with its answers; `act_href` takes answers and says whether the matter is settled. `is_gone` says that the
    words it is on no longer stand in the part."""

    id: int
    anchor: str
    quote: str
    first: Said
    answers: tuple[Said, ...]
    is_resolved: bool
    resolved_by: str = ""
    is_gone: bool = False
    act_href: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A part of the draft with its notes."""

    title: str
    href: str
    threads: tuple[Thread, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    """`working_notes/list.html`; variables `page`, `form` (a new note) and `answer` (fields of one thread, `answered` its
    id). `only` is the title of the one part shown; `sections` are (id, title) to write on."""

    head: DocumentHead
    parts: tuple[Noted, ...]
    sections: tuple[tuple[str, str], ...]
    open_count: int
    only: str = ""
    all_href: str = ""
    write_href: str = ""
    answered: int = 0
