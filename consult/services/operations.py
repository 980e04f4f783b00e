"""How the installation runs, for those who look after it: mail, deliveries, the search index, the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.history.events import LetterDropped, LetterRetried
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.ports.mail import Handover, Letter
from consult.ports.search import SearchUnavailable
from consult.services.authority import require
from consult.storage.queries import deliveries as delivery_queries
from consult.storage.queries import letters as letter_queries
from consult.storage.queries import upkeep as upkeep_queries
from consult.storage.queries.deliveries import ConsumerRow
from consult.storage.queries.letters import LettersOverview
from consult.storage.queries.upkeep import WORKER, RunRow
from consult.storage.unit_of_work import MAIL_JOB, current_ports, unit_of_work

HEARTBEAT_LASTS = timedelta(minutes=3)
"""The worker says every minute that it is alive; silent for this long, it is taken to be away."""


@dataclass(frozen=True, slots=True)
class SearchHealth:
    """`problem` is "" or why the engine cannot answer: missing, outdated, broken, locked. `watermark` is the last
    event it heard of, `last_event` the last there is; `records` how many it holds."""

    problem: str
    analyser: str
    watermark: int
    last_event: int
    lag: int
    records: int


@dataclass(frozen=True, slots=True)
class WorkerHealth:
    """When the worker was last heard of, and whether that is lately; `works` are its recurring works."""

    heard_at: datetime | None
    is_there: bool
    works: tuple[RunRow, ...]


@dataclass(frozen=True, slots=True)
class Operations:
    """Everything the operations page says."""

    letters: LettersOverview
    deliveries: tuple[ConsumerRow, ...]
    search: SearchHealth
    worker: WorkerHealth


def see_operations(actor: Actor, *, now: datetime) -> Operations:
    """How everything stands. Raises NotPermitted."""
    require(actor, Permission.SEE_OPERATIONS, Target())
    return Operations(
        letters=letter_queries.letters_overview(now),
        deliveries=tuple(delivery_queries.list_consumers()),
        search=search_health(),
        worker=worker_health(now),
    )


def search_health() -> SearchHealth:
    engine = current_ports().search
    problem, watermark, records = "", 0, 0
    try:
        watermark, records = engine.watermark(), engine.count()
    except SearchUnavailable as unavailable:
        problem = unavailable.reason
    return SearchHealth(
        problem=problem,
        analyser=current_ports().analyser.version,
        watermark=watermark,
        last_event=delivery_queries.last_event(),
        lag=delivery_queries.count_pending("search"),
        records=records,
    )


def worker_health(now: datetime) -> WorkerHealth:
    runs = upkeep_queries.list_runs()
    heard = next((run.ran_at for run in runs if run.name == WORKER), None)
    return WorkerHealth(
        heard_at=heard,
        is_there=heard is not None and now - heard < HEARTBEAT_LASTS,
        works=tuple(run for run in runs if run.name != WORKER),
    )


def retry_letter(actor: Actor, letter_id: int, *, now: datetime) -> None:
    """Try a letter again that was given up or waits. Raises NotPermitted; NotFound when it left already."""
    require(actor, Permission.SEE_OPERATIONS, Target())
    with unit_of_work() as work:
        letter_queries.revive(letter_id, now)
        work.record(LetterRetried(letter_id=str(letter_id)), at=now, actor_ref=actor.id)
        work.wake(MAIL_JOB)


def drop_letter(actor: Actor, letter_id: int, *, now: datetime) -> None:
    """Give a letter up for good. Raises NotPermitted; NotFound when it left already."""
    require(actor, Permission.SEE_OPERATIONS, Target())
    with unit_of_work() as work:
        letter_queries.get_unsent(letter_id)
        letter_queries.mark_dropped(letter_id, now, "dropped")
        work.record(LetterDropped(letter_id=str(letter_id)), at=now, actor_ref=actor.id)


def send_test_letter(actor: Actor, address: str, *, language: str, now: datetime) -> Handover:
    """Compose the trial letter and hand it over at once. Raises NotPermitted, MailRefused."""
    require(actor, Permission.SEE_OPERATIONS, Target())
    ports = current_ports()
    composed = ports.composer.compose("operations/test", language, {"sent_at": now})
    try:
        return ports.mailer.send(
            Letter(address, composed.subject, composed.text, composed.html, language=language)
        )
    finally:
        ports.mailer.rest()
