"""What a working group does to the text: save, add, move and remove sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.domain.diffing.compare import compare
from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import SectionAdded, SectionMoved, SectionRemoved, SectionSaved
from consult.domain.merging.threeway import MergeResult, merge
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text import outline, ranks
from consult.domain.text.normalise import admit
from consult.domain.text.spans import Span
from consult.ports.rendering import Rendered
from consult.services.authority import require
from consult.services.changes import Cause, Draft, Put, Recorded, new_section_id, record_change
from consult.services.placements import WordsWent
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.drafting import Standing
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports, unit_of_work

LONGEST_SOURCE = 1_000_000
"""Code points of Markdown one section may hold."""

LONGEST_NOTE = 2_000
LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class Saved:
    """A section was saved; `merged` when somebody else's edit was taken in, `added` sections split off below."""

    change_no: int
    merged: bool = False
    added: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The text handed in is the text that stands; nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Conflicted:
    """Somebody else changed the same words meanwhile; nothing was recorded, nothing is lost.

    `base` is the text the editor started from, `theirs` what stands now (`theirs_text_id`), `yours` what was
    handed in; `merged` holds yours where the two conflict.
    """

    base: str
    theirs: str
    yours: str
    theirs_text_id: int
    merged: MergeResult


def get_editable(actor: Actor, slug: str) -> DocumentRow:
    """The document, if the actor may edit its working draft. Raises NotFound or NotPermitted."""
    document = document_queries.get_document(slug, Viewer.of(actor))
    require(actor, Permission.EDIT_DRAFT, Target(host_id=document.host_id))
    return document


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
    yours = _checked_source(source)
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
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
    words = _checked_source(body, may_be_empty=True)
    source = outline.retitle(f"{'#' * level} x\n\n", heading) + words
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        order = queries.list_standing(document.id)
        at = _place_after(order, after_section_id)
        before_rank, after_rank = _around(order, at)
        is_last = after_rank is None
        pieces = outline.split(source if is_last else closed(source))
        section_id, *further = (new_section_id() for _ in pieces)
        places = ranks.spread(before_rank, after_rank, len(pieces))
        puts = [
            Put(key, piece.source, place, is_new=True)
            for key, piece, place in zip((section_id, *further), pieces, places, strict=True)
        ]
        if is_last and order:
            puts += _closing(document.id, order[-1])
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
        at = _place_after(rest, after_section_id)
        arranged = [*rest[:at], *moving, *rest[at:]]
        if [section.section_id for section in arranged] == [section.section_id for section in order]:
            return Unchanged()
        before_rank, after_rank = _around(rest, at)
        places = ranks.spread(before_rank, after_rank, len(moving))
        puts = [Put(section.section_id, rank=rank) for section, rank in zip(moving, places, strict=True)]
        puts = _with_closed_text(document.id, puts, last=arranged[-1].section_id, was_last=order[-1])
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


def preview_section(actor: Actor, slug: str, *, source: str) -> Rendered:
    """How a text would read as a section of this document; nothing is kept."""
    document = get_editable(actor, slug)
    words = _checked_source(source, may_be_empty=True)
    definitions = "\n".join(text for _, text in queries.list_definitions(document.id))
    return current_ports().renderer.render(words, definitions=definitions)


# What the acts share


def checked_title(title: str) -> str:
    """A title as it is kept. Raises InvalidInput when it is empty, long or not one line."""
    heading = " ".join(admit(title, field="title").split(" ")).strip()
    if not heading:
        raise InvalidInput("title_empty", field="title")
    if "\n" in heading:
        raise InvalidInput("title_multiline", field="title")
    if len(heading) > LONGEST_TITLE:
        raise InvalidInput("title_too_long", field="title", limit=LONGEST_TITLE)
    return heading


def check_note(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise InvalidInput("note_too_long", field="note", limit=LONGEST_NOTE)


def _checked_source(source: str, *, may_be_empty: bool = False) -> str:
    text = admit(source, field="source")
    if len(text) > LONGEST_SOURCE:
        raise InvalidInput("text_too_long", field="source", limit=LONGEST_SOURCE)
    if not text.strip() and not may_be_empty:
        raise InvalidInput("text_empty", field="source")
    return text


_SECTION_THAT_CLOSES = (
    "\n\n# x\n\n" + "`" * 80 + "\n\n" + "~" * 80 + "\n\n--> ?> ]]> </pre></script></style></textarea>\n"
)
"""A section with an end for every kind of block: where one was left open before it, its heading is none."""


def closed(source: str) -> str:
    """A section's text that another may follow: it ends with a blank line, or nothing was to be added.

    Raises InvalidInput when a block of code or a comment is left open in it, which would swallow what follows.
    """
    if len(outline.split(source + _SECTION_THAT_CLOSES)) == len(outline.split(source)):
        raise InvalidInput("block_left_open", field="source")
    if source.endswith("\n\n") or not source:
        return source
    return source + ("\n" if source.endswith("\n") else "\n\n")


def branch(order: Sequence[Standing], section_id: str) -> list[Standing]:
    """A section and everything under it, in reading order. Raises NotFound."""
    for start, section in enumerate(order):
        if section.section_id == section_id:
            end = start + 1
            while end < len(order) and section.level > 0 and order[end].level > section.level:
                end += 1
            return list(order[start:end])
    raise NotFound("section")


def _place_after(order: Sequence[Standing], section_id: str | None) -> int:
    """Index at which something put after a section and all under it comes to stand; nothing stands before what
    has no heading."""
    if section_id is None:
        return 1 if order and order[0].level == 0 else 0
    under = branch(order, section_id)
    return order.index(under[-1]) + 1


def _around(order: Sequence[Standing], at: int) -> tuple[str | None, str | None]:
    before = order[at - 1].rank if at > 0 else None
    after = order[at].rank if at < len(order) else None
    return before, after


def _closing(document_id: int, last: Standing) -> list[Put]:
    """What makes room after a section that so far ended the document without a blank line."""
    source = document_queries.get_section(document_id, last.section_id).source
    return [] if closed(source) == source else [Put(last.section_id, closed(source))]


def _with_closed_text(document_id: int, puts: list[Put], *, last: str, was_last: Standing) -> list[Put]:
    """The puts, with the section that no longer ends the document closed by a blank line."""
    if last == was_last.section_id:
        return puts
    closing = {put.section_id: put.source for put in _closing(document_id, was_last)}
    kept = [Put(put.section_id, closing.pop(put.section_id, None), put.rank) for put in puts]
    return kept + [Put(section_id, source) for section_id, source in closing.items()]
