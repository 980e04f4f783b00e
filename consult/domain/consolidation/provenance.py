"""Where every code point of a text comes from: which change brought it.

The origins of a text are a list of runs, each a length and the number of a change, which together cover the text's
source. They are worked out once, when a change leaves the text, from what is known of the texts before it:

1. Words a change says it carried from one section to another (a split, a join) keep their origins to the letter.
2. What else of the section's own text before still stands, in the same order, keeps its origins.
3. Words the change brought back from an earlier text (an undo, a restoration) get the origins they had there.
4. A passage of `LEAST_RUN` words or a whole line that left one place in this change and stands unaltered in another
   was moved there, unless it left several places.
5. The rest is what the change brought.

So the work is proportional to the sections a change touched, however long the history is.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from consult.domain.diffing.compare import compare
from consult.domain.diffing.tokens import common_prefix, common_suffix, words
from consult.domain.text.spans import Span

LEAST_RUN = 8
"""Words in a row by which a passage is recognised where it was moved to."""

LEAST_LINE = 15
"""Code points of a whole line by which it is."""

LEAST_SOUGHT = 3
"""Code points that are recognised as brought back though they stand elsewhere now."""


class Run(NamedTuple):
    """So many code points that came with one change."""

    length: int
    origin: int


class Stretch(NamedTuple):
    """The code points from `start` up to `end` came with the change `origin`."""

    start: int
    end: int
    origin: int


@dataclass(frozen=True, slots=True)
class Known:
    """A text whose origins are known; the runs cover the whole of it."""

    source: str
    runs: Sequence[Run]
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(accumulate((run.length for run in self.runs), initial=0)))

    def stretches(self, start: int, end: int, *, at: int) -> Iterator[Stretch]:
        """The origins of ``source[start:end]`` as if it stood from `at` on."""
        number = max(0, bisect_right(self.starts, start) - 1)
        while start < end and number < len(self.runs):
            upto = min(end, self.starts[number + 1])
            if upto > start:
                yield Stretch(at, at + upto - start, self.runs[number].origin)
                at += upto - start
                start = upto
            number += 1


@dataclass(frozen=True, slots=True)
class Went:
    """Words of the section `giver`, a span of its source before the change, became the section `taker`'s and stand
    there from `at` on, in its source after the change."""

    giver: str
    span: Span
    taker: str
    at: int


def trace_change(
    origin: int,
    *,
    before: Mapping[str, Known],
    after: Mapping[str, str],
    went: Sequence[Went] = (),
    brought: Mapping[str, Known] | None = None,
    removed: Collection[str] = (),
) -> dict[str, tuple[Run, ...]]:
    """The origins of the texts a change left, by section.

    `before` holds what stood in the sections that were changed, removed, or gave words away; `after` the sources the
    change left; `brought` the earlier texts whose words it brought back.
    """
    drawn = {section: _Drawing(source) for section, source in after.items()}
    exact: list[Went] = []
    edited: list[Went] = []
    for move in went:
        if move.giver in before and move.taker in drawn:
            placed = _placed(move, before[move.giver].source, after[move.taker])
            (exact if placed else edited).append(placed or move)
    for move in exact:
        known = before[move.giver]
        drawn[move.taker].lay(known.stretches(move.span.start, move.span.end, at=move.at))
    lost: dict[str, list[Span]] = {
        section: [Span(0, len(before[section].source))] for section in removed if section in before
    }
    for section, drawing in drawn.items():
        earlier = (brought or {}).get(section)
        if earlier is not None and earlier.source == drawing.text:
            drawing.replace(earlier.stretches(0, len(earlier.source), at=0))
        elif section in before:
            departed = [move.span for move in exact if move.giver == section]
            lost[section] = drawing.follow(before[section], departed)
            if departed:
                drawing.compare_with(before[section])
    for move in edited:
        drawn[move.taker].compare_with(before[move.giver])
    for section, earlier in (brought or {}).items():
        if section in drawn:
            drawn[section].compare_with(earlier)
            drawn[section].seek_in(earlier)
    _recognise_moved(drawn, before, lost)
    return {section: drawing.runs(origin) for section, drawing in drawn.items()}


def wholly(length: int, origin: int) -> tuple[Run, ...]:
    """The origins of a text that came with one change."""
    return (Run(length, origin),) if length else ()


def encoded(runs: Iterable[Run]) -> str:
    """Runs as they are stored: a JSON list of length, origin, length, origin …"""
    return json.dumps([number for run in runs for number in run], separators=(",", ":"))


def decoded(stored: str) -> tuple[Run, ...]:
    """The runs that were stored."""
    numbers = json.loads(stored)
    return tuple(map(Run, numbers[::2], numbers[1::2]))


def _placed(move: Went, source: str, after: str) -> Went | None:
    """The move with the place where its words stand to the letter: where they are said to, else where they stand
    once. None when they were edited on the way."""
    words_moved = move.span.of(source)
    if words_moved and after.startswith(words_moved, move.at):
        return move
    core = words_moved.strip()
    if not core or after.count(core) != 1:
        return None
    start = move.span.start + words_moved.index(core)
    return Went(move.giver, Span(start, start + len(core)), move.taker, after.index(core))


class _Drawing:
    """A text on which origins are entered one layer after another; what was entered stays."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entered: list[Stretch] = []

    def gaps(self) -> list[Span]:
        """What has no origin yet."""
        edges = [0, *(edge for stretch in self.entered for edge in stretch[:2]), len(self.text)]
        return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]

    def lay(self, layer: Iterable[Stretch]) -> None:
        """Enter a layer, whose stretches stand in order, where nothing is entered yet."""
        found = list(layer)
        merged = list(self.entered)
        first = 0
        for gap in self.gaps():
            while first < len(found) and found[first].end <= gap.start:
                first += 1
            for number in range(first, len(found)):
                stretch = found[number]
                if stretch.start >= gap.end:
                    break
                merged.append(
                    Stretch(max(stretch.start, gap.start), min(stretch.end, gap.end), stretch.origin)
                )
        merged.sort()
        self.entered = merged

    def replace(self, layer: Iterable[Stretch]) -> None:
        """Enter a layer instead of all that was entered."""
        self.entered = list(layer)

    def follow(self, known: Known, departed: Sequence[Span]) -> list[Span]:
        """Enter what still stands of the section's own text, apart from what departed and what arrived; returns the
        spans of that text that were lost."""
        old = _Cut(known.source, departed)
        new = _Cut(self.text, [Span(start, end) for start, end, _ in self.entered])
        layer: list[Stretch] = []
        lost: list[Span] = []
        for hunk in compare(old.text, new.text).hunks:
            if hunk.is_equal:
                for old_at, new_at, length in _paired(old, hunk.old, new, hunk.new):
                    layer += known.stretches(old_at, old_at + length, at=new_at)
            else:
                lost += old.spans(hunk.old)
        self.lay(layer)
        return lost

    def compare_with(self, known: Known) -> None:
        """Enter what stands of another text where nothing is entered yet."""
        if not any(span.of(self.text).strip() for span in self.gaps()):
            return
        self.lay(
            stretch
            for hunk in compare(known.source, self.text).hunks
            if hunk.is_equal
            for stretch in known.stretches(hunk.old.start, hunk.old.end, at=hunk.new.start)
        )

    def seek_in(self, known: Known) -> None:
        """Enter what stands once in another text, though the words around it have moved."""
        layer: list[Stretch] = []
        for gap in self.gaps():
            sought = gap.of(self.text).strip()
            if len(sought) >= LEAST_SOUGHT and known.source.count(sought) == 1:
                at, start = self.text.index(sought, gap.start), known.source.index(sought)
                layer += known.stretches(start, start + len(sought), at=at)
        self.lay(layer)

    def runs(self, otherwise: int) -> tuple[Run, ...]:
        """The origins of the whole text; what has none came with the change `otherwise`."""
        self.lay([Stretch(0, len(self.text), otherwise)])
        joined: list[Run] = []
        for start, end, origin in self.entered:
            if joined and joined[-1].origin == origin:
                joined[-1] = Run(joined[-1].length + end - start, origin)
            else:
                joined.append(Run(end - start, origin))
        return tuple(joined)


class _Cut:
    """A text with spans cut out, and where its code points stand in the whole."""

    def __init__(self, whole: str, spans: Iterable[Span]) -> None:
        edges = [0]
        for span in sorted(spans):
            start = max(span.start, edges[-1])
            edges += [start, max(span.end, start)]
        edges.append(len(whole))
        self._kept = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
        self._starts = list(accumulate((len(span) for span in self._kept), initial=0))
        self.text = whole if len(self._kept) == 1 else "".join(span.of(whole) for span in self._kept)

    def edges(self, span: Span) -> list[int]:
        """Places within `span` at which something was cut out."""
        return [place for place in self._starts if span.start < place < span.end]

    def whole(self, place: int) -> int:
        """Where the code point at `place` stands in the whole."""
        number = min(bisect_right(self._starts, place), len(self._kept)) - 1
        return self._kept[number].start + place - self._starts[number]

    def spans(self, span: Span) -> list[Span]:
        """The same words in the whole."""
        places = [span.start, *self.edges(span), span.end]
        return [
            Span(self.whole(start), self.whole(start) + end - start)
            for start, end in pairwise(places)
            if end > start
        ]


def _paired(old: _Cut, old_span: Span, new: _Cut, new_span: Span) -> Iterator[tuple[int, int, int]]:
    """Equal spans of two cut texts as (start in the old whole, start in the new whole, length)."""
    breaks = {place - old_span.start for place in old.edges(old_span)}
    breaks |= {place - new_span.start for place in new.edges(new_span)}
    for start, end in pairwise([0, *sorted(breaks), len(old_span)]):
        yield old.whole(old_span.start + start), new.whole(new_span.start + start), end - start


# Passages that were moved without a word said of it


_Place = tuple[str, int, Span]
"""A section, where something stood in its text before, and the lost span it stood in."""

_Index = dict[tuple[str, ...], _Place | None]
"""Runs of lost words, and whole lost lines, with where they stood; None when they stood in several places."""


def _recognise_moved(
    drawn: Mapping[str, _Drawing], before: Mapping[str, Known], lost: Mapping[str, Sequence[Span]]
) -> None:
    """Give passages that were lost in one place and stand unaltered in another their origins."""
    gaps = {section: _sizeable(drawing.gaps()) for section, drawing in drawn.items()}
    if not any(gaps.values()):
        return
    index: _Index = {}
    for section, spans in lost.items():
        for span in _sizeable(spans):
            for start, _, key in _keys(before[section].source, span):
                index[key] = None if key in index else (section, start, span)
    if not index:
        return
    for section, spans in gaps.items():
        text = drawn[section].text
        drawn[section].lay(stretch for gap in spans for stretch in _moved_into(text, gap, index, before))


def _sizeable(spans: Iterable[Span]) -> list[Span]:
    return [span for span in spans if len(span) >= LEAST_LINE]


def _keys(text: str, span: Span) -> list[tuple[int, int, tuple[str, ...]]]:
    """The runs of `LEAST_RUN` words and the whole lines within a span, as (start, end, what they are known by)."""
    found = words(text, span.start, span.end)
    keys = [
        (found.starts[at], found.ends[at + LEAST_RUN - 1], tuple(found.keys[at : at + LEAST_RUN]))
        for at in range(len(found) - LEAST_RUN + 1)
    ]
    for line in re.finditer(r"^.+$", text[span.start : span.end], re.MULTILINE):
        start, end = line.start() + span.start, line.end() + span.start
        begins = start == 0 or text[start - 1] == "\n"
        ends = end == len(text) or text[end] == "\n"
        if begins and ends and end - start >= LEAST_LINE:
            keys.append((start, end, (line.group(),)))
    return sorted(keys)


def _moved_into(text: str, gap: Span, index: _Index, before: Mapping[str, Known]) -> Iterator[Stretch]:
    """The origins of passages within `gap` that stood elsewhere before, as far as they are the same to the letter."""
    reached = gap.start
    for here, end, key in _keys(text, gap):
        place = index.get(key)
        if place is None or here < reached:
            continue
        section, start, span = place
        known = before[section]
        ahead = common_prefix(known.source[start : span.end], text[here : gap.end])
        if ahead < end - here:
            continue  # the same words, but other marks between them
        behind = common_suffix(known.source[span.start : start], text[reached:here])
        yield from known.stretches(start - behind, start + ahead, at=here - behind)
        reached = here + ahead
