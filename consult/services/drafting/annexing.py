"""Annexes: sections at the end with numbers of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from consult.domain.errors import RuleBroken
from consult.domain.policy.actors import Actor
from consult.domain.text import annexes, ranks
from consult.domain.text.numbering import is_annex
from consult.services.changes import Draft, Put, Recorded, record_change
from consult.services.drafting.checking import check_note, get_editable
from consult.services.drafting.levels import shifted
from consult.services.drafting.places import around, branch, with_closed_text, with_sound_joints
from consult.services.drafting.recording import record_arranged
from consult.services.drafting.values import Unchanged
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries import outline as outline_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.drafting import Standing
from consult.storage.unit_of_work import unit_of_work


def make_annex(actor: Actor, slug: str, section_id: str, *, note: str = "", now: datetime) -> Recorded:
    """Make a section, with everything under it, the last annex: it goes to the end, to the level of chapters, and
    its heading begins with the next number of an annex. Its words stay.

    Raises RuleBroken for an annex, the opening part, and the heading everything stands under.
    """
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        moving = branch(order, section_id)
        rest = [section for section in order if section not in moving]
        if is_annex(moving[0].heading):
            raise RuleBroken("annex_already")
        if not rest or moving[0].level == 0:
            raise RuleBroken("annex_of_everything")
        number = next_annex_number(order)
        sources = outline_queries.list_sources([section.text_id for section in moving])
        texts = {
            put.section_id: put.source or "" for put in shifted(moving, chapter_level(rest) - moving[0].level)
        } or {section.section_id: sources[section.text_id] for section in moving[:1]}
        texts[section_id] = annexes.as_annex(texts[section_id], number, document.language)
        is_last = order[-1] == moving[-1]
        places = [None] * len(moving) if is_last else ranks.spread(*around(rest, len(rest)), len(moving))
        puts = [
            Put(section.section_id, texts.get(section.section_id), rank)
            for section, rank in zip(moving, places, strict=True)
        ]
        puts = [put for put in puts if put.source is not None or put.rank is not None]
        if not is_last:
            puts = with_closed_text(document.id, puts, last=moving[-1].section_id, was_last=order[-1])
        draft = Draft("annex", with_sound_joints(order, puts), note=note)
        recorded = record_change(work, document, actor, draft, now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return recorded


def number_annexes(actor: Actor, slug: str, *, note: str = "", now: datetime) -> Recorded | Unchanged:
    """Number the annexes 1, 2, 3 … in the order they stand in, by the numbers their headings begin with."""
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        standing = [section for section in order if is_annex(section.heading)]
        sources = outline_queries.list_sources([section.text_id for section in standing])
        puts = []
        for number, section in enumerate(standing, start=1):
            if annexes.number_of(section.heading) != number:
                source = annexes.as_annex(sources[section.text_id], number, document.language)
                puts.append(Put(section.section_id, source))
        if not puts:
            return Unchanged()
        draft = Draft("annex", with_sound_joints(order, puts), note=note)
        recorded = record_change(work, document, actor, draft, now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return recorded


def are_annexes_in_order(order: Sequence[Standing]) -> bool:
    """Whether the annexes of an outline are numbered 1, 2, 3 … as they stand."""
    numbers = [annexes.number_of(section.heading) for section in order if is_annex(section.heading)]
    return numbers == list(range(1, len(numbers) + 1))


def next_annex_number(order: Sequence[Standing]) -> int:
    """The number after the highest an annex has."""
    return 1 + max(
        (annexes.number_of(section.heading) for section in order if is_annex(section.heading)), default=0
    )


def next_annex(document: DocumentRow) -> tuple[str, str]:
    """How the heading of the next annex of a document begins, and its level."""
    order = queries.list_standing(document.id)
    label = annexes.annex_label(next_annex_number(order), document.language)
    return f"{label}. ", str(chapter_level(order))


def chapter_level(order: Sequence[Standing]) -> int:
    """The level of chapters: the highest there is, below the one heading all others stand under."""
    levels = [section.level for section in order if section.level]
    if not levels:
        return 1
    if len(levels) > 1 and all(level > levels[0] for level in levels[1:]):
        return min(levels[1:])
    return min(levels) if len(levels) > 1 else min(levels[0] + 1, 2)
