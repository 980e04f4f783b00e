"""What a section looks like to somebody who has to recognise it: heading, title, words of the body."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from consult.domain.text.outline import body


class Sectioned(Protocol):
    """What is known of a section; `level` is 1 to 6, or 0 for the preamble."""

    @property
    def heading(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def source(self) -> str: ...


_TELLING_WORDS = 3
"""With fewer words than this a section may equal another by chance."""

Bag = Counter[str]

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\w*\d\w*|[IVXLCDM]+|[a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Face:
    """`title` is the heading's words without its number; `shingles` are pairs of neighbouring words of the body."""

    level: int
    heading: str
    title: tuple[str, ...]
    source: str
    body: str
    words: int
    shingles: Bag

    @property
    def words_in_order(self) -> tuple[str, ...] | None:
        """All its words, numbers among them, wherever the lines break; None where there are none."""
        return tuple(_WORD.findall(self.source.casefold())) or None

    @property
    def is_telling(self) -> bool:
        """Whether it says enough to be known by its words alone."""
        return self.words + len(self.title) >= _TELLING_WORDS

    @property
    def has_telling_body(self) -> bool:
        return self.words >= 2 * _TELLING_WORDS


def face(section: Sectioned) -> Face:
    inner = body(section.source)
    words = _WORD.findall(inner.casefold())
    neighbours = zip(["", *words], [*words, ""], strict=True) if words else ()
    return Face(
        section.level,
        " ".join(section.heading.split()),
        _title(section.heading),
        section.source.strip(),
        inner.strip(),
        len(words),
        Counter(f"{first} {second}" for first, second in neighbours),
    )


def _title(heading: str) -> tuple[str, ...]:
    """The words of a heading without its number and what kind of unit the number counts (Art. 5, Rozdział II, 2.1)."""
    words = _WORD.findall(heading)
    numbers = [at for at, word in enumerate(words[:2]) if _NUMBER.fullmatch(word)]
    start = numbers[0] if numbers else 0
    while numbers and start < len(words) and _NUMBER.fullmatch(words[start]):
        start += 1
    return tuple(word.casefold() for word in words[start:])


@dataclass(frozen=True, slots=True)
class Faces:
    old: list[Face]
    new: list[Face]


def similarity(old: Face, new: Face) -> float:
    """How much of the two bodies is the same, 0 to 1."""
    if not old.words and not new.words:
        return 1.0
    return dice(old.shingles, new.shingles)


def dice(one: Bag, other: Bag) -> float:
    whole = one.total() + other.total()
    return 2 * _shared(one, other) / whole if whole else 0.0


def _shared(one: Bag, other: Bag) -> int:
    if len(other) < len(one):
        one, other = other, one
    return sum(min(count, other[key]) for key, count in one.items() if key in other)


def held(part: Face, whole: Face) -> float:
    """How much of `part` stands in `whole`, 0 to 1."""
    if not part.has_telling_body:
        return 0.0
    return _shared(part.shingles, whole.shingles) / part.shingles.total()


_COMMON = 12
"""A pair of words in more sections than this says nothing about which section it is."""


def holders_of(old: Sequence[Face], among: Sequence[int]) -> dict[str, list[int]]:
    """For every pair of words the sections among which it tells apart."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i in among:
        for shingle in old[i].shingles:
            holders[shingle].append(i)
    return {shingle: where for shingle, where in holders.items() if len(where) <= _COMMON}


def sharers(holders: dict[str, list[int]], face: Face) -> list[int]:
    """The sections that share most with `face`, a pair of words counting the more the fewer sections have it."""
    shared: Counter[int] = Counter()
    for shingle in face.shingles:
        where = holders.get(shingle, ())
        for i in where:
            shared[i] += 5040 // len(where)  # whole numbers, so that the sum is the same in any order
    return sorted(shared, key=lambda i: (-shared[i], i))
