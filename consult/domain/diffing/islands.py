"""Setting aside equal words that match only by chance.

The longest common subsequence of two unlike passages is full of stray words: an "i" here, a comma there. They
are true matches of no meaning. A reader of a redline, and a comment looking for its words, are better served
when such an island is taken as part of the change around it.
"""

from __future__ import annotations

from consult.domain.diffing.edits import EditScript, Hunk
from consult.domain.text.spans import Span

MOST_WORDS = 3
"""An equal run of more words is never an island."""
MOST_LETTERS = 40
"""Nor is one of more code points."""


def without_islands(script: EditScript, *, keep_breaks: bool = False) -> EditScript:
    """The same script with every island merged into the changes on both its sides.

    An island is an equal run of at most `MOST_WORDS` words between two changes both of which are longer than
    itself. With `keep_breaks` a run with a line feed stays, so that paragraphs keep apart, and so do several words at
    the beginning of a line: what was put in before a paragraph says nothing about how it begins.
    """
    if len(script.hunks) < 3:
        return script
    hunks: list[Hunk] = []
    for hunk in script.hunks:
        hunks.append(hunk)
        while (
            len(hunks) >= 3
            and not hunks[-1].is_equal
            and _is_island(script.old, hunks[-3], hunks[-2], hunks[-1], keep_breaks)
        ):
            first, last = hunks[-3], hunks[-1]
            hunks[-3:] = [
                Hunk(Span(first.old.start, last.old.end), Span(first.new.start, last.new.end), False)
            ]
    return EditScript(script.old, script.new, tuple(hunks))


def _is_island(old: str, before: Hunk, equal: Hunk, after: Hunk, keep_breaks: bool) -> bool:
    length = len(equal.old)
    if length > MOST_LETTERS:
        return False
    if length >= max(len(before.old), len(before.new)) or length >= max(len(after.old), len(after.new)):
        return False
    text = equal.old.of(old)
    if keep_breaks and "\n" in text:
        return False
    count = len(text.split())
    if keep_breaks and count > 1 and (equal.old.start == 0 or old[equal.old.start - 1] == "\n"):
        return False
    return count <= MOST_WORDS
