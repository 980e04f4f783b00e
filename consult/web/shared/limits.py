"""How often somebody may do something: counted by account before by address, since an office shares one.

Counters are shared by all web processes. They cost a page nothing: only acts are counted, and a few questions.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, Response, request
from flask_babel import ngettext
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from flask_login import current_user

from consult.web.shared.errors import problem_page

V = TypeVar("V", bound=Callable[..., Any])

EVERYBODY = "memory://"
"""Where counters are when a single process serves everybody, as in tests."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`each` counts for one account, or for guests by address; `office` for one address whoever it is. `by_field`
    names a field of the form that takes the place of the account: guesses at one person's password are counted
    apart from the sign-ins of all others in the office. `questions` are counted too, not only acts."""

    each: str
    office: str = ""
    by_field: str = ""
    questions: bool = False


LIMITS = {
    # a person who types, with room for one who pastes
    "comments": Limit("30 per minute; 300 per hour", office="120 per minute"),
    # a reader who goes through a list; guests of one address are counted together
    "support": Limit("30 per minute; 200 per hour", office="120 per minute; 600 per hour"),
    # guesses at a password
    "sign_in": Limit("10 per minute; 60 per hour", office="60 per minute; 600 per hour", by_field="email"),
    # guesses at a one-time code
    "code": Limit("10 per minute; 40 per hour", office="60 per minute"),
    # on the way to another house's sign-in page and back
    "broker": Limit("60 per minute", questions=True),
    # a workshop in one room makes its accounts in half an hour
    "register": Limit("20 per minute; 100 per hour", office="20 per minute; 100 per hour"),
    # every one of them is a letter to somebody
    "forgot": Limit("5 per hour", office="30 per minute; 100 per hour", by_field="email"),
    # guesses at a link's secret; hopeless, but not for free
    "links": Limit("30 per minute; 300 per hour"),
    "organisations": Limit("10 per minute; 60 per hour"),
    # each address typed says whether it has an account; a group of forty is entered in an hour
    "groups": Limit("20 per minute; 60 per hour"),
    "meetings": Limit("30 per minute; 300 per hour"),
    # a letter of forty comments is cut by a press for each
    "submissions": Limit("120 per minute; 1500 per hour"),
    # each is typeset anew
    "comment_forms": Limit("30 per minute; 300 per hour", office="120 per minute", questions=True),
    # words of a group to itself
    "proposals": Limit("30 per minute; 300 per hour"),
    # each is unpacked and made anew
    "pictures": Limit("20 per minute; 200 per hour"),
    "attachments": Limit("20 per minute; 200 per hour"),
    # a page with the editor speaks up every twenty seconds, and when the one who writes pauses; several may be open
    "unsaved": Limit("120 per minute"),
    "preview": Limit("120 per minute"),
    # searches by hand
    "search": Limit("120 per minute", questions=True),
    # a whole history in one file
    "records": Limit("20 per minute; 120 per hour", questions=True),
}

limiter = Limiter(
    key_func=get_remote_address,
    strategy="fixed-window",
    headers_enabled=False,
    swallow_errors=True,  # a broken counter must not keep people from handing in comments
)


def init_limits(app: Flask, counters: str = EVERYBODY) -> None:
    """`counters` says where they are kept, as the limits library writes it."""
    app.config.setdefault("RATELIMIT_ENABLED", not app.config.get("TESTING", False))
    app.config["RATELIMIT_STORAGE_URI"] = counters
    limiter.init_app(app)

    @app.errorhandler(RateLimitExceeded)
    def too_often(_error: RateLimitExceeded) -> Response:
        seconds = _seconds_to_wait()
        minutes = -(-seconds // 60)
        message = ngettext("Try again in a minute.", "Try again in %(num)s minutes.", minutes)
        response = problem_page(429, message=message)
        response.headers["Retry-After"] = str(seconds)
        return response


def limited(name: str) -> Callable[[V], V]:
    """Limit the acts of a view, and its questions where the row of the table says so."""
    limit = LIMITS[name]

    def is_exempt() -> bool:
        return not limit.questions and request.method in ("GET", "HEAD", "OPTIONS")

    def who() -> str:
        person = current_user.get_id() if current_user.is_authenticated else ""
        typed = request.form.get(limit.by_field, "")[:254].strip().lower() if limit.by_field else ""
        if typed:
            digest = hashlib.sha256(typed.encode(errors="replace")).hexdigest()[:16]
            return f"{get_remote_address()} {digest}"
        return person or get_remote_address()

    def decorate(view: V) -> V:
        counted: Any = limiter.limit(limit.each, key_func=who, exempt_when=is_exempt)(view)
        if limit.office:
            counted = limiter.limit(limit.office, key_func=_office, exempt_when=is_exempt)(counted)
        return counted

    return decorate


def _office() -> str:
    return f"office {get_remote_address()}"


def _seconds_to_wait() -> int:
    current = limiter.current_limit
    return max(1, math.ceil(current.reset_at - time.time())) if current else 60
