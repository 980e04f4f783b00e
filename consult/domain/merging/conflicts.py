"""A conflict as a person decides it: what was there, what each side wants, what might do for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.errors import InvalidInput
from consult.domain.merging.sentences import has_word
from consult.domain.merging.threeway import Conflict, MergeResult

AROUND = 160
"""Code points of merged text shown before and behind a conflict, at most."""


class Side(StrEnum):
    """Whose words to take."""

    OURS = "ours"
    THEIRS = "theirs"
    BASE = "base"
    PROPOSED = "proposed"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of the deciding person's own."""

    text: str


Choice = Side | Wording


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One conflict with the merged text around it. `proposed` is None where nothing fair to both sides is at hand."""

    before: str
    base: str
    ours: str
    theirs: str
    proposed: str | None
    after: str


def excerpts(result: MergeResult) -> tuple[Excerpt, ...]:
    """Every conflict of `result` with up to AROUND code points about it, cut at words and never over a neighbour."""
    found: list[Excerpt] = []
    for at, conflict in enumerate(result.conflicts):
        floor = result.conflicts[at - 1].at.end if at else 0
        ceiling = result.conflicts[at + 1].at.start if at + 1 < len(result.conflicts) else len(result.text)
        before = _from_word(
            result.text[max(floor, conflict.at.start - AROUND) : conflict.at.start], floor, conflict
        )
        after = _to_word(
            result.text[conflict.at.end : min(ceiling, conflict.at.end + AROUND)], ceiling, conflict
        )
        found.append(
            Excerpt(before, conflict.base, conflict.ours, conflict.theirs, proposal(conflict), after)
        )
    return tuple(found)


def proposal(conflict: Conflict) -> str | None:
    """A wording that keeps what both sides wrote, if one can be had without guessing.

    Where one side took out what the other reworded, the reworded; where one wording holds the other, the longer;
    where both only put something in, ours and then theirs.
    """
    ours, theirs = conflict.ours, conflict.theirs
    if not has_word(ours) or ours.strip() in theirs:
        return theirs
    if not has_word(theirs) or theirs.strip() in ours:
        return ours
    if not has_word(conflict.base):
        return both(conflict)
    return None


def both(conflict: Conflict) -> str:
    """Ours and then theirs, with a space between where neither brings one."""
    ours, theirs = conflict.ours, conflict.theirs
    gap = "" if not ours or not theirs or ours[-1:].isspace() or theirs[:1].isspace() else " "
    return f"{ours}{gap}{theirs}"


def resolve(result: MergeResult, choices: Sequence[Choice]) -> str:
    """The merged text with every conflict decided, one choice per conflict in order.

    Raises InvalidInput("conflicts_undecided") unless there are as many choices as conflicts, and
    InvalidInput("proposal_missing") where the proposed wording is chosen and there is none.
    """
    if len(choices) != len(result.conflicts):
        raise InvalidInput("conflicts_undecided", conflicts=len(result.conflicts), decided=len(choices))
    parts: list[str] = []
    at = 0
    for conflict, choice in zip(result.conflicts, choices, strict=True):
        parts += [result.text[at : conflict.at.start], _wording(conflict, choice)]
        at = conflict.at.end
    return "".join([*parts, result.text[at:]])


def _wording(conflict: Conflict, choice: Choice) -> str:
    match choice:
        case Wording(text):
            return text
        case Side.OURS:
            return conflict.ours
        case Side.THEIRS:
            return conflict.theirs
        case Side.BASE:
            return conflict.base
        case Side.BOTH:
            return both(conflict)
        case Side.PROPOSED:
            proposed = proposal(conflict)
            if proposed is None:
                raise InvalidInput("proposal_missing")
            return proposed


def _from_word(text: str, floor: int, conflict: Conflict) -> str:
    """`text`, which ends at the conflict, from its first whole word on."""
    if conflict.at.start - len(text) == floor:
        return text
    head, space, tail = text.partition(" ")
    return tail if space else head


def _to_word(text: str, ceiling: int, conflict: Conflict) -> str:
    """`text`, which begins behind the conflict, up to its last whole word."""
    if conflict.at.end + len(text) == ceiling:
        return text
    head, space, tail = text.rpartition(" ")
    return head if space else tail
