"""What a comparison of two laid-out texts is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.text.passages import Setting, Shape
from consult.domain.text.spans import Span

WordsKind = Literal["same", "del", "ins", "set"]
LineState = Literal["same", "changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words. `set` words stayed and are set otherwise than before; `settings` are how they are set now (how
    they were, for deleted ones) and `before` how set ones were. `difference` numbers the difference they belong to."""

    kind: WordsKind
    text: str
    settings: tuple[Setting, ...] = ()
    before: tuple[Setting, ...] = ()
    difference: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `is_added` and `is_removed` say that its whole row or column came or went."""

    state: LineState
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table, all rows of one table having equally many cells."""

    state: LineState
    cells: tuple[Cell, ...]
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Reshaped:
    """What a passage was before it became something else: a paragraph an entry of a list, a heading one of another
    level."""

    shape: Shape
    mark: str
    depth: int
    level: int


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of either text or of both. `mark`, `depth` and `level` are those of the new one where it stands there.

    `new_start` is where it begins in the new plain text, None for one that is gone. `differences` are the numbers of
    those in it, each where it begins: one that spans several paragraphs is in the first.
    """

    shape: Shape
    state: LineState
    words: tuple[Words, ...]
    mark: str = ""
    depth: int = 0
    level: int = 0
    grid: tuple[GridRow, ...] = ()
    was: Reshaped | None = None
    new_start: int | None = None
    differences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing a reader sees changed: where it stands in both plain texts; `is_of_setting` where words stayed."""

    old: Span
    new: Span
    is_of_setting: bool = False


@dataclass(frozen=True, slots=True)
class LaidComparison:
    """`lines` in reading order; `differences` by the numbers in them."""

    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]
