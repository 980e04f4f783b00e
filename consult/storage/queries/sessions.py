"""Selects about where people are signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, or_, select, update

from consult.storage.database import db
from consult.storage.models.second_factors import SecondFactor
from consult.storage.models.sessions import PersonSession
from consult.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser that is signed in, or waits for a code (`is_pending`); whether it ran out is for the policy to say."""

    id: int
    person_id: int
    made_at: datetime
    last_seen_at: datetime
    means: str
    is_strong: bool
    is_pending: bool
    browser: str
    system: str
    has_second_factor: bool


_COLUMNS = (
    PersonSession.id,
    PersonSession.person_id,
    PersonSession.made_at,
    PersonSession.last_seen_at,
    PersonSession.means,
    PersonSession.is_strong,
    PersonSession.is_pending,
    PersonSession.browser,
    PersonSession.system,
    SecondFactor.confirmed_at.is_not(None),
)


_BY_TOKEN = Prepared(
    select(*_COLUMNS)
    .outerjoin(SecondFactor, SecondFactor.person_id == PersonSession.person_id)
    .where(PersonSession.token_hash == bindparam("token_hash"), PersonSession.ended_at.is_(None))
)


def find_session(token_hash: str) -> SessionRow | None:
    """The session of a token, unless it was ended."""
    row = _BY_TOKEN(token_hash=token_hash).one_or_none()
    return _session(row) if row else None


def find_session_of(session_id: int, person_id: int) -> SessionRow | None:
    """A session of a person by its id, unless it was ended."""
    row = db.session.execute(
        select(*_COLUMNS)
        .outerjoin(SecondFactor, SecondFactor.person_id == PersonSession.person_id)
        .where(
            PersonSession.id == session_id,
            PersonSession.person_id == person_id,
            PersonSession.ended_at.is_(None),
        )
    ).one_or_none()
    return _session(row) if row else None


def list_sessions(person_id: int) -> list[SessionRow]:
    """The person's sessions nobody ended, the one used last first; some may have run out."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .outerjoin(SecondFactor, SecondFactor.person_id == PersonSession.person_id)
        .where(
            PersonSession.person_id == person_id,
            PersonSession.ended_at.is_(None),
            PersonSession.is_pending.is_(False),
        )
        .order_by(PersonSession.last_seen_at.desc(), PersonSession.id.desc())
    )
    return [_session(row) for row in rows]


def _session(row: Sequence[Any]) -> SessionRow:
    return SessionRow(*row)


def is_device_known(person_id: int, browser: str, system: str) -> bool:
    """Whether the person has signed in before with such a browser on such a system, as far as is still kept."""
    return (
        db.session.scalar(
            select(PersonSession.id)
            .where(
                PersonSession.person_id == person_id,
                PersonSession.browser == browser,
                PersonSession.system == system,
                PersonSession.is_pending.is_(False),
            )
            .limit(1)
        )
        is not None
    )


def has_sessions(person_id: int) -> bool:
    """Whether the person has signed in before, as far as is still kept."""
    return (
        db.session.scalar(
            select(PersonSession.id)
            .where(PersonSession.person_id == person_id, PersonSession.is_pending.is_(False))
            .limit(1)
        )
        is not None
    )


def find_session_to_change(session_id: int, person_id: int) -> PersonSession | None:
    return db.session.execute(
        select(PersonSession)
        .where(PersonSession.id == session_id, PersonSession.person_id == person_id)
        .with_for_update()
    ).scalar_one_or_none()


def find_pending_to_change(token_hash: str) -> PersonSession | None:
    """The session that waits for a code under this token."""
    return db.session.execute(
        select(PersonSession)
        .where(
            PersonSession.token_hash == token_hash,
            PersonSession.ended_at.is_(None),
            PersonSession.is_pending.is_(True),
        )
        .with_for_update()
    ).scalar_one_or_none()


def end_sessions(person_id: int, *, keep: int | None, at: datetime) -> int:
    """Mark all sessions of a person but `keep` as ended; how many there were."""
    condition = [PersonSession.person_id == person_id, PersonSession.ended_at.is_(None)]
    if keep is not None:
        condition.append(PersonSession.id != keep)
    result = db.session.execute(
        update(PersonSession)
        .where(*condition)
        .values(ended_at=at)
        .execution_options(synchronize_session=False)
        .returning(PersonSession.is_pending)
    )
    return sum(not is_pending for (is_pending,) in result)


def note_seen(session_id: int, at: datetime) -> None:
    db.session.execute(
        update(PersonSession)
        .where(PersonSession.id == session_id, PersonSession.last_seen_at < at)
        .values(last_seen_at=at)
        .execution_options(synchronize_session=False)
    )


def forget_sessions(person_id: int, *, before: datetime) -> None:
    """Drop a person's sessions that were last heard of, or ended, before a moment."""
    db.session.execute(
        delete(PersonSession)
        .where(
            PersonSession.person_id == person_id,
            or_(PersonSession.last_seen_at < before, PersonSession.ended_at < before),
        )
        .execution_options(synchronize_session=False)
    )
