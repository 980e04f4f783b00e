"""Pages kept for guests: the same text with the same comments is not composed twice.

A key says everything a page depends on, so nothing ever has to be thrown out by hand; the oldest pages
go when there are too many. Only pages without a form, a session or a message are kept.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import Response, make_response, request, session

from consult.web.shared.viewers import current_person

MOST_PAGES = 128


class KeptPages:
    """The last pages composed, by key; shared by the threads of a process."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()
        self._lock = Lock()

    def answer(self, key: Hashable, compose: Callable[[], str]) -> Response:
        """The page of this key, composed if it is not kept; readers who have it already get 304."""
        if not may_keep():
            return make_response(compose())
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None:
                self._pages.move_to_end(key)
        if kept is None:
            content = compose().encode()
            kept = (content, hashlib.sha256(content).hexdigest()[:32])
            with self._lock:
                self._pages[key] = kept
                while len(self._pages) > self._most:
                    self._pages.popitem(last=False)
        response = make_response(kept[0])
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        response.headers["Cache-Control"] = "private, no-cache"
        response.set_etag(kept[1])
        response.make_conditional(request)
        return response


def may_keep() -> bool:
    """Whether this request is a guest's, with nothing of its own to show."""
    return current_person() is None and "_flashes" not in session


kept_pages = KeptPages()
