"""The host's answer to a comment: what it may say, and the way it goes before anybody outside may read it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from consult.domain.errors import InvalidInput, RuleBroken


class Outcome(StrEnum):
    """What became of the comment. Codes are kept in tables, spreadsheets and hashes, and never change."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    EXPLAINED = "explained"
    PRESENT = "present"
    OUT_OF_SCOPE = "out_of_scope"
    DEFERRED = "deferred"
    NOTED = "noted"
    UNCONSIDERED = "unconsidered"
    WITHDRAWN = "withdrawn"


class DispositionState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    PUBLISHED = "published"


STATE_AFTER: Mapping[DispositionState, frozenset[DispositionState]] = {
    DispositionState.DRAFT: frozenset({DispositionState.REVIEW}),
    DispositionState.REVIEW: frozenset({DispositionState.APPROVED, DispositionState.DRAFT}),
    # back to draft: something was found after approval
    DispositionState.APPROVED: frozenset({DispositionState.PUBLISHED, DispositionState.DRAFT}),
    # what was published is corrected only by a numbered later report
    DispositionState.PUBLISHED: frozenset(),
}

LONGEST_JUSTIFICATION = 20_000
"""Code points."""

_WITHOUT_JUSTIFICATION = frozenset({Outcome.WITHDRAWN})
_WITH_WORDING = frozenset({Outcome.ACCEPTED, Outcome.PARTLY})


def needs_justification(outcome: Outcome) -> bool:
    """Whether reasons are owed: to everybody who spoke, but to one who took the comment back."""
    return outcome not in _WITHOUT_JUSTIFICATION


def carries_wording(outcome: Outcome) -> bool:
    """Whether the answer may change the text: only where the comment was accepted, wholly or in part."""
    return outcome in _WITH_WORDING


def advance(current: DispositionState, to: DispositionState) -> DispositionState:
    """`to`, if it may follow. Raises RuleBroken("not_the_next_step") with both codes otherwise."""
    if to not in STATE_AFTER[current]:
        raise RuleBroken("not_the_next_step", current=str(current), wanted=str(to))
    return to


def require_complete(outcome: Outcome, justification: str, *, has_wording: bool) -> None:
    """Whether an answer says all it must and no more than it may.

    Raises InvalidInput("justification_missing"), ("justification_too_long") or ("wording_not_taken").
    """
    if needs_justification(outcome) and not justification.strip():
        raise InvalidInput("justification_missing", field="justification")
    if len(justification) > LONGEST_JUSTIFICATION:
        raise InvalidInput("justification_too_long", field="justification", limit=LONGEST_JUSTIFICATION)
    if has_wording and not carries_wording(outcome):
        raise InvalidInput("wording_not_taken", field="outcome")
