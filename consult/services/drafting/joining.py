"""Two sections joined into one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.policy.actors import Actor
from consult.domain.text import seams
from consult.services.changes import Draft, Put, Recorded, record_change
from consult.services.drafting.checking import LONGEST_SOURCE, check_note, closed, get_editable
from consult.services.drafting.places import with_sound_joints
from consult.services.drafting.recording import record_arranged
from consult.services.placements import WordsWent
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries import outline as outline_queries
from consult.storage.queries.drafting import Standing
from consult.storage.unit_of_work import unit_of_work


def join_sections(
    actor: Actor,
    slug: str,
    section_id: str,
    *,
    with_section_id: str,
    heading: str = seams.Kept.BOLD,
    note: str = "",
    now: datetime,
) -> tuple[str, Recorded]:
    """Make one section of two that stand next to each other; the first keeps its identity, comments go along.

    `heading` is a `seams.Kept`: what becomes of the words of the second heading. What stood under the second stays
    where it is. Returns the id of the section both are now. Raises RuleBroken for a section and itself, for one and
    what it stands under, and for two with something between them.
    """
    check_note(note)
    try:
        kept = seams.Kept(heading)
    except ValueError:
        raise InvalidInput("heading_choice", field="heading") from None
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        first, second = neighbours(order, section_id, with_section_id)
        sources = outline_queries.list_sources([first.text_id, second.text_id])
        joined = seams.join(closed(sources[first.text_id]), sources[second.text_id], kept)
        if len(joined.source) > LONGEST_SOURCE:
            raise InvalidInput("text_too_long", field="heading", limit=LONGEST_SOURCE)
        removals = [second.section_id]
        draft = Draft(
            "join",
            with_sound_joints(order, [Put(first.section_id, joined.source)], removals),
            removals,
            lineage=[
                WordsWent(
                    "join",
                    second.section_id,
                    stretch.span.start,
                    stretch.span.end,
                    first.section_id,
                    stretch.to_start,
                )
                for stretch in joined.went
            ],
            note=note,
        )
        recorded = record_change(work, document, actor, draft, now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return first.section_id, recorded


def neighbours(order: Sequence[Standing], one: str, other: str) -> tuple[Standing, Standing]:
    """Two sections in reading order, if they can be joined. Raises NotFound and RuleBroken."""
    found = {section.section_id: at for at, section in enumerate(order) if section.section_id in (one, other)}
    if one not in found or other not in found:
        raise NotFound("section")
    if one == other:
        raise RuleBroken("join_with_itself")
    first, second = sorted(found.values())
    parents = {section.section_id: section.parent_id for section in order}
    above = parents[order[second].section_id]
    while above is not None:
        if above == order[first].section_id:
            raise RuleBroken("join_with_what_it_stands_under")
        above = parents.get(above)
    if second != first + 1:
        raise RuleBroken("join_apart")
    return order[first], order[second]
