"""Kept pages answered before the application is asked.

On the last evening of a consultation everybody reads the same page. A guest without a cookie who asks for a
kept page is answered from memory, as long as nothing has happened since it was made: every act of anybody
writes an event, so the number of the last event tells, at the cost of one look-up in an index. What changes by
the clock alone (a consultation opens or closes) is said by the page itself, in a header that goes no further.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from werkzeug.http import parse_etags

UNTIL = "X-Kept-Until"
"""The header a view sets on a page that may be kept: the moment after which it has to be made anew."""

ENDPOINT = "consult.endpoint"
"""Where the application writes into the environment of a request which page answers it."""

KEPT = "consult.kept"
"""Set in the environment of a request that was answered from memory."""

MOST_PAGES = 128

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A page with its headers, the last event before it was made, and when it goes stale by the clock."""

    headers: Headers
    body: bytes
    tag: str
    event: int
    until: datetime
    endpoint: str


class EarlyAnswers:
    """A WSGI layer over an application; `state` says the last event's number and the moment."""

    def __init__(self, wsgi: Wsgi, state: Callable[[], tuple[int, datetime]], most: int = MOST_PAGES) -> None:
        self._wsgi = wsgi
        self._state = state
        self._most = most
        self._pages: OrderedDict[Key, _Kept] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self._wsgi(environ, _without_until(start_response))
        try:
            event, at = self._state()
        except Exception:  # the application says in words what is wrong with the database
            return self._wsgi(environ, _without_until(start_response))
        kept = self._find(key, event, at)
        if kept is None:
            return self._ask(key, event, environ, start_response)
        environ[ENDPOINT], environ[KEPT] = kept.endpoint, True
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and parse_etags(asked).contains_weak(kept.tag):
            headers = [
                pair for pair in kept.headers if pair[0].lower() not in ("content-length", "content-type")
            ]
            start_response("304 NOT MODIFIED", headers)
            return [b""]
        start_response("200 OK", kept.headers)
        return [kept.body]

    def _find(self, key: Key, event: int, at: datetime) -> _Kept | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept.event != event or at >= kept.until:
                return None
            self._pages.move_to_end(key)
            return kept

    def _ask(self, key: Key, event: int, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Ask the application and keep its answer if it may be kept; `event` was read before, never after."""
        seen: list[tuple[str, Headers]] = []

        def begin(status: str, headers: Headers, *rest: Any) -> Any:
            seen.append((status, headers))
            return start_response(status, _clean(headers), *rest)

        answer = self._wsgi(environ, begin)
        status, headers = seen[-1] if seen else ("", [])
        named = {name.lower(): value for name, value in headers}
        until, tag = named.get(UNTIL.lower()), named.get("etag", "").strip('"')
        if not (status.startswith("200") and until and tag) or "set-cookie" in named:
            return answer
        body = b"".join(answer)
        close = getattr(answer, "close", None)
        if close is not None:
            close()
        with self._lock:
            self._pages[key] = _Kept(
                _clean(headers),
                body,
                tag,
                event,
                datetime.fromisoformat(until),
                str(environ.get(ENDPOINT, "")),
            )
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return [body]


def _key(environ: Environ) -> Key | None:
    """What a page is kept under; None for whoever brings a cookie or a question of their own."""
    if environ.get("REQUEST_METHOD") != "GET" or environ.get("HTTP_COOKIE") or environ.get("QUERY_STRING"):
        return None
    parts = (environ.get("wsgi.url_scheme"), environ.get("HTTP_HOST"), environ.get("SCRIPT_NAME"))
    return (*(str(part or "") for part in parts), str(environ.get("PATH_INFO") or ""))  # type: ignore[return-value]


def _without_until(start_response: StartResponse) -> StartResponse:
    def begin(status: str, headers: Headers, *rest: Any) -> Any:
        return start_response(status, _clean(headers), *rest)

    return begin


def _clean(headers: Headers) -> Headers:
    return [pair for pair in headers if pair[0].lower() != UNTIL.lower()]
