"""Sections raised and lowered with everything under them."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import RuleBroken
from consult.domain.policy.actors import Actor
from consult.domain.text import outline
from consult.services.changes import Draft, Put, Recorded, record_change
from consult.services.drafting.checking import check_note, get_editable
from consult.services.drafting.places import branch, with_sound_joints
from consult.services.drafting.recording import record_arranged
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries import outline as outline_queries
from consult.storage.queries.drafting import Standing
from consult.storage.unit_of_work import unit_of_work


def promote_section(actor: Actor, slug: str, section_id: str, *, note: str = "", now: datetime) -> Recorded:
    """Raise the headings of a section and everything under it by one level; nothing else of them changes.

    Raises RuleBroken for one of the highest level, and for the opening part.
    """
    return _shift_levels(actor, slug, section_id, by=-1, kind="promote", note=note, now=now)


def demote_section(actor: Actor, slug: str, section_id: str, *, note: str = "", now: datetime) -> Recorded:
    """Lower the headings of a section and everything under it by one level; nothing else of them changes.

    Raises RuleBroken where one of them has the deepest level already, and for the opening part.
    """
    return _shift_levels(actor, slug, section_id, by=1, kind="demote", note=note, now=now)


def _shift_levels(
    actor: Actor, slug: str, section_id: str, *, by: int, kind: str, note: str, now: datetime
) -> Recorded:
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        puts = with_sound_joints(order, shifted(branch(order, section_id), by))
        recorded = record_change(work, document, actor, Draft(kind, puts, note=note), now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return recorded


def shifted(moving: list[Standing], by: int) -> list[Put]:
    """The sections with their headings `by` levels deeper (or higher, below 0).

    Raises RuleBroken for levels there are not, and for the opening part.
    """
    if not by:
        return []
    if moving[0].level == 0:
        raise RuleBroken("preamble_has_no_level")
    levels = [section.level + by for section in moving]
    if min(levels) < 1:
        raise RuleBroken("level_highest")
    if max(levels) > outline.DEEPEST:
        raise RuleBroken("level_deepest", deepest=outline.DEEPEST)
    sources = outline_queries.list_sources([section.text_id for section in moving])
    return [
        Put(section.section_id, outline.with_level(sources[section.text_id], level))
        for section, level in zip(moving, levels, strict=True)
    ]
