"""Longest common subsequences and edit similarity; the only file that knows rapidfuzz.

The subsequence is exact (bit-parallel, Hyyrö 2004). Its cost is the product of the two lengths in bits, both in
time and in memory, so a pair too large for that is first cut in two where the texts agree, see `common_runs`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.fuzz import partial_ratio_alignment

Run = tuple[int, int, int]
"""Start in the first sequence, start in the second, length."""

LARGEST_TABLE = 25_000 * 25_000
"""Bits of the largest alignment table: 78 MB, about 0.1 s. Texts of 100 KB stay far below it."""


def similarity(old: Sequence[Hashable], new: Sequence[Hashable]) -> float:
    """Share of both that is in their longest common subsequence, 0 to 1; two empty ones are alike (1)."""
    return float(Indel.normalized_similarity(old, new))


def best_window(quote: str, text: str) -> tuple[int, int]:
    """Where in `text` the stretch most like `quote` starts and ends; of about its length, or all of a shorter text."""
    if len(text) <= len(quote):
        return 0, len(text)
    found = partial_ratio_alignment(quote, text)
    return (found.dest_start, found.dest_end) if found else (0, 0)


def common_runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The equal runs of a longest common subsequence of two sequences of words, in order.

    What stands in only one of the two can never match and is left out beforehand. Only when the rest would need
    a table above `LARGEST_TABLE` is the result no longer the longest: then both are cut at words that are rare
    in each, or failing these at the same proportion of their lengths.
    """
    shared = set(old).intersection(new)
    if not shared:
        return []
    ids = {word: _letter(number) for number, word in enumerate(dict.fromkeys(w for w in old if w in shared))}
    old_at = [i for i, word in enumerate(old) if word in shared]
    new_at = [j for j, word in enumerate(new) if word in shared]
    old_coded = "".join([ids[old[i]] for i in old_at])
    new_coded = "".join([ids[new[j]] for j in new_at])
    pairs: list[tuple[int, int]] = []
    for i, j, length in _runs(old_coded, new_coded):
        pairs.extend(zip(old_at[i : i + length], new_at[j : j + length], strict=True))
    return _joined(pairs)


def _letter(number: int) -> str:
    """One code point per distinct word, never a surrogate."""
    return chr(number if number < 0xD800 else number + 0x800)


def _runs(old: str, new: str) -> list[Run]:
    if len(old) * len(new) <= LARGEST_TABLE:
        return [(block.a, block.b, block.size) for block in LCSseq.editops(old, new).as_matching_blocks()]
    runs: list[Run] = []
    old_from = new_from = 0
    for old_to, new_to in [*_cuts(old, new), (len(old), len(new))]:
        runs += [
            (old_from + i, new_from + j, length)
            for i, j, length in _runs(old[old_from:old_to], new[new_from:new_to])
        ]
        old_from, new_from = old_to, new_to
    return runs


def _cuts(old: str, new: str) -> list[tuple[int, int]]:
    """Places, strictly inside at least one of the two, at which both are cut so that the parts get smaller."""
    chain = _rare_chain(old, new)
    old_step, new_step = len(old) // 8, len(new) // 8
    cuts: list[tuple[int, int]] = []
    i_last = j_last = 0
    for i, j in chain:
        if (i - i_last >= old_step or j - j_last >= new_step) and (i, j) != (0, 0):
            cuts.append((i, j))
            i_last, j_last = i, j
    if cuts:
        return cuts
    return [(len(old) // 2, len(new) // 2)]


def _rare_chain(old: str, new: str) -> list[tuple[int, int]]:
    """The longest chain of four-word runs that occur once in each text (patience, Cohen 2003)."""
    size = 4
    old_grams = Counter(old[i : i + size] for i in range(len(old) - size + 1))
    new_at = {new[j : j + size]: j for j in range(len(new) - size + 1)}
    new_grams = Counter(new[j : j + size] for j in range(len(new) - size + 1))
    points = [
        (i, new_at[gram])
        for i in range(len(old) - size + 1)
        if old_grams[gram := old[i : i + size]] == 1 == new_grams[gram]
    ]
    return [points[k] for k in longest_increasing([j for _, j in points])]


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """Indexes of a longest strictly increasing subsequence (Schensted 1961), O(n log n)."""
    tails: list[int] = []
    tail_index: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        before.append(tail_index[place - 1] if place else -1)
        if place == len(tails):
            tails.append(number)
            tail_index.append(index)
        else:
            tails[place] = number
            tail_index[place] = index
    chain = []
    index = tail_index[-1] if tail_index else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def _joined(pairs: list[tuple[int, int]]) -> list[Run]:
    """Matched places as runs."""
    runs: list[Run] = []
    for i, j in pairs:
        if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == j:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs
