"""Whether the installation works: alive, ready to be asked, and in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consult.ports.meters import Figure
from consult.services.operations import search_health, worker_health
from consult.services.search import lag
from consult.storage.migrate import is_database_current
from consult.storage.queries import deliveries as delivery_queries
from consult.storage.queries import figures as figure_queries
from consult.storage.queries import letters as letter_queries
from consult.storage.unit_of_work import CONSUMERS, current_ports, end_reading, is_database_ready

OK = "ok"


@dataclass(frozen=True, slots=True)
class Health:
    """`index_lag` is how many events the index has not heard of; None when the database does not answer."""

    database: bool
    index_lag: int | None


def check_health() -> Health:
    is_ready = is_database_ready()
    return Health(is_ready, lag() if is_ready else None)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Each part as "ok" or a code of what is wrong with it."""

    parts: tuple[tuple[str, str], ...]

    @property
    def is_ready(self) -> bool:
        return all(code == OK for _, code in self.parts)


def check_readiness(*, now: datetime) -> Readiness:
    """Whether people can be sent here. Codes: database "unreachable" or "outdated", index "missing", "outdated",
    "broken" or "locked", worker "silent", disk "not_writable" or "full"; "unknown" for what hangs on the database."""
    database = _database()
    is_there = database == OK
    return Readiness(
        (
            ("database", database),
            ("index", (search_health().problem or OK) if is_there else "unknown"),
            ("worker", ("ok" if worker_health(now).is_there else "silent") if is_there else "unknown"),
            ("disk", current_ports().files.problem() or OK),
        )
    )


def _database() -> str:
    if not is_database_ready():
        return "unreachable"
    try:
        return OK if is_database_current() else "outdated"
    except Exception:
        end_reading()
        return "outdated"


def figures(*, version: str, now: datetime) -> list[Figure]:
    """The state of the installation in numbers: none of them about a person."""
    letters = letter_queries.letters_overview(now)
    pending = {row.consumer: row for row in delivery_queries.list_consumers()}
    search, worker = search_health(), worker_health(now)
    oldest = letters.oldest_due_at
    found = [
        Figure("consult_build_info", "The version that runs.", 1, (("version", version),)),
        Figure("consult_letters_pending", "Letters that are due and have not left.", letters.waiting),
        Figure(
            "consult_letters_oldest_seconds",
            "How long the oldest of them has been due.",
            (now - oldest).total_seconds() if oldest else 0,
        ),
        Figure(
            "consult_letters_sent_last_day", "Letters that left in the last 24 hours.", letters.sent_last_day
        ),
        Figure("consult_letters_failed", "Letters given up that somebody should have had.", letters.failed),
        Figure("consult_index_lag_events", "Events the search index has not heard of.", search.lag),
        Figure("consult_index_usable", "Whether the search index can be read.", not search.problem),
        Figure(
            "consult_worker_silent_seconds",
            "Since when the worker has not been heard of; -1 when it never was.",
            (now - worker.heard_at).total_seconds() if worker.heard_at else -1,
        ),
        Figure(
            "consult_consultations_open",
            "Consultations that take comments now.",
            figure_queries.count_open_consultations(now),
        ),
    ]
    found += [
        Figure(
            "consult_upkeep_failed",
            "Whether a recurring work of the worker ended badly the last time.",
            bool(run.failure),
            (("work", run.name),),
        )
        for run in worker.works
    ]
    found += [
        Figure(
            "consult_deliveries_pending",
            "Events somebody has not heard of.",
            pending[consumer].pending if consumer in pending else 0,
            (("consumer", consumer),),
        )
        for consumer in CONSUMERS
    ]
    return found
