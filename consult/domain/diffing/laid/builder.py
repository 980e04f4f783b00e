"""Puts the lines of a comparison together, run by run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from consult.domain.diffing.laid.lines import (
    Difference,
    GridRow,
    LaidComparison,
    Line,
    LineState,
    Reshaped,
    Words,
)
from consult.domain.diffing.laid.settings import Settings, pieces_of_both
from consult.domain.text.passages import Laid, Passage
from consult.domain.text.spans import Span


@dataclass(slots=True)
class Draft:
    """A line being made: the passages of both texts it shows, and its words so far."""

    old: Passage | None
    new: Passage | None
    words: list[Words] = field(default_factory=list)
    grid: tuple[GridRow, ...] = ()
    differences: list[int] = field(default_factory=list)


class Builder:
    """Collects lines and numbers differences in the order in which they are read."""

    def __init__(self, old: Laid, new: Laid) -> None:
        self.old, self.new = old, new
        self.old_settings = Settings(old.settings, old.plain)
        self.new_settings = Settings(new.settings, new.plain)
        self._drafts: list[Draft] = []
        self._differences: list[Difference] = []
        self._of_new: dict[int, Draft] = {}

    # differences

    def differ(self, old: Span, new: Span, *, is_of_setting: bool = False) -> int:
        """Number a difference."""
        self._differences.append(Difference(old, new, is_of_setting))
        return len(self._differences) - 1

    # lines

    def line_of(self, at: int, partner: Passage | None = None) -> Draft:
        """The line of passage `at` of the new text, made when it is first asked for."""
        draft = self._of_new.get(at)
        if draft is None:
            draft = self._of_new[at] = Draft(partner, self.new.passages[at])
            self._drafts.append(draft)
        elif draft.old is None:
            draft.old = partner
        return draft

    def gone(self, passage: Passage) -> Draft:
        """A line of a passage that stands in the old text alone; words that follow on go to the same line."""
        last = self._drafts[-1] if self._drafts else None
        if last is not None and last.new is None and last.old is passage:
            return last
        draft = Draft(passage, None)
        self._drafts.append(draft)
        return draft

    def table(
        self, old: Passage | None, new: Passage | None, at: int | None, grid: Sequence[GridRow]
    ) -> None:
        """A whole table as a line; `at` is its place among the passages of the new text."""
        draft = self.line_of(at, old) if at is not None else self.gone(old or self.old.passages[0])
        draft.old, draft.new, draft.grid = old, new, tuple(grid)
        found = {words.difference for row in grid for cell in row.cells for words in cell.words}
        draft.differences = sorted(number for number in found if number is not None)

    # words

    def deleted(self, span: Span, difference: int | None) -> Iterator[Words]:
        for piece, settings in self.old_settings.pieces(span):
            yield Words("del", piece.of(self.old.plain), settings, difference=difference)

    def inserted(self, span: Span, difference: int | None) -> Iterator[Words]:
        for piece, settings in self.new_settings.pieces(span):
            yield Words("ins", piece.of(self.new.plain), settings, difference=difference)

    def stayed(self, old_start: int, span: Span) -> Iterator[Words]:
        """Words that stand in both; a new difference for every stretch of them that is set otherwise."""
        running: int | None = None
        for piece, now, before in pieces_of_both(self.old_settings, self.new_settings, old_start, span):
            text = piece.of(self.new.plain)
            if now == before:
                running = None
                yield Words("same", text, now)
                continue
            if running is None:
                old = Span(old_start + piece.start - span.start, old_start + piece.end - span.start)
                running = self.differ(old, piece, is_of_setting=True)
            if piece.is_empty:
                yield Words("del", "", before, difference=running)
                yield Words("ins", "", now, difference=running)
                continue
            yield Words("set", text, now, before, running)

    # the end

    def finish(self) -> LaidComparison:
        shown: set[int] = set()
        lines = []
        for draft in self._drafts:
            line = self._line(draft)
            fresh = tuple(number for number in line if number not in shown)
            shown.update(fresh)
            lines.append(_finished(draft, fresh))
        return LaidComparison(tuple(lines), tuple(self._differences))

    def _line(self, draft: Draft) -> list[int]:
        """The numbers of the differences in a line, that of its own shape first."""
        if draft.grid:
            return draft.differences
        numbers = [words.difference for words in draft.words if words.difference is not None]
        was = _reshaped(draft)
        if was is not None and draft.old is not None and draft.new is not None:
            numbers = [self.differ(draft.old.span, draft.new.span, is_of_setting=True), *numbers]
        return list(dict.fromkeys(numbers))


def _reshaped(draft: Draft) -> Reshaped | None:
    old, new = draft.old, draft.new
    if old is None or new is None or draft.grid:
        return None
    if (old.shape, old.depth, old.level, old.mark == "•") == (
        new.shape,
        new.depth,
        new.level,
        new.mark == "•",
    ):
        return None
    return Reshaped(old.shape, old.mark, old.depth, old.level)


def _finished(draft: Draft, differences: tuple[int, ...]) -> Line:
    passage = draft.new or draft.old
    assert passage is not None  # noqa: S101 - a line shows one passage at least
    return Line(
        shape=passage.shape,
        state=_state(draft),
        words=tuple(draft.words),
        mark=passage.mark,
        depth=passage.depth,
        level=passage.level,
        grid=draft.grid,
        was=_reshaped(draft),
        new_start=draft.new.span.start if draft.new else None,
        differences=differences,
    )


def _state(draft: Draft) -> LineState:
    if draft.new is None:
        return "removed"
    if draft.grid:
        states = {row.state for row in draft.grid} | {cell.state for row in draft.grid for cell in row.cells}
        if draft.old is None:
            return "added"
        return "same" if states <= {"same"} else "changed"
    kinds = {words.kind for words in draft.words}
    if draft.old is None and kinds <= {"ins"}:
        return "added"
    return "same" if kinds <= {"same"} and _reshaped(draft) is None else "changed"
