"""Opinions statutory bodies give on what is consulted: whom to ask, how long they have, what their silence means.

The term runs from the delivery of the draft, whose day is not counted, and ends as terms do (`windows.term_end`).
Only where an act says so does silence mean that the body gave up its right; elsewhere a late opinion is merely late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from consult.domain.errors import InvalidInput
from consult.domain.process.windows import WARSAW, term_end

LONGEST_TERM = 366


class OpinionState(StrEnum):
    """How an opinion stands."""

    PREPARED = "prepared"
    AWAITED = "awaited"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    GIVEN = "given"
    REFUSED = "refused"


OUTCOMES = ("given", "refused")
"""What is written down; everything else is said by the clock."""


@dataclass(frozen=True, slots=True)
class Body:
    """A kind of body: the provision it is asked under, its term in days (None where none is set), its silence."""

    code: str
    source: str
    term_days: int | None
    is_silence_waiver: bool = False


_BENEFIT = "ustawy z dnia 24 kwietnia 2003 r. o działalności pożytku publicznego i o wolontariacie"
_POLICY = "art. 6 ust. 3 ustawy z dnia 6 grudnia 2006 r. o zasadach prowadzenia polityki rozwoju"
_ENVIRONMENT = (
    "ustawy z dnia 3 października 2008 r. o udostępnianiu informacji o środowisku i jego ochronie, udziale "
    "społeczeństwa w ochronie środowiska oraz o ocenach oddziaływania na środowisko"
)

BODIES: dict[str, Body] = {
    body.code: body
    for body in (
        Body("council", f"art. 41i ust. 2 {_BENEFIT}", 14, is_silence_waiver=True),
        Body("region", f"art. 41a ust. 3 {_BENEFIT}", 30, is_silence_waiver=True),
        Body("neighbour", _POLICY, None),
        Body("waters", _POLICY, None),
        Body("environment", f"art. 54 ust. 1 w związku z art. 57 {_ENVIRONMENT}", 30),
        Body("sanitary", f"art. 54 ust. 1 w związku z art. 58 {_ENVIRONMENT}", 30),
        Body("other", "", None),
    )
}
"""Every kind of body by its code: the council of public benefit of a municipality or county, that of a region, a
neighbouring municipality, the water authority, the environmental and the sanitary inspection, and any other."""


def due_on(delivered_on: date | None, term_days: int | None) -> date | None:
    """The last day of the term; None before the delivery and where no term is set."""
    if delivered_on is None or term_days is None:
        return None
    return term_end(delivered_on, term_days)


def state_on(
    outcome: str, delivered_on: date | None, term_days: int | None, is_silence_waiver: bool, today: date
) -> OpinionState:
    """How an opinion stands on a day in Warsaw; what was given late stays given."""
    if outcome:
        return OpinionState(outcome)
    if delivered_on is None:
        return OpinionState.PREPARED
    due = due_on(delivered_on, term_days)
    if due is None or today <= due:
        return OpinionState.AWAITED
    return OpinionState.LAPSED if is_silence_waiver else OpinionState.OVERDUE


def is_late(given_on: date | None, delivered_on: date | None, term_days: int | None) -> bool:
    """Whether an opinion came after its term."""
    due = due_on(delivered_on, term_days)
    return due is not None and given_on is not None and given_on > due


def today(now: datetime) -> date:
    """The day in Warsaw."""
    return now.astimezone(WARSAW).date()


def require_days(outcome: str, delivered_on: date | None, given_on: date | None, now: datetime) -> None:
    """Raises InvalidInput for a delivery or an opinion that has yet to happen, or that came before it could."""
    if delivered_on is not None and delivered_on > today(now):
        raise InvalidInput("delivered_in_future", field="delivered_on")
    if outcome and outcome not in OUTCOMES:
        raise InvalidInput("opinion_outcome", field="outcome")
    if not outcome:
        if given_on is not None:
            raise InvalidInput("opinion_outcome", field="outcome")
        return
    if delivered_on is None:
        raise InvalidInput("opinion_undelivered", field="delivered_on")
    if given_on is None:
        raise InvalidInput("opinion_undated", field="given_on")
    if given_on > today(now):
        raise InvalidInput("opinion_in_future", field="given_on")
    if given_on < delivered_on:
        raise InvalidInput("opinion_before_delivery", field="given_on")


def checked_term(days: int | None) -> int | None:
    """A term in days that can be, or None for none. Raises InvalidInput."""
    if days is None:
        return None
    if not 1 <= days <= LONGEST_TERM:
        raise InvalidInput("term_days", field="term_days", limit=LONGEST_TERM)
    return days
