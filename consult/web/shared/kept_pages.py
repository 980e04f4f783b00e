"""Pages kept for guests: the same text with the same comments is not composed twice.

A key says everything a page depends on, so nothing ever has to be thrown out by hand; the oldest pages
go when there are too many. Only pages without a form, a session or a message are kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime
from threading import Lock

from flask import Flask, Response, current_app, make_response, request, session

from consult.services.sockets import current_ports
from consult.storage.queries.deliveries import last_event
from consult.web.shared.early_answers import UNTIL, EarlyAnswers
from consult.web.shared.viewers import current_person

MOST_PAGES = 128

PAGES_KEY = "consult.kept_pages"


class KeptPages:
    """The last pages composed, by key; shared by the threads of a process."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()
        self._lock = Lock()

    def content(self, key: Hashable, compose: Callable[[], str]) -> tuple[bytes, str]:
        """(page, its tag), composed if it is not kept."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
                return kept
        page = compose().encode()
        kept = (page, hashlib.sha256(page).hexdigest()[:32])
        with self._lock:
            self._pages[key] = kept
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return kept

    def keys(self) -> tuple[Hashable, ...]:
        """Keys of what is kept, the one to go first first."""
        with self._lock:
            return tuple(self._pages)


def init_kept_pages(app: Flask) -> None:
    app.extensions[PAGES_KEY] = KeptPages()

    def state() -> tuple[int, datetime]:
        with app.app_context():
            return last_event(), current_ports().clock.now()

    app.wsgi_app = EarlyAnswers(app.wsgi_app, state)  # type: ignore[method-assign]


def answer_kept(key: Hashable, compose: Callable[[], str], *, until: datetime) -> Response:
    """The page of this key for a guest, kept or composed; who has it already gets 304. Others get one of their own.

    `until` is when the page would read differently though nobody did anything.
    """
    if not may_keep():
        return make_response(compose())
    pages: KeptPages = current_app.extensions[PAGES_KEY]
    content, tag = pages.content(key, compose)
    response = make_response(content)
    response.headers["Content-Type"] = "text/html; charset=utf-8"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers[UNTIL] = until.isoformat()
    response.set_etag(tag)
    response.make_conditional(request)
    return response


def may_keep() -> bool:
    """Whether this request is a guest's, with nothing of its own to show."""
    return current_person() is None and "_flashes" not in session
