"""What the page of the notes beside a part shows."""

from __future__ import annotations

from dataclasses import dataclass

from consult.web.shared.presenters import DocumentHead, Moment


@dataclass(frozen=True, slots=True)
class Wording:
    """An earlier or present wording of a note; no `paragraphs` where it was taken away."""

    kind: str
    paragraphs: tuple[str, ...]
    at: Moment
    by: str


@dataclass(frozen=True, slots=True)
class NotesPage:
    """`section_notes/write.html`; variables `page`, `form` (summary, explanation)."""

    head: DocumentHead
    title: str
    wordings: tuple[Wording, ...]
    back_href: str
    limit: int
