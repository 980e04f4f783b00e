"""What stood where a change put words."""

from __future__ import annotations

from consult.domain.diffing.compare import compare
from consult.domain.diffing.edits import Hunk
from consult.domain.text.spans import Span


def find_replaced(before: str, after: str, words: str) -> tuple[Span, Span] | None:
    """The lines of `before` that the change replaced, and those of `after` it left, where it put `words` there.

    None when the words are not among those that differ. Of several places the one that holds the words whole is
    taken, else the one that shares most of them.
    """
    sought = words.strip()
    if not sought:
        return None
    best: Hunk | None = None
    most = 0
    for hunk in compare(before, after, letters=False).hunks:
        if hunk.is_equal or hunk.new.is_empty:
            continue
        put = hunk.new.of(after)
        shared = len(sought) if sought in put else len(put.strip()) if put.strip() in sought else 0
        if shared > most:
            best, most = hunk, shared
    return (_lines(before, best.old), _lines(after, best.new)) if best else None


def _lines(text: str, span: Span) -> Span:
    """The whole lines under a span, without blank ones around it."""
    stretch = span.of(text)
    start = span.start + len(stretch) - len(stretch.lstrip("\n"))
    end = max(start, span.end - (len(stretch) - len(stretch.rstrip("\n"))))
    start = min(start, span.end)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return Span(first, max(first, len(text) if last < 0 else last))
