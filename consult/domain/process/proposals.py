"""The course of a proposal, as a table: what may follow what, and how its wording fits the text that stands now.

Codes never change once released.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.errors import RuleBroken
from consult.domain.merging.threeway import MergeResult, merge


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    # the words it is about were changed in a way that no machine can join with it
    OUTDATED = "outdated"
    TAKEN = "taken"
    PARTLY = "partly"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class PartKind(StrEnum):
    """What a proposal wants of a section."""

    REWORD = "reword"
    ADD = "add"
    REMOVE = "remove"


class PartState(StrEnum):
    """Where one part of a proposal stands."""

    OPEN = "open"
    OUTDATED = "outdated"
    TAKEN = "taken"
    PARTLY = "partly"
    LEFT = "left"
    # the text came to say the same meanwhile
    PRESENT = "present"


PROPOSAL_AFTER: Mapping[ProposalState, frozenset[ProposalState]] = {
    ProposalState.OPEN: frozenset(
        {
            ProposalState.OUTDATED,
            ProposalState.TAKEN,
            ProposalState.PARTLY,
            ProposalState.DECLINED,
            ProposalState.WITHDRAWN,
        }
    ),
    # open again: its author, or a later change, brought it up to date; taken: the one who decided joined the texts
    ProposalState.OUTDATED: frozenset(
        {
            ProposalState.OPEN,
            ProposalState.TAKEN,
            ProposalState.PARTLY,
            ProposalState.DECLINED,
            ProposalState.WITHDRAWN,
        }
    ),
    ProposalState.TAKEN: frozenset(),
    ProposalState.PARTLY: frozenset(),
    # considered anew
    ProposalState.DECLINED: frozenset({ProposalState.OPEN}),
    ProposalState.WITHDRAWN: frozenset(),
}

UNDECIDED = frozenset({ProposalState.OPEN, ProposalState.OUTDATED})
"""States in which somebody still has to decide."""


def advance_proposal(current: ProposalState, to: ProposalState) -> ProposalState:
    """`to`, if it may follow. Raises RuleBroken("proposal_decided") with both codes otherwise."""
    if to not in PROPOSAL_AFTER[current]:
        raise RuleBroken("proposal_decided", current=str(current), wanted=str(to))
    return to


@dataclass(frozen=True, slots=True)
class Fit:
    """A part against the words that stand now: `wanted` is what they would become with the whole part taken.

    `state` is open, present or outdated; `merged` holds the conflicts where two wordings cannot both be had.
    """

    wanted: str
    state: PartState
    merged: MergeResult | None = None


def fit(kind: str, *, base: str, source: str, current: str | None) -> Fit:
    """How a part made against `base` fits `current`, the words now (None where the section stands no more)."""
    if kind == PartKind.ADD:
        return Fit(source, PartState.OPEN)
    if kind == PartKind.REMOVE:
        if current is None:
            return Fit("", PartState.PRESENT)
        return Fit("", PartState.OPEN if current.strip() == base.strip() else PartState.OUTDATED)
    if current is None:
        return Fit(source, PartState.OUTDATED)
    merged = merge(base, source, current)
    if merged.conflicts:
        return Fit(source, PartState.OUTDATED, merged)
    is_present = merged.text.strip() == current.strip()
    return Fit(merged.text, PartState.PRESENT if is_present else PartState.OPEN)
