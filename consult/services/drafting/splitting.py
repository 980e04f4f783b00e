"""A section split in two."""

from __future__ import annotations

from datetime import datetime

from consult.domain.diffing.compare import compare
from consult.domain.errors import InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.text import outline, ranks, seams
from consult.domain.text.spans import Span
from consult.ports.rendering import Rendered
from consult.services.changes import Draft, Put, Recorded, new_section_id, record_change
from consult.services.drafting.checking import check_note, checked_title, get_editable
from consult.services.drafting.recording import record_arranged
from consult.services.placements import WordsWent
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.unit_of_work import current_ports, unit_of_work


def split_section(
    actor: Actor,
    slug: str,
    section_id: str,
    *,
    text_id: int,
    at: int,
    title: str,
    level: int | None = None,
    note: str = "",
    now: datetime,
) -> tuple[str, Recorded]:
    """Begin a new section inside another: what stands from `at` on goes under a heading of its own.

    `at` is the start of a block (`domain.text.seams.seams`), in code points of the source of the text `text_id`; if
    that has been changed since, the same block is sought in what stands now. `level` is that of the section unless
    given. The first part keeps its identity; comments follow their words. Returns the id of the new section.
    Raises InvalidInput where `at` is no such place, or is gone.
    """
    check_note(note)
    heading = checked_title(title)
    if level is not None and not 1 <= level <= outline.DEEPEST:
        raise InvalidInput("level_out_of_range", field="level", deepest=outline.DEEPEST)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        current = document_queries.get_section(document.id, section_id)
        if text_id != current.text_id:
            at = _same_place(section_id, text_id, at, current.source)
        deep = level or current.level or 1
        line = outline.retitle(f"{'#' * deep} x", heading)
        first, second = seams.cut(current.source, at, line)
        following = queries.next_rank(document.id, current.rank)
        new_id = new_section_id()
        puts = [
            Put(section_id, first),
            Put(new_id, second, ranks.between(current.rank, following), is_new=True),
        ]
        went = WordsWent("split", section_id, at, len(current.source), new_id, len(line) + 2)
        draft = Draft("split", puts, lineage=[went], note=note)
        recorded = record_change(work, document, actor, draft, now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return new_id, recorded


def _same_place(section_id: str, text_id: int, at: int, current: str) -> int:
    """Where the block that began at `at` in an earlier text begins now."""
    base = document_queries.get_text(text_id)
    if base.section_id != section_id:
        raise NotFound("text")
    block = next((block for block in seams.blocks(base.source) if block.start == at), None)
    if block is None:
        raise InvalidInput("split_inside_block", field="at")
    place = compare(base.source, current).map_span(Span(block.start, block.end))
    if place.is_empty or place.start not in seams.seams(current):
        raise InvalidInput("split_place_gone", field="at")
    return place.start


def read_blocks(actor: Actor, slug: str, section_id: str) -> tuple[int, list[tuple[int, Rendered]]]:
    """The text of a section by the blocks it can be split before: (text id, (start in the source, as it is read))."""
    document = get_editable(actor, slug)
    section = document_queries.get_section(document.id, section_id)
    found = [block for block in seams.blocks(section.source) if block.start > 0]
    definitions = "\n".join(text for _, text in queries.list_definitions(document.id))
    rendered = current_ports().renderer.render_many(
        [block.of(section.source) for block in found], definitions=definitions
    )
    return section.text_id, [(block.start, shown) for block, shown in zip(found, rendered, strict=True)]
