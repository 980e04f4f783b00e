"""Two laid-out texts compared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from consult.domain.diffing.compare import compare
from consult.domain.diffing.edits import EditScript, Hunk
from consult.domain.diffing.laid.builder import Builder, Draft
from consult.domain.diffing.laid.lines import LaidComparison
from consult.domain.diffing.laid.tables import compare_tables, pair_tables
from consult.domain.diffing.redline import readable
from consult.domain.text.passages import Laid, Passage, Row, Setting, Shape
from consult.domain.text.spans import Span

EMPTY = Laid("", (), ())
"""A section that does not stand: what an added one is compared with."""

_OF_OLD, _OF_NEW = "ꙩ", "ꙫ"
"""Letters that stand for those of tables without a counterpart while the words around them are compared: no text
holds words of them alone, so they match nothing."""


def compare_laid(old: Laid, new: Laid) -> LaidComparison:
    """How `old` became `new`.

    Every line shows, with what stayed and what was put in, all words of its new passage; with what stayed and what
    was struck out the lines show all words of the old text. Between tables that correspond each stretch is compared
    on its own; the cost is that of `compare`.
    """
    builder = Builder(old, new)
    tables = _paired_tables(old, new)
    old_plain = _veiled(old, {i for i, _ in tables}, _OF_OLD)
    new_plain = _veiled(new, {j for _, j in tables}, _OF_NEW)
    old_at = new_at = 0
    ends = (len(old.passages), len(new.passages))
    for i, j in [*tables, ends]:
        _compare_between(builder, old_plain, new_plain, range(old_at, i), range(new_at, j))
        if (i, j) != ends:
            one, other = old.passages[i], new.passages[j]
            builder.table(one, other, j, compare_tables(builder, one, other))
        old_at, new_at = i + 1, j + 1
    return builder.finish()


def joined(texts: Sequence[Laid]) -> Laid:
    """Several sections as one text, a line feed between them."""
    plain: list[str] = []
    passages: list[Passage] = []
    settings: list[Setting] = []
    length = 0
    for laid in texts:
        passages += [_shifted(passage, length) for passage in laid.passages]
        settings += [replace(one, span=one.span.shifted(length)) for one in laid.settings]
        plain.append(laid.plain)
        length += len(laid.plain) + 1
    return Laid("\n".join(plain), tuple(passages), tuple(settings))


def _shifted(passage: Passage, by: int) -> Passage:
    rows = tuple(Row(tuple(cell.shifted(by) for cell in row.cells), row.is_head) for row in passage.rows)
    return replace(passage, span=passage.span.shifted(by), rows=rows)


def _paired_tables(old: Laid, new: Laid) -> list[tuple[int, int]]:
    """Tables that correspond, as indices of passages, in order."""
    before = [at for at, passage in enumerate(old.passages) if passage.shape is Shape.TABLE]
    after = [at for at, passage in enumerate(new.passages) if passage.shape is Shape.TABLE]
    if not before or not after:
        return []
    pairs = pair_tables(
        [old.passages[at] for at in before], [new.passages[at] for at in after], old.plain, new.plain
    )
    return sorted((before[i], after[j]) for j, i in pairs.items())


def _veiled(laid: Laid, paired: set[int], letter: str) -> str:
    """The plain text with the words of tables without a counterpart out of sight, place for place."""
    plain = laid.plain
    for at, passage in enumerate(laid.passages):
        if passage.shape is Shape.TABLE and at not in paired:
            span = passage.span
            plain = plain[: span.start] + letter * len(span) + plain[span.end :]
    return plain


def _compare_between(
    builder: Builder, old_plain: str, new_plain: str, old_range: range, new_range: range
) -> None:
    """Compare the passages of two ranges, none of them a table that has a counterpart."""
    before, after = _reach(builder.old, old_range), _reach(builder.new, new_range)
    if before.is_empty and after.is_empty:
        return
    found = readable(compare(before.of(old_plain), after.of(new_plain), letters=False))
    stretch = _Stretch(builder, found, before.start, after.start, old_range, new_range)
    for hunk in found.hunks:
        stretch.take(hunk)


def _reach(laid: Laid, indices: range) -> Span:
    if not indices:
        return Span(0, 0)
    return Span(laid.passages[indices[0]].span.start, laid.passages[indices[-1]].span.end)


class _Stretch:
    """Deals the hunks of one comparison out to lines."""

    def __init__(
        self,
        builder: Builder,
        script: EditScript,
        old_start: int,
        new_start: int,
        old_range: range,
        new_range: range,
    ) -> None:
        self.builder = builder
        self.old_start, self.new_start = old_start, new_start
        self.old_range, self.new_range = old_range, new_range
        self.partners = self._partners(script)
        self.reverse = {j: i for i, j in reversed(self.partners.items())}

    def take(self, hunk: Hunk) -> None:
        before, after = hunk.old.shifted(self.old_start), hunk.new.shifted(self.new_start)
        if hunk.is_equal:
            self._stay(before, after)
        else:
            self._change(before, after)

    # who belongs to whom

    def _partners(self, script: EditScript) -> dict[int, int]:
        """For every old passage of which something stayed, the new one that holds most of it; both rise together."""
        held: dict[int, Counter[int]] = defaultdict(Counter)
        for hunk in script.hunks:
            if hunk.is_equal:
                before, after = hunk.old.shifted(self.old_start), hunk.new.shifted(self.new_start)
                for i, j, length in self._shared(before, after):
                    held[i][j] += length
        return {i: max(counts, key=counts.__getitem__) for i, counts in held.items()}

    def _shared(self, before: Span, after: Span) -> Iterator[tuple[int, int, int]]:
        """(old passage, new passage, letters) of an equal hunk."""
        shift, plain = after.start - before.start, self.builder.new.plain
        olds = list(self._cut(self.builder.old, self.old_range, before))
        first = 0
        for j, part in self._cut(self.builder.new, self.new_range, after):
            while first < len(olds) and olds[first][1].end + shift <= part.start:
                first += 1
            for i, other in islice(olds, first, None):
                start, end = max(part.start, other.start + shift), min(part.end, other.end + shift)
                if start >= end:
                    break
                if not plain[start:end].isspace():
                    yield i, j, end - start

    def _cut(self, laid: Laid, indices: range, span: Span) -> Iterator[tuple[int, Span]]:
        """A stretch cut into what lies in each passage."""
        low, high = indices.start, indices.stop
        while low < high:  # the first passage that ends behind the start of the stretch
            middle = (low + high) // 2
            if laid.passages[middle].span.end <= span.start:
                low = middle + 1
            else:
                high = middle
        for at in range(low, indices.stop):
            passage = laid.passages[at].span
            if passage.start >= span.end:
                return
            part = passage.intersection(span)
            if part is not None:
                yield at, part

    # words

    def _stay(self, before: Span, after: Span) -> None:
        shift = before.start - after.start
        for j, part in self._cut(self.builder.new, self.new_range, after):
            draft = self.builder.line_of(j, self._partner_of(j))
            draft.words += self.builder.stayed(part.start + shift, part)

    def _change(self, before: Span, after: Span) -> None:
        """Deal a change out; what of it stands in one line is one difference."""
        old_parts = list(self._cut(self.builder.old, self.old_range, before))
        new_parts = list(self._cut(self.builder.new, self.new_range, after))
        replaced = self._replaced(old_parts, new_parts)
        dealt: dict[int, tuple[Draft, list[tuple[bool, Span]]]] = {}
        for is_old, at, part in self._ordered(old_parts, new_parts, replaced):
            draft = self._line_struck(at, replaced) if is_old else self._line_put(at)
            if draft is not None:
                dealt.setdefault(id(draft), (draft, []))[1].append((is_old, part))
        for draft, parts in dealt.values():
            self._write(draft, parts, before, after)

    def _write(self, draft: Draft, parts: Sequence[tuple[bool, Span]], before: Span, after: Span) -> None:
        builder = self.builder
        struck = [part for is_old, part in parts if is_old]
        put = [part for is_old, part in parts if not is_old]
        texts = [part.of(builder.old.plain) for part in struck] + [part.of(builder.new.plain) for part in put]
        if not any(text.strip() for text in texts):  # white space put elsewhere is no difference
            for part in put:
                draft.words += [replace(words, kind="same") for words in builder.inserted(part, None)]
            return
        number = builder.differ(_hull(struck, before), _hull(put, after))
        for is_old, part in parts:
            draft.words += builder.deleted(part, number) if is_old else builder.inserted(part, number)

    def _replaced(
        self, old_parts: Sequence[tuple[int, Span]], new_parts: Sequence[tuple[int, Span]]
    ) -> dict[int, int]:
        """Whole passages struck out whose places are taken, one for one, by whole passages put in."""
        gone = [i for i, _ in old_parts if i not in self.partners and not self._is_table(self.builder.old, i)]
        come = [j for j, _ in new_parts if j not in self.reverse and not self._is_table(self.builder.new, j)]
        return dict(zip(gone, come, strict=True)) if len(gone) == len(come) else {}

    def _is_table(self, laid: Laid, at: int) -> bool:
        return laid.passages[at].shape is Shape.TABLE

    def _ordered(
        self,
        old_parts: Sequence[tuple[int, Span]],
        new_parts: Sequence[tuple[int, Span]],
        replaced: dict[int, int],
    ) -> Iterator[tuple[bool, int, Span]]:
        """What was struck out before what was put in, passage by passage."""
        waiting = list(new_parts)
        for i, part in old_parts:
            place = self.partners.get(i, replaced.get(i))
            while place is not None and waiting and waiting[0][0] < place:
                j, new_part = waiting.pop(0)
                yield False, j, new_part
            yield True, i, part
        for j, new_part in waiting:
            yield False, j, new_part

    def _partner_of(self, j: int) -> Passage | None:
        i = self.reverse.get(j)
        return self.builder.old.passages[i] if i is not None else None

    def _line_struck(self, i: int, replaced: dict[int, int]) -> Draft | None:
        """The line in which words of an old passage are struck out; a table is struck out whole at once."""
        passage = self.builder.old.passages[i]
        if passage.shape is Shape.TABLE:
            self.builder.table(passage, None, None, compare_tables(self.builder, passage, None))
            return None
        place = self.partners.get(i, replaced.get(i))
        return self.builder.line_of(place, passage) if place is not None else self.builder.gone(passage)

    def _line_put(self, j: int) -> Draft | None:
        """The line in which words of a new passage are put in, likewise."""
        passage = self.builder.new.passages[j]
        if passage.shape is Shape.TABLE:
            self.builder.table(None, passage, j, compare_tables(self.builder, None, passage))
            return None
        return self.builder.line_of(j, self._partner_of(j))


def _hull(parts: Sequence[Span], otherwise: Span) -> Span:
    """From the first to the last of the parts; where there are none, the place where the change begins."""
    return Span(parts[0].start, parts[-1].end) if parts else Span(otherwise.start, otherwise.start)
