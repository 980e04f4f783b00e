"""The changed passages of a wanted text, which can be taken one by one, and where several wanted texts meet.

A passage is what one side changed within a sentence (or within several that it made into one). Whoever decides takes
some passages and leaves others; taking all gives the wanted text, taking none the text that stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from consult.domain.merging.sentences import Edit, Sentences, applied, edits, sentences
from consult.domain.merging.threeway import merge
from consult.domain.text.spans import Span

_BETWEEN = re.compile(r"\n[^\S\n]*\n+|\n(?=[^\S\n]*(?:\d+[.)]|[-*+|])[^\S\n])")


@dataclass(frozen=True, slots=True)
class Passage:
    """Edits of the base that are carried out together; `span` reaches from the first to the last, in the base."""

    edits: tuple[Edit, ...]

    @property
    def span(self) -> Span:
        return Span(self.edits[0].span.start, self.edits[-1].span.end)


def passages(base: str, wanted: str) -> tuple[Passage, ...]:
    """What `wanted` changes in `base`, in order of place."""
    whole = sentences(base)
    found: list[list[Edit]] = []
    reached = -1
    for edit in edits(whole, wanted):
        first, last = (
            _sentence(whole, edit.span.start),
            _sentence(whole, max(edit.span.start, edit.span.end - 1)),
        )
        if found and first <= reached:
            found[-1].append(edit)
        else:
            found.append([edit])
        reached = max(reached, last)
    return tuple(Passage(tuple(group)) for group in found)


def take(base: str, found: Sequence[Passage], chosen: Collection[int]) -> str:
    """`base` with the passages of these indices carried out."""
    carried = [edit for at, passage in enumerate(found) if at in chosen for edit in passage.edits]
    return applied(base, carried, 0, len(base))


def _sentence(whole: Sentences, at: int) -> int:
    return bisect_right(whole.starts, at) - 1


# --- paragraph by paragraph ----------------------------------------------------------------------------------------


def paragraphs(text: str) -> list[Span]:
    """The paragraphs, list entries and table rows of Markdown, each with the blank lines behind it; joined they are the
    text."""
    starts = [0, *(end.end() for end in _BETWEEN.finditer(text) if end.end() < len(text))]
    return [Span(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A stretch of the base in which somebody wants other words: `wordings` by whose they are.

    `clashes` says whether two of them cannot both be had.
    """

    span: Span
    wordings: Mapping[int, str]
    clashes: bool


def meetings(base: str, wanted: Mapping[int, str]) -> tuple[Meeting, ...]:
    """Where several wanted texts change `base`, by paragraph; a change that reaches over several holds them together."""
    found = {key: passages(base, text) for key, text in wanted.items()}
    blocks = _joined(paragraphs(base), [passage.span for each in found.values() for passage in each])
    met = []
    for block in blocks:
        wordings: dict[int, str] = {}
        for key, own in found.items():
            inside = [
                edit for passage in own if _is_in(block, passage.span, len(base)) for edit in passage.edits
            ]
            if inside:
                wordings[key] = applied(base, inside, block.start, block.end)
        if wordings:
            met.append(Meeting(block, wordings, _clash(block.of(base), list(wordings.values()))))
    return tuple(met)


def _clash(was: str, wordings: Sequence[str]) -> bool:
    return any(merge(was, one, other).conflicts for one, other in combinations(wordings, 2))


def _is_in(block: Span, span: Span, length: int) -> bool:
    is_at_the_end = span.is_empty and span.start == block.end == length
    return block.start <= span.start < block.end or is_at_the_end


def _joined(found: Sequence[Span], touched: Sequence[Span]) -> list[Span]:
    """The paragraphs, those that one change reaches over joined; a change at the very end is the last one's."""
    starts = [span.start for span in found]
    first_of = list(range(len(found)))
    for span in touched:
        first = bisect_right(starts, span.start) - 1
        last = bisect_right(starts, max(span.start, span.end - 1)) - 1
        for at in range(first + 1, last + 1):
            first_of[at] = min(first_of[at], first)
    joined: list[Span] = []
    for at, span in enumerate(found):
        if joined and first_of[at] < at:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
