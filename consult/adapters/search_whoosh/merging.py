"""Which segments a commit rewrites into one."""

from __future__ import annotations

from typing import Any

from .engine import reading

GROWTH = 3
"""A segment is rewritten when those smaller than it have grown to a third of it, so that there are few segments and
each record is rewritten a few times in its life."""

DEAD_SHARE = 0.3
"""A segment with more of its records taken out than this is rewritten without them."""


def merge_small_and_dead(writer: Any, segments: list[Any]) -> list[Any]:
    """A Whoosh merge policy: gives the segments to keep after adding the others to `writer`."""
    return _merge(writer, segments, DEAD_SHARE)


def merge_all_dead(writer: Any, segments: list[Any]) -> list[Any]:
    """The same for a commit after which no byte is left of what was taken out: what holds a dead record is rewritten."""
    return _merge(writer, segments, 0.0)


def _merge(writer: Any, segments: list[Any], dead_share: float) -> list[Any]:
    kept: list[Any] = []
    merged: list[Any] = []
    gathered = writer.doc_count()
    for segment in sorted(segments, key=lambda one: one.doc_count_all()):
        size = segment.doc_count_all()
        is_dead = segment.deleted_count() > size * dead_share
        if is_dead or (size <= GROWTH * gathered and not kept):
            merged.append(segment)
            gathered += size - segment.deleted_count()
        else:
            kept.append(segment)
    for segment in merged:
        reader = reading.SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept
