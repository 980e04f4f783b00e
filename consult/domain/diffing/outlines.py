"""Two texts of one document, section by section: what each section of the one became in the other.

Identities say which sections correspond, lineage says which were split and joined. Sections that neither accounts for
(an import may not know better) are paired by their words, if these are alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.domain.diffing.alignment import OldSection, align
from consult.domain.diffing.alignment.faces import Sectioned
from consult.domain.diffing.tokens import heaviest_increasing

_ALIKE = 0.5
"""How much of two sections has to be the same for one to be taken for the other by words alone."""

_MOST_IN_A_GROUP = 8
"""More sections than this that were split from and joined with one another are shown one by one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A section as it stands in an outline, without its words; `level` is that of its heading, 0 without one."""

    section_id: str
    text_id: int
    heading: str
    level: int
    label: str
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A section of the old text, of the new one, or of both.

    `is_moved` means out of order among the others, not merely shifted. `deeper` is by how many levels its heading went
    down (negative: up). `sources` are the sections its words came from, `heirs` those that got words of it, where
    they were split or joined. `is_by_words` marks a pair no identity made.
    """

    old: Placed | None
    new: Placed | None
    is_moved: bool = False
    is_by_words: bool = False
    sources: tuple[str, ...] = ()
    heirs: tuple[str, ...] = ()

    @property
    def section_id(self) -> str:
        placed = self.new or self.old
        assert placed is not None  # noqa: S101 - a pair holds one section at least
        return placed.section_id

    @property
    def is_renamed(self) -> bool:
        return bool(self.old and self.new and self.old.heading != self.new.heading)

    @property
    def deeper(self) -> int:
        return self.new.level - self.old.level if self.old and self.new else 0

    @property
    def is_rewritten(self) -> bool:
        """Whether it has another text, which may read the same."""
        return (self.old.text_id if self.old else None) != (self.new.text_id if self.new else None)

    @property
    def differs(self) -> bool:
        return self.is_rewritten or self.is_moved


def pair_outlines(
    old: Sequence[Placed], new: Sequence[Placed], descent: Iterable[tuple[str, str]] = ()
) -> list[Pair]:
    """Pairs in the order of the new text, what is gone where it stood; `descent` is (section words left, section they
    came to) for what was split and joined between the two."""
    before = {placed.section_id: placed for placed in old}
    after = {placed.section_id: placed for placed in new}
    sources, heirs = _kinship(descent, before, after)
    pairs = [
        Pair(
            before.get(placed.section_id),
            placed,
            sources=sources.get(placed.section_id, ()),
            heirs=heirs.get(placed.section_id, ()),
        )
        for placed in new
    ]
    gone = [
        Pair(placed, None, heirs=heirs.get(placed.section_id, ()))
        for placed in old
        if placed.section_id not in after
    ]
    return _in_order(old, pairs, gone)


def _kinship(
    descent: Iterable[tuple[str, str]], before: Mapping[str, Placed], after: Mapping[str, Placed]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    sources: dict[str, tuple[str, ...]] = {}
    heirs: dict[str, tuple[str, ...]] = {}
    for source, heir in dict.fromkeys(descent):
        if source != heir and source in before and heir in after:
            sources[heir] = (*sources.get(heir, ()), source)
            heirs[source] = (*heirs.get(source, ()), heir)
    return sources, heirs


def _in_order(old: Sequence[Placed], pairs: Sequence[Pair], gone: Sequence[Pair]) -> list[Pair]:
    """Mark what moved, and weave in what is gone behind what stood before it."""
    order = {placed.section_id: at for at, placed in enumerate(old)}
    kept = [at for at, pair in enumerate(pairs) if pair.old is not None]
    places = [order[pairs[at].old.section_id] for at in kept]  # type: ignore[union-attr]
    still = {kept[at] for at in heaviest_increasing(places, [1] * len(places))}
    found: list[Pair] = []
    waiting = list(gone)
    for at, pair in enumerate(pairs):
        if pair.old is None:
            found.append(pair)
            continue
        reached = order[pair.old.section_id]
        if at in still:
            while waiting and waiting[0].old and order[waiting[0].old.section_id] < reached:
                found.append(waiting.pop(0))
        found.append(pair if at in still else _moved(pair))
    return found + waiting


def _moved(pair: Pair) -> Pair:
    return Pair(pair.old, pair.new, True, pair.is_by_words, pair.sources, pair.heirs)


def pair_by_words(
    pairs: Sequence[Pair], sections: Mapping[int, Sectioned], order: Collection[str]
) -> list[Pair]:
    """The same pairs, with sections gone and come that are alike made one; `sections` are their texts by text id, `order`
    the section ids of the old text in reading order."""
    gone = [pair.old for pair in pairs if pair.new is None and pair.old and not pair.heirs]
    come = [pair.new for pair in pairs if pair.old is None and pair.new and not pair.sources]
    if not gone or not come:
        return list(pairs)
    old = [
        OldSection(
            placed.section_id,
            sections[placed.text_id].heading,
            sections[placed.text_id].level,
            sections[placed.text_id].source,
        )
        for placed in gone
    ]
    made = {
        piece.old_id: placed
        for piece, placed in zip(
            align(old, [sections[one.text_id] for one in come]).pieces, come, strict=True
        )
        if piece.old_id is not None and piece.similarity >= _ALIKE
    }
    if not made:
        return list(pairs)
    by_new = {placed.section_id: section_id for section_id, placed in made.items()}
    was = {placed.section_id: placed for placed in gone}
    kept = [
        Pair(was[by_new[pair.new.section_id]], pair.new, is_by_words=True)
        if pair.old is None and pair.new and pair.new.section_id in by_new
        else Pair(pair.old, pair.new, False, pair.is_by_words, pair.sources, pair.heirs)
        for pair in pairs
        if pair.new is not None
    ]
    left = [pair for pair in pairs if pair.new is None and pair.old and pair.old.section_id not in made]
    standing = {pair.old.section_id: pair.old for pair in [*kept, *left] if pair.old is not None}
    return _in_order([standing[section_id] for section_id in order if section_id in standing], kept, left)


def groups_of(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """The pairs that differ, those whose words went from one to another together: such are compared as one text."""
    linked: dict[str, set[str]] = {}
    for pair in pairs:
        own = {pair.section_id, *pair.sources, *pair.heirs}
        merged = set(own)
        for section_id in own:
            merged |= linked.get(section_id, set())
        for section_id in merged:
            linked[section_id] = merged
    groups: dict[int, list[Pair]] = {}
    alone: list[list[Pair]] = []
    for pair in pairs:
        kin = linked[pair.section_id]
        if len(kin) == 1 or len(kin) > _MOST_IN_A_GROUP:
            if pair.differs:
                alone.append([pair])
        elif id(kin) in groups:
            groups[id(kin)].append(pair)
        else:
            groups[id(kin)] = [pair]
            alone.append(groups[id(kin)])
    return alone
