"""Two people's edits of one text brought together, and what cannot be brought together told apart.

Both sides are compared with the base they started from. An edit that only one side made is taken over, one that
both made alike is taken over once. Two different edits conflict when they overlap, when they touch, or when they
stand side by side with no word of the base between them; but never across the end of a sentence, for then each has
its own sentence and its own place. So edits to different sentences never conflict, and different words put in at
one and the same point always do.

Nothing anybody wrote is lost: every word either side put in stands in the text or in a conflict. Nobody's edit is
preferred but in the text of a conflict, which holds ours until a person decides (see conflicts).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.domain.merging.sentences import (
    Edit,
    Sentences,
    applied,
    edits,
    ends_sentence,
    has_word,
    sentences,
)
from consult.domain.text.spans import Span


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same stretch as it was and as each side wants it; `at` is where `ours` stands in the merged text."""

    base: str
    ours: str
    theirs: str
    at: Span


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The merged text, holding ours where they conflict, and the conflicts in order of place."""

    text: str
    conflicts: tuple[Conflict, ...]

    @property
    def is_clean(self) -> bool:
        return not self.conflicts


def merge(base: str, ours: str, theirs: str) -> MergeResult:
    """`base` with the edits of both sides; any three texts.

    ``merge(b, x, b)``, ``merge(b, b, x)`` and ``merge(b, x, x)`` are x without conflict. Swapping the sides swaps
    the conflicts and changes nothing else. Positions are code points.
    """
    if ours == theirs or theirs == base:
        return MergeResult(ours, ())
    if ours == base:
        return MergeResult(theirs, ())
    whole = sentences(base)
    one, other = _apart(whole, edits(whole, ours), edits(whole, theirs))
    return _assemble(whole, one, other)


# --- setting apart what shares no word ---------------------------------------------------------------------------


def _apart(base: Sentences, one: list[Edit], other: list[Edit]) -> tuple[list[Edit], list[Edit]]:
    """Both sides' edits, deletions drawn back from the space at a sentence's end where the other side's begins.

    To delete the last sentence of a paragraph is to delete the space before it; to delete the one before is to
    delete the space behind it. The two meet in that space, but in no word.
    """
    return _drawn_back(base, one, other), _drawn_back(base, other, one)


def _drawn_back(base: Sentences, mine: list[Edit], others: list[Edit]) -> list[Edit]:
    result: list[Edit] = []
    nearest = 0
    for edit in mine:
        while nearest < len(others) and others[nearest].span.end < edit.span.start:
            nearest += 1
        at = nearest
        while at < len(others) and others[at].span.start <= edit.span.end:
            if edit != others[at]:
                edit = _without_shared_space(base, edit, others[at])
            at += 1
        result.append(edit)
    return result


def _without_shared_space(base: Sentences, edit: Edit, other: Edit) -> Edit:
    """`edit`, if it is a deletion, no longer reaching over the wordless edge of a sentence into `other`."""
    span = edit.span
    if span.is_empty or has_word(edit.text):
        return edit
    is_behind = other.span.start <= span.start
    head = Span(span.start, min(other.span.end, span.end)) if other.span.end > span.start else None
    if head and (is_behind or other.span.is_empty) and _is_margin(base, head):
        return Edit(Span(head.end, span.end), edit.text)
    tail = Span(other.span.start, span.end) if span.start < other.span.start < span.end else None
    # Of two deletions the later one draws back, so that the space between them goes once.
    if tail and (other.span.is_empty or has_word(other.text)) and _is_margin(base, tail):
        return Edit(Span(span.start, tail.start), edit.text)
    return edit


def _is_margin(base: Sentences, margin: Span) -> bool:
    return not has_word(margin.of(base.text)) and base.has_seam(margin.start, margin.end)


# --- bringing together -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Group:
    """Edits that cannot be carried out apart from one another."""

    ours: list[Edit]
    theirs: list[Edit]

    @property
    def span(self) -> Span:
        spans = [edit.span for edit in (*self.ours, *self.theirs)]
        return Span(min(span.start for span in spans), max(span.end for span in spans))


def _assemble(base: Sentences, ours: list[Edit], theirs: list[Edit]) -> MergeResult:
    parts: list[str] = []
    conflicts: list[Conflict] = []
    at = length = 0

    def put(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for group in _groups(base, ours, theirs):
        span = group.span
        put(base.text[at : span.start])
        mine = applied(base.text, group.ours, span.start, span.end)
        yours = applied(base.text, group.theirs, span.start, span.end)
        agreed = _agreed(span.of(base.text), mine, yours)
        if agreed is None:
            conflicts.append(Conflict(span.of(base.text), mine, yours, Span(length, length + len(mine))))
        put(mine if agreed is None else agreed)
        at = span.end
    put(base.text[at:])
    return MergeResult("".join(parts), tuple(conflicts))


def _agreed(base: str, mine: str, yours: str) -> str | None:
    """What a stretch becomes when nobody has to decide, else None: spaces within a line are not worth a conflict."""
    if mine == yours or yours == base:
        return mine
    if mine == base:
        return yours
    was, one, other = _without_spaces(base), _without_spaces(mine), _without_spaces(yours)
    if one == other:
        return max(mine, yours, key=_by_length)
    if other == was:
        return mine
    return yours if one == was else None


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text


def _without_spaces(text: str) -> str:
    return text.replace(" ", "").replace("\t", "")


def _groups(base: Sentences, ours: Sequence[Edit], theirs: Sequence[Edit]) -> Iterator[_Group]:
    """The edits of both sides in order, those that clash in one group; what both did alike stands in both lists."""
    agreed = set(ours) & set(theirs)
    i = j = 0
    while i < len(ours) or j < len(theirs):
        group = _Group([], [])
        if j >= len(theirs) or (i < len(ours) and _place(ours[i]) <= _place(theirs[j])):
            group.ours.append(ours[i])
            i += 1
        else:
            group.theirs.append(theirs[j])
            j += 1
        grown = True
        while grown:
            grown = False
            while i < len(ours) and _joins(base, ours[i], group.theirs, agreed):
                group.ours.append(ours[i])
                i, grown = i + 1, True
            while j < len(theirs) and _joins(base, theirs[j], group.ours, agreed):
                group.theirs.append(theirs[j])
                j, grown = j + 1, True
        yield group


def _place(edit: Edit) -> tuple[int, int, tuple[bool, bool]]:
    return edit.span.start, edit.span.end, _rank(edit)


def _rank(edit: Edit) -> tuple[bool, bool]:
    """What an insertion is, in the order in which two at one point between sentences can both stand."""
    return not ends_sentence(edit.text), not has_word(edit.text)


def _joins(base: Sentences, edit: Edit, others: Sequence[Edit], agreed: set[Edit]) -> bool:
    if not others:
        return False
    last = others[-1]
    if edit == last:
        return True
    if edit in agreed or last in agreed:
        return False
    return _clash(base, *sorted((edit, last), key=_place))


def _clash(base: Sentences, first: Edit, second: Edit) -> bool:
    """Whether the two cannot both be carried out; `first` stands before `second` or begins with it.

    Of two insertions between sentences a whole sentence goes before space, and both before words that begin the next.
    """
    start, end = first.span.end, second.span.start
    if start > end:
        return True
    if first.span == second.span:
        return not (base.has_seam(start, end) and _rank(first) != _rank(second))
    return not has_word(base.text[start:end]) and not base.has_seam(start, end)
