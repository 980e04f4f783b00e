"""The course of an answer an organisation puts together: what state it is in, what it still lacks, what it may hold.

Codes are kept in tables and never change once released.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain


class AnswerState(StrEnum):
    """`collecting`: members remark, the lead puts together; `approving`: the words stand still and are approved; `sent`
    and `dropped` are the ends. A text that has to change goes back from approving to collecting."""

    COLLECTING = "collecting"
    APPROVING = "approving"
    SENT = "sent"
    DROPPED = "dropped"


class ApprovalRule(StrEnum):
    """How an organisation comes to its word: named people approve here, or a resolution taken elsewhere is cited."""

    NAMED = "named"
    RESOLUTION = "resolution"


LIVE = (AnswerState.COLLECTING, AnswerState.APPROVING)

NEXT: dict[AnswerState, frozenset[AnswerState]] = {
    AnswerState.COLLECTING: frozenset({AnswerState.APPROVING, AnswerState.DROPPED}),
    AnswerState.APPROVING: frozenset({AnswerState.COLLECTING, AnswerState.SENT, AnswerState.DROPPED}),
    AnswerState.SENT: frozenset(),
    AnswerState.DROPPED: frozenset(),
}
"""From each state where one can go."""

LONGEST_ROLE = 120
LONGEST_REASON = 2_000
LONGEST_SIGNATURES = 600
LONGEST_AUTHORITY = 600
LONGEST_RESOLUTION = 100
MOST_APPROVERS = 9
MOST_PARTIES = 12
"""Organisations invited to one joint position."""

MOST_REMARKS = 1_000
"""Remarks of members in one answer; a code that got about must not fill the store."""

LARGEST_LETTER = 10_000_000
"""Bytes of the letter that goes with an answer."""

REMINDERS = (timedelta(days=7), timedelta(days=2), timedelta(hours=3))
"""How long before the end those who lead an answer are written to."""

ENDED = 0
"""The step of the letter that says the end has passed."""


def reminder_due(closes_at: datetime, now: datetime) -> int | None:
    """The step reached: whole hours of the shortest of `REMINDERS` that has come, `ENDED` after the end, None before all."""
    left = closes_at - now
    if left <= timedelta():
        return ENDED
    reached = [one for one in REMINDERS if left <= one]
    return int(min(reached).total_seconds() // 3600) if reached else None


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether an answer can be sent. `approvals` are (approved?, refused?) of the people asked, `parties`
    (approved?) of the other organisations still named."""

    state: AnswerState
    has_points: bool
    rule: str
    approvals: Sequence[tuple[bool, bool]]
    parties: Collection[bool]
    is_open: bool


def what_is_missing(standing: Standing) -> tuple[str, ...]:
    """Codes of what stands in the way of sending, in the order one would mend it; none when it can be sent.

    `not_open` the consultation takes no comments; `no_points` nothing to send; `not_asked` nobody was asked to approve;
    `refused` somebody said no; `approvals` somebody has not answered; `parties` another organisation has not.
    """
    missing = []
    if not standing.is_open:
        missing.append("not_open")
    if not standing.has_points:
        missing.append("no_points")
    if standing.state is not AnswerState.APPROVING:
        missing.append("not_asked")
        return tuple(missing)
    if standing.rule == ApprovalRule.NAMED:
        if any(refused for _, refused in standing.approvals):
            missing.append("refused")
        if not standing.approvals or any(not approved for approved, _ in standing.approvals):
            missing.append("approvals")
    if not all(standing.parties):
        missing.append("parties")
    return tuple(missing)


def name_together(names: Sequence[tuple[str, str]], limit: int) -> str | None:
    """The names of organisations that speak as one, as they stand beside their comments; `names` are (full, short or "").

    All in full, else those with a shorter name by it from the last on; None where even so they are longer than `limit`.
    """
    shown = [full for full, _ in names]
    for at in chain((None,), range(len(names) - 1, -1, -1)):
        if at is not None:
            shown[at] = names[at][1] or names[at][0]
        together = ", ".join(shown)
        if len(together) <= limit:
            return together
    return None
