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

from consult.domain.errors import InvalidInput, RuleBroken

WARSAW = ZoneInfo("Europe/Warsaw")

LAST_MINUTE = time(23, 59)
"""The minute people name when they mean the end of a day."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years of days people name; others are slips of the keyboard, and the first and last there are have no UTC."""

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


def named_moment(day: date, hour: time, *, field: str, is_end: bool) -> datetime:
    """The moment people name by a day and an hour in Warsaw, in UTC; 23.59 as an end is the end of that day.

    In the night in which clocks go back an hour comes twice: a beginning is then the first of the two and an end the
    second, so that nobody is given less than was announced. In the night in which they go forward one is missing:
    raises InvalidInput("hour_skipped") for it, about `field`, and InvalidInput("year") for years nobody means.
    """
    require_year(day, field=field)
    if is_end and hour >= LAST_MINUTE:
        return closing(day)
    moment = datetime.combine(day, hour, WARSAW).replace(fold=int(is_end)).astimezone(UTC)
    if moment.astimezone(WARSAW).time() != hour:
        raise InvalidInput("hour_skipped", field=field, hour=f"{hour:%H.%M}", day=day.isoformat())
    return moment


def day_that_counts(*, received_on: date, postmark_on: date | None, by_postmark: bool) -> date:
    """The day by which it is judged whether a letter came in time: that of the postmark where the postmark decides and
    is known, else that of receipt.

    The Code of Administrative Procedure takes a term for kept when a letter was posted before its end at a Polish office
    of the designated operator or in another member state (art. 57 § 5 pkt 2 of the ustawa z dnia 14 czerwca 1960 r.
    Kodeks postępowania administracyjnego). The Code is about cases of single persons. A consultation is none, so the
    rule holds only where an act refers to it (`LegalBasis.letters`) or where the host has announced it.
    """
    return postmark_on if by_postmark and postmark_on is not None else received_on


def is_in_time(counted_on: date, standing: Window) -> bool:
    """Whether what counts as handed in on a day was handed in while comments were taken; days are taken whole, for
    nobody stamps hours."""
    return first_moment(counted_on) < standing.closes_at and standing.opens_at < first_moment(
        counted_on + timedelta(1)
    )


def require_year(day: date, *, field: str) -> None:
    """Raises InvalidInput("year") for a day in a year nobody means."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInput("year", field=field, first=FIRST_YEAR, last=LAST_YEAR)


def comes_twice(day: date, hour: time) -> bool:
    """Whether clocks in Warsaw show this hour twice on this day."""
    local = datetime.combine(day, hour, WARSAW)
    first, second = (local.replace(fold=fold) for fold in (0, 1))
    exists = first.astimezone(UTC).astimezone(WARSAW).time() == hour
    return exists and first.utcoffset() != second.utcoffset()


def extended(standing: Window, last_day: date) -> Window:
    """The window with a later last day. Raises RuleBroken("window_shortened"): a term given is never taken back."""
    if closing(last_day) < standing.closes_at:
        raise RuleBroken("window_shortened", last_day=standing.last_day.isoformat())
    return Window(standing.opens_at, closing(last_day))
