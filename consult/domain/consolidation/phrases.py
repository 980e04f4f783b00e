"""Origins as readers are shown them: of the plain text, in whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from consult.domain.consolidation.provenance import Run, Stretch
from consult.domain.text.projection import Projection
from consult.domain.text.spans import Span

_UNIT = re.compile(r"\w+|[^\w\s]")

SHORT_WORD = 3
"""Code points of a word that stands by chance in a passage which is otherwise newer."""


def phrases(text: str, stretches: Iterable[Stretch]) -> list[Stretch]:
    """The origins of a text in whole words: a word of which a letter is newer came with the newer change.

    The phrases stand in order and begin and end with a word or mark. A short word kept by chance within words that
    all came with one later change is shown with them.
    """
    ordered = [stretch for stretch in stretches if stretch.start < stretch.end]
    units: list[Stretch] = []
    at = 0
    for found in _UNIT.finditer(text):
        start, end = found.span()
        while at < len(ordered) and ordered[at].end <= start:
            at += 1
        origin, number = 0, at
        while number < len(ordered) and ordered[number].start < end:
            origin = max(origin, ordered[number].origin)
            number += 1
        if not origin:
            continue
        if units and units[-1].origin == origin:
            units[-1] = Stretch(units[-1].start, end, origin)
        else:
            units.append(Stretch(start, end, origin))
    return _without_chance(units)


def _without_chance(units: Sequence[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for number, unit in enumerate(units):
        after = units[number + 1].origin if number + 1 < len(units) else 0
        origin = unit.origin
        is_short = unit.end - unit.start <= SHORT_WORD
        if joined and is_short and joined[-1].origin == after > origin:
            origin = after
        if joined and joined[-1].origin == origin:
            joined[-1] = Stretch(joined[-1].start, unit.end, origin)
        else:
            joined.append(Stretch(unit.start, unit.end, origin))
    return joined


def in_plain(runs: Sequence[Run], projection: Projection) -> list[Stretch]:
    """The origins of a section's plain text, from those of its source; what the rendering put in has none."""
    found: list[Stretch] = []
    at = 0
    for run in runs:
        span = projection.to_plain(Span(at, at + run.length))
        at += run.length
        start = max(span.start, found[-1].end) if found else span.start
        if start < span.end:
            found.append(Stretch(start, span.end, run.origin))
    return found
