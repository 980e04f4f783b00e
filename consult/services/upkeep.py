"""What the worker does now and then by itself: one table, a row for each work.

Every work is safe to repeat: a worker killed in the middle does it again. A work that fails is noted and never keeps
the others from being done.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from consult.services import unsaved_texts, unsent_comments
from consult.services.accounts import forget_unconfirmed
from consult.services.joint_answers.reminding import remind_leads
from consult.services.provenance.keeping import keep_missing_origins
from consult.services.saved_searches import forget_old_links, tell_of_new_places
from consult.services.senders import erase_past_term
from consult.storage.queries import invitations as invitation_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries import upkeep as queries
from consult.storage.queries.upkeep import WORKER, RunRow
from consult.storage.unit_of_work import (
    current_ports,
    end_reading,
    rewrite_database,
    settle_writes,
    unit_of_work,
)

HOME = ZoneInfo("Europe/Warsaw")

NIGHT_HOUR = 2
"""Nightly works are done after this hour, Polish time, or as soon as the worker is back."""

LETTERS_KEPT = timedelta(days=90)
"""How long the rows of letters stay that left or were given up."""

ERASURES_LOOKED_FOR = timedelta(days=2)
"""Two nights, so that a night the worker slept through leaves nothing behind."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RecurringWork:
    """`act(now)` is done every `every`, or every night when that is None. `name` is what the operator sees."""

    name: str
    act: Callable[[datetime], object]
    every: timedelta | None = None


def forget_old_letters(now: datetime) -> int:
    """Drop the rows of letters that are long gone; returns how many."""
    with unit_of_work():
        return queries.forget_letters(now - LETTERS_KEPT)


def forget_invited(now: datetime) -> int:
    """Forget to whom invitations were sent that let nobody in any more; returns how many."""
    with unit_of_work():
        return organisation_queries.forget_invited_addresses(
            now
        ) + invitation_queries.forget_invited_addresses(now)


def tidy_uploads(_now: datetime) -> None:
    """Drop uploads nobody confirmed within a day."""
    current_ports().files.tidy()


def drop_erased_words(_now: datetime) -> None:
    """Empty the place beside the database in which erased words still stand for a while."""
    if not settle_writes():
        log.info("erased words still stand beside the database", work="erased")


def rewrite_after_erasures(now: datetime) -> None:
    """Write the database anew where something was erased since it last was: what a page of the file was filled with
    before can stand in it until then."""
    if queries.has_erasures_since(now - ERASURES_LOOKED_FOR):
        rewrite_database()


WORKS: tuple[RecurringWork, ...] = (
    RecurringWork("letters", forget_old_letters),
    RecurringWork("uploads", tidy_uploads, every=timedelta(hours=1)),
    RecurringWork("accounts", forget_unconfirmed),
    RecurringWork("invitations", forget_invited),
    RecurringWork("unsaved", unsaved_texts.forget_old),
    RecurringWork("unsent", unsent_comments.forget_old_unsent),
    RecurringWork("retention", erase_past_term),
    RecurringWork("rewritten", rewrite_after_erasures),
    RecurringWork("erased", drop_erased_words, every=timedelta(hours=1)),
    RecurringWork("saved_searches", tell_of_new_places, every=timedelta(minutes=10)),
    RecurringWork("joint_answers", remind_leads, every=timedelta(minutes=10)),
    RecurringWork("search_links", forget_old_links),
    RecurringWork("origins", keep_missing_origins),
)


def run_due(*, now: Callable[[], datetime]) -> int:
    """Do every work whose time has come; returns how many were done."""
    return sum(_run(work, now) for work in WORKS if _is_due(work, queries.find_run(work.name), now()))


def beat(*, now: Callable[[], datetime]) -> None:
    """Write down that the worker is alive."""
    with unit_of_work():
        queries.note_run(WORKER, now())


def _is_due(work: RecurringWork, run: RunRow | None, now: datetime) -> bool:
    if run is None:
        return True
    if work.every is not None:
        return now - run.ran_at >= work.every
    return run.ran_at < _last_night(now)


def _last_night(now: datetime) -> datetime:
    """The last moment the clock at home struck `NIGHT_HOUR`."""
    local = now.astimezone(HOME)
    struck = local.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    return struck if struck <= local else struck - timedelta(days=1)


def _run(work: RecurringWork, now: Callable[[], datetime]) -> bool:
    began, clock, failure = now(), time.monotonic(), ""
    try:
        work.act(began)
    except Exception as error:
        failure = type(error).__name__[:60]
        log.error("upkeep failed", work=work.name, exc_info=error)
    end_reading()
    with unit_of_work():
        took = int((time.monotonic() - clock) * 1000)
        queries.note_run(work.name, began, took_ms=took, failure=failure)
    return not failure
