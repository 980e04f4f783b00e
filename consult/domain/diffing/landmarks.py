"""Pairing the lines of two texts that are surely the same, before any word is compared.

Lines that stand once in each text are paired where their order agrees (patience, Cohen 2003), the pairs weighed by
their length, and equal lines beside a pair join it. Between pairs the same is tried again, because a line may stand
once there. A pair must not cost more than it is worth: when one line was moved past paragraphs that were all
edited, it is the only line left unchanged, and pairing it would tear all of them from their places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from consult.domain.diffing.edits import Match
from consult.domain.diffing.lcs import common_runs
from consult.domain.diffing.tokens import heaviest_increasing, lines, words
from consult.domain.text.spans import Span

_LEAST_LETTERS = 12
"""A line with fewer code points is no landmark: it says too little to be the same line by more than chance."""
MOST_LOOKS = 40
"""Places looked at in one comparison for runs that cost more than they are worth."""
MOST_EFFORT = 10**10
"""The product of the lengths compared there, summed: as much work as for two texts of 100 KB."""
_SAME_TEXT = 0.5
"""The share of its words that a stretch must have in common with another to be called the same, edited."""


def line_runs(old: str, new: str, old_part: Span, new_part: Span) -> list[Match]:
    """The equal runs of whole lines in two stretches, in order."""
    old_rows, old_starts = lines(old, old_part.start, old_part.end)
    new_rows, new_starts = lines(new, new_part.start, new_part.end)
    runs = []
    for i, j, count in _paired(old_rows, new_rows):
        last = i + count - 1
        runs.append((old_starts[i], new_starts[j], old_starts[last] + len(old_rows[last]) - old_starts[i]))
    return _worth_keeping(old, new, old_part, new_part, runs)


Gap = tuple[Span, Span]
"""What stands before a run, or behind the last, in the old text and in the new."""


def _worth_keeping(old: str, new: str, old_part: Span, new_part: Span, runs: Sequence[Match]) -> list[Match]:
    """The runs without those that were moved across a longer text which was itself edited.

    Such runs stand between a stretch of old text that vanishes and a stretch of new text that appears; the two
    have more words in common, in order, than the runs hold.
    """
    kept = list(runs)
    gaps = _gaps(old_part, new_part, kept)
    index = looked = effort = 0
    while index < len(kept) and looked < MOST_LOOKS:
        end = _opposite(gaps, kept, index)
        index += 1
        if end is None:
            continue
        looked += 1
        first, last = gaps[index - 1], gaps[end]
        effort += max(map(len, first)) * max(map(len, last))
        if effort <= MOST_EFFORT and _outweighs(old, new, first, last, kept[index - 1 : end]):
            index -= 1
            del kept[index:end]
            gaps = _gaps(old_part, new_part, kept)
    return kept


def _opposite(gaps: Sequence[Gap], runs: Sequence[Match], first: int) -> int | None:
    """The next gap that gains (or loses) more text than stands between it and the first, which loses (or gains)."""
    surplus = _surplus(gaps[first])
    between = 0
    for index in range(first + 1, len(gaps)):
        between += runs[index - 1][2]
        if between >= abs(surplus):
            return None
        other = _surplus(gaps[index])
        if surplus * other < 0 and abs(other) > between:
            return index
    return None


def _surplus(gap: Gap) -> int:
    return len(gap[0]) - len(gap[1])


def _outweighs(old: str, new: str, first: Gap, last: Gap, between: Sequence[Match]) -> bool:
    """True when the text left over at two gaps is one text, edited, and more of it than the runs between hold."""
    before, after = (first[0], last[1]) if _surplus(first) > 0 else (last[0], first[1])
    one, other = words(old, before.start, before.end).keys, words(new, after.start, after.end).keys
    common = sum(length for _, _, length in common_runs(one, other))
    held = sum(len(words(old, i, i + length)) for i, _, length in between)
    return common > max(held, _SAME_TEXT * min(len(one), len(other)))


def _gaps(old_part: Span, new_part: Span, runs: Sequence[Match]) -> list[Gap]:
    """What stands before each run and behind the last."""
    gaps = []
    old_at, new_at = old_part.start, new_part.start
    for i, j, length in runs:
        gaps.append((Span(old_at, i), Span(new_at, j)))
        old_at, new_at = i + length, j + length
    gaps.append((Span(old_at, old_part.end), Span(new_at, new_part.end)))
    return gaps


def _paired(old_rows: list[str], new_rows: list[str]) -> list[tuple[int, int, int]]:
    """Runs of equal lines (index in old, index in new, count), in order in both."""
    pairs: list[tuple[int, int, int]] = []
    stack = [(0, len(old_rows), 0, len(new_rows))]
    while stack:
        old_from, old_to, new_from, new_to = stack.pop()
        i_at, j_at = old_from, new_from
        for i, j in _landmarks(old_rows, new_rows, old_from, old_to, new_from, new_to):
            if i < i_at:
                continue  # the run that began before has grown over it
            first, first_new = i, j
            while first > i_at and first_new > j_at and old_rows[first - 1] == new_rows[first_new - 1]:
                first, first_new = first - 1, first_new - 1
            last, last_new = i + 1, j + 1
            while last < old_to and last_new < new_to and old_rows[last] == new_rows[last_new]:
                last, last_new = last + 1, last_new + 1
            pairs.append((first, first_new, last - first))
            stack.append((i_at, first, j_at, first_new))
            i_at, j_at = last, last_new
        if i_at > old_from:
            stack.append((i_at, old_to, j_at, new_to))
    pairs.sort()
    return pairs


def _landmarks(
    old_rows: list[str], new_rows: list[str], old_from: int, old_to: int, new_from: int, new_to: int
) -> list[tuple[int, int]]:
    """Lines that stand once in each stretch, in the order that keeps most of their text."""
    if old_from == old_to or new_from == new_to:
        return []
    old_counts = Counter(old_rows[old_from:old_to])
    new_counts = Counter(new_rows[new_from:new_to])
    new_at = {new_rows[j]: j for j in range(new_from, new_to)}
    points = [
        (i, new_at[row])
        for i in range(old_from, old_to)
        if old_counts[row := old_rows[i]] == 1 == new_counts[row] and len(row.strip()) >= _LEAST_LETTERS
    ]
    if not points:
        return []
    chosen = heaviest_increasing([j for _, j in points], [len(old_rows[i]) for i, _ in points])
    return [points[k] for k in chosen]
