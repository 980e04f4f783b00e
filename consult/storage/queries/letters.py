"""Selects and updates about letters that have to leave."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update

from consult.domain.errors import NotFound
from consult.storage.database import db
from consult.storage.models.accounts import Person
from consult.storage.models.comments import PersonData, Submission
from consult.storage.models.letters import OutgoingLetter

QUIET_ENDS = ("unwanted", "no_address", "dropped")
"""Codes of letters that did not leave and were not to: nobody has to look after them."""

BY_ONESELF = "web"
"""The channel through which the account that handed a submission in is its sender's; otherwise it is an official's."""


@dataclass(frozen=True, slots=True)
class PendingLetter:
    """A letter to be tried: whom it concerns, and the ids its gatherer needs."""

    id: int
    letter: str
    person_id: int | None
    submission_id: int | None
    ref: dict[str, Any]
    made_at: datetime
    due_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class AddressRow:
    """Where a letter goes, read when it leaves; `language` is empty where nobody chose one."""

    address: str
    name: str
    language: str


def is_pending() -> ColumnElement[bool]:
    return and_(OutgoingLetter.sent_at.is_(None), OutgoingLetter.dropped_at.is_(None))


def list_due_ids(now: datetime, *, limit: int) -> list[int]:
    """Letters to be tried now, those that wait longest first."""
    return list(
        db.session.scalars(
            select(OutgoingLetter.id)
            .where(is_pending(), OutgoingLetter.next_at <= now)
            .order_by(OutgoingLetter.next_at, OutgoingLetter.id)
            .limit(limit)
        )
    )


def claim_letter(letter_id: int, *, now: datetime, until: datetime) -> PendingLetter | None:
    """Take a due letter to try it; until `until` nobody else does. None when somebody else did, or it is gone."""
    claimed = db.session.execute(
        update(OutgoingLetter)
        .where(OutgoingLetter.id == letter_id, is_pending(), OutgoingLetter.next_at <= now)
        .values(attempts=OutgoingLetter.attempts + 1, next_at=until)
        .execution_options(synchronize_session=False)
    )
    if not claimed.rowcount:  # type: ignore[attr-defined]
        return None
    row = db.session.execute(
        select(
            OutgoingLetter.id,
            OutgoingLetter.letter,
            OutgoingLetter.person_id,
            OutgoingLetter.submission_id,
            OutgoingLetter.ref,
            OutgoingLetter.made_at,
            OutgoingLetter.due_at,
            OutgoingLetter.attempts,
        ).where(OutgoingLetter.id == letter_id)
    ).one()
    return PendingLetter(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5], row[6], row[7])


def find_address(person_id: int | None, submission_id: int | None) -> AddressRow | None:
    """Where a letter goes now: the address of the account, or the one left with the submission. None where there
    is none (any more): erased, closed, or never given."""
    if person_id is not None:
        row = db.session.execute(
            select(Person.email, Person.name, Person.language).where(
                Person.id == person_id, Person.disabled_at.is_(None)
            )
        ).one_or_none()
    elif submission_id is not None:
        row = db.session.execute(
            select(
                PersonData.email,
                PersonData.name,
                func.coalesce(func.nullif(Person.language, ""), PersonData.language),
            )
            .select_from(Submission)
            .join(PersonData, PersonData.submission_id == Submission.id)
            .outerjoin(Person, (Person.id == Submission.person_id) & (Submission.channel == BY_ONESELF))
            .where(Submission.id == submission_id)
        ).one_or_none()
    else:
        return None
    return AddressRow(row[0], row[1], row[2]) if row and row[0] else None


def mark_sent(letter_id: int, at: datetime) -> None:
    _change(letter_id, sent_at=at, last_error="")


def mark_dropped(letter_id: int, at: datetime, code: str) -> None:
    """Give a letter up; it stays where the operator sees it."""
    _change(letter_id, dropped_at=at, last_error=code)


def postpone(letter_id: int, until: datetime, code: str) -> None:
    """Try a letter again later."""
    _change(letter_id, next_at=until, last_error=code)


def revive(letter_id: int, now: datetime) -> None:
    """Try a letter again that was given up, or at once one that waits. Raises NotFound unless it can still leave."""
    get_unsent(letter_id)
    _change(letter_id, next_at=now, dropped_at=None, attempts=0, due_at=now)


def get_unsent(letter_id: int) -> str:
    """Which letter this is. Raises NotFound when it left or never was."""
    letter = db.session.scalar(
        select(OutgoingLetter.letter).where(OutgoingLetter.id == letter_id, OutgoingLetter.sent_at.is_(None))
    )
    if letter is None:
        raise NotFound("letter")
    return letter


def _change(letter_id: int, **values: object) -> None:
    db.session.execute(
        update(OutgoingLetter)
        .where(OutgoingLetter.id == letter_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


# What the operator sees


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One letter that has not left: no address, since the operator needs none."""

    id: int
    letter: str
    made_at: datetime
    attempts: int
    next_at: datetime
    dropped_at: datetime | None
    last_error: str


@dataclass(frozen=True, slots=True)
class LettersOverview:
    """How mail stands. `waiting` are due and not yet gone, `later` are not due yet, `oldest_due_at` when the first of
    the waiting ones was due; `failed` were given up though somebody should have had them; `errors` are (code, how
    many) of everything waiting or given up, commonest first; `sent_last_day` left in the last 24 hours."""

    waiting: int
    later: int
    oldest_due_at: datetime | None
    failed: int
    sent_last_day: int
    errors: tuple[tuple[str, int], ...]


def letters_overview(now: datetime) -> LettersOverview:
    due = and_(is_pending(), OutgoingLetter.due_at <= now)
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(OutgoingLetter.due_at)).where(due)
    ).one()
    later = _count(and_(is_pending(), OutgoingLetter.due_at > now))
    sent = _count(OutgoingLetter.sent_at > now - timedelta(days=1))
    errors = db.session.execute(
        select(OutgoingLetter.last_error, func.count())
        .where(OutgoingLetter.sent_at.is_(None), OutgoingLetter.last_error != "")
        .group_by(OutgoingLetter.last_error)
        .order_by(func.count().desc(), OutgoingLetter.last_error)
    )
    return LettersOverview(
        waiting=waiting,
        later=later,
        oldest_due_at=oldest,
        failed=_count(_failed()),
        sent_last_day=sent,
        errors=tuple((row[0], row[1]) for row in errors),
    )


def list_unsent(now: datetime, *, offset: int = 0, limit: int = 50) -> list[LetterRow]:
    """Letters that need looking after: given up without being unwanted, or tried in vain, newest first."""
    rows = db.session.execute(
        select(
            OutgoingLetter.id,
            OutgoingLetter.letter,
            OutgoingLetter.made_at,
            OutgoingLetter.attempts,
            OutgoingLetter.next_at,
            OutgoingLetter.dropped_at,
            OutgoingLetter.last_error,
        )
        .where(_failed() | (is_pending() & (OutgoingLetter.due_at <= now)))
        .order_by(OutgoingLetter.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [LetterRow(*row) for row in rows]


def count_unsent(now: datetime) -> int:
    """How many `list_unsent` would give without a limit."""
    return _count(_failed() | (is_pending() & (OutgoingLetter.due_at <= now)))


def _failed() -> ColumnElement[bool]:
    return and_(OutgoingLetter.dropped_at.is_not(None), OutgoingLetter.last_error.not_in(QUIET_ENDS))


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(OutgoingLetter).where(condition)) or 0
