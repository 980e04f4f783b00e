"""Cutting a text into the units that are compared: lines, and the words within them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_WORD = re.compile(r"(\w+)")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of text: what they say, where each starts and ends (code points of the whole text).

    A word is a run of letters, digits and underscores; what stands between words is not a unit of its own.
    """

    text: str
    keys: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.keys)


def words(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of ``text[start:end]``."""
    # cut into marks, word, marks, word, … marks: every second piece is a word
    pieces = _WORD.split(text[start:end])
    places = list(accumulate(map(len, pieces), initial=start))
    return Words(text, pieces[1::2], places[1:-1:2], places[2::2])


def lines(text: str, start: int, end: int) -> tuple[list[str], list[int]]:
    """The lines of ``text[start:end]`` without their line feeds, and where each starts in the whole text."""
    rows = text[start:end].split("\n")
    starts = []
    at = start
    for row in rows:
        starts.append(at)
        at += len(row) + 1
    return rows, starts


def common_prefix(old: str, new: str) -> int:
    """How many code points the two texts share at their beginning."""
    if old[:1] != new[:1]:
        return 0
    low, high = 0, min(len(old), len(new))
    if old[:high] == new[:high]:
        return high
    # the first `low` code points are equal, the first `high` are not
    while high - low > 1:
        middle = (low + high) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle
    return low


def common_suffix(old: str, new: str) -> int:
    """How many code points the two texts share at their end."""
    if old[-1:] != new[-1:]:
        return 0
    low, high = 0, min(len(old), len(new))
    if old[len(old) - high :] == new[len(new) - high :]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]:
            low = middle
        else:
            high = middle
    return low


def is_word(character: str) -> bool:
    """True for what words are made of."""
    return character.isalnum() or character == "_"


def heaviest_increasing(numbers: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Indexes of a strictly increasing subsequence of the greatest total weight, O(n log n).

    `weights` are positive. The usual case, that all numbers already increase, costs one pass.
    """
    if all(before < after for before, after in pairwise(numbers)):
        return list(range(len(numbers)))
    # tops: the non-dominated ends of chains so far, numbers and totals both increasing
    tops: list[int] = []
    totals: list[int] = []
    ends: list[int] = []
    before = [-1] * len(numbers)
    for index, number in enumerate(numbers):
        place = bisect_left(tops, number)
        total = weights[index] + (totals[place - 1] if place else 0)
        before[index] = ends[place - 1] if place else -1
        stop = place
        while stop < len(tops) and totals[stop] <= total:
            stop += 1
        tops[place:stop] = [number]
        totals[place:stop] = [total]
        ends[place:stop] = [index]
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]
