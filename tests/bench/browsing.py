"""A browser that keeps cookies and asks one thing at a time, each over a connection of its own; servers to ask."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import html5lib

from tests.real_data import REPOSITORY
from tests.web.visitors import fields_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LONGEST_START = 60
"""Seconds a server may take until it answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    text: str


def form_with(page: str, name: str) -> dict[str, str]:
    """The form of a page that has a field of this name, untouched; other people's pages need not be well made."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page)
    forms = [fields_of(form) for form in tree.iter("form")]
    found = [fields for fields in forms if name in fields]
    assert found, f"no form with {name!r} on the page: {page[:2000]}"
    return found[0]


class Browser:
    """One person's browser at a port of the loopback."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields), FORM)

    def _ask(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] = {}
    ) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        asked = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            asked.request(method, path, body, {**headers, **({"Cookie": cookies} if cookies else {})})
            answer = asked.getresponse()
            text = answer.read().decode()
        finally:
            asked.close()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answer(answer.status, answer.headers.get("Location", ""), text)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def until_answers(browser: Browser, path: str) -> None:
    """Wait until a server answers. Raises ConnectionError when it does not."""
    late = time.monotonic() + LONGEST_START
    while True:
        try:
            browser.get(path)
        except ConnectionError:
            if time.monotonic() > late:
                raise
            time.sleep(0.05)
        else:
            return


@contextmanager
def served(
    command: Sequence[str], port: int, *, path: str, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Browser]:
    """A web server in a process of its own, and a browser at it."""
    with log.open("w") as file:
        server = subprocess.Popen(
            command, cwd=REPOSITORY, stdout=file, stderr=file, env={**os.environ, **(environment or {})}
        )
        try:
            browser = Browser(port)
            until_answers(browser, path)
            yield browser
        finally:
            server.terminate()
            server.wait()
