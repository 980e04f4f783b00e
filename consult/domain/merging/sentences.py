"""What one side did to a text, told sentence by sentence and then word by word.

Whether two people's edits meet is decided by sentences, so the sentences they both left alone must be found first:
a plain comparison of words may pair a word of a rewritten sentence with the same word of its neighbour, and then an
edit of the one would reach into the other. Here whole sentences are paired before any word is looked at.

A sentence ends, for this purpose, after . ! ? … ; or : with space behind, at a line's end and at a table cell's
edge. Too many ends (``art. 5``) do no harm: they only make the pieces smaller.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from consult.domain.diffing.compare import compare
from consult.domain.diffing.lcs import common_runs
from consult.domain.diffing.tokens import heaviest_increasing
from consult.domain.text.spans import Span

_CLOSING = "\"'”’»)]*_"
_END = re.compile(rf"[.!?…;:][{re.escape(_CLOSING)}]*(?=\s|$)[^\S\n]*\n*|\||\n+")
_SIGNS = re.compile(r"^\W+")
_WORD = re.compile(r"\w")

LEAST_KEPT = 0.5
"""Of a sentence that keeps less than this share of its letters each side's changes are taken as one: what stays
between them is chance, and another person's edit must not be sewn into it."""


LEAST_LANDMARK = 12
"""Code points below which a sentence found within another is no landmark."""
MOST_SEARCH = 20_000_000
"""Sentences times code points above which a block is not searched for them."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of `span` of the base."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Sentences:
    """A text cut into sentences, each with the space behind it; `starts` has one more member, the text's length.

    `seams` are the stretches between two sentences: from behind the mark that ends one to the first letter of the
    next, so past space, list signs and opening quotes.
    """

    text: str
    starts: Sequence[int]
    seams: Sequence[Span]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def all(self) -> list[str]:
        return [self.text[self.starts[at] : self.starts[at + 1]] for at in range(len(self))]

    def has_seam(self, start: int, end: int) -> bool:
        """Whether one sentence ends and another begins somewhere from `start` to `end`, both included."""
        at = bisect_right(self.seams, end, key=lambda seam: seam.start) - 1
        return at >= 0 and self.seams[at].end >= start


def has_word(text: str) -> bool:
    return _WORD.search(text) is not None


def sentences(text: str) -> Sentences:
    """The sentences of `text`; joined they are the text."""
    starts: list[int] = [0]
    seams: list[Span] = []
    next_word = -1
    for end in _END.finditer(text):
        if next_word < end.end():
            word = _WORD.search(text, end.end())
            next_word = word.start() if word else len(text)
        mark = len(end.group().rstrip()) if end.group() != "|" else 0
        if not seams or seams[-1].end < end.start() + mark:
            seams.append(Span(end.start() + mark, next_word))
        if starts[-1] < end.end() < len(text):
            starts.append(end.end())
    return Sentences(text, [*starts, len(text)] if text else [0], seams)


def ends_sentence(text: str) -> bool:
    """Whether `text` ends where a sentence does, space aside."""
    words = text.rstrip()
    return "\n" in text[len(words) :] or words.rstrip(_CLOSING)[-1:] in tuple(".!?…;:|")


def edits(base: Sentences, side: str) -> list[Edit]:
    """How `base` became `side`: edits in order that neither touch nor overlap; no word is cut by one."""
    found: list[Edit] = []
    for old, new in _narrowed(base, side, _changed_blocks(base, sentences(side))):
        found.extend(_block_edits(old.of(base.text), new.of(side), old.start))
    return list(_coarsened(base, found))


def _block_edits(old: str, new: str, at: int) -> list[Edit]:
    """The edits of one block that begins at `at`: sentence against sentence where that keeps as much of the text."""
    whole = _word_edits(old, new, at)
    olds, news = sentences(old), sentences(new)
    if len(olds) != len(news) or len(olds) < 2 or not whole:
        return whole
    paired: list[Edit] = []
    for start, one, other in zip(olds.starts, olds.all(), news.all(), strict=False):
        for edit in _word_edits(one, other, at + start):
            if paired and paired[-1].span.end == edit.span.start:
                before = paired.pop()
                edit = Edit(Span(before.span.start, edit.span.end), before.text + edit.text)
            paired.append(edit)
    return paired if _taken_out(paired) <= _taken_out(whole) else whole


def _word_edits(old: str, new: str, at: int) -> list[Edit]:
    script = compare(old, new, letters=False)
    return [Edit(hunk.old.shifted(at), hunk.new.of(new)) for hunk in script.changes()]


def _taken_out(found: list[Edit]) -> int:
    return sum(len(edit.span) for edit in found)


def _narrowed(base: Sentences, side: str, blocks: Iterator[tuple[Span, Span]]) -> Iterator[tuple[Span, Span]]:
    """The blocks without the sentences that stand in them unaltered but run into an altered one.

    Where a full stop was taken out, two sentences look like one that is found nowhere in the base.
    """
    for old, new in blocks:
        old_at, new_at = old.start, new.start
        for start, place, length in _kept_within(base, side, old, new):
            yield Span(old_at, start), Span(new_at, place)
            old_at, new_at = start + length, place + length
        yield Span(old_at, old.end), Span(new_at, new.end)


def _kept_within(base: Sentences, side: str, old: Span, new: Span) -> Iterator[tuple[int, int, int]]:
    """Sentences of one block, if it has several, that stand once on each side, in order: both starts and the length."""
    first, last = bisect_left(base.starts, old.start), bisect_left(base.starts, old.end)
    if last - first < 2 or (last - first) * max(len(old), len(new)) > MOST_SEARCH:
        return
    before, after = old.of(base.text), new.of(side)
    points: list[tuple[int, int, int]] = []
    for at in range(first, last):
        sentence = _SIGNS.sub("", base.text[base.starts[at] : base.starts[at + 1]].rstrip())
        if len(sentence) >= LEAST_LANDMARK and before.count(sentence) == 1 == after.count(sentence):
            points.append((base.text.index(sentence, base.starts[at]), after.index(sentence), len(sentence)))
    end = 0
    for chosen in heaviest_increasing([place for _, place, _ in points], [length for *_, length in points]):
        start, place, length = points[chosen]
        if place >= end and not _cuts_word(after, place) and not _cuts_word(after, place + length):
            yield start, new.start + place, length
            end = place + length


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and has_word(text[at - 1]) and has_word(text[at])


def _changed_blocks(old: Sentences, new: Sentences) -> Iterator[tuple[Span, Span]]:
    """The stretches between sentences that both texts have, in code points of each."""
    old_at = new_at = 0
    for i, j, count in [*_equal_runs(old.all(), new.all()), (len(old), len(new), 0)]:
        if i > old_at or j > new_at:
            yield (
                Span(old.starts[old_at], old.starts[i]),
                Span(new.starts[new_at], new.starts[j]),
            )
        old_at, new_at = i + count, j + count


def _equal_runs(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    """Runs of equal sentences in order, as (index in old, index in new, count).

    What is equal at both ends comes first, then sentences that stand once on each side; between these as many as
    possible, but place against place where both sides have the same number and nothing is lost by it.
    """
    head = _shared_beginning(old, new)
    tail = _shared_beginning(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    yield 0, 0, head
    i_at, j_at = head, head
    for i, j in _landmarks(old, new, range(head, old_end), range(head, new_end)):
        yield from _between(old, new, range(i_at, i), range(j_at, j))
        yield i, j, 1
        i_at, j_at = i + 1, j + 1
    yield from _between(old, new, range(i_at, old_end), range(j_at, new_end))
    yield old_end, new_end, tail


def _shared_beginning(old: Sequence[str], new: Sequence[str]) -> int:
    """How many members the two share at their beginning."""
    for at, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return at
    return min(len(old), len(new))


def _landmarks(old: list[str], new: list[str], within_old: range, within_new: range) -> list[tuple[int, int]]:
    old_counts, new_counts = Counter(old[i] for i in within_old), Counter(new[j] for j in within_new)
    new_at = {new[j]: j for j in within_new}
    points = [
        (i, new_at[old[i]]) for i in within_old if old_counts[old[i]] == 1 and new_counts.get(old[i]) == 1
    ]
    chosen = heaviest_increasing([j for _, j in points], [len(old[i]) for i, _ in points])
    return [points[at] for at in chosen]


def _between(
    old: list[str], new: list[str], within_old: range, within_new: range
) -> Iterator[tuple[int, int, int]]:
    if not within_old or not within_new:
        return
    runs = common_runs([old[i] for i in within_old], [new[j] for j in within_new])
    in_place = [i for i, j in zip(within_old, within_new, strict=False) if old[i] == new[j]]
    if len(within_old) == len(within_new) and len(in_place) == sum(count for _, _, count in runs):
        shift = within_new.start - within_old.start
        yield from ((i, i + shift, 1) for i in in_place)
    else:
        yield from ((within_old.start + i, within_new.start + j, count) for i, j, count in runs)


def _coarsened(base: Sentences, found: list[Edit]) -> Iterator[Edit]:
    """The same edits, those within one mostly rewritten sentence joined to one."""
    for sentence, group in groupby(found, key=lambda edit: _within(base, edit.span)):
        together = list(group)
        if sentence is not None and len(together) > 1 and _kept(sentence, together) < LEAST_KEPT:
            yield _joined(base.text, together)
        else:
            yield from together


def _within(base: Sentences, span: Span) -> Span | None:
    """The sentence inside which an edit was made; None for one that reaches into several or stands between two."""
    at = bisect_right(base.starts, span.start) - 1
    if at >= len(base) or span.end > base.starts[at + 1]:
        return None
    if span.is_empty and span.start == base.starts[at]:
        return None
    return Span(base.starts[at], base.starts[at + 1])


def _kept(sentence: Span, found: list[Edit]) -> float:
    """The share of the sentence, old or new, whichever is longer, that `found` leaves alone."""
    kept = len(sentence) - sum(len(edit.span) for edit in found)
    return kept / max(len(sentence), kept + sum(len(edit.text) for edit in found), 1)


def _joined(text: str, found: list[Edit]) -> Edit:
    start, end = found[0].span.start, found[-1].span.end
    return Edit(Span(start, end), applied(text, found, start, end))


def applied(text: str, found: Sequence[Edit], start: int, end: int) -> str:
    """``text[start:end]`` with the edits that lie within it carried out."""
    parts: list[str] = []
    at = start
    for edit in found:
        if start <= edit.span.start and edit.span.end <= end:
            parts += [text[at : edit.span.start], edit.text]
            at = edit.span.end
    return "".join([*parts, text[at:end]])
