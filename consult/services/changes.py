"""The one way a working draft changes: every act of drafting ends here.

A change puts texts into sections, puts sections at places, or removes them; it is recorded with its
author, note, cause and hash, the placements of comments follow the words, and everybody who has to
hear of it gets a delivery, all in one transaction. The work is proportional to what changed: the
outline is read without its words, and only when the outline itself changes.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.domain.errors import NotFound
from consult.domain.history.canonical import Canonical, canonical
from consult.domain.history.chain import change_body, change_hash, text_digest
from consult.domain.policy.actors import Actor
from consult.domain.text import markup, outline
from consult.ports.rendering import Rendered
from consult.services import placements, review
from consult.services.pictures import note_uses
from consult.services.placements import WordsWent
from consult.services.provenance.keeping import keep_origins
from consult.storage.models import Change, Lineage, Occupancy, Section, SectionText
from consult.storage.queries import drafting as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.drafting import Standing
from consult.storage.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Put:
    """A section gets a text (`source`), a place (`rank`), or both; `is_new` brings it into being, `returns` brings
    it back into the draft it was taken out of.

    `origin_text_id` names an earlier text whose words these are, where a change brings words back.
    """

    section_id: str
    source: str | None = None
    rank: str | None = None
    is_new: bool = False
    returns: bool = False
    origin_text_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """What led to a change: `kind` of the glossary (comment, meeting, import …) and the id of that thing."""

    kind: str
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What one act does to the working draft; `of_no` is the earlier change it takes back (`undo`) or whose state it
    brings back (`restore`)."""

    kind: str
    puts: Sequence[Put] = ()
    removals: Sequence[str] = ()
    lineage: Sequence[WordsWent] = ()
    note: str = ""
    cause: Cause | None = None
    of_no: int | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change as it went into the record: `texts` holds the new text of every section that got one."""

    id: int
    number: int
    hash: str
    texts: Mapping[str, int]


def new_section_id() -> str:
    return uuid.uuid4().hex


def record_change(
    work: Work, document: DocumentRow, actor: Actor, draft: Draft, *, now: datetime
) -> Recorded:
    """Record one change of the working draft. Raises NotFound when a section put or removed does not stand."""
    number, prev = queries.take_change_no(document.id)
    puts = {put.section_id: put for put in draft.puts}
    rendered = _render(work, document, puts, frozenset(draft.removals))
    before = _before(document.id, draft, rendered)
    _check_standing(draft, before.sections)

    actor_seal, note_seal = work.seals(actor.name, draft.note)
    cause: dict[str, Canonical] | None = (
        {"kind": draft.cause.kind, "ref": draft.cause.ref} if draft.cause else None
    )
    body = change_body(
        document=document.slug,
        number=number,
        at=now,
        actor=actor_seal.digest,
        note=note_seal.digest,
        cause=cause,
        operations=_operations(draft, rendered),
        prev=prev or None,
    )
    change = Change(
        document_id=document.id,
        number=number,
        kind=draft.kind,
        at=now,
        actor_ref=actor.id,
        actor_seal_id=actor_seal.id,
        note_seal_id=note_seal.id,
        cause_kind=draft.cause.kind if draft.cause else "",
        cause_ref=draft.cause.ref if draft.cause else None,
        of_no=draft.of_no,
        body=canonical(body).decode(),
        prev_hash=prev,
        hash=change_hash(body),
    )
    work.insert(
        change, *(Section(id=put.section_id, document_id=document.id) for put in draft.puts if put.is_new)
    )
    texts = _keep_texts(work, change.id, rendered)
    note_uses(work, texts)
    keep_origins(
        work,
        document.id,
        number,
        texts,
        standing={key: section.text_id for key, section in before.sections.items()},
        removals=draft.removals,
        lineage=draft.lineage,
        brought={key: put.origin_text_id for key, put in puts.items()},
    )
    _occupy(work, document.id, number, before, puts, texts, frozenset(draft.removals))
    work.insert(
        *(
            Lineage(
                change_id=change.id,
                kind=went.kind,
                from_section=went.from_section,
                from_start=went.from_start,
                from_end=went.from_end,
                to_section=went.to_section,
                to_start=went.to_start,
            )
            for went in draft.lineage
        )
    )
    placements.follow(work, document.id, changed=frozenset({*texts, *draft.removals}))
    review.follow(
        work,
        document.id,
        change_no=number,
        texts={key: text.id for key, text in texts.items()},
        removed=draft.removals,
        now=now,
    )
    queries.set_head(document.id, change.hash, at=now)
    return Recorded(change.id, number, change.hash, {key: text.id for key, text in texts.items()})


@dataclass(frozen=True, slots=True)
class _Before:
    """What stood before a change: every section, or (`is_whole` false) those it touches, where none of them gets
    another place or level, so that the outline stays."""

    sections: Mapping[str, Standing]
    is_whole: bool


def _before(document_id: int, draft: Draft, rendered: Mapping[str, _Text]) -> _Before:
    stays = not draft.removals and all(
        put.rank is None and not put.is_new and not put.returns for put in draft.puts
    )
    if stays:
        touched = {*rendered, *(put.section_id for put in draft.puts)}
        touched |= {went.from_section for went in draft.lineage}
        found = {section.section_id: section for section in queries.list_standing(document_id, touched)}
        if all(key in found and found[key].level == text.level for key, text in rendered.items()):
            return _Before(found, is_whole=False)
    return _Before({row.section_id: row for row in queries.list_standing(document_id)}, is_whole=True)


def _check_standing(draft: Draft, standing: Mapping[str, Standing]) -> None:
    for put in draft.puts:
        if (put.is_new or put.returns) == (put.section_id in standing):
            raise NotFound("section")
    for section_id in draft.removals:
        if section_id not in standing:
            raise NotFound("section")


@dataclass(frozen=True, slots=True)
class _Text:
    """A new text of a section before it is kept."""

    source: str
    level: int
    rendered: Rendered
    definitions: str


def _render(
    work: Work, document: DocumentRow, puts: Mapping[str, Put], removals: frozenset[str]
) -> dict[str, _Text]:
    """The new texts of a change: those written, and those whose footnotes or links now lead elsewhere."""
    sources = {key: put.source for key, put in puts.items() if put.source is not None}
    own = {key: markup.definitions([source]) for key, source in sources.items()}
    before = dict(queries.list_definitions(document.id))
    after = {key: words for key, words in before.items() if key not in removals and key not in own}
    after |= {key: words for key, words in own.items() if words}
    if set(before.values()) != set(after.values()):
        sources |= _affected_sources(document.id, before, after, frozenset(sources) | removals)
    definitions = markup.definitions(list(after.values()))
    done = work.ports.renderer.render_many(list(sources.values()), definitions=definitions)
    return {
        key: _Text(
            source,
            outline.level_of(source),
            rendered,
            own[key] if key in own else markup.definitions([source]),
        )
        for (key, source), rendered in zip(sources.items(), done, strict=True)
    }


def _affected_sources(
    document_id: int, before: Mapping[str, str], after: Mapping[str, str], handled: frozenset[str]
) -> dict[str, str]:
    """Sources of untouched sections that use a definition which came, went or changed."""
    old, new = set(before.values()), set(after.values())
    labels = frozenset(label for words in (old ^ new) for label in markup.defined_labels(words))
    return {
        section_id: source
        for section_id, _, source in queries.list_draft_sources(document_id)
        if section_id not in handled and markup.used_labels(source) & labels
    }


def _operations(draft: Draft, rendered: Mapping[str, _Text]) -> list[dict[str, Canonical]]:
    """What a change did, as it is hashed and as the standing of sections can be rebuilt from."""
    operations: list[dict[str, Canonical]] = [
        {
            "op": "text",
            "section": key,
            "text": text_digest(text.source),
            "html": html_digest(text.rendered.html),
        }
        for key, text in rendered.items()
    ]
    operations += [
        {"op": "place", "section": put.section_id, "rank": put.rank}
        for put in draft.puts
        if put.rank is not None
    ]
    operations += [{"op": "remove", "section": section_id} for section_id in draft.removals]
    if draft.of_no is not None:
        operations.append({"op": draft.kind, "change": draft.of_no})
    return operations


def _keep_texts(work: Work, change_id: int, texts: Mapping[str, _Text]) -> dict[str, SectionText]:
    kept = {
        section_id: SectionText(
            section_id=section_id,
            change_id=change_id,
            source=text.source,
            level=text.level,
            heading=outline.heading_of(text.source),
            html=text.rendered.html,
            plain=text.rendered.plain,
            definitions=text.definitions,
            fell_back=text.rendered.fell_back,
            digest=text_digest(text.source),
        )
        for section_id, text in texts.items()
    }
    work.insert(*kept.values())
    return kept


def _occupy(
    work: Work,
    document_id: int,
    number: int,
    before: _Before,
    puts: Mapping[str, Put],
    texts: Mapping[str, SectionText],
    removals: frozenset[str],
) -> None:
    """Close what no longer stands as it did and open what does; parents follow from order and level."""
    places: dict[str, tuple[str, int, int]] = {
        key: (section.rank, section.text_id, section.level)
        for key, section in before.sections.items()
        if key not in removals
    }
    for key in {*puts, *texts}:
        put = puts.get(key)
        rank, text_id, level = places.get(key, ("", 0, 0))
        text = texts.get(key)
        places[key] = (
            put.rank if put and put.rank is not None else rank,
            text.id if text else text_id,
            text.level if text else level,
        )
    parents = _nested(places) if before.is_whole else {key: before.sections[key].parent_id for key in places}
    now_standing: dict[str, Occupancy] = {}
    for key, parent_id in parents.items():
        rank, text_id, _ = places[key]
        was = before.sections.get(key)
        if was and (was.rank, was.text_id, was.parent_id) == (rank, text_id, parent_id):
            continue
        now_standing[key] = Occupancy(
            document_id=document_id,
            section_id=key,
            text_id=text_id,
            parent_id=parent_id,
            rank=rank,
            from_no=number,
            until_no=None,
        )
    queries.close_occupancies(document_id, [*now_standing, *removals], until_no=number)
    work.insert(*now_standing.values())


def _nested(places: Mapping[str, tuple[str, int, int]]) -> dict[str, str | None]:
    """The section each stands under, in reading order; `places` are (rank, text id, level)."""
    order = sorted(places, key=lambda key: places[key][0])
    nesting = outline.nest([places[key][2] for key in order])
    return {
        key: order[parent] if parent is not None else None for key, parent in zip(order, nesting, strict=True)
    }


def html_digest(html: str) -> str:
    """The digest a change records of how a text was shown."""
    return hashlib.sha256(html.encode()).hexdigest()
