"""The course of a proposal, as a table: what may follow what. Codes never change once released."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from consult.domain.errors import RuleBroken


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
