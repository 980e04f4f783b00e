"""Who is looking at the page."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from flask import Flask, g
from flask_login import LoginManager, UserMixin, current_user

from consult.domain.policy.actors import ANONYMOUS, Actor
from consult.services.accounts import actor_of
from consult.storage.queries.accounts import PersonRow, find_person
from consult.storage.queries.viewers import Viewer
from consult.web.shared.addresses import whole_number


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """A signed-in person as the session knows them: id and a stamp that changes with the password."""

    person: PersonRow

    def get_id(self) -> str:
        return f"{self.person.id}.{self.person.session_stamp}"


def init_viewers(app: Flask) -> None:
    login = LoginManager(app)

    @login.user_loader
    def load(identity: str) -> SignedIn | None:
        number, _, stamp = identity.partition(".")
        known = whole_number(number)
        person = find_person(known) if known is not None else None
        if person is None or not hmac.compare_digest(person.session_stamp, stamp):
            return None
        return SignedIn(person)


def current_person() -> PersonRow | None:
    """The signed-in person, if there is one."""
    user: Any = current_user
    return user.person if user.is_authenticated else None


def current_actor() -> Actor:
    """The signed-in person as an actor, or a guest."""
    if "actor" not in g:
        person = current_person()
        g.actor = actor_of(person) if person else ANONYMOUS
    actor: Actor = g.actor
    return actor


def current_viewer() -> Viewer:
    return Viewer.of(current_actor())
