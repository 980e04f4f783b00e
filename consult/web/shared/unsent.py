"""Whose unsent comments: the account's, or those of this browser, which keeps their secret in a cookie.

Signed-out pages say nothing of them, so that they can be kept for everybody; a second cookie, which opens nothing, tells
a script that there is something to ask for. Whoever signs in takes along what was written in the same browser before.
"""

from __future__ import annotations

import re

from flask import Response, after_this_request, current_app, request
from flask_babel import ngettext

from consult.services import unsent_comments as service
from consult.services.drawn_secrets import draw_secret
from consult.services.sockets import current_ports
from consult.storage.queries import unsent_comments as queries
from consult.storage.queries.accounts import PersonRow
from consult.storage.queries.unsent_comments import Holder
from consult.web.shared.site import say
from consult.web.shared.viewers import AT_SIGN_IN, current_actor

KEY_COOKIE = "unsent_key"
"""Holds the secret of a guest's browser; scripts cannot read it."""

FLAG_COOKIE = "unsent"
"""Says to scripts that something waits; it opens nothing."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{32}")


def current_holder() -> Holder | None:
    """Whose unsent comments this request may see; None for a guest who never kept one."""
    return service.holder_of(current_actor(), _secret())


def holder_to_keep() -> Holder:
    """The same; a guest's browser that has no secret yet is given one."""
    holder = current_holder()
    if holder is not None:
        return holder
    secret = draw_secret()
    _set_cookie(KEY_COOKIE, secret, is_read_by_scripts=False)
    made = service.holder_of(current_actor(), secret)
    assert made is not None  # noqa: S101 - there is a secret
    return made


def tell_scripts(holder: Holder | None) -> None:
    """Let the cookie scripts read say whether something waits."""
    if holder is not None and queries.list_counts(holder):
        _set_cookie(FLAG_COOKIE, "1", is_read_by_scripts=True)
    elif FLAG_COOKIE in request.cookies:
        _drop_cookie(FLAG_COOKIE)


def take_over(person: PersonRow) -> None:
    """Give to an account what was written in this browser before it signed in."""
    secret = _secret()
    taken = service.take_over_unsent(person.id, secret, now=current_ports().clock.now()) if secret else 0
    if secret:
        _drop_cookie(KEY_COOKIE)
    if taken:
        say(
            "note",
            ngettext(
                "The comment you had not sent is now kept with your account.",
                "The %(num)s comments you had not sent are now kept with your account.",
                taken,
            ),
        )
    tell_scripts(Holder(person_id=person.id))


AT_SIGN_IN.append(take_over)


def _secret() -> str:
    found = request.cookies.get(KEY_COOKIE, "")
    return found if _SECRET.fullmatch(found) else ""


def _set_cookie(name: str, value: str, *, is_read_by_scripts: bool) -> None:
    @after_this_request
    def put(response: Response) -> Response:
        response.set_cookie(
            name,
            value,
            max_age=service.KEPT,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=not is_read_by_scripts,
            samesite="Lax",
        )
        return response


def _drop_cookie(name: str) -> None:
    @after_this_request
    def drop(response: Response) -> Response:
        response.delete_cookie(name)
        return response
