"""Words brought back: a removed section, an earlier text of a section, an earlier state of the whole document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from consult.domain.diffing.compare import compare
from consult.domain.errors import NotFound, RuleBroken
from consult.domain.policy.actors import Actor
from consult.services.changes import Draft, Put, Recorded, record_change
from consult.services.drafting.checking import check_note, get_editable
from consult.services.drafting.places import branch, put_back, spots, with_sound_joints
from consult.services.drafting.recording import record_arranged
from consult.services.drafting.values import Unchanged
from consult.services.placements import WordsWent
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries import outline as outline_queries
from consult.storage.queries.drafting import Standing
from consult.storage.unit_of_work import unit_of_work

LEAST_SHARED = 20
"""Code points in a row by which words are taken to be the same ones, between sections that exchanged words."""


def bring_back(
    actor: Actor,
    slug: str,
    section_id: str,
    *,
    with_branch: bool = True,
    note: str = "",
    now: datetime,
) -> Recorded:
    """Bring a removed section back with its last words, where it stood; with what stood under it and went with it.

    Where its place is gone, it comes behind the nearest section before it that still stands. A section whose
    parent stays removed comes back alone. Raises NotFound for one that stands, or never stood in this draft.
    """
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        removed = outline_queries.get_removed(document.id, section_id)
        was = outline_queries.list_standing_at(document.id, removed.removed_no - 1)
        gone = {section_id}
        if with_branch:
            gone |= set(outline_queries.list_gone_with(document.id, removed.removed_no))
        coming = [section for section in branch(was, section_id) if section.section_id in gone]
        order = queries.list_standing(document.id)
        puts = returning(order, was, coming)
        draft = Draft("return", with_sound_joints(order, puts), note=note, of_no=removed.removed_no)
        recorded = record_change(work, document, actor, draft, now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return recorded


def returning(order: Sequence[Standing], was: Sequence[Standing], coming: Sequence[Standing]) -> list[Put]:
    """What brings back sections that stood in the outline `was`, each to its place or the nearest to it."""
    sources = outline_queries.list_sources([section.text_id for section in coming])
    places = spots(order)
    return [
        Put(
            section.section_id,
            sources[section.text_id],
            put_back(places, was, section.section_id, section.level),
            returns=True,
            origin_text_id=section.text_id,
        )
        for section in coming
    ]


def restore_text(
    actor: Actor, slug: str, section_id: str, *, text_id: int, note: str = "", now: datetime
) -> Recorded | Unchanged:
    """Make an earlier text of a section its text again, as a new change; a removed section comes back with it.

    Raises NotFound for a text that was never this section's.
    """
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        text = document_queries.get_text(text_id)
        if text.section_id != section_id:
            raise NotFound("text")
        order = queries.list_standing(document.id)
        put = Put(section_id, text.source, origin_text_id=text_id)
        if all(section.section_id != section_id for section in order):
            put = _returning(put, order, document.id, text.level)
        elif document_queries.get_section(document.id, section_id).source == text.source:
            return Unchanged()
        elif text.level == 0 and order[0].section_id != section_id:
            raise RuleBroken("preamble_stays")
        draft = Draft(
            "restore",
            with_sound_joints(order, [put]),
            note=note,
            of_no=outline_queries.get_change_no_of_text(text_id),
        )
        recorded = record_change(work, document, actor, draft, now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return recorded


def _returning(put: Put, order: Sequence[Standing], document_id: int, level: int) -> Put:
    removed = outline_queries.get_removed(document_id, put.section_id)
    was = outline_queries.list_standing_at(document_id, removed.removed_no - 1)
    return replace(put, rank=put_back(spots(order), was, put.section_id, level), returns=True)


def restore_state(
    actor: Actor, slug: str, *, change_no: int, note: str = "", now: datetime
) -> Recorded | Unchanged:
    """Make the whole working draft what it was after an earlier change, as a new change; nothing of history is lost.

    Raises NotFound for a change there is not.
    """
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        queries.get_change(document.id, change_no)
        target = outline_queries.list_standing_at(document.id, change_no)
        if not target:
            raise RuleBroken("last_section")
        draft = _going_back(queries.list_standing(document.id), target)
        if not draft.puts and not draft.removals:
            return Unchanged()
        draft = replace(draft, note=note, of_no=change_no)
        recorded = record_change(work, document, actor, draft, now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return recorded


def _going_back(order: Sequence[Standing], target: Sequence[Standing]) -> Draft:
    """What makes one outline another that stood before: every text and rank exactly as it was."""
    standing = {section.section_id: section for section in order}
    wanted = {section.section_id for section in target}
    differing = [
        section
        for section in target
        if section.section_id not in standing or standing[section.section_id].text_id != section.text_id
    ]
    removals = [section.section_id for section in order if section.section_id not in wanted]
    involved = {section.section_id for section in differing} | set(removals)
    sources = outline_queries.list_sources(
        {section.text_id for section in differing}
        | {standing[key].text_id for key in involved if key in standing}
    )
    puts: list[Put] = []
    for section in target:
        now_there = standing.get(section.section_id)
        if now_there is None:
            put = Put(section.section_id, sources[section.text_id], section.rank, returns=True)
            puts.append(replace(put, origin_text_id=section.text_id))
            continue
        is_other = now_there.text_id != section.text_id and (
            sources[now_there.text_id] != sources[section.text_id]
        )
        if is_other or now_there.rank != section.rank:
            puts.append(
                Put(
                    section.section_id,
                    sources[section.text_id] if is_other else None,
                    section.rank if now_there.rank != section.rank else None,
                    origin_text_id=section.text_id if is_other else None,
                )
            )
    before = {key: sources[standing[key].text_id] for key in involved if key in standing}
    after = {put.section_id: put.source for put in puts if put.source is not None}
    return Draft("restore", puts, removals, lineage=words_exchanged(before, after))


def words_exchanged(before: dict[str, str], after: dict[str, str]) -> list[WordsWent]:
    """Where words go that leave one section for another it exchanged words with before.

    `before` are the texts that go, `after` those that come, by section; runs of LEAST_SHARED code points count that
    the section they leave does not keep.
    """
    went: list[WordsWent] = []
    for pair in sorted(tuple(sorted(kin)) for kin in outline_queries.list_kin({*before, *after})):
        for giver, taker in (pair, pair[::-1]):
            if giver == taker or giver not in before or taker not in after:
                continue
            kept = {
                at
                for hunk in compare(before[giver], after.get(giver, "")).hunks
                if hunk.is_equal
                for at in range(hunk.old.start, hunk.old.end)
            }
            for hunk in compare(before[giver], after[taker]).hunks:
                span = hunk.old
                if not hunk.is_equal or len(span) < LEAST_SHARED or span.start in kept:
                    continue
                went.append(WordsWent("restore", giver, span.start, span.end, taker, hunk.new.start))
    return went
