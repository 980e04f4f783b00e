"""Sections added, moved and removed."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.history.events import SectionAdded, SectionMoved, SectionRemoved
from consult.domain.policy.actors import Actor
from consult.domain.text import outline, ranks
from consult.services.changes import Draft, Put, Recorded, new_section_id, record_change
from consult.services.drafting.checking import (
    check_note,
    checked_source,
    checked_title,
    closed,
    get_editable,
)
from consult.services.drafting.places import around, branch, closing, place_after, with_closed_text
from consult.services.drafting.values import Unchanged
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.unit_of_work import unit_of_work


def add_section(
    actor: Actor,
    slug: str,
    *,
    after_section_id: str | None,
    title: str,
    level: int,
    body: str = "",
    note: str = "",
    now: datetime,
) -> tuple[str, Recorded]:
    """Put a new section after another (with everything under it), or first when None; its id and change.

    Headings in the body make further sections below it.
    """
    check_note(note)
    heading = checked_title(title)
    if not 1 <= level <= outline.DEEPEST:
        raise InvalidInput("level_out_of_range", field="level", deepest=outline.DEEPEST)
    words = checked_source(body, may_be_empty=True)
    source = outline.retitle(f"{'#' * level} x\n\n", heading) + words
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        at = place_after(order, after_section_id)
        before_rank, after_rank = around(order, at)
        is_last = after_rank is None
        pieces = outline.split(source if is_last else closed(source))
        section_id, *further = (new_section_id() for _ in pieces)
        places = ranks.spread(before_rank, after_rank, len(pieces))
        puts = [
            Put(key, piece.source, place, is_new=True)
            for key, piece, place in zip((section_id, *further), pieces, places, strict=True)
        ]
        if is_last and order:
            puts += closing(document.id, order[-1])
        recorded = record_change(work, document, actor, Draft("add", puts, note=note), now=now)
        event = SectionAdded(str(document.id), section_id, str(recorded.texts[section_id]), str(recorded.id))
        work.record(event, at=now, actor_ref=actor.id)
        return section_id, recorded


def move_section(
    actor: Actor,
    slug: str,
    section_id: str,
    *,
    after_section_id: str | None,
    note: str = "",
    now: datetime,
) -> Recorded | Unchanged:
    """Move a section with everything under it to stand after another and all under that, or first when None."""
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        moving = branch(order, section_id)
        moving_ids = {section.section_id for section in moving}
        if after_section_id in moving_ids:
            raise RuleBroken("move_into_itself")
        if moving[0].level == 0:
            raise RuleBroken("preamble_stays")
        rest = [section for section in order if section.section_id not in moving_ids]
        at = place_after(rest, after_section_id)
        arranged = [*rest[:at], *moving, *rest[at:]]
        if [section.section_id for section in arranged] == [section.section_id for section in order]:
            return Unchanged()
        before_rank, after_rank = around(rest, at)
        places = ranks.spread(before_rank, after_rank, len(moving))
        puts = [Put(section.section_id, rank=rank) for section, rank in zip(moving, places, strict=True)]
        puts = with_closed_text(document.id, puts, last=arranged[-1].section_id, was_last=order[-1])
        recorded = record_change(work, document, actor, Draft("move", puts, note=note), now=now)
        event = SectionMoved(str(document.id), section_id, str(recorded.id))
        work.record(event, at=now, actor_ref=actor.id)
        return recorded


def remove_section(
    actor: Actor, slug: str, section_id: str, *, with_branch: bool = False, note: str = "", now: datetime
) -> Recorded:
    """Take a section out of the working draft, alone or with everything under it; its history and comments stay."""
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        gone = branch(order, section_id)
        if not with_branch:
            gone = gone[:1]
        if len(gone) == len(order):
            raise RuleBroken("last_section")
        recorded = record_change(
            work,
            document,
            actor,
            Draft("remove", removals=[section.section_id for section in gone], note=note),
            now=now,
        )
        work.record(
            SectionRemoved(str(document.id), section_id, str(recorded.id)), at=now, actor_ref=actor.id
        )
        return recorded
