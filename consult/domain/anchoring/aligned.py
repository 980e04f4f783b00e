"""Where a passage stands according to a comparison of the two texts: the words around it tell."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.diffing.edits import EditScript, Hunk
from consult.domain.diffing.lcs import best_window, similarity
from consult.domain.text.spans import Span

LONGEST_SEARCH = 4_000
"""Code points of a replaced run up to which the most similar part of it is looked for."""

DOUBTFUL = 0.6
"""Two passages less alike than this are not surely one: unrelated sentences of one language reach 0.5."""
REWRITTEN = 0.7
"""What shares not one word with a passage must be more alike than that: the same words with other endings."""
MOST_CUTS = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the new text where a passage may stand now, and how alike the two are (0 to 1)."""

    span: Span
    similarity: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of the passage that is unchanged: where it was, and where it is."""

    old: Span
    new: Span


def alike(old: str, new: str) -> float:
    """How alike two passages are, 0 to 1, however their lines are broken."""
    if old == new:
        return 1.0
    return similarity(" ".join(old.split()), " ".join(new.split()))


def aligned(script: EditScript, span: Span) -> Candidate | None:
    """Where the comparison puts the passage `span` of the old text; None when nothing stands there now."""
    hunks = _overlapping(script, span)
    if len(hunks) == 1 and hunks[0].is_equal:
        return Candidate(span.shifted(hunks[0].new.start - hunks[0].old.start), 1.0)
    pieces = _pieces(script, hunks, span)
    if not pieces:
        found = _measured(script, span, _within_replacement(script, hunks, span))
        return _as_whole_block(script, span, found) if found and found.similarity >= REWRITTEN else None
    within_block = _held_together(script, pieces, breaks_only=True)
    found = _measured(script, span, _with_edges(script, hunks, within_block, span))
    if found is None or found.similarity < DOUBTFUL:
        closer = _held_together(script, pieces, breaks_only=False)
        tighter = _measured(script, span, _with_edges(script, hunks, closer, span))
        found = max(filter(None, (found, tighter)), key=lambda some: some.similarity, default=None)
    return _as_whole_block(script, span, found)


def _measured(script: EditScript, span: Span, place: Span | None) -> Candidate | None:
    """`place` without white space at its edges, and how alike it is; None when nothing is left."""
    if place is None or not place.of(script.new).strip():
        return None
    place = _trimmed(script.new, place)
    return Candidate(place, alike(span.of(script.old), place.of(script.new)))


def _overlapping(script: EditScript, span: Span) -> list[Hunk]:
    """The hunks that share code points of the old text with `span`, or stand (as insertions) within it."""
    return [
        hunk
        for hunk in script.old_hunks_in(span)
        if hunk.old.end > span.start and (not hunk.old.is_empty or hunk.old.start > span.start)
    ]


def _pieces(script: EditScript, hunks: list[Hunk], span: Span) -> list[_Piece]:
    """What of the passage is unchanged, spaces and marks alone left out."""
    pieces = []
    for hunk in hunks:
        common = hunk.old.intersection(span) if hunk.is_equal else None
        if common and any(map(str.isalnum, common.of(script.old))):
            pieces.append(_Piece(common, common.shifted(hunk.new.start - hunk.old.start)))
    return pieces


def _held_together(script: EditScript, pieces: list[_Piece], *, breaks_only: bool) -> list[_Piece]:
    """The pieces without those that stand so far off that they must be the words of something else.

    Between two pieces stands what was inserted. When it is longer than what is kept on one of its sides, that
    side is left out; with `breaks_only`, only when a new line is among what was inserted.
    """
    for _ in range(min(MOST_CUTS, len(pieces) - 1)):
        kept = [0]
        for piece in pieces:
            kept.append(kept[-1] + len(piece.old))
        worst, excess = 0, 1.0
        for index in range(1, len(pieces)):
            gap = Span(pieces[index - 1].new.end, pieces[index].new.start)
            bridged = pieces[index].old.start - pieces[index - 1].old.end
            added = len(gap) - bridged
            smaller = min(kept[index], kept[-1] - kept[index])
            if added / smaller > excess and not (breaks_only and "\n" not in gap.of(script.new)):
                worst, excess = index, added / smaller
        if not worst:
            break
        pieces = pieces[:worst] if kept[worst] >= kept[-1] - kept[worst] else pieces[worst:]
    return pieces


def _with_edges(script: EditScript, hunks: list[Hunk], pieces: list[_Piece], span: Span) -> Span:
    """From the first piece to the last, with what replaced the words of the passage before and behind them."""
    start, end = pieces[0].new.start, pieces[-1].new.end
    for hunk in hunks:
        part = None if hunk.is_equal else hunk.old.intersection(span)
        if part is None or len(hunk.new) > 2 * len(hunk.old) + 10:
            continue
        length = round(len(hunk.new) * len(part) / len(hunk.old))
        breaks = "\n" in part.of(script.old)
        if hunk.old.end == pieces[0].old.start:
            start = _to_word_start(script.new, hunk.new.end - length, hunk.new)
            start = start if breaks else max(start, script.new.rfind("\n", start, hunk.new.end) + 1)
        elif hunk.old.start == pieces[-1].old.end:
            end = _to_word_end(script.new, hunk.new.start + length, hunk.new)
            line_end = -1 if breaks else script.new.find("\n", hunk.new.start, end)
            end = end if line_end < 0 else line_end
    return Span(start, end)


def _within_replacement(script: EditScript, hunks: list[Hunk], span: Span) -> Span | None:
    """The part of a replaced run that is most like the passage, in whole words."""
    changed = [hunk for hunk in hunks if not hunk.is_equal and not hunk.new.is_empty]
    if not changed:
        return None
    run = max(changed, key=lambda hunk: len(hunk.old.intersection(span) or ())).new
    if len(run) > LONGEST_SEARCH:
        return None
    start, end = best_window(span.of(script.old), run.of(script.new))
    if start == end:
        return None
    return Span(
        _to_word_start(script.new, run.start + start, run), _to_word_end(script.new, run.start + end, run)
    )


def _to_word_start(text: str, at: int, within: Span) -> int:
    while within.start < at < within.end and text[at - 1].isalnum() and text[at].isalnum():
        at -= 1
    return at


def _to_word_end(text: str, at: int, within: Span) -> int:
    while within.start < at < within.end and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at


def _trimmed(text: str, span: Span) -> Span:
    """`span` without white space at its edges."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _as_whole_block(script: EditScript, span: Span, found: Candidate | None) -> Candidate | None:
    """A passage that was a whole block stays one: what was added to the block at its edges belongs to it."""
    old, new = script.old, script.new
    if found is None or not (_is_line_start(old, span.start) and _is_line_end(old, span.end)):
        return found
    start = new.rfind("\n", 0, found.span.start) + 1
    end = new.find("\n", found.span.end)
    end = len(new) if end < 0 else end
    place = _trimmed(
        new,
        Span(
            start if _is_new(script, start, found.span.start) else found.span.start,
            end if _is_new(script, found.span.end, end) else found.span.end,
        ),
    )
    if place == found.span:
        return found
    whole = Candidate(place, alike(span.of(old), place.of(new)))
    return whole if whole.similarity >= min(DOUBTFUL, found.similarity) else found


def _is_line_start(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


def _is_line_end(text: str, at: int) -> bool:
    line_end = text.find("\n", at)
    return not text[at : len(text) if line_end < 0 else line_end].strip()


def _is_new(script: EditScript, start: int, end: int) -> bool:
    """True when ``start..end`` of the new text holds no word of the old one."""
    if start >= end:
        return False
    part = Span(start, end)
    for hunk in script.new_hunks_in(part):
        if hunk.is_equal:
            common = hunk.new.intersection(part)
            if common and any(map(str.isalnum, common.of(script.new))):
                return False
    return True
