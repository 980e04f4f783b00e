"""How long it takes to save one section of a hundred, beside the least a web application can do.

Both are asked over HTTP on the loopback, as the peers of MEASURE were: a bare Flask view that puts the same text
into a durable SQLite table, and one that saves a section through the service. Signing in, the form and the page
that follows are not in it.
"""

from __future__ import annotations

import http.client
import random
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from flask import Flask, request
from werkzeug.serving import WSGIRequestHandler, make_server

from consult.storage.unit_of_work import end_reading
from tests.bench.drafts import KEPT, counted, edit_somewhere, standing, store_with_history
from tests.bench.figures import Figure, percentile
from tests.factories.apps import Store

ROUNDS = 150
WARM_UP = 10
MOST = 2.2
"""How many times the bare view a save may take: DokuWiki's 8.7 ms beside bare Flask's 3.9."""


def figures() -> Iterator[Figure]:
    with store_with_history(10) as store:
        with tempfile.TemporaryDirectory(dir=KEPT) as folder, _served(store, Path(folder)) as ask:
            took: dict[str, list[float]] = {"/save": [], "/bare": []}
            for number in range(WARM_UP + ROUNDS):  # by turns, so that both meet the same machine
                for path, times in took.items():
                    send = ask(path)
                    began = perf_counter()
                    send()
                    if number >= WARM_UP:
                        times.append((perf_counter() - began) * 1000)
        with counted() as sent:
            edit_somewhere(store, standing(), random.Random(4))
    for percent in (50, 95):
        ours, bare = percentile(took["/save"], percent), percentile(took["/bare"], percent)
        yield Figure(
            name=f"save.p{percent}",
            what="ms over HTTP to save one of 100 sections durably, beside bare Flask writing the same text",
            ours=round(ours, 2),
            yardstick=round(bare, 2),
            ratio=round(bare / ours, 2),
            target=f"≤ {MOST}× bare",
            met=ours <= MOST * bare,
        )
    yield Figure(
        name="save.queries",
        what="statements sent to the database by one save",
        ours=len(sent),
        yardstick=None,
        ratio=None,
        target="≤ 30",
        met=len(sent) <= 30,
    )


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        del type, message, args


@contextmanager
def _served(store: Store, folder: Path) -> Iterator[Callable[[str], Callable[[], None]]]:
    """A server with the two views, and a function that posts to one and waits for its answer."""
    chance = random.Random(3)
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None, check_same_thread=False)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE text (id INTEGER PRIMARY KEY, words TEXT)"
    )
    bare = Flask("bare")

    @bare.post("/bare")
    def write() -> str:
        connection.execute("INSERT INTO text (words) VALUES (?)", (request.form["words"],))
        return "saved"

    @store.app.post("/save")
    def save() -> str:
        edit_somewhere(store, sections, chance)
        return "saved"

    sections = standing()
    servers = {
        path: make_server("127.0.0.1", 0, app, request_handler=_Quiet)
        for path, app in (("/bare", bare), ("/save", store.app))
    }
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    words = "words=" + "s%C5%82owo+" * 210

    def ask(path: str) -> Callable[[], None]:
        """Everything made ready to post to a view; what is returned does it."""
        nonlocal sections
        if path == "/save":
            sections = standing()
            end_reading()
        return lambda: post(path)

    def post(path: str) -> None:
        asked = http.client.HTTPConnection("127.0.0.1", servers[path].port)
        asked.request("POST", path, words, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = asked.getresponse()
        assert (answer.status, answer.read()) == (200, b"saved")
        asked.close()

    try:
        yield ask
    finally:
        for server in servers.values():
            server.shutdown()
            server.server_close()
        connection.close()
