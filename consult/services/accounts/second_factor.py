"""The second factor: set up, asked for, taken away.

A code is right for the half minute it is made in and for the neighbouring ones, and once only: the number of the half
minute accepted last is kept, and neither it nor an earlier one is accepted again (RFC 6238, 5.2). Wrong codes are
counted for the account, whoever types them and from wherever: after five in a row nothing is looked at for a while, so
that guessing one of a million codes takes years. Recovery codes have 80 bits and are kept hashed.
"""

from __future__ import annotations

import hashlib
import math
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.history.events.sign_in import (
    RecoveryCodesRenewed,
    SecondFactorRemoved,
    SecondFactorTurnedOff,
    SecondFactorTurnedOn,
)
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.ports.vault import Unreadable
from consult.services.accounts.passwords import LONGEST_PASSWORD, prepared
from consult.services.accounts.sessions import complete_session, end_sessions_of
from consult.services.authority import require
from consult.services.drawn_secrets import hashed
from consult.services.posting import post
from consult.storage.models import RecoveryCode, SecondFactor
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import second_factors as queries
from consult.storage.queries import sessions as session_queries
from consult.storage.unit_of_work import Work, current_ports, unit_of_work

RECOVERY_CODES = 10
CODE_GROUPS, GROUP_LENGTH = 4, 4
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o and u, which are misread."""

MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1"})

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
INSTALLATION = "Consult"
REMOVED = "accounts/second_factor_removed"

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b.-]+")
_SIX_DIGITS = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class SettingUp:
    """What an app needs to make codes: the key itself and a picture of it (a `data:` address)."""

    secret: str
    picture: str


@dataclass(frozen=True, slots=True)
class Completed:
    """Somebody is signed in: `token` is for the cookie; `codes_left` is None unless a recovery code was used."""

    person_id: int
    token: str
    codes_left: int | None


def begin_second_factor(actor: Actor, *, now: datetime) -> None:
    """Draw a key; it counts once a code made with it was given. Raises RuleBroken when there is a factor already."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    person_id = actor.id or 0
    with unit_of_work() as work:
        standing = queries.find_second_factor_to_change(person_id)
        if standing is not None and standing.confirmed_at is not None:
            raise RuleBroken("second_factor_on")
        secret = work.ports.vault.lock(work.ports.one_time_codes.new_secret(), about=_about(person_id))
        if standing is None:
            work.add(
                SecondFactor(
                    person_id=person_id,
                    secret=secret,
                    made_at=now,
                    confirmed_at=None,
                    last_step=0,
                    failures=0,
                    locked_until=None,
                )
            )
        else:
            standing.secret, standing.made_at = secret, now


def find_setting_up(actor: Actor) -> SettingUp | None:
    """The key drawn but not confirmed, for its owner to see."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    standing = queries.find_second_factor(actor.id or 0)
    person = account_queries.find_person(actor.id or 0)
    if standing is None or standing.confirmed_at is not None or person is None:
        return None
    ports = current_ports()
    try:
        secret = ports.vault.unlock(standing.secret, about=_about(person.id))
    except Unreadable:
        return None
    address = ports.one_time_codes.address(secret, account=person.email, installation=INSTALLATION)
    return SettingUp(secret, ports.square_codes.picture(address))


def confirm_second_factor(actor: Actor, code: str, *, keep: int | None, now: datetime) -> tuple[str, ...]:
    """Turn the second factor on with the first code; the recovery codes, which cannot be read again.

    Every other browser (all but the session `keep`) is signed out. Raises InvalidInput when the code is wrong.
    """
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    person_id = actor.id or 0
    with unit_of_work() as work:
        standing = queries.find_second_factor_to_change(person_id)
        if standing is None:
            raise NotFound("second_factor")
        if standing.confirmed_at is not None:
            raise RuleBroken("second_factor_on")
        step = _step(standing, code, now)
        if step is None:
            raise InvalidInput("first_code", field="code")
        standing.confirmed_at, standing.last_step, standing.failures = now, step, 0
        codes = _draw_recovery_codes(work, person_id)
        end_sessions_of(person_id, keep=keep, now=now)
        work.record(SecondFactorTurnedOn(str(person_id)), at=now, actor_ref=person_id)
        return codes


def complete_sign_in(token: str, code: str, *, now: datetime) -> Completed:
    """Sign in whoever waits under this token and gives a right code, of the app or a recovery code.

    Raises NotFound when nobody waits under it any more, InvalidInput when the code is wrong or was used before, and
    RuleBroken after too many wrong ones.
    """
    waiting = session_queries.find_session(hashed(token))
    if waiting is None or not waiting.is_pending:
        raise NotFound("session")
    with unit_of_work() as work:
        left = _spend(work, waiting.person_id, code, now)
        if not isinstance(left, Exception):
            return Completed(waiting.person_id, complete_session(work, token, now=now), left)
    raise left  # after the failure was counted


def turn_off_second_factor(actor: Actor, *, password: str, code: str, now: datetime) -> None:
    """Sign in without codes from now on. Needs the password, where there is one, and a code."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    person_id = actor.id or 0
    _check_password(person_id, password)
    with unit_of_work() as work:
        left = _spend(work, person_id, code, now)
        if not isinstance(left, Exception):
            queries.drop_second_factor(person_id)
            work.record(SecondFactorTurnedOff(str(person_id)), at=now, actor_ref=person_id)
            return
    raise left


def renew_recovery_codes(actor: Actor, code: str, *, now: datetime) -> tuple[str, ...]:
    """Ten new recovery codes; the old ones no longer work. Needs a code."""
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    person_id = actor.id or 0
    with unit_of_work() as work:
        left = _spend(work, person_id, code, now)
        if not isinstance(left, Exception):
            queries.drop_recovery_codes(person_id)
            codes = _draw_recovery_codes(work, person_id)
            work.record(RecoveryCodesRenewed(str(person_id)), at=now, actor_ref=person_id)
            return codes
    raise left


def remove_second_factor(actor: Actor, person_id: int, *, now: datetime) -> None:
    """Take the second factor from somebody who lost it and proved to the administrator who they are.

    All their browsers are signed out, and they are told by letter. Raises NotFound when there is none.
    """
    require(actor, Permission.ADMINISTER, Target())
    with unit_of_work() as work:
        if not queries.has_second_factor(person_id):
            raise NotFound("second_factor")
        queries.drop_second_factor(person_id)
        end_sessions_of(person_id, now=now)
        work.record(SecondFactorRemoved(str(person_id)), at=now, actor_ref=actor.id)
        post(work, REMOVED, person_id=person_id, ref={"at": now.isoformat()}, at=now)


def _spend(work: Work, person_id: int, code: str, now: datetime) -> int | InvalidInput | RuleBroken | None:
    """Take a code: None for one of the app, the number left for a recovery code; else the refusal.

    A refusal is returned and not raised, so that the count of failures is saved with the transaction.
    """
    standing = queries.find_second_factor_to_change(person_id)
    if standing is None or standing.confirmed_at is None:
        return InvalidInput("one_time_code", field="code")
    if standing.locked_until is not None and now < standing.locked_until:
        return _too_many(standing.locked_until, now)
    step = _step(standing, code, now)
    if step is not None and step > standing.last_step:
        standing.failures, standing.locked_until, standing.last_step = 0, None, step
        return None
    recovery = queries.find_recovery_code_to_change(person_id, _hashed_recovery(code))
    if recovery is not None:
        recovery.used_at = now
        standing.failures, standing.locked_until = 0, None
        work.flush()
        return queries.count_recovery_codes(person_id)
    standing.failures += 1
    if standing.failures >= MOST_FAILURES:
        standing.failures, standing.locked_until = 0, now + LOCKED_FOR
        return _too_many(standing.locked_until, now)
    return InvalidInput("one_time_code" if step is None else "one_time_code_used", field="code")


def _too_many(until: datetime, now: datetime) -> RuleBroken:
    seconds = math.ceil((until - now).total_seconds())
    return RuleBroken("too_many_codes", seconds=seconds, minutes=math.ceil(seconds / 60))


def _step(standing: SecondFactor, code: str, now: datetime) -> int | None:
    digits = _SPACES.sub("", code[:100])
    if not _SIX_DIGITS.fullmatch(digits):
        return None
    ports = current_ports()
    try:
        secret = ports.vault.unlock(standing.secret, about=_about(standing.person_id))
    except Unreadable:  # the installation's key was changed: recovery codes still work
        return None
    return ports.one_time_codes.step_of(secret, digits, now)


def _draw_recovery_codes(work: Work, person_id: int) -> tuple[str, ...]:
    codes = tuple(
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(CODE_GROUPS))
        for _ in range(RECOVERY_CODES)
    )
    work.add(
        *(RecoveryCode(person_id=person_id, code_hash=_hashed_recovery(code), used_at=None) for code in codes)
    )
    return codes


def _hashed_recovery(code: str) -> str:
    plain = _SPACES.sub("", code[:100]).lower().translate(MISREAD)
    return hashlib.sha256(plain.encode()).hexdigest()


def _check_password(person_id: int, password: str) -> None:
    person = account_queries.find_person(person_id)
    if person is None:
        raise NotFound("person")
    if person.password_hash and not current_ports().passwords.verify(
        person.password_hash, prepared(password)[:LONGEST_PASSWORD]
    ):
        raise InvalidInput("password_wrong", field="password")


def _about(person_id: int) -> str:
    return f"second factor of {person_id}"
