"""Sliding a pure insertion or deletion to the place where a reader would put it.

When the words before an inserted run equal the run's own ending, the run can as well begin earlier; when the words
after it equal its beginning, later. All those places are equally short; this module picks the one that begins at
the best boundary.
"""

from __future__ import annotations

from consult.domain.diffing.edits import Match
from consult.domain.diffing.tokens import common_prefix, common_suffix

FARTHEST = 2_000
"""Code points a run may slide either way; bounds the work on texts that repeat themselves."""


def slide(old: str, new: str, matches: list[Match]) -> list[Match]:
    """The same matches with every pure insertion or deletion between two of them at its best boundary."""
    merged = _touching_joined(matches)
    result: list[Match] = []
    for match in merged:
        if result:
            previous = result[-1]
            old_gap = match[0] - previous[0] - previous[2]
            new_gap = match[1] - previous[1] - previous[2]
            if old_gap and not new_gap:
                by = _shift(old, previous[0] + previous[2], match[0], previous[2], match[2])
            elif new_gap and not old_gap:
                by = _shift(new, previous[1] + previous[2], match[1], previous[2], match[2])
            else:
                by = 0
            if by:
                result[-1] = (previous[0], previous[1], previous[2] + by)
                match = (match[0] + by, match[1] + by, match[2] - by)
        result.append(match)
    return [match for match in result if match[2]]


def _touching_joined(matches: list[Match]) -> list[Match]:
    joined: list[Match] = []
    for i, j, length in matches:
        if not length:
            continue
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + length)
        else:
            joined.append((i, j, length))
    return joined


def _shift(text: str, start: int, end: int, room_before: int, room_after: int) -> int:
    """By how many code points to slide the run ``text[start:end]``: negative to the left, 0 to stay."""
    reach = min(room_before, FARTHEST)
    left = common_suffix(text[start - reach : start], text[max(start, end - reach) : end]) if reach else 0
    reach = min(room_after, FARTHEST)
    right = common_prefix(text[start : min(end, start + reach)], text[end : end + reach]) if reach else 0
    if not left and not right:
        return 0
    best = max(range(start - left, start + right + 1), key=lambda at: (_boundary(text, at), -abs(at - start)))
    return best - start


def _boundary(text: str, at: int) -> int:
    """How good a place this is to begin an insertion: 6 a paragraph, 5 a line, 3 a sentence, 1 a word, 0 within one."""
    if at == 0:
        return 6
    before, after = text[at - 1], text[at : at + 1]
    if before == "\n":
        if after == "\n" or not after:
            return 2
        return 6 if text[at - 2 : at - 1] in ("\n", "") else 5
    if before.isspace():
        if after.isspace():
            return 1
        return 4 if text[at - 2 : at - 1] in tuple(".;:!?") else 3
    if after.isspace() or not after:
        return 2
    return 0 if (before.isalnum() and after.isalnum()) else 1
