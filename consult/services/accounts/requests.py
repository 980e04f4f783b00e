"""What people ask to be done with their personal data, and what is done about it.

The rights are those of Regulation (EU) 2016/679: to correct (art. 16) and to erase (art. 17); an answer is owed within
one month (art. 12 (3)), and a refusal comes with its reasons and with where to complain (art. 12 (4)).
"""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date, datetime

from consult.domain.errors import Conflict, InvalidInput, NotFound, RuleBroken
from consult.domain.history.events import (
    AccountErased,
    DataRequestDecided,
    DataRequested,
    DataRequestWithdrawn,
)
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.windows import WARSAW
from consult.domain.text.normalise import admit
from consult.services.accounts.links import NO_LINK, enter_link
from consult.services.authority import require
from consult.services.drawn_secrets import draw_stamp
from consult.services.posting import post
from consult.storage.models import DataRequest
from consult.storage.queries import accounts as people
from consult.storage.queries import administration, invitations
from consult.storage.queries.accounts import PersonRow, held, written
from consult.storage.queries.accounts import requests as queries
from consult.storage.queries.accounts.requests import DataRequestRow
from consult.storage.unit_of_work import Work, unit_of_work

ERASE = "erase"
CORRECT = "correct"
KINDS = (ERASE, CORRECT)

OPEN = "open"
CARRIED_OUT = "carried_out"
REFUSED = "refused"
WITHDRAWN = "withdrawn"
LAPSED = "lapsed"
"""Open when the person was erased: nothing is left of what it was about."""

DECISIONS = (CARRIED_OUT, REFUSED)

LONGEST_WORDS = 4_000
"""Code points of what a person writes with a request, and of the reasons of a decision."""


def month_after(day: date) -> date:
    """The day a term of one month from `day` ends: the same date of the next month, or its last day (art. 3 (2) (c) of
    Regulation (EEC, Euratom) No 1182/71). An end on a day free of work is not moved: the earlier day is safe."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def ask_data_request(actor: Actor, kind: str, *, words: str = "", now: datetime) -> int:
    """Ask for one's data to be erased or corrected; the id of the request.

    Raises Conflict when such a request is open already.
    """
    person = _own(actor)
    if kind not in KINDS:
        raise InvalidInput("request_kind", field="kind")
    words = _checked(words, field="words")
    if kind == CORRECT and not words:
        raise InvalidInput("request_words", field="words")
    with unit_of_work() as work:
        if queries.has_open_request(person.id, kind):
            raise Conflict("request_open", field="kind")
        request = DataRequest(
            person_id=person.id,
            kind=kind,
            words=words,
            made_at=now,
            due_on=month_after(now.astimezone(WARSAW).date()),
            state=OPEN,
            reason="",
            decided_at=None,
            decided_by=None,
        )
        work.add(request)
        work.flush()
        work.record(DataRequested(str(request.id), str(person.id)), at=now, actor_ref=person.id)
        post(work, "accounts/request_received", person_id=person.id, ref={"request_id": request.id}, at=now)
        return request.id


def withdraw_data_request(actor: Actor, request_id: int, *, now: datetime) -> None:
    """Take a request back. Raises NotFound for somebody else's, RuleBroken when it has been decided."""
    person = _own(actor)
    with unit_of_work() as work:
        request = queries.get_request(request_id)
        if request.person_id != person.id:
            raise NotFound("data_request")
        if not queries.end_request(request_id, WITHDRAWN, at=now, by=person.id):
            raise RuleBroken("request_decided")
        work.record(DataRequestWithdrawn(str(request_id), str(person.id)), at=now, actor_ref=person.id)


def list_data_requests(
    actor: Actor, *, states: Collection[str] = (), offset: int = 0, limit: int = 50
) -> list[DataRequestRow]:
    """Requests to be decided and those that were: the open ones first, by the day they are due."""
    require(actor, Permission.ADMINISTER, Target())
    return queries.list_requests(states, offset=offset, limit=limit)


def count_data_requests(actor: Actor, *, states: Collection[str] = ()) -> int:
    require(actor, Permission.ADMINISTER, Target())
    return queries.count_requests(states)


def decide_data_request(actor: Actor, request_id: int, *, decision: str, reason: str, now: datetime) -> None:
    """Carry a request out or refuse it; the person is told, with the reasons.

    Carried out, "erase" closes the account and leaves nothing in it that names the person: what they wrote keeps its
    number, the data given with it is emptied, and the name goes where they signed proposals, replies, notes and
    opinions with it. "correct" writes the name the account has now wherever the person gave
    one. Raises RuleBroken when it has been decided or withdrawn already, or would leave nobody to administer.
    """
    require(actor, Permission.ADMINISTER, Target())
    if decision not in DECISIONS:
        raise InvalidInput("request_decision", field="decision")
    reason = _checked(reason, field="reason")
    if decision == REFUSED and not reason:
        raise InvalidInput("refusal_reason_missing", field="reason")
    with unit_of_work() as work:
        administrators = administration.lock_administrators()
        request = queries.get_request(request_id)
        if not queries.end_request(request_id, decision, at=now, by=actor.id, reason=reason):
            raise RuleBroken("request_decided")
        person = people.find_person(request.person_id)
        if decision == CARRIED_OUT and request.kind == ERASE:
            if administrators == [request.person_id]:
                raise RuleBroken("last_administrator")
            _tell(work, person, request, now)
            _erase(work, request.person_id, actor, now)
        else:
            if decision == CARRIED_OUT and person is not None:
                held.correct_sender_name(person.id, person.name)
            _tell(work, person, request, now)
        work.record(DataRequestDecided(str(request_id), str(request.person_id)), at=now, actor_ref=actor.id)


def _tell(work: Work, person: PersonRow | None, request: DataRequestRow, now: datetime) -> None:
    """The letter goes to the address there is now, even when the account has lost it by the time it leaves."""
    if person is None:
        return
    enter_link(
        work,
        "accounts/request_decided",
        NO_LINK,
        person_id=None,
        goes_to=person.email,
        is_own_address=False,
        ref={"request_id": request.id, "language": person.language},
        at=now,
    )


def _erase(work: Work, person_id: int, actor: Actor, now: datetime) -> None:
    stamp = draw_stamp()
    person = people.find_person(person_id)
    if person is not None:
        invitations.forget_invited_address(person.email, now)
        written.forget_name(person.id, person.name, person.email)
    for request in queries.list_requests_of(person_id):
        if queries.end_request(request.id, LAPSED, at=now, by=actor.id):
            work.record(DataRequestDecided(str(request.id), str(person_id)), at=now, actor_ref=actor.id)
    held.erase_person(person_id, email=f"erased-{person_id}@erased.invalid", stamp=stamp, at=now)
    work.record(AccountErased(str(person_id)), at=now, actor_ref=actor.id)


def _own(actor: Actor) -> PersonRow:
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    person = people.find_person(actor.id or 0)
    if person is None:
        raise NotFound("person")
    return person


def _checked(words: str, *, field: str) -> str:
    words = admit(words, field=field).strip()
    if len(words) > LONGEST_WORDS:
        raise InvalidInput("request_too_long", field=field, limit=LONGEST_WORDS)
    return words
