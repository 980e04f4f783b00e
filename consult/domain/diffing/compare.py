"""Comparing two texts: paragraphs first, then words, then letters.

1. What the texts share at their beginning and end is set aside.
2. Lines that stand once in each text are landmarks: paired where their order agrees, the longest chain first.
3. What remains is aligned by the longest common subsequence of its words.
4. A short replaced run whose two sides are mostly alike is refined letter by letter.
5. An insertion or deletion that could stand in several places, as between two paragraphs with the same beginning,
   is slid to the best boundary: a paragraph's before a sentence's, a sentence's before a word's.

No step looks at a clock and none is quadratic without a bound, so any two texts give one answer on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from consult.domain.diffing.edits import EditScript, Match, script
from consult.domain.diffing.landmarks import line_runs
from consult.domain.diffing.lcs import common_runs
from consult.domain.diffing.refine import refined
from consult.domain.diffing.slide import slide
from consult.domain.diffing.tokens import (
    Words,
    common_prefix,
    common_suffix,
    is_word,
    words,
)
from consult.domain.text.spans import Span


def compare(old: str, new: str, *, letters: bool = True, near: Iterable[Span] | None = None) -> EditScript:
    """How `old` became `new`; ``compare(old, new).apply(old) == new`` for any two strings.

    With ``letters=False`` no word is ever cut: changes are whole words and the marks between them.
    With `near` only the changed stretches that touch one of these spans of the old text are compared word by
    word; the lines that changed elsewhere are replaced whole.
    The cost is bounded for any texts: 100 KB wholly rewritten take about 0.1 s, hostile 400 KB about a second.
    """
    matches = slide(old, new, list(_matches(old, new, letters, None if near is None else _covers(near))))
    if letters:
        matches = list(_with_letters(old, new, matches))
    return script(old, new, matches)


def _matches(old: str, new: str, letters: bool, near: Sequence[Span] | None) -> Iterator[Match]:
    """The equal runs of the two texts, in order, down to words."""
    head = common_prefix(old, new)
    tail = common_suffix(old[head:], new[head:])
    if letters and head + tail == min(len(old), len(new)):  # one insertion or one deletion
        yield 0, 0, head
        yield len(old) - tail, len(new) - tail, tail
        return
    head = old.rfind("\n", 0, head) + 1
    tail = _whole_lines_at_end(old, common_suffix(old[head:], new[head:]))
    yield 0, 0, head
    yield from _by_lines(old, new, Span(head, len(old) - tail), Span(head, len(new) - tail), near)
    yield len(old) - tail, len(new) - tail, tail


def _whole_lines_at_end(text: str, tail: int) -> int:
    """The longest ending of at most `tail` code points that begins with a line feed (or is empty)."""
    line_feed = text.find("\n", len(text) - tail)
    return 0 if line_feed < 0 else len(text) - line_feed


def _by_lines(
    old: str, new: str, old_part: Span, new_part: Span, near: Sequence[Span] | None
) -> Iterator[Match]:
    """The equal runs of two stretches: of whole lines, and of words between these."""
    old_at, new_at = old_part.start, new_part.start
    for old_start, new_start, length in [
        *line_runs(old, new, old_part, new_part),
        (old_part.end, new_part.end, 0),
    ]:
        if near is None or _touches(near, old_at, old_start):
            yield from _by_words(old, new, old_at, old_start, new_at, new_start)
        yield old_start, new_start, length
        old_at, new_at = old_start + length, new_start + length


def _covers(spans: Iterable[Span]) -> list[Span]:
    """The same places as disjoint spans in order."""
    covers: list[Span] = []
    for span in sorted(spans):
        if covers and span.start <= covers[-1].end:
            covers[-1] = Span(covers[-1].start, max(covers[-1].end, span.end))
        else:
            covers.append(span)
    return covers


def _touches(covers: Sequence[Span], start: int, end: int) -> bool:
    """True when one of the disjoint spans meets ``start..end``."""
    index = bisect_right(covers, end, key=lambda span: span.start)
    return index > 0 and covers[index - 1].end >= start


def _by_words(old: str, new: str, old_from: int, old_to: int, new_from: int, new_to: int) -> Iterator[Match]:
    """The equal runs of two stretches by the longest common subsequence of their words."""
    if old_from == old_to or new_from == new_to:
        return
    old_words = words(old, old_from, old_to)
    new_words = words(new, new_from, new_to)
    old_at, new_at = old_from, new_from
    for i, j, count in _word_runs(old_words, new_words):
        run = old[old_words.starts[i] : old_words.ends[i + count - 1]]
        if new.startswith(run, new_words.starts[j]):
            steps = [(i, j, count)]
        else:  # the same words, but other spaces or marks between them
            steps = [(i + k, j + k, 1) for k in range(count)]
        for first, first_new, size in steps:
            old_start, new_start = old_words.starts[first], new_words.starts[first_new]
            yield from _marks_between(old, new, old_at, old_start, new_at, new_start)
            length = old_words.ends[first + size - 1] - old_start
            yield old_start, new_start, length
            old_at, new_at = old_start + length, new_start + length
    yield from _marks_between(old, new, old_at, old_to, new_at, new_to)


def _word_runs(old: Words, new: Words) -> list[tuple[int, int, int]]:
    """Runs of equal words; what both share at the beginning and end needs no search."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old.keys[head] == new.keys[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old.keys[-1 - tail] == new.keys[-1 - tail]:
        tail += 1
    old_end, new_end = len(old) - tail, len(new) - tail
    middle = common_runs(old.keys[head:old_end], new.keys[head:new_end])
    return [
        *([(0, 0, head)] if head else []),
        *((head + i, head + j, count) for i, j, count in middle),
        *([(old_end, new_end, tail)] if tail else []),
    ]


def _marks_between(
    old: str, new: str, old_from: int, old_to: int, new_from: int, new_to: int
) -> Iterator[Match]:
    """The spaces and marks that two stretches between matched words share at their beginning and end."""
    before, after = old[old_from:old_to], new[new_from:new_to]
    if not before or not after:
        return
    if before == after:
        yield old_from, new_from, len(before)
        return
    head = common_prefix(before, after)
    while head and is_word(before[head - 1]):
        head -= 1
    tail = common_suffix(before[head:], after[head:])
    while tail and is_word(before[-tail]):
        tail -= 1
    if head:
        yield old_from, new_from, head
    if tail:
        yield old_to - tail, new_to - tail, tail


def _with_letters(old: str, new: str, matches: list[Match]) -> Iterator[Match]:
    """`matches` with what short replaced runs between them still share."""
    old_at = new_at = 0
    for old_start, new_start, length in [*matches, (len(old), len(new), 0)]:
        if old_at < old_start and new_at < new_start:
            for i, j, count in refined(old[old_at:old_start], new[new_at:new_start]):
                yield old_at + i, new_at + j, count
        yield old_start, new_start, length
        old_at, new_at = old_start + length, new_start + length
