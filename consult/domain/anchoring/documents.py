"""Following passages from one document into another, section by section.

The section a passage stood in is asked first, and an unchanged one is not even looked at. A passage that is lost
there follows its section's lineage (a split, a join, a restoration). Failing that, it is sought among what arrived
in any section: a run of at least eight of its words must stand there unbroken, in one place of the whole document,
where it did not stand before. A passage that is lost all the same is sought once more as it first was, so that a
comment comes back to words that come back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from consult.domain.anchoring.comparison import Comparison, chained
from consult.domain.anchoring.moved import LEAST_RUN, Moves
from consult.domain.anchoring.placement import Placement, State
from consult.domain.diffing.tokens import words
from consult.domain.text.spans import Span

S = TypeVar("S", bound=Hashable)
"""What a section is called: any hashable value that stays the same from document to document."""


@dataclass(frozen=True, slots=True)
class OriginalAnchor(Generic[S]):
    """A passage as the comment was first made: its section, the whole plain text of that section, its span there."""

    section: S
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentAnchor(Generic[S]):
    """A passage of the old document: its section and its span in that section's plain text.

    `section` and `span` are None for a passage that is already lost in the old document; then only the `original`
    can bring it back.
    """

    section: S | None
    span: Span | None
    original: OriginalAnchor[S] | None = None


@dataclass(frozen=True, slots=True)
class Lineage(Generic[S]):
    """That part of one section's text went on in another: `from_span` of the old text stands at `to_start`."""

    from_section: S
    from_span: Span
    to_section: S
    to_start: int


@dataclass(frozen=True, slots=True)
class DocumentPlacement(Generic[S]):
    """Where a passage stands in the new document; `section` and `span` are None iff it is orphaned."""

    state: State
    section: S | None
    span: Span | None
    similarity: float


Follow = Callable[[str, str, Sequence[Span]], list[Placement]]
"""How passages are followed from one text into another: `reanchor`."""


def follow_document(
    old: Mapping[S, str],
    new: Mapping[S, str],
    anchors: Sequence[DocumentAnchor[S]],
    lineage: Iterable[Lineage[S]],
    follow: Follow,
) -> list[DocumentPlacement[S]]:
    """See `consult.domain.anchoring.reanchor.reanchor_document`."""
    journey = _Journey(old, new, anchors, follow)
    journey.by_section()
    journey.by_lineage(lineage)
    journey.by_arrival()
    journey.by_original()
    return [place or DocumentPlacement(State.ORPHANED, None, None, 0.0) for place in journey.places]


class _Journey(Generic[S]):
    """The passages on their way; a place that is None is still sought."""

    def __init__(
        self, old: Mapping[S, str], new: Mapping[S, str], anchors: Sequence[DocumentAnchor[S]], follow: Follow
    ) -> None:
        self._old = old
        self._new = new
        self._anchors = anchors
        self._follow = follow
        self.places: list[DocumentPlacement[S] | None] = [None] * len(anchors)

    def _lost(self) -> dict[S, list[tuple[int, Span]]]:
        """The passages still sought, by the section they stood in: their index among the anchors, and their span."""
        lost: dict[S, list[tuple[int, Span]]] = defaultdict(list)
        for index, anchor in enumerate(self._anchors):
            section, span = anchor.section, anchor.span
            if (
                self.places[index] is None
                and section is not None
                and span is not None
                and section in self._old
            ):
                lost[section].append((index, span))
        return lost

    def _keep(self, index: int, section: S, place: Placement, *, elsewhere: bool) -> None:
        """Write down a place that was found; in another section the passage is moved, unless it is uncertain."""
        if place.state is State.ORPHANED:
            return
        state = State.MOVED if elsewhere and place.state is not State.UNCERTAIN else place.state
        self.places[index] = DocumentPlacement(state, section, place.span, place.similarity)

    def by_section(self) -> None:
        """Each passage in the section it stood in."""
        for section, lost in self._lost().items():
            if section in self._new:
                found = self._follow(self._old[section], self._new[section], [span for _, span in lost])
                for (index, _), place in zip(lost, found, strict=True):
                    self._keep(index, section, place, elsewhere=False)

    def by_lineage(self, lineage: Iterable[Lineage[S]]) -> None:
        """Each passage that is lost in the sections its own went on in."""
        lost = self._lost()
        for step in lineage:
            if step.to_section not in self._new:
                continue
            went = [
                (index, part)
                for index, span in lost.get(step.from_section, ())
                if self.places[index] is None and (part := _mostly_within(step.from_span, span))
            ]
            if not went:
                continue
            before = step.from_span.of(self._old[step.from_section])
            after = self._new[step.to_section][step.to_start :]
            found = self._follow(before, after, [part.shifted(-step.from_span.start) for _, part in went])
            for (index, _), place in zip(went, found, strict=True):
                shifted = place.span and place.span.shifted(step.to_start)
                elsewhere = step.to_section != step.from_section
                self._keep(index, step.to_section, replace(place, span=shifted), elsewhere=elsewhere)

    def by_arrival(self) -> None:
        """Each passage that is lost among what arrived in any section."""
        lost = self._lost()
        if not lost:
            return
        changes = _Changes(self._old, self._new, lost)
        for section, passages in lost.items():
            for index, span in passages:
                found = changes.find(section, span)
                if found:
                    self._keep(index, found[0], found[1], elsewhere=found[0] != section)

    def by_original(self) -> None:
        """Each passage that is lost, as it first was: in its first section, else where its words came back."""
        first: dict[tuple[S, str], list[tuple[int, Span]]] = defaultdict(list)
        for index, anchor in enumerate(self._anchors):
            origin = anchor.original
            if (
                self.places[index] is None
                and origin is not None
                and not self._is_where_it_was(anchor, origin)
            ):
                first[origin.section, origin.text].append((index, origin.span))
        for (section, text), passages in first.items():
            if section in self._new:
                found = self._follow(text, self._new[section], [span for _, span in passages])
                for (index, _), place in zip(passages, found, strict=True):
                    self._keep(index, section, place, elsewhere=False)
            for index, span in passages:
                if self.places[index] is None:
                    self._keep_returned(index, section, span.of(text))

    def _is_where_it_was(self, anchor: DocumentAnchor[S], origin: OriginalAnchor[S]) -> bool:
        """True when the passage stands where it was first made, in the same text: seeking it again is no use."""
        return (
            anchor.section == origin.section
            and anchor.span == origin.span
            and self._old.get(origin.section) == origin.text
        )

    def _keep_returned(self, index: int, section: S, quote: str) -> None:
        """Take a long quote to be back where it stands to the letter, in one place, and did not stand before."""
        if len(words(quote)) < LEAST_RUN:
            return
        places = [(name, text) for name, text in self._new.items() if quote in text]
        if len(places) != 1:
            return
        name, text = places[0]
        start = text.index(quote)
        if quote not in self._old.get(name, "") and quote not in text[start + 1 :]:
            span = Span(start, start + len(quote))
            self._keep(index, name, Placement(State.PLACED, span, 1.0), elsewhere=name != section)


class _Changes(Generic[S]):
    """Everything that changed between two documents as one comparison, unchanged sections left out."""

    def __init__(
        self, old: Mapping[S, str], new: Mapping[S, str], lost: Mapping[S, Sequence[tuple[int, Span]]]
    ) -> None:
        self._names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
        comparison, starts = chained(
            (
                old.get(name, ""),
                new.get(name, ""),
                Comparison.near(old[name], new[name], [span for _, span in lost.get(name, ())]).script
                if name in old and name in new
                else None,
            )
            for name in self._names
        )
        self._text = comparison.script.old
        self._moves = Moves(comparison)
        self._old_starts = {name: at for name, (at, _) in zip(self._names, starts, strict=True)}
        self._new_starts = [at for _, at in starts]

    def find(self, section: S, span: Span) -> tuple[S, Placement] | None:
        """In which section a departed passage arrived, and where there; certain only when it came with a long run."""
        there = self._moves.find(span.shifted(self._old_starts[section]))
        if there is None:
            return None
        index = bisect_right(self._new_starts, there.candidate.span.start) - 1
        is_long = len(words(self._text, there.unit.start, there.unit.end)) >= LEAST_RUN
        state = State.MOVED if there.is_certain and is_long else State.UNCERTAIN
        place = there.candidate.span.shifted(-self._new_starts[index])
        return self._names[index], Placement(state, place, there.candidate.similarity)


def _mostly_within(whole: Span, span: Span) -> Span | None:
    """The part of `span` within `whole`, if that is most of it."""
    part = whole.intersection(span)
    return part if part and 2 * len(part) > len(span) else None
