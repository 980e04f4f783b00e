"""When words stood in a document: stretches of changes, and what of them published versions tell.

A document holds words from one change until another when in between some text of it always holds them, whichever part
that text belongs to. So words that move to another part have not gone, and of words that stand twice one may go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """From the change `from_no` up to but not including the change `until_no`, which is None while it lasts."""

    from_no: int
    until_no: int | None

    def covers(self, change_no: int) -> bool:
        return self.from_no <= change_no and (self.until_no is None or change_no < self.until_no)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same changes covered by as few stretches as possible, in order."""
    found: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: one.from_no):
        last = found[-1] if found else None
        if last is None or (last.until_no is not None and stretch.from_no > last.until_no):
            found.append(stretch)
        elif last.until_no is not None and (stretch.until_no is None or stretch.until_no > last.until_no):
            found[-1] = Stretch(last.from_no, stretch.until_no)
    return found


@dataclass(frozen=True, slots=True)
class Published:
    """A run of versions that hold words: the first and the last place in the list of all versions, and the changes by
    which the words came into the first and went from the one after the last.

    `from_no` is the last change by which they came before the first version, `until_no` the last by which they went
    before the version after the last; None while the last version there is holds them. Changes after the last version
    say nothing here: what was not published is nobody's business yet.
    """

    first: int
    last: int
    from_no: int
    until_no: int | None


def published(stretches: Sequence[Stretch], version_changes: Sequence[int]) -> list[Published]:
    """Stretches (as `joined` gives them) as the versions show them; `version_changes` are the last changes the versions
    contain, in order of the versions."""
    found: list[Published] = []
    covering = [next((one for one in stretches if one.covers(change)), None) for change in version_changes]
    place = 0
    while place < len(covering):
        first = covering[place]
        if first is None:
            place += 1
            continue
        last = place
        while last + 1 < len(covering) and covering[last + 1] is not None:
            last += 1
        until_no = None
        if last + 1 < len(covering):
            ends = (one.until_no for one in stretches)
            until_no = max(end for end in ends if end is not None and end <= version_changes[last + 1])
        found.append(Published(place, last, first.from_no, until_no))
        place = last + 1
    return found
