"""A section saved with new words, and how they would read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from consult.domain.diffing.compare import compare
from consult.domain.errors import InvalidInput, NotFound
from consult.domain.history.events import SectionSaved
from consult.domain.merging.threeway import merge
from consult.domain.policy.actors import Actor
from consult.domain.text import outline, ranks
from consult.domain.text.spans import Span
from consult.ports.rendering import Rendered
from consult.services.changes import Cause, Draft, Put, new_section_id, record_change
from consult.services.cross_references import with_numbers_of_draft
from consult.services.drafting.checking import check_note, checked_source, closed, get_editable
from consult.services.drafting.values import Conflicted, Saved, Unchanged
from consult.services.placements import WordsWent
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.unit_of_work import current_ports, unit_of_work


def save_section(
    actor: Actor,
    slug: str,
    section_id: str,
    *,
    source: str,
    base_text_id: int,
    note: str = "",
    cause: Cause | None = None,
    kind: str = "save",
    now: datetime,
) -> Saved | Unchanged | Conflicted:
    """Save the text of a section that was edited starting from the text `base_text_id`.

    What others saved meanwhile is merged in; a true conflict records nothing and shows all sides. A
    heading typed inside the text splits the section: the first part keeps its identity and its comments
    follow the words. Raises InvalidInput for a text or note that is too long or holds no words.
    """
    yours = checked_source(source)
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.hold_document(document.id)
        current = document_queries.get_section(document.id, section_id)
        merged = None
        if current.text_id != base_text_id:
            base = document_queries.get_text(base_text_id)
            if base.section_id != section_id:
                raise NotFound("text")
            merged = merge(base.source, yours, current.source)
            if merged.conflicts:
                return Conflicted(base.source, current.source, yours, current.text_id, merged)
            yours = merged.text
        if yours == current.source:
            return Unchanged()
        if queries.next_rank(document.id, current.rank) is not None:
            yours = closed(yours)
        if yours == current.source:
            return Unchanged()
        draft = _saving(document, current.rank, section_id, current.source, yours)
        recorded = record_change(
            work,
            document,
            actor,
            Draft(kind, draft.puts, lineage=draft.lineage, note=note, cause=cause),
            now=now,
        )
        event = SectionSaved(str(document.id), section_id, str(recorded.texts[section_id]), str(recorded.id))
        work.record(event, at=now, actor_ref=actor.id)
        return Saved(recorded.number, merged=merged is not None, added=len(draft.puts) - 1)


def _saving(document: DocumentRow, rank: str, section_id: str, before: str, after: str) -> Draft:
    """The puts and lineage of a saved text, split where it holds further headings."""
    pieces = outline.split(after)
    if pieces[0].level == 0 and outline.level_of(before) > 0:
        raise InvalidInput("text_before_heading", field="source")
    puts = [Put(section_id, pieces[0].source)]
    if len(pieces) == 1:
        return Draft("save", puts)
    following = queries.next_rank(document.id, rank)
    places = ranks.spread(rank, following, len(pieces) - 1)
    went: list[WordsWent] = []
    back = compare(after, before)
    at = len(pieces[0].source)
    for piece, place in zip(pieces[1:], places, strict=True):
        new_id = new_section_id()
        puts.append(Put(new_id, piece.source, place, is_new=True))
        came = back.map_span(Span(at, at + len(piece.source)))
        if came.of(before).strip():
            went.append(WordsWent("split", section_id, came.start, came.end, new_id, 0))
        at += len(piece.source)
    return Draft("save", puts, lineage=went)


def preview_section(actor: Actor, slug: str, *, source: str) -> Rendered:
    """How a text would read as a section of this document; nothing is kept."""
    document = get_editable(actor, slug)
    words = checked_source(source, may_be_empty=True)
    definitions = "\n".join(text for _, text in queries.list_definitions(document.id))
    rendered = current_ports().renderer.render(words, definitions=definitions)
    return replace(rendered, html=with_numbers_of_draft(document, rendered.html))
