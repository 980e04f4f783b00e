"""Browsers people are signed in with: begun, asked for a code, listed and ended.

The browser keeps a random token (192 bits) and we keep its hash, so that nobody can sign in with what a copy of the
database holds. The token changes whenever somebody becomes somebody: with the password, and again with the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from consult.domain.errors import NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.sessions import CODE_AWAITED
from consult.services.authority import require
from consult.services.drawn_secrets import draw_secret, hashed
from consult.services.following import note_sign_in
from consult.services.posting import post
from consult.storage.models import PersonSession
from consult.storage.queries import second_factors
from consult.storage.queries import sessions as queries
from consult.storage.unit_of_work import Work, unit_of_work

KEPT_AFTERWARDS = timedelta(days=90)
"""How long it is remembered that somebody signed in with such a browser, so that a new one can be told."""

NEW_DEVICE = "accounts/new_sign_in"

Means = Literal["password", "broker"]


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in words people know it by ("Firefox", "Windows"); empty where not recognised."""

    browser: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A session was begun: `token` is for the browser's cookie; `awaits_code` says nobody is signed in with it yet."""

    token: str
    awaits_code: bool


def begin_session(
    person_id: int, *, means: Means, device: Device, is_strong: bool = False, now: datetime
) -> Begun:
    """Sign in a person who proved who they are, or wait for their code where they use one.

    `is_strong` says that whoever vouches for the person saw a second factor already.
    """
    token = draw_secret()
    with unit_of_work() as work:
        awaits_code = not is_strong and second_factors.has_second_factor(person_id)
        queries.forget_sessions(person_id, before=now - 2 * KEPT_AFTERWARDS)
        session = PersonSession(
            person_id=person_id,
            token_hash=hashed(token),
            made_at=now,
            last_seen_at=now,
            ended_at=None,
            means=means,
            is_strong=is_strong,
            is_pending=awaits_code,
            browser=device.browser,
            system=device.system,
        )
        is_new_device = not awaits_code and _is_new_device(session)
        work.add(session)
        work.flush()
        if is_new_device:
            _tell_of_new_device(work, session, now)
        if not awaits_code:
            note_sign_in(person_id, now=now)
    return Begun(token, awaits_code)


def complete_session(work: Work, token: str, *, now: datetime) -> str:
    """Sign in the person whose code was right; the new token. Raises NotFound when it took too long."""
    session = queries.find_pending_to_change(hashed(token))
    if session is None or now - session.made_at >= CODE_AWAITED:
        raise NotFound("session")
    if _is_new_device(session):
        _tell_of_new_device(work, session, now)
    fresh = draw_secret()
    session.token_hash = hashed(fresh)
    session.is_pending = False
    session.is_strong = True
    session.last_seen_at = now
    note_sign_in(session.person_id, now=now)
    return fresh


def strengthen_session(person_id: int, session_id: int, *, now: datetime) -> str:
    """A new token for a session whose person has just shown a second factor for the first time."""
    with unit_of_work():
        session = queries.find_session_to_change(session_id, person_id)
        if session is None or session.ended_at is not None:
            raise NotFound("session")
        fresh = draw_secret()
        session.token_hash = hashed(fresh)
        session.is_strong = True
        session.last_seen_at = max(session.last_seen_at, now)
        return fresh


def end_session(actor: Actor, session_id: int, *, now: datetime) -> None:
    """Sign one browser of one's own out. Raises NotFound when it is not the actor's, or no longer signed in."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    with unit_of_work():
        session = queries.find_session_to_change(session_id, actor.id or 0)
        if session is None or session.ended_at is not None:
            raise NotFound("session")
        session.ended_at = now


def end_other_sessions(actor: Actor, *, keep: int | None, now: datetime) -> int:
    """Sign all browsers of the actor out but the session `keep`; how many there were."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    return end_sessions_of(actor.id or 0, keep=keep, now=now)


def end_sessions_of(person_id: int, *, keep: int | None = None, now: datetime) -> int:
    """The same for whoever a reset, a closed account or a removed second factor is about."""
    with unit_of_work():
        return queries.end_sessions(person_id, keep=keep, at=now)


def note_seen(session_id: int, *, now: datetime) -> None:
    """Keep that a browser was heard of; changes nothing anybody else sees."""
    with unit_of_work():
        queries.note_seen(session_id, now)


def _is_new_device(session: PersonSession) -> bool:
    """Whether somebody who has signed in before does so with another kind of browser."""
    return queries.has_sessions(session.person_id) and not queries.is_device_known(
        session.person_id, session.browser, session.system
    )


def _tell_of_new_device(work: Work, session: PersonSession, now: datetime) -> None:
    post(work, NEW_DEVICE, person_id=session.person_id, ref={"session_id": session.id}, at=now)
