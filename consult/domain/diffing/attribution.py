"""Which step of several made which difference between the first text and the last.

Every step is compared with the text before it; what it struck out is followed back to the first text and what it put
in forward to the last one, and the steps whose words meet a difference there made it. The cost is that of one
comparison a step, so callers bound how many steps they ask about.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from consult.domain.diffing.compare import compare
from consult.domain.diffing.edits import EditScript
from consult.domain.diffing.laid import Difference
from consult.domain.text.spans import Span

Places = list[tuple[Span, Span]]
"""For each change of one step its place in the first text and in the last."""


def attribute(texts: Sequence[str], differences: Sequence[Difference]) -> list[tuple[int, ...]]:
    """For each difference between the plain texts ``texts[0]`` and ``texts[-1]`` the steps that made it, in order.

    Step n leads from ``texts[n - 1]`` to ``texts[n]``. A difference no step can be told to have made (words set in
    another way) belongs to every step that left the words alone, or else to all of them: never to none.
    """
    count = len(texts) - 1
    if count < 1:
        return [() for _ in differences]
    if count == 1:
        return [(1,) for _ in differences]
    scripts = [compare(old, new, letters=False) for old, new in pairwise(texts)]
    places = [_places(scripts, at) for at in range(count)]
    wordless = tuple(at + 1 for at, found in enumerate(places) if not found)
    everything = tuple(range(1, count + 1))
    made = []
    for difference in differences:
        if difference.is_of_setting:
            made.append(wordless or everything)
            continue
        steps = tuple(
            at + 1 for at, found in enumerate(places) if any(_meet(place, difference) for place in found)
        )
        made.append(steps or everything)
    return made


def _places(scripts: Sequence[EditScript], at: int) -> Places:
    """Where the changes of one step stand in the first and in the last text."""
    back = [script.inverse() for script in reversed(scripts[:at])]
    places: Places = []
    for hunk in scripts[at].changes():
        old, new = hunk.old, hunk.new
        for script in back:
            old = script.map_span(old)
        for script in scripts[at + 1 :]:
            new = script.map_span(new)
        places.append((old, new))
    return places


def _meet(place: tuple[Span, Span], difference: Difference) -> bool:
    return _touch(place[0], difference.old) or _touch(place[1], difference.new)


def _touch(one: Span, other: Span) -> bool:
    """Whether two spans share a code point; an empty one only needs to stand within or at the edge of the other, and
    two empty ones at one place say nothing."""
    if one.is_empty and other.is_empty:
        return False
    if one.is_empty or other.is_empty:
        return one.start <= other.end and other.start <= one.end
    return one.overlaps(other)
