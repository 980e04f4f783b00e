"""Two texts of a document compared: read, aligned, and every difference traced to the changes that made it.

The work follows the two texts and what differs between them, never the length of the history: outlines are read
without words, words only of what differs, and of each such section the last `MOST_STEPS` texts at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from consult.domain.diffing.attribution import attribute
from consult.domain.diffing.laid import EMPTY, Line, compare_laid, joined
from consult.domain.diffing.outlines import Pair, Placed, groups_of, pair_by_words, pair_outlines
from consult.domain.text import numbering
from consult.domain.text.passages import Laid, lay_out
from consult.domain.text.pictures import PictureChange, list_changes
from consult.storage.queries import comparisons as queries
from consult.storage.queries import timelines as timeline_queries
from consult.storage.queries.comparisons import ComparedText, PlaceRow, StayRow

MOST_STEPS = 16
"""So many changes of one section are told apart; where there were more, the section's history tells the rest."""

_MOST_ROUNDS = 4
"""Words are followed through at most so many sections that came and went between the two texts."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the texts: a version, or the draft as it stood after a change."""

    change_no: int
    version_id: int | None = None


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section that differs. `made_by` gives for each difference in `lines` the numbers of the changes that made it;
    `changed_by` are all of them with those that moved, added or removed the section. With `is_long` there were more.
    `pictures` are those that came, went or were described anew, which no line tells.
    """

    pair: Pair
    lines: tuple[Line, ...]
    made_by: Mapping[int, tuple[int, ...]]
    changed_by: tuple[int, ...]
    is_long: bool = False
    pictures: tuple[PictureChange, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether all of it came or went, which is one thing to a reader."""
        return self.pair.old is None or self.pair.new is None


@dataclass(frozen=True, slots=True)
class Compared:
    """`sections` are those that differ, in the order of the new text, what is gone where it stood; `titles` name every
    section of either text as (label, heading), as it is in the new one where it stands there; `old_titles` those of the
    old one as they were there."""

    sections: tuple[ComparedSection, ...]
    total_count: int
    titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    old_titles: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def compare_texts(document_id: int, before: Side, after: Side, *, only: str = "") -> Compared:
    """How the text of a document became another one; `after` is the later of the two. `only` names one section whose
    words are wanted."""
    old, new = _outlines(document_id, before, after)
    descent = _descent(document_id, old, new, before.change_no, after.change_no)
    pairs = pair_outlines(old, new, descent)
    differing = [pair for pair in pairs if pair.differs]
    texts = queries.list_compared_texts(_text_ids(differing))
    if any(pair.new is None for pair in differing) and any(pair.old is None for pair in differing):
        pairs = pair_by_words(pairs, texts, [placed.section_id for placed in old])
    groups = groups_of(pairs)
    if only:
        groups = [group for group in groups if any(pair.section_id == only for pair in group)]
    steps = _Steps([pair for group in groups for pair in group], before.change_no, after.change_no, texts)
    reader = _Reader(texts)
    found = {
        section.pair.section_id: reader.with_pictures(section)
        for group in groups
        for section in (
            _compare_group(group, reader, steps)
            if len(group) > 1
            else [_compare_one(group[0], reader, steps)]
        )
    }
    titles = {placed.section_id: (placed.label, placed.heading) for placed in [*old, *new]}
    return Compared(
        tuple(
            found[pair.section_id]
            for pair in pairs
            if pair.section_id in found
            and (not only or pair.section_id == only)
            and _shows(found[pair.section_id])
        ),
        len(new),
        titles,
        {placed.section_id: (placed.label, placed.heading) for placed in old},
    )


def _shows(section: ComparedSection) -> bool:
    """Whether a reader sees anything: a text may be written otherwise and read the same."""
    return (
        section.is_whole
        or section.pair.is_moved
        or bool(section.made_by)
        or bool(section.pair.heirs)
        or bool(section.pictures)
    )


def _outlines(document_id: int, *sides: Side) -> list[list[Placed]]:
    """The outlines of texts; headings that are the same in each are numbered once."""
    numbered: dict[tuple[tuple[str, int], ...], tuple[str, ...]] = {}
    found = []
    for side in sides:
        if side.version_id is not None:
            rows = queries.list_version_places(side.version_id)
            found.append([_placed(row, row.label) for row in rows])
            continue
        rows = queries.list_places_at(document_id, side.change_no)
        headings = tuple((row.heading, row.level) for row in rows)
        if headings not in numbered:
            numbered[headings] = numbering.labels(
                [heading for heading, _ in headings], [level for _, level in headings]
            )
        found.append([_placed(row, label) for row, label in zip(rows, numbered[headings], strict=True)])
    return found


def _placed(row: PlaceRow, label: str) -> Placed:
    return Placed(row.section_id, row.text_id, row.heading, row.level, label)


def _text_ids(pairs: Iterable[Pair]) -> set[int]:
    return {placed.text_id for pair in pairs for placed in (pair.old, pair.new) if placed is not None}


def _descent(
    document_id: int, old: Sequence[Placed], new: Sequence[Placed], after: int, until: int
) -> set[tuple[str, str]]:
    """(section of the old text, section of the new one) where words of the one came to the other."""
    before = {placed.section_id for placed in old}
    now = {placed.section_id for placed in new}
    came, went = now - before, before - now
    if not came and not went:
        return set()
    links: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        rows = timeline_queries.list_lineage(document_id, after=after, until=until, came=came, went=went)
        links |= {(row.from_section, row.to_section) for row in rows}
        seen |= came | went
        came = {row.from_section for row in rows if row.from_section not in before} - seen
        went = {row.to_section for row in rows if row.to_section not in now} - seen
        if not came and not went:
            break
    return _through(links, before, now)


def _through(links: set[tuple[str, str]], before: set[str], now: set[str]) -> set[tuple[str, str]]:
    """Links that begin in one set and end in the other, made of those that lead through sections in neither."""
    onward: dict[str, set[str]] = {}
    for source, heir in links:
        onward.setdefault(source, set()).add(heir)
    found: set[tuple[str, str]] = set()
    for source in onward.keys() & before:
        seen, waiting = {source}, list(onward[source])
        while waiting:
            heir = waiting.pop()
            if heir in seen:
                continue
            seen.add(heir)
            if heir in now:
                found.add((source, heir))
            else:
                waiting += onward.get(heir, ())
    return found


class _Reader:
    """Texts laid out, each once."""

    def __init__(self, texts: Mapping[int, ComparedText]) -> None:
        self.texts = texts
        self._laid: dict[int, Laid] = {}

    def laid(self, placed: Placed | None) -> Laid:
        if placed is None:
            return EMPTY
        if placed.text_id not in self._laid:
            self._laid[placed.text_id] = lay_out(self.texts[placed.text_id].html)
        return self._laid[placed.text_id]

    def with_pictures(self, section: ComparedSection) -> ComparedSection:
        """A section with what became of its pictures."""
        old, new = (self._html(placed) for placed in (section.pair.old, section.pair.new))
        found = list_changes(old, new)
        return replace(section, pictures=found) if found else section

    def _html(self, placed: Placed | None) -> str:
        known = self.texts.get(placed.text_id) if placed is not None else None
        return known.html if known is not None else ""


class _Steps:
    """What happened to sections between two changes."""

    def __init__(
        self, pairs: Sequence[Pair], after: int, until: int, texts: Mapping[int, ComparedText]
    ) -> None:
        self.after, self.until = after, until
        ids = list(dict.fromkeys(self._own(pair) for pair in pairs))
        self._stays = queries.list_last_stays(ids, after=after, until=until, limit=MOST_STEPS + 1)
        between = {
            stay.text_id for stays in self._stays.values() for stay in stays if after < stay.from_no <= until
        }
        self._plains = {text_id: texts[text_id].plain for text_id in between & texts.keys()}
        if between - texts.keys():
            self._plains |= queries.list_plain_texts(between - texts.keys())

    def _own(self, pair: Pair) -> str:
        placed = pair.new or pair.old
        assert placed is not None  # noqa: S101 - a pair holds one section at least
        return placed.section_id

    def stays(self, pair: Pair) -> list[StayRow]:
        """Since the earlier text, the first first."""
        found = self._stays.get(self._own(pair), [])
        return [stay for stay in reversed(found) if stay.from_no > self.after]

    def is_long(self, pair: Pair) -> bool:
        return len(self.stays(pair)) > MOST_STEPS

    def texts(self, pair: Pair, first: str) -> tuple[list[str], list[int]]:
        """The plain texts one after another, and the changes that lead from each to the next."""
        plains, numbers = [first], []
        before = pair.old.text_id if pair.old else None
        for stay in self.stays(pair):
            if stay.text_id != before:
                plains.append(self._plains[stay.text_id])
                numbers.append(stay.from_no)
                before = stay.text_id
        return plains, numbers

    def numbers(self, pair: Pair) -> tuple[int, ...]:
        """All changes that touched the section, its removal among them."""
        found = [stay.from_no for stay in self.stays(pair)]
        if pair.new is None:
            found += self.removal(pair)
        return tuple(dict.fromkeys(found))

    def removal(self, pair: Pair) -> list[int]:
        last = self._stays.get(self._own(pair), [])[:1]
        return [stay.until_no for stay in last if stay.until_no is not None and stay.until_no <= self.until]

    def moves(self, pair: Pair) -> list[int]:
        """The changes that put the section elsewhere."""
        stays = list(reversed(self._stays.get(self._own(pair), [])))
        return [
            now.from_no
            for before, now in pairwise(stays)
            if now.rank != before.rank and now.from_no > self.after
        ]


def _compare_one(pair: Pair, reader: _Reader, steps: _Steps) -> ComparedSection:
    if not pair.is_rewritten:
        return ComparedSection(pair, (), {}, tuple(steps.moves(pair)))
    found = compare_laid(reader.laid(pair.old), reader.laid(pair.new))
    made = range(len(found.differences))
    if pair.new is None:
        numbers = tuple(steps.removal(pair))
        return ComparedSection(pair, found.lines, dict.fromkeys(made, numbers), numbers)
    if pair.is_by_words or (pair.old is None and not steps.stays(pair)):
        numbers = steps.numbers(pair)
        return ComparedSection(pair, found.lines, dict.fromkeys(made, numbers), numbers)
    plains, between = steps.texts(pair, reader.laid(pair.old).plain)
    made_by = {
        difference: tuple(between[step - 1] for step in by)
        for difference, by in enumerate(attribute(plains, found.differences))
    }
    moves = steps.moves(pair) if pair.is_moved else []
    used = {number for by in made_by.values() for number in by}
    return ComparedSection(pair, found.lines, made_by, tuple(sorted(used | set(moves))), steps.is_long(pair))


def _compare_group(group: Sequence[Pair], reader: _Reader, steps: _Steps) -> list[ComparedSection]:
    """Sections words went between, compared as one text and told apart again by where they stand in the new one."""
    old = [pair for pair in group if pair.old is not None]
    new = [pair for pair in group if pair.new is not None]
    found = compare_laid(
        joined([reader.laid(pair.old) for pair in old]), joined([reader.laid(pair.new) for pair in new])
    )
    numbers = tuple(sorted({number for pair in group for number in steps.numbers(pair)}))
    is_long = any(steps.is_long(pair) for pair in group)
    ends: list[int] = []
    length = 0
    for pair in new:
        length += len(reader.laid(pair.new).plain) + 1
        ends.append(length)
    lines: list[list[Line]] = [[] for _ in new]
    waiting: list[Line] = []
    at = 0
    for line in found.lines:
        if line.new_start is None:
            waiting.append(line)
            continue
        while at + 1 < len(ends) and line.new_start >= ends[at]:
            at += 1
        lines[at] += [*waiting, line]
        waiting = []
    if lines:
        lines[-1] += waiting
    sections = [
        ComparedSection(
            pair,
            tuple(own),
            {number: numbers for line in own for number in line.differences},
            numbers,
            is_long,
        )
        for pair, own in zip(new, lines, strict=True)
    ]
    return sections + [ComparedSection(pair, (), {}, numbers, is_long) for pair in group if pair.new is None]
