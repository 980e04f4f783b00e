"""One transaction for one act.

`unit_of_work()` opens the transaction as a writer's, or joins the one already open; the outermost
commits. Events and their deliveries are rows of the same transaction, so that nothing is announced
that was not saved and nothing saved goes unannounced; the job started after the commit only wakes
the worker.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import text

from consult.domain.history.canonical import canonical
from consult.domain.history.chain import SALT_BYTES, sealed
from consult.domain.history.events import Event as DomainEvent
from consult.storage.database import WRITES, Base, db, empty_log_of_writes, rewrite_file
from consult.storage.models.history import Delivery, Event, Seal
from consult.storage.prepared import insert_rows

if TYPE_CHECKING:
    from consult.ports.bundle import Ports
    from consult.ports.jobs import Jobs

CONSUMERS = ("search",)
"""Who has to hear of every event."""

DELIVER_JOB = "deliver"
MAIL_JOB = "mail"
UPKEEP_JOB = "upkeep"
HEARTBEAT_JOB = "heartbeat"

PORTS_KEY = "consult.ports"
_WORK_KEY = "consult.work"


def current_ports() -> Ports:
    """The ports the application was built with."""
    ports: Ports = current_app.extensions[PORTS_KEY]
    return ports


@dataclass
class Work:
    """An open transaction: what services add to the record through."""

    ports: Ports
    events: list[DomainEvent] = field(default_factory=list)
    jobs: dict[str, None] = field(default_factory=dict)

    def add(self, *rows: Base) -> None:
        """Put rows in the record; ids are there after `flush`."""
        db.session.add_all(rows)

    def insert(self, *rows: Base) -> None:
        """Put rows in the record at once, past the mapper, after what waits for `flush`; ids are there when it
        returns."""
        self.flush()
        insert_rows(rows)

    def flush(self) -> None:
        db.session.flush()

    def seal(self, value: str) -> Seal:
        """Keep a value that may name a person in the erasable place; its id is there."""
        return self.seals(value)[0]

    def seals(self, *values: str) -> list[Seal]:
        """The same for several values at once."""
        made = []
        for value in values:
            salt = secrets.token_bytes(SALT_BYTES)
            made.append(Seal(salt=salt, value=value, digest=sealed(value, salt)))
        self.insert(*made)
        return made

    def record(self, event: DomainEvent, *, at: datetime, actor_ref: int | None) -> None:
        """Record an event and who has to hear of it."""
        row = Event(kind=event.kind, ref=canonical(event.refs()).decode(), at=at, actor_ref=actor_ref)
        self.insert(row)
        self.insert(*(Delivery(event_id=row.id, consumer=consumer) for consumer in CONSUMERS))
        self.events.append(event)
        self.wake(DELIVER_JOB)

    def wake(self, job: str) -> None:
        """Start a job of the worker once everything is saved."""
        self.jobs[job] = None


@contextmanager
def unit_of_work() -> Iterator[Work]:
    """Everything inside happens or nothing does."""
    session = db.session()
    outer: Work | None = session.info.get(_WORK_KEY)
    if outer is not None:
        yield outer
        session.flush()  # so that what comes next in the transaction finds the rows
        return
    session.rollback()  # ends the reading transaction of the request, which could not become a writer's
    session.connection(execution_options={WRITES: True})
    work = Work(current_ports())
    session.info[_WORK_KEY] = work
    try:
        yield work
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_WORK_KEY, None)
    for job in work.jobs:
        _wake(work.ports.jobs, job)


def _wake(jobs: Jobs, job: str) -> None:
    """Start the worker. The act is done and saved: that the worker did not hear of it only delays it, and must
    not look to the person who acted as if it had failed."""
    try:
        jobs.wake(job)
    except Exception:
        logging.getLogger(__name__).exception("the worker could not be woken")


def end_reading() -> None:
    """Let go of the reading transaction, so that long work outside the database holds nothing open."""
    db.session.rollback()


def settle_writes() -> bool:
    """Leave nothing of what was erased beside the database; False when that has to wait for readers."""
    end_reading()
    return empty_log_of_writes()


def rewrite_database() -> None:
    """Write the whole database anew, without what was erased (SQLite)."""
    end_reading()
    rewrite_file()


def is_database_ready() -> bool:
    """Whether the database answers and has its tables."""
    try:
        db.session.rollback()
        db.session.execute(text("SELECT 1 FROM document LIMIT 1"))
    except Exception:
        db.session.rollback()
        return False
    return True
