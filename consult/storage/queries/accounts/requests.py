"""Selects and updates about what people ask to be done with their personal data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import aliased

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import DataRequest, Person

OPEN = "open"


@dataclass(frozen=True, slots=True)
class DataRequestRow:
    """A request: `kind` erase or correct; `state` open, carried_out, refused, withdrawn or lapsed (the person was erased). `person_name` and
    `person_email` are empty once the person is erased."""

    id: int
    person_id: int
    person_name: str
    person_email: str
    kind: str
    words: str
    made_at: datetime
    due_on: date
    state: str
    reason: str
    decided_at: datetime | None
    decided_by_name: str


def get_request(request_id: int) -> DataRequestRow:
    """The request of this id. Raises NotFound."""
    row = db.session.execute(_requests().where(DataRequest.id == request_id)).one_or_none()
    if row is None:
        raise NotFound("data_request")
    return _row(row)


def list_requests_of(person_id: int) -> list[DataRequestRow]:
    """Everything a person asked for, the newest first."""
    rows = db.session.execute(
        _requests().where(DataRequest.person_id == person_id).order_by(DataRequest.id.desc())
    )
    return [_row(row) for row in rows]


def list_requests(states: Collection[str] = (), *, offset: int = 0, limit: int = 50) -> list[DataRequestRow]:
    """Requests in these states or in any; the open ones first, by the day they are due."""
    statement = _requests()
    if states:
        statement = statement.where(DataRequest.state.in_(states))
    rows = db.session.execute(
        statement.order_by(DataRequest.state != OPEN, DataRequest.due_on, DataRequest.id)
        .offset(offset)
        .limit(limit)
    )
    return [_row(row) for row in rows]


def count_requests(states: Collection[str] = ()) -> int:
    statement = select(func.count()).select_from(DataRequest)
    if states:
        statement = statement.where(DataRequest.state.in_(states))
    return db.session.scalar(statement) or 0


def has_open_request(person_id: int, kind: str) -> bool:
    return (
        db.session.scalar(
            select(DataRequest.id).where(
                DataRequest.person_id == person_id, DataRequest.kind == kind, DataRequest.state == OPEN
            )
        )
        is not None
    )


def end_request(request_id: int, state: str, *, at: datetime, by: int | None, reason: str = "") -> bool:
    """Decide an open request or mark it withdrawn; False when it was no longer open."""
    found = db.session.execute(
        update(DataRequest)
        .where(DataRequest.id == request_id, DataRequest.state == OPEN)
        .values(state=state, decided_at=at, decided_by=by, reason=reason)
        .execution_options(synchronize_session=False)
    )
    return bool(found.rowcount)  # type: ignore[attr-defined]


def _requests() -> Select[*tuple[Any, ...]]:
    who, decider = aliased(Person), aliased(Person)
    return (
        select(
            DataRequest.id,
            DataRequest.person_id,
            who.name,
            who.email,
            who.erased_at,
            DataRequest.kind,
            DataRequest.words,
            DataRequest.made_at,
            DataRequest.due_on,
            DataRequest.state,
            DataRequest.reason,
            DataRequest.decided_at,
            func.coalesce(decider.name, ""),
        )
        .join(who, who.id == DataRequest.person_id)
        .outerjoin(decider, decider.id == DataRequest.decided_by)
    )


def _row(row: Any) -> DataRequestRow:
    is_erased = row[4] is not None
    return DataRequestRow(row[0], row[1], "" if is_erased else row[2], "" if is_erased else row[3], *row[5:])
