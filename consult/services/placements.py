"""Comments stay with their words: after every change each placement in the working draft is found anew.

Words are sought from the last place a person confirmed, else from where the comment was made, never
from the last place the machine chose, so that errors cannot add up over a year of editing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from consult.domain.anchoring.placement import State
from consult.domain.anchoring.reanchor import DocumentAnchor, DocumentPlacement, reanchor_document
from consult.domain.anchoring.reanchor import Lineage as AnchorLineage
from consult.domain.text.projection import project
from consult.domain.text.spans import Span
from consult.storage.models import CommentTarget, Placement
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import placements as queries
from consult.storage.queries.documents import TextRow
from consult.storage.queries.placements import AnchorRow
from consult.storage.unit_of_work import Work

WHOLE_SECTION = "section"
PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a target is in some texts: `text_id` is None when its section is not among them."""

    section_id: str
    text_id: int | None
    state: str
    start: int | None
    end: int | None
    similarity: float


@dataclass(frozen=True, slots=True)
class WordsWent:
    """Words of one section became another's; offsets in code points of the sources before and after."""

    kind: str
    from_section: str
    from_start: int
    from_end: int
    to_section: str
    to_start: int


def follow(work: Work, *, changed: Collection[str], went: Sequence[WordsWent] = ()) -> None:
    """Place anew every comment on or from sections whose text changed, came or went."""
    anchors = queries.list_anchors_of_sections(changed)
    if not anchors:
        return
    involved = {*changed} | {anchor.section_id for anchor in anchors}
    involved |= {anchor.origin_section for anchor in anchors}
    texts = queries.list_draft_plains(involved)
    found = locate(anchors, texts)
    lost = [
        anchor
        for anchor in anchors
        if anchor.start is not None and found[anchor.target_id].state in (State.ORPHANED, State.UNCERTAIN)
    ]
    found |= _from_last_place(lost, texts, went, found)
    keep_current(work, {anchor.target_id: anchor.placement_id for anchor in anchors}, found)


def locate(anchors: Sequence[AnchorRow], texts: Mapping[str, tuple[int, str]]) -> dict[int, Found]:
    """Where each target's words are in `texts` (section id to text id and plain), by target id."""
    origins = queries.list_plains({anchor.origin_text for anchor in anchors})
    new = {section_id: plain for section_id, (_, plain) in texts.items()}
    groups: dict[int, list[AnchorRow]] = defaultdict(list)
    found: dict[int, Found] = {}
    for anchor in anchors:
        if anchor.scope == WHOLE_SECTION:
            found[anchor.target_id] = _whole_section(anchor, texts, origins[anchor.origin_text])
        else:
            groups[anchor.origin_text].append(anchor)
    for origin_text, members in groups.items():
        section_id = members[0].origin_section
        placed = reanchor_document(
            {section_id: origins[origin_text]},
            new,
            [DocumentAnchor(section_id, Span(member.origin_start, member.origin_end)) for member in members],
        )
        for member, place in zip(members, placed, strict=True):
            found[member.target_id] = _passage(member, place, texts)
    return found


def _from_last_place(
    lost: Sequence[AnchorRow],
    texts: Mapping[str, tuple[int, str]],
    went: Sequence[WordsWent],
    found: Mapping[int, Found],
) -> dict[int, Found]:
    """Words not found from where the comment was made, sought from where they stood just before the change.

    So a few words that went with a split, too few to be known anywhere else, stay with their comment.
    """
    before = {text.id: text for text in document_queries.list_texts(_text_ids(lost))}
    now = {
        text.section_id: text
        for text in document_queries.list_texts([text_id for text_id, _ in texts.values()])
    }
    new = {section_id: plain for section_id, (_, plain) in texts.items()}
    better: dict[int, Found] = {}
    for anchor in lost:
        text = before.get(anchor.text_id or 0)
        if text is None or anchor.scope == WHOLE_SECTION or anchor.start is None or anchor.end is None:
            continue
        lineage = [
            AnchorLineage(
                row.from_section,
                project(text.source, text.plain).to_plain(Span(row.from_start, row.from_end)),
                row.to_section,
                _plain_place(now[row.to_section], row.to_start),
            )
            for row in went
            if row.from_section == text.section_id
            and row.to_section in now
            and row.from_end <= len(text.source)
        ]
        step = reanchor_document(
            {text.section_id: text.plain},
            new,
            [DocumentAnchor(text.section_id, Span(anchor.start, anchor.end))],
            lineage=lineage,
        )[0]
        if step.section is None or step.span is None or step.state is State.UNCERTAIN:
            continue
        place = _passage(anchor, step, texts)
        has_moved = place.section_id != anchor.origin_section
        if has_moved or found[anchor.target_id].state == State.ORPHANED:
            state = State.MOVED if has_moved else State.CHANGED
            better[anchor.target_id] = replace(place, state=str(state))
    return better


def _text_ids(anchors: Sequence[AnchorRow]) -> list[int]:
    return sorted({anchor.text_id for anchor in anchors if anchor.text_id is not None})


def _plain_place(text: TextRow, at: int) -> int:
    return project(text.source, text.plain).to_plain(Span(at, min(at + 1, len(text.source)))).start


def _whole_section(anchor: AnchorRow, texts: Mapping[str, tuple[int, str]], origin: str) -> Found:
    text = texts.get(anchor.origin_section)
    if text is None:
        return Found(anchor.origin_section, None, "orphaned", None, None, 0.0)
    text_id, plain = text
    is_same = plain == origin
    return Found(
        anchor.origin_section,
        text_id,
        "placed" if is_same else "changed",
        0,
        len(plain),
        1.0 if is_same else 0.0,
    )


def _passage(
    anchor: AnchorRow, placement: DocumentPlacement[str], texts: Mapping[str, tuple[int, str]]
) -> Found:
    section_id = placement.section or anchor.section_id
    text = texts.get(section_id)
    return Found(
        section_id=section_id,
        text_id=text[0] if text else None,
        state=str(placement.state),
        start=placement.span.start if placement.span else None,
        end=placement.span.end if placement.span else None,
        similarity=placement.similarity,
    )


def keep_current(work: Work, previous: Mapping[int, int], found: Mapping[int, Found]) -> None:
    """Make `found` (by target) the placements in the working draft; `previous` are the ones they replace."""
    queries.retire(list(previous.values()))
    text_ids = {place.text_id for place in found.values() if place.text_id is not None}
    known = queries.list_placed_in(found.keys(), text_ids)
    again: list[int] = []
    for target_id, place in found.items():
        standing = known.get((target_id, place.text_id)) if place.text_id is not None else None
        if standing is not None:
            again.append(standing)
        else:
            work.add(placement(target_id, place, is_current=True))
    queries.make_current(again)


def placement(target_id: int, place: Found, *, is_current: bool) -> Placement:
    return Placement(
        target_id=target_id,
        section_id=place.section_id,
        text_id=place.text_id,
        state=place.state,
        start=place.start,
        end=place.end,
        similarity=place.similarity,
        is_current=is_current,
        decided_by=None,
    )


def place_in_draft(work: Work, document_id: int, target: CommentTarget) -> None:
    """Place a comment made on a published text in the working draft, which has moved on since."""
    anchor = _fresh(target)
    standing = {section.section_id for section in drafting_queries.list_standing(document_id)}
    texts = queries.list_draft_plains({target.section_id} if target.section_id in standing else standing)
    found = locate([anchor], texts)[target.id]
    work.add(placement(target.id, found, is_current=True))
    work.flush()


def place_in_later_versions(work: Work, document_id: int, target: CommentTarget) -> None:
    """Place a comment in versions published after the one it was made on, where its words have another text."""
    known = {text_id for _, text_id in queries.list_texts_placed(target.id)}
    later = queries.list_texts_in_versions_after(document_id, target.section_id, target.text_id)
    for text_id, plain in later:
        if text_id in known:
            continue
        known.add(text_id)
        found = locate([_fresh(target)], {target.section_id: (text_id, plain)})[target.id]
        work.add(placement(target.id, found, is_current=False))
    work.flush()


def _fresh(target: CommentTarget) -> AnchorRow:
    return AnchorRow(
        target_id=target.id,
        scope=target.scope,
        placement_id=0,
        section_id=target.section_id,
        text_id=target.text_id,
        state="placed",
        start=target.start,
        end=target.end,
        origin_section=target.section_id,
        origin_text=target.text_id,
        origin_start=target.start,
        origin_end=target.end,
    )
