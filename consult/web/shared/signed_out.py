"""What becomes of a form that is sent after the sign-in ran out: nothing typed in it is lost.

A session that ran out by the clock still says whose it was, and its cookie proves it; so the words of some forms can be
kept for that person, to be read by nobody who has not signed in anew. Where there is no such session (it was ended on
purpose, the browser lost its cookies), or the form keeps nothing, the answer is a page that holds every field and can
send them again after signing in elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, make_response, render_template, request, session
from flask_wtf.csrf import generate_csrf

from consult.domain.policy.actors import Actor
from consult.services.accounts import actor_of
from consult.services.drawn_secrets import hashed
from consult.storage.queries.accounts import find_person
from consult.storage.queries.sessions import find_session
from consult.web.shared.errors import typed_texts
from consult.web.shared.errors.why import sign_in_href
from consult.web.shared.kept_forms import keep_sent
from consult.web.shared.viewers import TOKEN_KEY

Keeper = Callable[[Actor], str]
"""Keeps the form of the request at hand for a person; the address at which they find it again, or ""."""

KEEPERS: dict[str, Callable[..., str]] = {}
"""By endpoint: what keeps a form sent there. Called with the person and the values of the address."""

UNTYPED = frozenset({"csrf_token"})


def keeps_when_signed_out(endpoint: str, keeper: Callable[..., str]) -> None:
    """Let `keeper(actor, **values of the address)` keep what is sent to a page by somebody whose sign-in ran out."""
    KEEPERS[endpoint] = keeper


def keep_form() -> str:
    """Keep the form of this request for whoever was signed in here; where they find it again, or "" if it was not kept."""
    keeper = KEEPERS.get(request.endpoint or "")
    actor = _expired()
    if actor is None:
        return ""
    if keeper is None:
        return keep_sent(actor)
    return keeper(actor, **(request.view_args or {}))


def _expired() -> Actor | None:
    """Whose session this browser still holds though it ran out; None for one that was ended."""
    token = session.get(TOKEN_KEY)
    found = find_session(hashed(token)) if isinstance(token, str) and token else None
    person = find_person(found.person_id) if found is not None and not found.is_pending else None
    return actor_of(person) if person is not None else None


def held_form() -> Response | None:
    """A page that holds what was sent; None when nothing was typed."""
    if not typed_texts():
        return None
    fields: list[tuple[str, Any]] = [
        (name, value) for name, value in request.form.items(multi=True) if name not in UNTYPED
    ]
    page = render_template(
        "errors/signed_out.html",
        texts=typed_texts(),
        fields=fields,
        action=request.path,
        csrf_token=generate_csrf(),
        sign_in_href=sign_in_href(),
    )
    response = make_response(page, 403)
    response.headers["Cache-Control"] = "no-store"
    return response
