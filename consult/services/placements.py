"""Comments stay with their words: after every change each placement in the working draft is found anew.

Words are sought from the last place a person confirmed, else from where the comment was made, never
from the last place the machine chose, so that errors cannot add up over a year of editing. Their own
section is asked first, and mostly answers. Words that are lost there are sought in the whole text: in the
sections theirs went on in (a split, a join), and where a run of their words arrived.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from consult.domain.anchoring.moved import LEAST_RUN
from consult.domain.anchoring.placement import State
from consult.domain.anchoring.reanchor import (
    DocumentAnchor,
    DocumentPlacement,
    Lineage,
    OriginalAnchor,
    reanchor_document,
)
from consult.domain.diffing.tokens import words
from consult.domain.text.spans import Span
from consult.storage.models import CommentTarget, Placement
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import placements as queries
from consult.storage.queries.placements import AnchorRow
from consult.storage.unit_of_work import Work

WHOLE_SECTION = "section"
PASSAGE = "passage"

Run = tuple[str, ...]
"""`LEAST_RUN` words in a row: the fewest by which words are recognised in another section."""

SURROUNDINGS = 400
"""Code points on either side of a passage in which runs of words that touch it are looked for."""


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


# The texts words are sought in


class Texts(Protocol):
    """Sections by id as (text id, plain), read only as far as they are asked for."""

    def of(self, section_ids: Collection[str]) -> Mapping[str, tuple[int, str]]:
        """These sections, as far as they stand."""
        ...

    def whole(self) -> Mapping[str, tuple[int, str]]:
        """All sections in reading order."""
        ...


@dataclass(slots=True)
class DraftTexts:
    """The working draft as it stands in this transaction."""

    document_id: int
    _whole: Mapping[str, tuple[int, str]] | None = field(default=None, init=False)

    def of(self, section_ids: Collection[str]) -> Mapping[str, tuple[int, str]]:
        if self._whole is not None:
            return {key: self._whole[key] for key in section_ids if key in self._whole}
        return queries.list_draft_plains(section_ids)

    def whole(self) -> Mapping[str, tuple[int, str]]:
        if self._whole is None:
            self._whole = queries.list_plains_of_draft(self.document_id)
        return self._whole


@dataclass(frozen=True, slots=True)
class VersionTexts:
    """A published version."""

    texts: Mapping[str, tuple[int, str]]

    def of(self, section_ids: Collection[str]) -> Mapping[str, tuple[int, str]]:
        return {key: self.texts[key] for key in section_ids if key in self.texts}

    def whole(self) -> Mapping[str, tuple[int, str]]:
        return self.texts


# Following


def follow(work: Work, document_id: int, *, changed: Collection[str]) -> None:
    """Place anew every comment on or from sections whose text changed, came or went, and those lost before whose
    words came back with them."""
    texts = DraftTexts(document_id)
    anchors = list(queries.list_anchors_of_sections(changed))
    anchors += _returning(document_id, {anchor.target_id for anchor in anchors}, texts, changed)
    if not anchors:
        return
    found = locate(document_id, anchors, texts)
    keep_current(work, {anchor.target_id: anchor.placement_id for anchor in anchors}, found)


def _returning(
    document_id: int, known: Collection[int], texts: Texts, changed: Collection[str]
) -> list[AnchorRow]:
    """Lost targets of other sections whose words went on in a changed section, or a run of whose words it now holds."""
    lost = [row for row in queries.list_lost(document_id) if row.target_id not in known]
    if not lost:
        return []
    heirs = _heirs(document_id, changed)
    runs = _runs(plain for _, plain in texts.of(changed).values())
    plains = queries.list_plains({row.text_id for row in lost})
    shared = {text_id: plain for text_id, plain in plains.items() if not runs.isdisjoint(_runs([plain]))}
    return queries.list_anchors(
        [
            row.target_id
            for row in lost
            if row.section_id in heirs
            or (
                row.text_id in shared
                and not runs.isdisjoint(_runs_over(shared[row.text_id], Span(row.start, row.end)))
            )
        ]
    )


def locate(document_id: int, anchors: Sequence[AnchorRow], texts: Texts) -> dict[int, Found]:
    """Where each target's words are in `texts`, by target id."""
    origins = queries.list_plains(
        {anchor.origin_text for anchor in anchors} | {anchor.first_text for anchor in anchors}
    )
    own = texts.of({anchor.origin_section for anchor in anchors})
    places = _follow(anchors, origins, own)
    lost = [
        anchor
        for anchor in anchors
        if anchor.scope == PASSAGE and places[anchor.target_id].state is State.ORPHANED
    ]
    if lost:
        places |= _elsewhere(document_id, lost, origins, texts)
    involved = texts.of(
        {place.section for place in places.values() if place.section is not None}
        | {anchor.section_id for anchor in anchors}
    )
    return {anchor.target_id: _found(anchor, places[anchor.target_id], involved) for anchor in anchors}


def _follow(
    anchors: Sequence[AnchorRow], origins: Mapping[int, str], own: Mapping[str, tuple[int, str]]
) -> dict[int, DocumentPlacement[str]]:
    """Each target in the section it comes from."""
    places: dict[int, DocumentPlacement[str]] = {}
    groups: dict[int, list[AnchorRow]] = defaultdict(list)
    for anchor in anchors:
        if anchor.scope == WHOLE_SECTION:
            places[anchor.target_id] = _whole_section(anchor, own, origins[anchor.origin_text])
        else:
            groups[anchor.origin_text].append(anchor)
    for origin_text, members in groups.items():
        section_id = members[0].origin_section
        new = {section_id: own[section_id][1]} if section_id in own else {}
        placed = reanchor_document({section_id: origins[origin_text]}, new, _anchors(members, origins))
        places |= {member.target_id: place for member, place in zip(members, placed, strict=True)}
    return places


def _elsewhere(
    document_id: int, lost: Sequence[AnchorRow], origins: Mapping[int, str], texts: Texts
) -> dict[int, DocumentPlacement[str]]:
    """Targets lost in their own section, sought in the whole text as it was when they were made."""
    new = {section_id: plain for section_id, (_, plain) in texts.whole().items()}
    heirs = _heirs(document_id, new)
    runs = _runs(new.values())
    sought: dict[int, list[AnchorRow]] = defaultdict(list)
    for anchor in lost:
        span = Span(anchor.origin_start, anchor.origin_end)
        if anchor.origin_section in heirs or not runs.isdisjoint(
            _runs_over(origins[anchor.origin_text], span)
        ):
            sought[anchor.origin_text].append(anchor)
    numbers = queries.list_first_changes(document_id, sought)
    groups: dict[int, list[AnchorRow]] = defaultdict(list)
    for origin_text, members in sought.items():
        groups[numbers[origin_text]] += members
    places: dict[int, DocumentPlacement[str]] = {}
    for number, members in groups.items():
        old = queries.list_plains_at(document_id, number)
        old |= {member.origin_section: origins[member.origin_text] for member in members}
        lineage = [
            Lineage(section_id, Span(0, len(old[section_id])), heir, 0)
            for section_id in dict.fromkeys(member.origin_section for member in members)
            for heir in heirs.get(section_id, ())
        ]
        placed = reanchor_document(old, new, _anchors(members, origins), lineage)
        places |= {member.target_id: place for member, place in zip(members, placed, strict=True)}
    return places


def _anchors(members: Iterable[AnchorRow], origins: Mapping[int, str]) -> list[DocumentAnchor[str]]:
    return [
        DocumentAnchor(
            member.origin_section,
            Span(member.origin_start, member.origin_end),
            None
            if member.first_text == member.origin_text
            else OriginalAnchor(
                member.first_section,
                origins[member.first_text],
                Span(member.first_start, member.first_end),
            ),
        )
        for member in members
    ]


def _heirs(document_id: int, standing: Collection[str]) -> dict[str, list[str]]:
    """For each section the ones that stand now and that words of it went on in, at once or through others."""
    went: dict[str, list[str]] = defaultdict(list)
    for giver, taker in drafting_queries.list_descent(document_id):
        went[giver].append(taker)
    heirs: dict[str, list[str]] = {}
    for section_id in went:
        reached = {section_id: None}
        line = [section_id]
        while line:
            line = [taker for giver in line for taker in went.get(giver, ()) if taker not in reached]
            reached |= dict.fromkeys(line)
        found = [heir for heir in reached if heir != section_id and heir in standing]
        if found:
            heirs[section_id] = found
    return heirs


def _runs(plains: Iterable[str]) -> set[Run]:
    """Every run of words in some texts."""
    found: set[Run] = set()
    for plain in plains:
        keys = words(plain).keys
        found.update(tuple(keys[at : at + LEAST_RUN]) for at in range(len(keys) - LEAST_RUN + 1))
    return found


def _runs_over(text: str, span: Span) -> set[Run]:
    """The runs of words of a text that touch a span."""
    near = words(text, max(0, span.start - SURROUNDINGS), min(len(text), span.end + SURROUNDINGS))
    first = bisect_right(near.ends, span.start)
    last = bisect_left(near.starts, span.end)
    begin = max(0, first - LEAST_RUN + 1)
    end = min(last, len(near) - LEAST_RUN + 1)
    return {tuple(near.keys[at : at + LEAST_RUN]) for at in range(begin, end)}


def _whole_section(
    anchor: AnchorRow, texts: Mapping[str, tuple[int, str]], origin: str
) -> DocumentPlacement[str]:
    text = texts.get(anchor.origin_section)
    if text is None:
        return DocumentPlacement(State.ORPHANED, None, None, 0.0)
    _, plain = text
    is_same = plain == origin
    state = State.PLACED if is_same else State.CHANGED
    return DocumentPlacement(state, anchor.origin_section, Span(0, len(plain)), 1.0 if is_same else 0.0)


def _found(anchor: AnchorRow, place: DocumentPlacement[str], texts: Mapping[str, tuple[int, str]]) -> Found:
    """A place as it is kept; lost words keep the section they were last in as their home.

    Words a person gave up are lost until they are found beyond doubt.
    """
    if anchor.is_given_up and place.state is State.UNCERTAIN:
        place = DocumentPlacement(State.ORPHANED, None, None, 0.0)
    section_id = place.section or anchor.section_id
    text = texts.get(section_id)
    return Found(
        section_id=section_id,
        text_id=text[0] if text else None,
        state=str(place.state),
        start=place.span.start if place.span else None,
        end=place.span.end if place.span else None,
        similarity=place.similarity,
    )


# Keeping


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
    work.flush()


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
    found = locate(document_id, [_fresh(target)], DraftTexts(document_id))[target.id]
    work.add(placement(target.id, found, is_current=True))
    work.flush()


def place_in_later_versions(work: Work, document_id: int, target: CommentTarget) -> None:
    """Place a comment in versions published after the one it was made on, where its words have another text."""
    placed = {text_id: row_id for row_id, text_id in queries.list_texts_placed(target.id)}
    for version_id in queries.list_versions_after(document_id, target.text_id):
        texts = VersionTexts(queries.list_plains_of_version(version_id))
        if texts.texts.get(target.section_id, (None, ""))[0] in placed:
            continue
        found = locate(document_id, [_fresh(target)], texts)[target.id]
        if found.text_id is not None and found.text_id not in placed:
            placed[found.text_id] = 0
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
        first_section=target.section_id,
        first_text=target.text_id,
        first_start=target.start,
        first_end=target.end,
    )
