"""Which section of a new text continues which section of the old one.

A section's identity is what comments, history and lineage hang on, so it must survive what people do to a text
between two versions: they renumber, rename, rewrite, move, split and join. Evidence is taken in the order of its
strength, and every step sees only what the steps before left over:

1. the same source, then the same body under another heading: once on both sides, or beside a pair already made;
2. similar bodies: shared pairs of neighbouring words (weighed down where they stand in many sections), with some
   credit for the heading and for neighbours and parent that correspond. Best first, in rounds, because every pair
   made makes the next ones clearer;
3. place: what remains between two pairs and has the same heading, or nothing but a number for one and the same
   neighbour (a chapter's heading goes with the first section under it);
4. a heading of words that stands once on each side, wherever it went;
5. the same source after all, then the same words: a section too short to be told from others (``Art. 7. (uchylony)``)
   is first paired by what stands around it, and by its words alone, in the heading or below it, only when nothing else
   speaks.

Nothing depends on the machine or on hashing, and no step compares all with all: a thousand sections rewritten take
a second or so.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from consult.domain.diffing.alignment.faces import Faces, Sectioned, face, similarity
from consult.domain.diffing.alignment.lineage import LineageKind, trace
from consult.domain.diffing.alignment.pairing import (
    Pairs,
    pair_by_place,
    pair_by_title,
    pair_equal,
    pair_similar,
)
from consult.domain.diffing.tokens import heaviest_increasing

Id = TypeVar("Id", bound=Hashable)


@dataclass(frozen=True, slots=True)
class OldSection(Generic[Id]):
    """A section as it stands, with the identity to be carried on."""

    id: Id
    heading: str
    level: int
    source: str


class State(StrEnum):
    """What became of a section: the first that applies of moved, renamed, changed, kept."""

    KEPT = "kept"
    CHANGED = "changed"
    MOVED = "moved"
    RENAMED = "renamed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Continuation(Generic[Id]):
    """What one new piece is: the old section it continues, or None when it was added.

    A moved section may also be renamed and changed: the three facts are told beside the one state. Moved means out
    of order among the others, not merely shifted by what was put before it. `similarity` of the bodies is 0 to 1.
    """

    old_id: Id | None
    state: State
    is_moved: bool
    is_renamed: bool
    is_changed: bool
    similarity: float


@dataclass(frozen=True, slots=True)
class LineageHint(Generic[Id]):
    """Most words of an added piece come from an old section that lives on elsewhere (split), or those of a removed
    section went into a piece that continues another (join)."""

    kind: LineageKind
    old_id: Id
    new_index: int


@dataclass(frozen=True, slots=True)
class Alignment(Generic[Id]):
    """`pieces` has one entry per new piece, in order; `removed` the identities nothing continues, in old order."""

    pieces: tuple[Continuation[Id], ...]
    removed: tuple[Id, ...]
    lineage: tuple[LineageHint[Id], ...]

    def count(self) -> dict[State, int]:
        """How many sections are in each state."""
        counts = dict.fromkeys(State, 0)
        for piece in self.pieces:
            counts[piece.state] += 1
        counts[State.REMOVED] = len(self.removed)
        return counts


def align(old: Sequence[OldSection[Id]], new: Sequence[Sectioned]) -> Alignment[Id]:
    """Which old section each new piece continues; every old section is continued at most once."""
    faces = Faces([face(section) for section in old], [face(piece) for piece in new])
    pairs = Pairs([None] * len(old), [None] * len(new))
    pair_equal(faces, pairs, lambda face: face.source if face.is_telling else None)
    pair_equal(faces, pairs, lambda face: face.body if face.has_telling_body else None)
    pair_similar(faces, pairs)
    pair_by_place(faces, pairs)
    pair_by_title(faces, pairs)
    pair_by_place(faces, pairs)
    pair_equal(faces, pairs, lambda face: face.source)
    pair_equal(faces, pairs, lambda face: face.words_in_order)
    hints = list(trace(faces, pairs))
    return _told(old, new, faces, pairs, hints)


def _told(
    old: Sequence[OldSection[Id]],
    new: Sequence[Sectioned],
    faces: Faces,
    pairs: Pairs,
    hints: Sequence[tuple[LineageKind, int, int]],
) -> Alignment[Id]:
    made = [(j, i) for j, i in enumerate(pairs.of_new) if i is not None]
    # Few long sections stand still rather than few short ones, where both would keep as many in order.
    weights = [1_000_000 + min(faces.old[i].words, 1_000) for _, i in made]
    in_order = {made[at][0] for at in heaviest_increasing([i for _, i in made], weights)}
    pieces: list[Continuation[Id]] = []
    for j, i in enumerate(pairs.of_new):
        if i is None:
            pieces.append(Continuation(None, State.ADDED, False, False, False, 0.0))
            continue
        is_moved = j not in in_order
        is_renamed = old[i].heading != new[j].heading
        is_changed = old[i].source != new[j].source
        state = _state(is_moved, is_renamed, is_changed)
        alike = similarity(faces.old[i], faces.new[j]) if is_changed else 1.0
        pieces.append(Continuation(old[i].id, state, is_moved, is_renamed, is_changed, alike))
    return Alignment(
        tuple(pieces),
        tuple(old[i].id for i in pairs.free_old()),
        tuple(LineageHint(kind, old[i].id, j) for kind, i, j in hints),
    )


def _state(is_moved: bool, is_renamed: bool, is_changed: bool) -> State:
    if is_moved:
        return State.MOVED
    if is_renamed:
        return State.RENAMED
    return State.CHANGED if is_changed else State.KEPT
