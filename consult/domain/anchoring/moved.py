"""Finding passages that were cut from one place and pasted at another.

A comparison keeps the order of words, so a moved passage is to it a deletion here and an insertion there. What may
have arrived elsewhere is looked for only in what the comparison calls new: text that already stood where it stands
is a look-alike, not the passage. A passage is searched for together with the words around it that left with it,
because three words alone may stand anywhere while their paragraph stands in one place. Laws are full of sentences
cast in one mould, so likeness alone proves no move: either a run of eight words must have come along unbroken, or
a whole block, however short, must be the same to the letter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from consult.domain.anchoring.aligned import Candidate, aligned
from consult.domain.anchoring.comparison import Comparison
from consult.domain.diffing.compare import compare
from consult.domain.diffing.islands import without_islands
from consult.domain.diffing.tokens import Words, is_word, words
from consult.domain.text.spans import Span

LEAST_RUN = 8
"""Words in a row that must have come along for a passage to be recognised elsewhere."""
GRAM = LEAST_RUN // 2
"""Every fourth run of four arrived words is indexed: any run of `LEAST_RUN` - 1 words holds one of them."""
MOST_PLACES = 12
"""Places where one such run arrived above which it says nothing."""
SURROUNDINGS = 160
"""Code points on either side of a passage that are searched for together with it."""
LEAST_LETTERS = 15
"""A block with fewer code points is too short to be recognised elsewhere."""
MOST_MARKS = 20
SURE = 0.9
"""How much alike passage and place, with their surroundings, must be for a move that nobody needs to check."""
LIKELY = 0.75
"""And for one that somebody should."""
MARGIN = 0.1
"""How much more alike the best place must be than the next best."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a departed passage arrived; `is_certain` when it can hardly be elsewhere or nowhere.

    `unit` is the stretch of the old text, the passage and what left with it, by which it was recognised.
    """

    candidate: Candidate
    unit: Span
    is_certain: bool


class Moves:
    """What left its place in one comparison, and where it may have arrived; built when first asked."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._script = comparison.script
        self._places: dict[Span, list[Candidate]] = {}

    def find(self, span: Span) -> Arrival | None:
        """Where the departed passage `span` of the old text arrived, if it can be recognised."""
        span = _without_spaces(self._script.old, span)
        departed = self._departed(span)
        line = _without_spaces(self._script.old, self._line(span, departed))
        is_long = len(words(self._script.old, line.start, line.end)) >= 2 * LEAST_RUN
        for unit in (line,) if is_long else (line, _around(span, departed)):
            places = self._ranked(unit)
            if not places or places[0].similarity < LIKELY:
                continue
            best = places[0]
            candidate = self._within(unit, span, best.span)
            if candidate is None or candidate.similarity < LIKELY:
                continue
            is_only = len(places) == 1 or places[1].similarity < best.similarity - MARGIN
            certain = is_only and best.similarity >= SURE and self._came_alone(unit, best.span)
            return Arrival(candidate, unit, certain)
        return None

    def _came_alone(self, unit: Span, place: Span) -> bool:
        """True when the longest run of words that came along stands once in either text: it has no copies."""
        before, after = unit.of(self._script.old), place.of(self._script.new)
        runs = [hunk.old.of(before) for hunk in compare(before, after, letters=False).hunks if hunk.is_equal]
        core = max(runs, key=len, default="").strip()
        return self._script.old.count(core) == 1 == self._script.new.count(core)

    def _departed(self, span: Span) -> Span:
        """The whole run of changed text in which the passage, or its first changed part, stood."""
        hunks = self._script.hunks
        index = max(0, bisect_right(self._script.old_starts, span.start) - 1)
        while index + 1 < len(hunks) and (hunks[index].is_equal or hunks[index].old.end <= span.start):
            index += 1
        departed = _with_marks(self._script.old, hunks[index].old)
        return Span(min(departed.start, span.start), max(departed.end, span.end))

    def _line(self, span: Span, departed: Span) -> Span:
        """The lines in which the passage stood, as far as they departed."""
        old = self._script.old
        line_end = old.find("\n", span.end)
        return Span(
            max(departed.start, old.rfind("\n", 0, span.start) + 1),
            min(departed.end, len(old) if line_end < 0 else line_end),
        )

    def _ranked(self, unit: Span) -> list[Candidate]:
        """Where the unit may have arrived, the most alike first, no two at one place."""
        if unit not in self._places:
            distinct: list[Candidate] = []
            for place in sorted(self._candidates(unit), key=lambda some: (-some.similarity, some.span)):
                if place.similarity < LIKELY - MARGIN or any(
                    place.span.overlaps(other.span) for other in distinct
                ):
                    continue
                if self._comparison.has_arrived(place.span):
                    distinct.append(place)
            self._places[unit] = distinct
        return self._places[unit]

    def _candidates(self, unit: Span) -> Iterator[Candidate]:
        block = unit.of(self._script.old)
        if len(block) >= LEAST_LETTERS and any(map(is_word, block)):
            for place in self._blocks.get(block, ()):
                yield Candidate(place, 1.0)
        before = words(self._script.old, unit.start, unit.end)
        if len(before) < LEAST_RUN:
            return
        arrived, index = self._runs
        votes: Counter[int] = Counter()
        for i, gram in enumerate(zip(*(before.keys[k:] for k in range(GRAM)), strict=False)):
            places = index.get(gram)
            if places and len(places) <= MOST_PLACES:
                votes.update([j - i for j in places])
        for offset, _ in votes.most_common(6):
            first = max(0, offset)
            last = min(offset + len(before), len(arrived)) - 1
            if _longest_run(before, arrived, offset) < LEAST_RUN:
                continue
            region = self._widened(Span(arrived.starts[first], arrived.ends[last]), 20 + len(unit) // 4)
            found = self._within(unit, unit, region)
            if found:
                yield found

    def _within(self, unit: Span, span: Span, place: Span) -> Candidate | None:
        """Where in `place` of the new text the part `span` of the unit stands."""
        before, after = unit.of(self._script.old), place.of(self._script.new)
        if before == after:
            return Candidate(span.shifted(place.start - unit.start), 1.0)
        local = without_islands(compare(before, after, letters=False))
        found = aligned(local, span.shifted(-unit.start))
        return Candidate(found.span.shifted(place.start), found.similarity) if found else None

    def _widened(self, rough: Span, slack: int) -> Span:
        """`rough` and up to `slack` code points on either side, no farther than the text that arrived with it."""
        script = self._script
        first = script.hunks[bisect_right(script.new_starts, rough.start) - 1].new
        last = script.hunks[bisect_right(script.new_starts, rough.end - 1) - 1].new
        near = Span(max(first.start, rough.start - slack), min(last.end, rough.end + slack))
        return _with_marks(script.new, near)

    @cached_property
    def _blocks(self) -> dict[str, list[Span]]:
        """The whole lines that arrived, without white space at their ends."""
        new = self._script.new
        blocks: dict[str, list[Span]] = defaultdict(list)
        for hunk in self._script.changes():
            arrived = _with_marks(new, hunk.new)
            at = arrived.start
            for row in arrived.of(new).split("\n"):
                end = at + len(row)
                block = row.strip()
                if len(block) >= LEAST_LETTERS:
                    start = new.index(block, at)
                    is_inner = arrived.start < at and end < arrived.end
                    if is_inner or _is_whole_block(new, Span(start, start + len(block))):
                        blocks[block].append(Span(start, start + len(block)))
                at = end + 1
        return blocks

    @cached_property
    def _runs(self) -> tuple[Words, dict[tuple[str, ...], list[int]]]:
        """The words that arrived, and at which of them each indexed run begins."""
        keys: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for hunk in self._script.changes():
            if len(hunk.new) > LEAST_RUN:
                run = words(self._script.new, hunk.new.start, hunk.new.end)
                keys.extend(run.keys)
                starts.extend(run.starts)
                ends.extend(run.ends)
        index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for j in range(0, len(keys) - GRAM + 1, GRAM):
            index[tuple(keys[j : j + GRAM])].append(j)
        return Words(self._script.new, keys, starts, ends), index


def _longest_run(before: Words, arrived: Words, offset: int) -> int:
    """The most words in a row that are the same when the first word meets the arrived word at `offset`."""
    longest = length = 0
    for i, key in enumerate(before.keys):
        same = 0 <= offset + i < len(arrived) and arrived.keys[offset + i] == key
        length = length + 1 if same else 0
        longest = max(longest, length)
    return longest


def _around(span: Span, departed: Span) -> Span:
    return Span(max(departed.start, span.start - SURROUNDINGS), min(departed.end, span.end + SURROUNDINGS))


def _with_marks(text: str, span: Span) -> Span:
    """`span` with the marks around it: a full stop that both texts have in common still ends the sentence."""
    start, end = span.start, span.end
    least, most = max(0, start - MOST_MARKS), min(len(text), end + MOST_MARKS)
    while start > least and text[start - 1] != "\n" and not is_word(text[start - 1]):
        start -= 1
    while end < most and text[end] != "\n" and not is_word(text[end]):
        end += 1
    return Span(start, end)


def _without_spaces(text: str, span: Span) -> Span:
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip())
    return Span(start, max(start, start + len(inner.strip())))


def _is_whole_block(text: str, span: Span) -> bool:
    """True when the lines of `span` hold nothing else."""
    line_end = text.find("\n", span.end)
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    behind = text[span.end : len(text) if line_end < 0 else line_end]
    return not before.strip() and not behind.strip()
