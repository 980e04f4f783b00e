"""What was kept for guests is answered before the application is asked, and never when it should not be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from consult.web.shared.early_answers import UNTIL, EarlyAnswers

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Application:
    """An application that counts how often it is asked, and the world around it."""

    def __init__(self, status: str = "200 OK", **more: str) -> None:
        self.asked = 0
        self.event = 7
        self.now = NOON
        self.is_broken = False
        self.status = status
        self.headers = {
            "Content-Type": "text/html",
            "ETag": '"tag"',
            UNTIL: (NOON + timedelta(minutes=5)).isoformat(),
        } | more
        self.pages = EarlyAnswers(self._answer, self._state, most=2)

    def _answer(self, _environ: Any, start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        start_response(self.status, [(name, value) for name, value in self.headers.items() if value])
        return [f"page {self.asked}".encode()]

    def _state(self) -> tuple[int, datetime]:
        if self.is_broken:
            raise OSError("no database")
        return self.event, self.now

    def get(self, path: str = "/", **environ: str) -> tuple[str, dict[str, str], bytes]:
        seen: list[tuple[str, dict[str, str]]] = []
        request = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "example.org", **environ}
        body = b"".join(
            self.pages(request, lambda status, headers, *_rest: seen.append((status, dict(headers))))
        )
        return *seen[-1], body


def test_the_same_page_is_asked_for_once() -> None:
    application = Application()
    assert application.get() == application.get()
    assert application.asked == 1
    assert application.get()[2] == b"page 1"


def test_the_mark_of_a_page_that_may_be_kept_goes_no_further() -> None:
    application = Application()
    assert UNTIL not in application.get()[1]
    assert UNTIL not in application.get()[1]
    assert UNTIL not in application.get(HTTP_COOKIE="a=b")[1]


def test_whoever_has_the_page_gets_304_without_a_body() -> None:
    application = Application()
    application.get()
    status, headers, body = application.get(HTTP_IF_NONE_MATCH='W/"other", "tag"')
    assert (status[:3], body) == ("304", b"")
    assert headers["ETag"] == '"tag"'
    assert application.get(HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


@pytest.mark.parametrize(
    "environ", [{"HTTP_COOKIE": "session=x"}, {"QUERY_STRING": "lang=en"}, {"REQUEST_METHOD": "POST"}]
)
def test_who_brings_something_of_their_own_is_answered_by_the_application(environ: dict[str, str]) -> None:
    application = Application()
    application.get()
    application.get(**environ)
    assert application.asked == 2
    assert application.get()[2] == b"page 1"


def test_anything_that_happens_makes_the_page_anew() -> None:
    application = Application()
    application.get()
    application.event += 1
    assert application.get()[2] == b"page 2"


def test_a_page_is_made_anew_when_the_clock_alone_changes_it() -> None:
    application = Application()
    application.get()
    application.now += timedelta(minutes=5)
    assert application.get()[2] == b"page 2"


@pytest.mark.parametrize("more", [{"Set-Cookie": "a=b"}, {UNTIL: ""}, {"ETag": ""}])
def test_a_page_that_is_somebodys_own_is_not_kept(more: dict[str, str]) -> None:
    application = Application(**more)
    application.get()
    application.get()
    assert application.asked == 2


def test_a_refusal_is_not_kept() -> None:
    application = Application(status="404 NOT FOUND")
    application.get()
    application.get()
    assert application.asked == 2


def test_pages_of_one_address_are_not_those_of_another() -> None:
    application = Application()
    pages = {application.get(path, HTTP_HOST=host)[2] for path in ("/a", "/b") for host in ("one", "two")}
    assert len(pages) == 4


def test_without_a_database_the_application_says_what_is_wrong() -> None:
    application = Application()
    application.get()
    application.is_broken = True
    assert application.get()[2] == b"page 2"
