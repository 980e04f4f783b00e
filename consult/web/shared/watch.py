"""Every answer named, timed, counted and logged: a layer around everything else, kept pages too.

The application tells the layer through the environment of the request which page answered and for whom. Addresses are
never logged, since some hold secrets, and neither is anything a person typed: a line names the page by its endpoint.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from flask import Flask, g, request

from consult.ports.meters import Meters
from consult.services.sockets import ports_among
from consult.web.shared.early_answers import ENDPOINT, KEPT

REQUEST_ID = "consult.request"
ACTOR = "consult.actor"

HEADER = "X-Request-ID"

NOWHERE = "none"
"""The endpoint of an address there is no page under."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SOUND = re.compile(r"[A-Za-z0-9._-]{6,64}")

log = structlog.get_logger()


class Watched:
    """The layer; `trusts_names` says that a proxy in front names requests."""

    def __init__(
        self, wsgi: Callable[..., Iterable[bytes]], meters: Callable[[], Meters], *, trusts_names: bool
    ) -> None:
        self._wsgi = wsgi
        self._meters = meters
        self._trusts_names = trusts_names

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        name = environ[REQUEST_ID] = self._name(environ)
        began = time.perf_counter()
        status = 500

        def begin(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, [*headers, (HEADER, name)], *rest)

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=name)
        try:
            return self._wsgi(environ, begin)
        finally:
            self._note(environ, status, time.perf_counter() - began)
            structlog.contextvars.clear_contextvars()

    def _name(self, environ: dict[str, Any]) -> str:
        given = environ.get("HTTP_X_REQUEST_ID", "") if self._trusts_names else ""
        return given if _SOUND.fullmatch(given) else secrets.token_hex(6)

    def _note(self, environ: dict[str, Any], status: int, seconds: float) -> None:
        asked = environ.get("REQUEST_METHOD", "")
        method = asked if asked in _METHODS else "OTHER"
        endpoint = environ.get(ENDPOINT) or NOWHERE
        self._meters().observe(endpoint, method, status, seconds)
        facts = {"kept": True} if environ.get(KEPT) else {}
        log.info(
            "answered",
            endpoint=endpoint,
            method=method,
            status=status,
            ms=round(seconds * 1000, 1),
            actor=environ.get(ACTOR),
            **facts,
        )


def init_watch(app: Flask, *, trusts_names: bool) -> None:
    """Put the layer around the application; called last, so that it is the outermost."""

    @app.before_request
    def name_page() -> None:
        request.environ[ENDPOINT] = request.endpoint or NOWHERE

    @app.after_request
    def name_actor(response: Any) -> Any:
        actor = g.get("actor")
        request.environ[ACTOR] = actor.id if actor is not None else None
        return response

    app.wsgi_app = Watched(  # type: ignore[method-assign]
        app.wsgi_app, lambda: ports_among(app.extensions).meters, trusts_names=trusts_names
    )
