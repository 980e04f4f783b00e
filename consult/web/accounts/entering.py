"""The way in, the same for everybody who proved who they are: the code where one is asked for, then where they wanted to go."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from werkzeug import Response

from consult.services.accounts import sessions as service
from consult.services.accounts.sessions import Means
from consult.services.sockets import current_ports
from consult.storage.queries.accounts import PersonRow
from consult.web.accounts.devices import device_of
from consult.web.shared.viewers import admit_browser

LONGEST_NEXT = 2_000
_UNLIKE_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\]")
_ONE_SLASH = re.compile(r"/(?!/)")

AWAITED_KEY = "awaited"
"""Where the session keeps who waits for a code, and where they wanted to go."""


def enter(person: PersonRow, *, means: Means, is_strong: bool = False, onward: str | None = None) -> Response:
    """Sign this browser in and lead on to `onward`, by way of the code where the person uses one.

    `is_strong` says that a second factor was seen already: by a broker, or by the session one had before.
    """
    begun = service.begin_session(
        person.id,
        means=means,
        device=device_of(request.headers.get("User-Agent", "")),
        is_strong=is_strong,
        now=current_ports().clock.now(),
    )
    if begun.awaits_code:
        session.clear()
        session[AWAITED_KEY] = {"token": begun.token, "next": inside(onward)}
        return redirect(url_for("accounts.sign_in_code"), code=303)
    admit_browser(begun.token, person)
    return redirect(inside(onward), code=303)


def awaited() -> tuple[str, str]:
    """The token of whoever waits for a code in this browser, and where they wanted to go; empty when nobody does."""
    kept: Any = session.get(AWAITED_KEY)
    if not isinstance(kept, dict):
        return "", inside(None)
    return str(kept.get("token", "")), inside(kept.get("next"))


def inside(address: str | None) -> str:
    """An address of this site to go on to; anything else leads home.

    Browsers drop white space from addresses and read a backslash as a slash and any number of slashes as two, so
    what begins with more than one slash however written, or holds what addresses cannot, is nobody's.
    """
    home = url_for("consultations.home")
    if not address or len(address) > LONGEST_NEXT or _UNLIKE_AN_ADDRESS.search(address):
        return home
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc and _ONE_SLASH.match(address) else home
