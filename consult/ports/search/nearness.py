"""Which forms of an index are spelled nearly like a word nobody wrote.

All of one slip (a letter missing, doubled, exchanged, two swapped, or spelled as it sounds in Polish) are looked up one
by one; those of two are looked for among the forms that begin alike. Bounded whatever was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from .ranking import Postings

LETTERS = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"

SHORTEST, LONGEST = 4, 24
"""Letters a word needs for a slip to be told from another word, and has at most."""

TWO_SLIPS_FROM = 7
"""Letters from which a word may hold two slips."""

BEGINNING = 3
LOOKED_THROUGH = 4_000
"""Forms with the same first letters that are compared, in each segment."""

_SOUNDS = (
    ("rz", "ż"),
    ("ch", "h"),
    ("ó", "u"),
    ("om", "ą"),
    ("on", "ą"),
    ("em", "ę"),
    ("en", "ę"),
    ("sz", "ś"),
    ("cz", "ć"),
    ("ii", "i"),
)


def near(segments: Sequence[Postings], word: str, *, most: int) -> list[tuple[int, str]]:
    """At most `most` forms with their slips, those of one first."""
    if not (SHORTEST <= len(word) <= LONGEST and word.isalpha()):
        return []
    found = {
        form: 1
        for form in one_slip(word)
        if form != word and any(segment.holds_surface(form) for segment in segments)
    }
    if len(word) >= TWO_SLIPS_FROM and len(found) < most:
        alike = chain.from_iterable(
            segment.surfaces(word[:BEGINNING], LOOKED_THROUGH) for segment in segments
        )
        for form in alike:
            if form not in found and form != word and form.isalpha() and is_within_two(word, form):
                found[form] = 2
    likeliest = sorted(
        found, key=lambda form: (found[form], form[0] != word[0], abs(len(form) - len(word)), form)
    )
    return [(found[form], form) for form in likeliest[:most]]


def one_slip(word: str) -> Iterator[str]:
    """Every word one slip away, some of them more than once."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
    for one, other in _SOUNDS:
        for written, meant in ((one, other), (other, one)):
            at = word.find(written)
            while at >= 0:
                yield word[:at] + meant + word[at + len(written) :]
                at = word.find(written, at + 1)


def is_within_two(one: str, other: str) -> bool:
    """Whether at most two letters were inserted, left out, exchanged or swapped with the next (optimal string
    alignment, Damerau 1964), stopping at the third."""
    if abs(len(one) - len(other)) > 2:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, match in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != match))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == match:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > 2:
            return False
        before, last = last, now
    return last[-1] <= 2
