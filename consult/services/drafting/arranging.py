"""Sections added, moved and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from consult.services.drafting.levels import shifted
from consult.services.drafting.places import (
    around,
    branch,
    closing,
    place_after,
    with_closed_text,
    with_sound_joints,
)
from consult.services.drafting.values import Unchanged
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries.drafting import Standing
from consult.storage.unit_of_work import unit_of_work

RELATIONS = ("before", "after", "under")


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
    """Move a section with everything under it to stand after another and all under that, or first when None.

    Headings keep their levels, so that what it comes to stand under follows from those.
    """

    def place(rest: Sequence[Standing]) -> tuple[int, int]:
        return place_after(rest, after_section_id), 0

    return _move(actor, slug, section_id, after_section_id, place, note, now)


def place_section(
    actor: Actor,
    slug: str,
    section_id: str,
    *,
    beside: str,
    relation: str,
    note: str = "",
    now: datetime,
) -> Recorded | Unchanged:
    """Move a section with everything under it `before`, `after` or `under` the section `beside`.

    Before and after, it takes the level of that section; under it, it comes last and one level deeper. What stands
    under it keeps its distance. Raises RuleBroken where it cannot stand, also where levels there are not would be
    needed.
    """
    if relation not in RELATIONS:
        raise InvalidInput("relation", field="relation")

    def place(rest: Sequence[Standing]) -> tuple[int, int]:
        target = branch(rest, beside)
        if target[0].level == 0 and relation != "after":
            raise RuleBroken("preamble_stays")
        at = rest.index(target[0]) + (0 if relation == "before" else len(target))
        return at, (target[0].level + (relation == "under")) if target[0].level else 0

    return _move(actor, slug, section_id, beside, place, note, now)


def shift_section(
    actor: Actor, slug: str, section_id: str, *, by: int, note: str = "", now: datetime
) -> Recorded:
    """Move a section with everything under it past the one before (`by` -1) or after it (1) under the same parent.

    Raises RuleBroken where it is the first or the last there.
    """

    def place(rest: Sequence[Standing]) -> tuple[int, int]:
        order = queries.list_standing(get_editable(actor, slug).id)
        parent = branch(order, section_id)[0].parent_id
        line = [row for row in order if row.parent_id == parent and row.level]
        at = next((at for at, row in enumerate(line) if row.section_id == section_id), 0)
        if at + by < 0 or not line:
            raise RuleBroken("first_of_its_kind")
        if at + by >= len(line):
            raise RuleBroken("last_of_its_kind")
        past = branch(rest, line[at + by].section_id)
        return rest.index(past[0]) + (len(past) if by > 0 else 0), 0

    moved = _move(actor, slug, section_id, None, place, note, now)
    if isinstance(moved, Unchanged):
        raise RuleBroken("last_of_its_kind" if by > 0 else "first_of_its_kind")
    return moved


def _move(
    actor: Actor,
    slug: str,
    section_id: str,
    target: str | None,
    find_place: Callable[[Sequence[Standing]], tuple[int, int]],
    note: str,
    now: datetime,
) -> Recorded | Unchanged:
    """Move a branch to the place found among the sections that stay: (index, level of its head or 0 for its own)."""
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        moving = branch(order, section_id)
        moving_ids = {section.section_id for section in moving}
        if target in moving_ids:
            raise RuleBroken("move_into_itself")
        if moving[0].level == 0:
            raise RuleBroken("preamble_stays")
        rest = [section for section in order if section.section_id not in moving_ids]
        at, level = find_place(rest)
        texts = {
            put.section_id: put.source for put in shifted(moving, level - moving[0].level if level else 0)
        }
        arranged = [*rest[:at], *moving, *rest[at:]]
        stays = [section.section_id for section in arranged] == [section.section_id for section in order]
        if stays and not texts:
            return Unchanged()
        places: list[str | None] = [None] * len(moving)
        if not stays:
            places[:] = ranks.spread(*around(rest, at), len(moving))
        puts = [
            Put(section.section_id, texts.get(section.section_id), rank)
            for section, rank in zip(moving, places, strict=True)
        ]
        puts = with_closed_text(document.id, puts, last=arranged[-1].section_id, was_last=order[-1])
        draft = Draft("move", with_sound_joints(order, puts), note=note)
        recorded = record_change(work, document, actor, draft, now=now)
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
        removals = [section.section_id for section in gone]
        recorded = record_change(
            work,
            document,
            actor,
            Draft("remove", with_sound_joints(order, [], removals), removals, note=note),
            now=now,
        )
        work.record(
            SectionRemoved(str(document.id), section_id, str(recorded.id)), at=now, actor_ref=actor.id
        )
        return recorded
