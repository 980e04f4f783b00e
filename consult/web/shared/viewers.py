"""Who is looking at the page.

The cookie holds a random token; the store holds its hash and says whose it is, so that a session ends where it was
ended and not when the browser forgets it. That a browser was heard of is noted at most every ten minutes, after the
page has left, in a transaction of its own: no page waits for it, nothing anybody else sees changes, and when it
cannot be noted nobody is worse off.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, session
from flask_login import LoginManager, UserMixin, current_user

from consult.domain.policy.actors import ANONYMOUS, Actor
from consult.domain.policy.sessions import NOTED_EVERY, OTHERS_LONGEST, is_over, is_staff
from consult.services.accounts import actor_of
from consult.services.accounts import sessions as session_service
from consult.services.drawn_secrets import hashed
from consult.services.sockets import current_ports
from consult.storage.queries.accounts import PersonRow, find_person
from consult.storage.queries.sessions import SessionRow, find_session
from consult.storage.queries.viewers import Viewer

TOKEN_KEY = "_user_id"  # noqa: S105 (a name, not a token)
"""Where Flask-Login looks for whoever is signed in."""

_LOADED = "_login_user"
"""Where Flask-Login keeps whom it has loaded for a request."""

AT_SIGN_IN: list[Callable[[PersonRow], None]] = []
"""What is done for a person in the browser they sign in with, by whatever means."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")

log = structlog.get_logger()


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """A signed-in person with the session they are signed in with."""

    person: PersonRow
    session: SessionRow

    def get_id(self) -> str:
        return str(self.person.id)


def init_viewers(app: Flask) -> None:
    # the cookie is written when something in it changes, and forgotten with the browser but for `admit_browser`
    app.config["PERMANENT_SESSION_LIFETIME"] = OTHERS_LONGEST
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    login = LoginManager(app)
    login.session_protection = None  # addresses change on the way to work; the token is what counts

    @login.user_loader
    def load(token: str) -> SignedIn | None:
        found = find_session(hashed(token)) if _TOKEN.fullmatch(str(token)) else None
        if found is None or found.is_pending:
            return None
        person = find_person(found.person_id)
        if person is None or not is_live(found, actor_of(person)):
            return None
        return SignedIn(person, found)

    @app.after_request
    def note(response: Response) -> Response:
        user = g.get(_LOADED)
        if isinstance(user, SignedIn):
            now = current_ports().clock.now()
            if now - user.session.last_seen_at >= NOTED_EVERY:
                response.call_on_close(lambda: _note_seen(app, user.session.id, now))
        return response


def is_live(found: SessionRow, actor: Actor) -> bool:
    """Whether a session has not run out."""
    now = current_ports().clock.now()
    return not is_over(found.made_at, found.last_seen_at, staff=is_staff(actor), now=now)


def admit_browser(token: str, person: PersonRow) -> None:
    """Sign this browser in from the next request on. Whatever was in its session before, maybe left there by somebody
    else, is dropped. Those who work for a host are forgotten when the browser is closed."""
    session.clear()
    session[TOKEN_KEY] = token
    session.permanent = not is_staff(actor_of(person))
    for act in AT_SIGN_IN:
        act(person)


def current_person() -> PersonRow | None:
    """The signed-in person, if there is one."""
    user: Any = current_user
    return user.person if user.is_authenticated else None


def current_session() -> SessionRow | None:
    """The session of the signed-in person, if there is one."""
    user: Any = current_user
    return user.session if user.is_authenticated else None


def owes_second_factor() -> bool:
    """Whether the signed-in person has to set up a second factor before anything else: the installation asks it of
    whoever works for a host, and neither we nor the broker they came through saw one."""
    found = current_session()
    if found is None or found.is_strong or found.has_second_factor:
        return False
    return bool(current_app.config["SETTINGS"].staff_second_factor) and is_staff(current_actor())


def current_actor() -> Actor:
    """The signed-in person as an actor, or a guest."""
    if "actor" not in g:
        person = current_person()
        g.actor = actor_of(person) if person else ANONYMOUS
    actor: Actor = g.actor
    return actor


def current_viewer() -> Viewer:
    return Viewer.of(current_actor())


def _note_seen(app: Flask, session_id: int, now: datetime) -> None:
    try:
        with app.app_context():
            session_service.note_seen(session_id, now=now)
    except Exception as error:
        log.warning("a session could not be noted as used", error=type(error).__name__)
