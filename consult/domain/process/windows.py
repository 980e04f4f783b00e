"""When a consultation takes comments: terms counted as Polish law counts them, and the window they make.

A term counted in days leaves out the day of the event that starts it, here the announcement (art. 111 § 2 of the
Civil Code, ustawa z dnia 23 kwietnia 1964 r. Kodeks cywilny). An end on a Saturday or a day free of work by statute
moves to the next day that is neither (art. 115). The days free of work are those of the ustawa z dnia 18 stycznia
1951 r. o dniach wolnych od pracy, with Christmas Eve among them since 2025.

People name the last day; the window ends with that day in Warsaw. Moments are aware and in UTC, days are dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from consult.domain.errors import RuleBroken

WARSAW = ZoneInfo("Europe/Warsaw")

_SATURDAY = 5


# --- the calendar ------------------------------------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous algorithm of 1876, after Meeus, Astronomical Algorithms, 1991)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """The days of a year that are free of work by Polish statute, Sundays apart (Easter and Pentecost are Sundays)."""
    fixed = [(1, 1), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)]
    if year >= 2011:
        fixed.append((1, 6))
    if year >= 2025:
        fixed.append((12, 24))
    sunday = easter(year)
    movable = (sunday, sunday + timedelta(1), sunday + timedelta(49), sunday + timedelta(60))
    return frozenset([*(date(year, month, day) for month, day in fixed), *movable])


def is_working_day(day: date) -> bool:
    """Neither Saturday nor Sunday nor a day free of work by statute."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """`day` itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(1)
    return day


def term_end(announced_on: date, days: int) -> date:
    """The last day of a term of `days` days that starts with an announcement; raises ValueError below one day."""
    if days < 1:
        raise ValueError(f"a term of {days} days")
    return next_working_day(announced_on + timedelta(days))


def days_given(announced_on: date, last_day: date) -> int:
    """How many days a term has that ends with `last_day`; the day of the announcement is not counted."""
    return (last_day - announced_on).days


# --- the window --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """Comments are taken from `opens_at` until just before `closes_at`; both aware."""

    opens_at: datetime
    closes_at: datetime

    def __post_init__(self) -> None:
        if self.opens_at.tzinfo is None or self.closes_at.tzinfo is None:
            raise ValueError("a window without a zone")
        if self.closes_at <= self.opens_at:
            raise RuleBroken("window_empty")

    def is_open(self, now: datetime) -> bool:
        return self.opens_at <= now < self.closes_at

    def is_over(self, now: datetime) -> bool:
        return now >= self.closes_at

    @property
    def last_day(self) -> date:
        """The last day in Warsaw on which comments are taken."""
        return last_moment(self.closes_at).date()


def first_moment(day: date) -> datetime:
    """The beginning of a day in Warsaw, in UTC."""
    return datetime.combine(day, time(), WARSAW).astimezone(UTC)


def closing(last_day: date) -> datetime:
    """The first moment after `last_day` in Warsaw, in UTC: a comment sent at 23:59:59 is in time."""
    return first_moment(last_day + timedelta(1))


def last_moment(closes_at: datetime) -> datetime:
    """The last second before a closing, in Warsaw: what a deadline is announced as (… do 4 maja, godz. 23.59)."""
    return (closes_at - timedelta(seconds=1)).astimezone(WARSAW)


def window(opens_on: date, last_day: date) -> Window:
    """From the beginning of `opens_on` to the end of `last_day`, both in Warsaw.

    Raises RuleBroken("window_empty") when the last day comes before the first.
    """
    return Window(first_moment(opens_on), closing(last_day))


def extended(standing: Window, last_day: date) -> Window:
    """The window with a later last day. Raises RuleBroken("window_shortened"): a term given is never taken back."""
    if closing(last_day) < standing.closes_at:
        raise RuleBroken("window_shortened", last_day=standing.last_day.isoformat())
    return Window(standing.opens_at, closing(last_day))


# --- the law -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """What a consultation rests on. `source` is the rule as it is cited.

    `least_days` is the shortest term, None where only a local resolution can say; `usual_days` is what a form
    begins with. `report_days` is how long the host has for the report after the end, None where nothing says.
    """

    code: str
    source: str
    least_days: int | None
    usual_days: int
    report_days: int | None = None


LEGAL_BASES: dict[str, LegalBasis] = {
    basis.code: basis
    for basis in (
        LegalBasis(
            "strategy",
            "art. 6 ustawy z dnia 6 grudnia 2006 r. o zasadach prowadzenia polityki rozwoju",
            least_days=35,
            usual_days=35,
            report_days=30,
        ),
        LegalBasis(
            "programme",
            "art. 5 ust. 5 i art. 5a ustawy z dnia 24 kwietnia 2003 r. o działalności pożytku publicznego i o wolontariacie",
            least_days=None,
            usual_days=14,
        ),
        LegalBasis(
            "revitalisation",
            "art. 6 ustawy z dnia 9 października 2015 r. o rewitalizacji",
            least_days=35,
            usual_days=35,
        ),
        LegalBasis(
            "environment",
            "art. 39 ustawy z dnia 3 października 2008 r. o udostępnianiu informacji o środowisku i jego ochronie, "
            "udziale społeczeństwa w ochronie środowiska oraz o ocenach oddziaływania na środowisko",
            least_days=21,
            usual_days=21,
        ),
        LegalBasis(
            "resolution",
            "art. 5a ustawy z dnia 8 marca 1990 r. o samorządzie gminnym",
            least_days=None,
            usual_days=21,
        ),
    )
}
"""Every legal basis by its code. Terms are those of the acts; a local resolution may ask for more."""


def earliest_end(basis: LegalBasis, announced_on: date) -> date | None:
    """The earliest lawful last day after an announcement; None where the law sets no term."""
    return None if basis.least_days is None else term_end(announced_on, basis.least_days)


def require_term(basis: LegalBasis, announced_on: date, last_day: date) -> None:
    """Raises RuleBroken("window_too_short") when `last_day` comes before the earliest lawful one."""
    earliest = earliest_end(basis, announced_on)
    if earliest is not None and last_day < earliest:
        raise RuleBroken(
            "window_too_short",
            basis=basis.code,
            least_days=basis.least_days,
            earliest=earliest.isoformat(),
            given=days_given(announced_on, last_day),
        )


def report_due(basis: LegalBasis, last_day: date) -> date | None:
    """The last day for the report after a consultation that ended on `last_day`; None where the law sets none."""
    return None if basis.report_days is None else term_end(last_day, basis.report_days)
