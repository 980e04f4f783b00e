"""Finding quoted words in a document, and telling where the words of its comments are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.text.normalise import normalise
from consult.domain.text.spans import Span
from consult.services.authority import of_document, require
from consult.services.comments import Pointing
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as queries
from consult.storage.queries import placements as placement_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.viewers import Viewer


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """Where one comment's words are in the working draft.

    `state` is general for a comment on the whole; `section`, `start`, `end` are None where there is no place,
    offsets are code points of the section's plain text, `words` what stands there now.
    """

    number: int
    state: str
    similarity: float | None
    section: str | None
    start: int | None
    end: int | None
    words: str

    def as_json(self) -> dict[str, str | int | float | None]:
        return {
            "number": self.number,
            "state": self.state,
            "similarity": self.similarity,
            "section": self.section,
            "start": self.start,
            "end": self.end,
            "words": self.words,
        }


def find_quote(actor: Actor, slug: str, quote: str, *, nth: int, now: datetime) -> Pointing | None:
    """The `nth` occurrence of exact words in what may be commented on now, in reading order."""
    document = queries.get_document(slug, Viewer.of(actor))
    words = normalise(quote)
    left = nth
    for section in _commentable(actor, document, now):
        start = section.plain.find(words)
        while start >= 0:
            left -= 1
            if left == 0:
                span = Span(start, start + len(words))
                return Pointing(section.section_id, section.text_id, span, quote=words)
            start = section.plain.find(words, start + 1)
    return None


def _commentable(actor: Actor, document: DocumentRow, now: datetime) -> Sequence[SectionRow]:
    """The text comments are made on: the consulted version, else the last published, else the draft."""
    consultation = consultation_queries.find_open_consultation(document.id, now)
    if consultation is not None:
        return queries.list_version_sections(consultation.version_id)
    if document.last_version_no:
        return queries.list_version_sections(queries.get_version(document.id, document.last_version_no).id)
    require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
    return queries.list_draft_sections(document.id)


def list_placements(actor: Actor, slug: str) -> list[PlacementLine]:
    """Every comment of a document with the place of its words, by number; one line for each passage."""
    document = queries.get_document(slug, Viewer.of(actor))
    require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
    placed: dict[int, list[comment_queries.PlacedRow]] = {}
    for row in comment_queries.list_placed_in_draft(document.id):
        placed.setdefault(row.comment_id, []).append(row)
    text_ids = {row.text_id for rows in placed.values() for row in rows if row.text_id is not None}
    plains = placement_queries.list_plains(text_ids)
    lines: list[PlacementLine] = []
    for comment in comment_queries.list_document_comments(document.id, with_drafts=True):
        targets = placed.get(comment.id)
        if not targets:
            lines.append(PlacementLine(comment.number, "general", None, None, None, None, ""))
            continue
        for row in targets:
            words = (
                plains[row.text_id][row.start : row.end]
                if row.text_id is not None and row.start is not None
                else ""
            )
            lines.append(
                PlacementLine(
                    comment.number, row.state, row.similarity, row.section_id, row.start, row.end, words
                )
            )
    return lines
