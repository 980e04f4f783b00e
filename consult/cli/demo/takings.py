"""Wording that answers to comments put into the text, as the next version reads, so that its words lead back to them."""

from __future__ import annotations

from consult.domain.consolidation.apply import paragraph_of
from consult.domain.diffing.compare import compare
from consult.domain.text import outline
from consult.domain.text.spans import Span
from consult.services.dispositions import Wording
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING


def as_it_came_out(final: str, comment_id: int, slug: str) -> Wording | None:
    """The paragraph a comment is on, as it reads in the `final` Markdown; None where it stayed as it was, where it is
    not sure which it is, and where it became something else altogether."""
    (place, *further) = comment_queries.list_placements_of([comment_id])
    if further or place.state not in ("placed", "changed") or place.start is None or place.end is None:
        return None
    document = document_queries.get_document(slug, EVERYTHING)
    standing = document_queries.get_section(document.id, place.section_id)
    after = [piece.source for piece in outline.split(final) if piece.heading == standing.heading]
    if len(after) != 1:
        return None
    lines = paragraph_of(standing.source, standing.plain, Span(place.start, place.end))
    came = compare(standing.source, after[0], letters=False).map_span(lines)
    first = after[0].rfind("\n", 0, came.start) + 1
    last = after[0].find("\n", came.end)
    paragraph = after[0][first : len(after[0]) if last < 0 else last]
    is_one = paragraph.strip() and "\n\n" not in paragraph and not paragraph.startswith("#")
    if not is_one or paragraph == lines.of(standing.source):
        return None
    return Wording(standing.section_id, standing.text_id, lines, paragraph)
