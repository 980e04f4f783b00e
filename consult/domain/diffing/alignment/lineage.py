"""Which sections were split and joined, and which part keeps the identity."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from consult.domain.diffing.alignment.faces import Face, Faces, held, holders_of, sharers
from consult.domain.diffing.alignment.pairing import Pairs

_MOST = 0.6


class LineageKind(StrEnum):
    SPLIT = "split"
    JOIN = "join"


def trace(faces: Faces, pairs: Pairs) -> Iterator[tuple[LineageKind, int, int]]:
    """Splits and joins as (kind, index of old, index of new).

    On the way identity is given to the first part, of a section split as of sections joined, unless a later part is
    the one that has the heading.
    """
    yield from _splits(faces, pairs)
    yield from _joins(faces, pairs)


def _splits(faces: Faces, pairs: Pairs) -> Iterator[tuple[LineageKind, int, int]]:
    holders = holders_of(faces.old, range(len(faces.old)))
    for j in pairs.free_new():
        for i in sharers(holders, faces.new[j])[:1]:
            whole, heir = faces.old[i], pairs.of_old[i]
            if heir is None or held(faces.new[j], whole) < _MOST:
                continue
            if j < heir and _may_yield(faces.new[heir], whole):
                pairs.of_new[heir] = None
                pairs.add(i, j)
                yield LineageKind.SPLIT, i, heir
            else:
                yield LineageKind.SPLIT, i, j


def _joins(faces: Faces, pairs: Pairs) -> Iterator[tuple[LineageKind, int, int]]:
    holders = holders_of(faces.new, range(len(faces.new)))
    for i in pairs.free_old():
        for j in sharers(holders, faces.old[i])[:1]:
            whole, forebear = faces.new[j], pairs.of_new[j]
            if forebear is None or held(faces.old[i], whole) < _MOST:
                continue
            if i < forebear and _may_yield(faces.old[forebear], whole):
                pairs.of_old[forebear] = None
                pairs.add(i, j)
                yield LineageKind.JOIN, forebear, j
            else:
                yield LineageKind.JOIN, i, j


def _may_yield(part: Face, whole: Face) -> bool:
    """Whether the part that has the identity may give it to an earlier one: it is a mere part, and lost the heading."""
    return part.title != whole.title and held(part, whole) >= _MOST
