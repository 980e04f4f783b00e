"""A comparison for reading: which words stayed, which were struck out, which were put in."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.diffing.compare import compare
from consult.domain.diffing.edits import EditScript, Kind
from consult.domain.diffing.islands import without_islands
from consult.domain.text.spans import Span


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a redline: its words, and where they stand in both texts.

    `kind` is ``equal``, ``delete`` or ``insert``. A deleted run has an empty span in the new text, which marks
    where it stood; an inserted one has an empty span in the old.
    """

    kind: Kind
    text: str
    old: Span
    new: Span

    @property
    def is_space(self) -> bool:
        """True for white space alone: a line broken elsewhere, which a page may choose not to mark."""
        return self.text.isspace()


def redline(old: str, new: str) -> list[Run]:
    """`old` and `new` as one sequence of runs, deletions before the insertions that replace them.

    No word is cut, and where a passage was rewritten it is struck out and put in whole: single words that match
    by chance do not break it up. The equal and deleted runs are `old`, the equal and inserted ones are `new`.
    """
    return runs_of(readable(compare(old, new, letters=False)))


def readable(script: EditScript) -> EditScript:
    """The script without words that match by chance; paragraphs keep apart."""
    return without_islands(script, keep_breaks=True)


def runs_of(script: EditScript) -> list[Run]:
    """The runs of any script, in its own grain."""
    runs: list[Run] = []
    for hunk in script.hunks:
        if hunk.is_equal:
            runs.append(Run(Kind.EQUAL, hunk.old.of(script.old), hunk.old, hunk.new))
            continue
        if not hunk.old.is_empty:
            place = Span(hunk.new.start, hunk.new.start)
            runs.append(Run(Kind.DELETE, hunk.old.of(script.old), hunk.old, place))
        if not hunk.new.is_empty:
            place = Span(hunk.old.end, hunk.old.end)
            runs.append(Run(Kind.INSERT, hunk.new.of(script.new), place, hunk.new))
    return runs
