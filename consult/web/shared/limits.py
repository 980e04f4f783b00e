"""How often somebody may do something: counted per session before per address, since an office shares one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

V = TypeVar("V", bound=Callable[..., Any])

LIMITS = {
    # a person who types, with room for one who pastes
    "comments": "30 per minute; 300 per hour",
    # guesses at a password
    "sign_in": "10 per minute; 60 per hour",
    # searches by hand
    "search": "120 per minute",
}

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", headers_enabled=False)


def init_limits(app: Flask) -> None:
    app.config.setdefault("RATELIMIT_ENABLED", not app.config.get("TESTING", False))
    limiter.init_app(app)


def limited(name: str) -> Callable[[V], V]:
    """Limit the acts (for search: the questions) of a view."""
    is_for_get = name == "search"

    def who() -> str:
        person = current_user.get_id() if current_user.is_authenticated else ""
        return person or get_remote_address()

    def decorate(view: V) -> V:
        counted: Any = limiter.limit(
            LIMITS[name], key_func=who, exempt_when=lambda: request.method == "GET" and not is_for_get
        )(view)
        return counted

    return decorate
