"""Keys that keep sections in order, so that putting one between two others touches no third.

A rank is a string of base-62 digits read as a fraction after the point and compared bytewise; it
never ends in the smallest digit, so there is always room before it. This is fractional indexing.
"""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


def between(before: str | None, after: str | None) -> str:
    """A rank strictly between two others; None stands for the beginning and the end.

    Raises ValueError unless ``before < after``.
    """
    if before is not None and after is not None and before >= after:
        raise ValueError("ranks out of order")
    low, high = before or "", after
    rank: list[str] = []
    place = 0
    while True:
        bottom = _VALUE[low[place]] if place < len(low) else 0
        top = _VALUE[high[place]] if high is not None and place < len(high) else len(DIGITS)
        middle = (bottom + top) // 2
        if middle > bottom:
            return "".join(rank) + DIGITS[middle]
        rank.append(DIGITS[bottom])
        if top > bottom:
            high = None  # the digit already puts the rank below `after`
        place += 1


def spread(before: str | None, after: str | None, count: int) -> list[str]:
    """`count` ranks in order between two others, as short as even spacing makes them."""
    if count <= 0:
        return []
    middle = between(before, after)
    left = (count - 1) // 2
    return [*spread(before, middle, left), middle, *spread(middle, after, count - 1 - left)]
