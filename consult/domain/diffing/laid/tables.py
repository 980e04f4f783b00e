"""Tables compared row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consult.domain.diffing.compare import compare
from consult.domain.diffing.laid.builder import Builder
from consult.domain.diffing.laid.lines import Cell, GridRow, Words
from consult.domain.diffing.lcs import common_runs
from consult.domain.diffing.redline import readable
from consult.domain.diffing.tokens import heaviest_increasing
from consult.domain.text.passages import Passage, Row
from consult.domain.text.spans import Span

_ALIKE = 0.4
"""Rows and tables that share less than this of their words are different ones."""

_MOST_PAIRS = 40_000
"""More pairs of rows than this are not weighed one against another; those between equal ones go in order."""

Pairing = list[tuple[int | None, int | None]]
"""Indices of old and new in reading order, None where there is no counterpart."""


def pair_tables(
    old: Sequence[Passage], new: Sequence[Passage], old_plain: str, new_plain: str
) -> dict[int, int]:
    """Which table of the new text (index) continues which of the old one, in order."""
    before = [frozenset(table.span.of(old_plain).split()) for table in old]
    after = [frozenset(table.span.of(new_plain).split()) for table in new]
    if len(old) == len(new) == 1:
        return {0: 0}
    best: list[tuple[int, int]] = []
    taken: set[int] = set()
    for j, words in enumerate(after):
        weighed = [(_alike(before[i], words), -i) for i in range(len(before)) if i not in taken]
        score, at = max(weighed, default=(0.0, 0))
        if score >= _ALIKE:
            best.append((j, -at))
            taken.add(-at)
    keep = heaviest_increasing([i for _, i in best], [1] * len(best))
    return {best[at][0]: best[at][1] for at in keep}


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 1.0


def compare_tables(builder: Builder, old: Passage | None, new: Passage | None) -> list[GridRow]:
    """The rows of two tables that correspond, or of one that came or went, which is one difference."""
    before, after = old.rows if old else (), new.rows if new else ()
    table = _Table(builder, _columns(builder, before, after))
    if old is None or new is None:
        table.whole = builder.differ(old.span if old else Span(0, 0), new.span if new else Span(0, 0))
    return [
        table.row(before[i] if i is not None else None, after[j] if j is not None else None)
        for i, j in _pair_rows(builder, before, after)
    ]


def _texts(row: Row, plain: str) -> tuple[str, ...]:
    return tuple(cell.of(plain) for cell in row.cells)


def _columns(builder: Builder, before: Sequence[Row], after: Sequence[Row]) -> Pairing:
    """How the columns correspond: by their heads, or by their places where there are equally many."""
    old_count = max((len(row.cells) for row in before), default=0)
    new_count = max((len(row.cells) for row in after), default=0)
    if old_count == new_count or not before or not after:
        most = max(old_count, new_count)
        return [(at if before else None, at if after else None) for at in range(most)]
    heads = _texts(before[0], builder.old.plain), _texts(after[0], builder.new.plain)
    pairs = [(i + k, j + k) for i, j, count in common_runs(*heads) for k in range(count)]
    return list(_woven(pairs, old_count, new_count))


def _woven(
    pairs: Sequence[tuple[int, int]], old_count: int, new_count: int
) -> Iterator[tuple[int | None, int | None]]:
    """Pairs in order, with what stands between them on either side: the old first."""
    old_at = new_at = 0
    for i, j in [*pairs, (old_count, new_count)]:
        yield from ((at, None) for at in range(old_at, i))
        yield from ((None, at) for at in range(new_at, j))
        if i < old_count:
            yield i, j
        old_at, new_at = i + 1, j + 1


def _pair_rows(builder: Builder, before: Sequence[Row], after: Sequence[Row]) -> Pairing:
    """Equal rows first; between them the most alike, in order."""
    old = [_texts(row, builder.old.plain) for row in before]
    new = [_texts(row, builder.new.plain) for row in after]
    pairs: list[tuple[int, int]] = []
    old_at = new_at = 0
    equal = common_runs(["\t".join(row) for row in old], ["\t".join(row) for row in new])
    for i, j, count in [*equal, (len(old), len(new), 0)]:
        pairs += _most_alike(old, new, range(old_at, i), range(new_at, j))
        pairs += [(i + k, j + k) for k in range(count)]
        old_at, new_at = i + count, j + count
    return list(_woven(pairs, len(old), len(new)))


def _most_alike(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], rows: range, others: range
) -> list[tuple[int, int]]:
    if not rows or not others:
        return []
    if len(rows) == len(others) == 1:
        return [(rows[0], others[0])]
    if len(rows) * len(others) > _MOST_PAIRS:
        return list(zip(rows, others, strict=False))
    words = {i: frozenset(" ".join(old[i]).split()) for i in rows}
    found: list[tuple[int, int]] = []
    weights: list[int] = []
    taken: set[int] = set()
    for j in others:
        mine = frozenset(" ".join(new[j]).split())
        weighed = [
            (_alike(words[i], mine) + 0.5 * (old[i][:1] == new[j][:1]), -i) for i in rows if i not in taken
        ]
        score, at = max(weighed, default=(0.0, 0))
        if score >= _ALIKE:
            found.append((-at, j))
            weights.append(max(1, round(100 * score)))
            taken.add(-at)
    return [found[at] for at in heaviest_increasing([i for i, _ in found], weights)]


class _Table:
    """Makes the rows of one table; `whole` is the difference all its cells belong to, where there is one."""

    def __init__(self, builder: Builder, columns: Pairing) -> None:
        self.builder, self.columns = builder, columns
        self.whole: int | None = None
        self._of_column: dict[int, int] = {}

    def row(self, old: Row | None, new: Row | None) -> GridRow:
        of_row = self.whole
        if of_row is None and old is None and new is not None:
            of_row = self.builder.differ(Span(0, 0), _span(new))
        elif of_row is None and new is None and old is not None:
            of_row = self.builder.differ(_span(old), Span(0, 0))
        cells = []
        for column, (i, j) in enumerate(self.columns):
            before = old.cells[i] if old and i is not None and i < len(old.cells) else None
            after = new.cells[j] if new and j is not None and j < len(new.cells) else None
            cells.append(self._cell(column, before, after, of_row))
        kept = new or old
        is_head = kept is not None and kept.is_head
        if old is None or new is None:
            return GridRow("added" if old is None else "removed", tuple(cells), is_head)
        is_same = all(cell.state == "same" for cell in cells)
        return GridRow("same" if is_same else "changed", tuple(cells), is_head)

    def _cell(self, column: int, old: Span | None, new: Span | None, of_row: int | None) -> Cell:
        if old is not None and new is not None:
            words = tuple(_compared(self.builder, old, new))
            return Cell("changed" if any(one.kind != "same" for one in words) else "same", words)
        if old is None and new is None:
            return Cell("same", ())
        number = of_row if of_row is not None else self._column(column, old or Span(0, 0), new or Span(0, 0))
        if new is not None:
            return Cell("added", () if new.is_empty else tuple(self.builder.inserted(new, number)))
        assert old is not None  # noqa: S101
        return Cell("removed", () if old.is_empty else tuple(self.builder.deleted(old, number)))

    def _column(self, column: int, old: Span, new: Span) -> int:
        """The difference of a column that came or went."""
        if column not in self._of_column:
            self._of_column[column] = self.builder.differ(old, new)
        return self._of_column[column]


def _span(row: Row) -> Span:
    return Span(row.cells[0].start, row.cells[-1].end) if row.cells else Span(0, 0)


def _compared(builder: Builder, old: Span, new: Span) -> Iterator[Words]:
    script = readable(compare(old.of(builder.old.plain), new.of(builder.new.plain), letters=False))
    for hunk in script.hunks:
        before, after = hunk.old.shifted(old.start), hunk.new.shifted(new.start)
        if hunk.is_equal:
            yield from builder.stayed(before.start, after)
            continue
        number = builder.differ(before, after)
        if not before.is_empty:
            yield from builder.deleted(before, number)
        if not after.is_empty:
            yield from builder.inserted(after, number)
