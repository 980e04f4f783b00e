"""How far a part of a draft is agreed, as a table: what may follow what. Codes never change once released."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from consult.domain.errors import RuleBroken


class Status(StrEnum):
    """What a group says of a part of its draft."""

    IN_WORK = "in_work"
    TO_AGREE = "to_agree"
    AGREED = "agreed"
    DISPUTED = "disputed"


STATUS_AFTER: Mapping[Status, frozenset[Status]] = {
    Status.IN_WORK: frozenset({Status.TO_AGREE}),
    Status.TO_AGREE: frozenset({Status.IN_WORK, Status.AGREED, Status.DISPUTED}),
    Status.AGREED: frozenset({Status.TO_AGREE}),
    Status.DISPUTED: frozenset({Status.TO_AGREE, Status.AGREED}),
}

SETTLED = frozenset({Status.AGREED, Status.DISPUTED})
"""What only the chair, or an official of the host, says and unsays."""


def needs_the_chair(current: Status, to: Status) -> bool:
    """Whether a step settles a part, or unsettles one."""
    return current in SETTLED or to in SETTLED


def advance_status(current: Status, to: Status) -> Status:
    """`to`, if it may follow. Raises RuleBroken("status_not_next") with both codes otherwise."""
    if to not in STATUS_AFTER[current]:
        raise RuleBroken("status_not_next", current=str(current), wanted=str(to))
    return to


def after_edit(current: Status) -> Status:
    """The status of a part whose words were edited: what was agreed has to be agreed again."""
    return Status.TO_AGREE if current is Status.AGREED else current
