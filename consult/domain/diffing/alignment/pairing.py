"""The steps that pair old sections with new ones, each on what the steps before left over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from consult.domain.diffing.alignment.faces import Face, Faces, dice, holders_of, sharers, similarity
from consult.domain.diffing.tokens import heaviest_increasing
from consult.domain.text.outline import nest


@dataclass(slots=True)
class Pairs:
    """The pairs made so far, from both sides: index of the twin, or None while free."""

    of_old: list[int | None]
    of_new: list[int | None]

    def add(self, i: int, j: int) -> None:
        self.of_old[i], self.of_new[j] = j, i

    def free_old(self, within: range | None = None) -> list[int]:
        return [i for i in (range(len(self.of_old)) if within is None else within) if self.of_old[i] is None]

    def free_new(self, within: range | None = None) -> list[int]:
        return [j for j in (range(len(self.of_new)) if within is None else within) if self.of_new[j] is None]

    def are_free(self, i: int, j: int) -> bool:
        return (
            0 <= i < len(self.of_old)
            and 0 <= j < len(self.of_new)
            and self.of_old[i] is None
            and self.of_new[j] is None
        )

    def correspond(self, i: int | None, j: int | None) -> bool:
        """Whether the two are a pair, or are both nothing."""
        if i is None or j is None:
            return i is j
        return 0 <= i < len(self.of_old) and self.of_old[i] == j

    def gaps(self) -> Iterator[tuple[range, range]]:
        """The stretches of old and new between pairs that kept their order; moved sections bound no gap."""
        made = [(j, i) for j, i in enumerate(self.of_new) if i is not None]
        i_at = j_at = 0
        for at in heaviest_increasing([i for _, i in made], [1] * len(made)):
            j, i = made[at]
            yield range(i_at, i), range(j_at, j)
            i_at, j_at = i + 1, j + 1
        yield range(i_at, len(self.of_old)), range(j_at, len(self.of_new))


# --- equal ---

_Key = Callable[[Face], Hashable]


def pair_equal(faces: Faces, pairs: Pairs, key: _Key) -> None:
    """Pairs what has the same key, unless it is None: once on both sides, beside a pair, between pairs, anywhere."""
    old_keys, new_keys = [key(face) for face in faces.old], [key(face) for face in faces.new]

    def are_equal(i: int, j: int) -> bool:
        return pairs.are_free(i, j) and old_keys[i] is not None and old_keys[i] == new_keys[j]

    _pair_unique(pairs, old_keys, new_keys, range(len(old_keys)), range(len(new_keys)))
    _grow(pairs, are_equal)
    for old_gap, new_gap in list(pairs.gaps()):
        _pair_in_order(pairs, old_keys, new_keys, old_gap, new_gap)
    _pair_in_order(pairs, old_keys, new_keys, range(len(old_keys)), range(len(new_keys)))


def _pair_unique(
    pairs: Pairs,
    old_keys: Sequence[Hashable],
    new_keys: Sequence[Hashable],
    old_range: range,
    new_range: range,
) -> None:
    old_free, new_free = pairs.free_old(old_range), pairs.free_new(new_range)
    old_counts, new_counts = Counter(old_keys[i] for i in old_free), Counter(new_keys[j] for j in new_free)
    old_at = {old_keys[i]: i for i in old_free}
    for j in new_free:
        wanted = new_keys[j]
        if wanted is not None and new_counts[wanted] == 1 == old_counts.get(wanted):
            pairs.add(old_at[wanted], j)


def _pair_in_order(
    pairs: Pairs,
    old_keys: Sequence[Hashable],
    new_keys: Sequence[Hashable],
    old_range: range,
    new_range: range,
) -> None:
    """The first free one with a key to the first, the second to the second: equals are told apart by order only."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for i in reversed(pairs.free_old(old_range)):
        waiting[old_keys[i]].append(i)
    for j in pairs.free_new(new_range):
        if new_keys[j] is not None and waiting.get(new_keys[j]):
            pairs.add(waiting[new_keys[j]].pop(), j)


def _grow(pairs: Pairs, may_pair: Callable[[int, int], bool]) -> None:
    """Pairs the neighbours of pairs while they may; the one before first, for a heading goes with what it heads."""
    last = len(pairs.of_new) - 1
    for step, order in ((-1, range(last, -1, -1)), (1, range(last + 1))):
        for j in order:
            i = pairs.of_new[j]
            if i is not None and may_pair(i + step, j + step):
                pairs.add(i + step, j + step)


# --- similar ---

_ROUNDS = (1.0, 0.8, 0.65, 0.5)
_LEAST_SIMILARITY = 0.3
_FAINTEST = 0.2
_MARGIN = 2
_CANDIDATES = 6
_NEAR = 4


def pair_similar(faces: Faces, pairs: Pairs) -> None:
    """Pairs what reads alike, best first; a section is like another by its body, and by what stands around it."""
    candidates = [
        (alike, i, j)
        for i, j in _candidates(faces, pairs)
        if (alike := _likeness(faces.old[i], faces.new[j])) >= _FAINTEST
    ]
    old_parents, new_parents = nest([f.level for f in faces.old]), nest([f.level for f in faces.new])

    def credit(i: int, j: int) -> float:
        old, new = faces.old[i], faces.new[j]
        around = (
            pairs.correspond(old_parents[i], new_parents[j])
            + pairs.correspond(i - 1, j - 1)
            + pairs.correspond(i + 1, j + 1)
        )
        titles = dice(Counter(old.title), Counter(new.title))
        return 0.2 * titles + 0.1 * (old.heading == new.heading) + 0.1 * around

    faint = [(alike, i, j) for alike, i, j in candidates if faces.old[i].has_telling_body]
    candidates = [candidate for candidate in candidates if candidate[0] >= _LEAST_SIMILARITY]
    for least in _ROUNDS:
        candidates = [(alike, i, j) for alike, i, j in candidates if pairs.are_free(i, j)]
        scored = sorted((-alike - credit(i, j), abs(i - j), j, i) for alike, i, j in candidates)
        for score, _, j, i in scored:
            if -score >= least and pairs.are_free(i, j):
                pairs.add(i, j)
    _pair_faint(pairs, faint)


def _pair_faint(pairs: Pairs, candidates: Sequence[tuple[float, int, int]]) -> None:
    """Pairs what is heavily rewritten: alike only a little, but far more than either is to anything else left."""
    best_old: dict[int, list[float]] = defaultdict(list)
    best_new: dict[int, list[float]] = defaultdict(list)
    free = [(alike, i, j) for alike, i, j in candidates if pairs.are_free(i, j)]
    for alike, i, j in free:
        best_old[i].append(alike)
        best_new[j].append(alike)

    def stands_out(alike: float, others: list[float]) -> bool:
        return sum(other * _MARGIN > alike for other in others) == 1  # itself

    for alike, i, j in free:
        if stands_out(alike, best_old[i]) and stands_out(alike, best_new[j]):
            pairs.add(i, j)


def _likeness(old: Face, new: Face) -> float:
    """The similarity of the bodies; where there are none the headings speak, for half as much, since many are alike."""
    if old.words or new.words:
        return similarity(old, new)
    return dice(Counter(old.title), Counter(new.title)) / 2


def _candidates(faces: Faces, pairs: Pairs) -> Iterator[tuple[int, int]]:
    """Pairs worth a closer look: those that share uncommon pairs of words, and those in the same place."""
    seen: set[tuple[int, int]] = set()
    holders = holders_of(faces.old, pairs.free_old())
    for j in pairs.free_new():
        for i in sharers(holders, faces.new[j])[:_CANDIDATES]:
            seen.add((i, j))
    for old_gap, new_gap in pairs.gaps():
        free_old = pairs.free_old(old_gap)
        for rank, j in enumerate(free_new := pairs.free_new(new_gap)):
            middle = rank * len(free_old) // len(free_new)
            seen.update((i, j) for i in free_old[max(0, middle - _NEAR) : middle + _NEAR + 1])
    yield from sorted(seen)


# --- place and heading ---


def pair_by_place(faces: Faces, pairs: Pairs) -> None:
    """Pairs what stands beside a pair, or between two, under the same heading or the same words of one."""

    def may_pair(i: int, j: int) -> bool:
        if not pairs.are_free(i, j):
            return False
        old, new = faces.old[i], faces.new[j]
        if old.title != new.title or old.level != new.level:
            return False
        return not (old.has_telling_body or new.has_telling_body) or old.heading == new.heading

    _grow(pairs, may_pair)
    headings = [face.heading or None for face in faces.old], [face.heading or None for face in faces.new]
    titles = [face.title or None for face in faces.old], [face.title or None for face in faces.new]
    for old_keys, new_keys in (headings, titles):
        for old_gap, new_gap in list(pairs.gaps()):
            _pair_unique(pairs, old_keys, new_keys, old_gap, new_gap)
            _pair_in_order(pairs, old_keys, new_keys, old_gap, new_gap)
        _grow(pairs, may_pair)
    if faces.old and faces.new and faces.old[0].level == 0 == faces.new[0].level and pairs.are_free(0, 0):
        pairs.add(0, 0)


def pair_by_title(faces: Faces, pairs: Pairs) -> None:
    """Pairs headings of at least two words that are left once on each side, wherever they stand."""
    old_keys, new_keys = (
        [face.title if len(face.title) > 1 else None for face in side] for side in (faces.old, faces.new)
    )
    _pair_unique(pairs, old_keys, new_keys, range(len(old_keys)), range(len(new_keys)))
