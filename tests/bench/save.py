"""How long it takes to save one section of a hundred, beside the least a web application can do."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from flask import Flask, request

from tests.bench.drafts import KEPT, counted, edit_somewhere, standing, store_with_history
from tests.bench.figures import Figure, percentile

ROUNDS = 150
WARM_UP = 10


def figures() -> Iterator[Figure]:
    chance = random.Random(3)
    with store_with_history(10) as store, tempfile.TemporaryDirectory(dir=KEPT) as folder:
        write_bare = _bare_flask(Path(folder) / "bare.sqlite3")
        ours: list[float] = []
        bare: list[float] = []
        for number in range(WARM_UP + ROUNDS):  # by turns, so that both meet the same machine
            sections = standing()
            began = perf_counter()
            with store.app.app_context():
                edit_somewhere(store, sections, chance)
            between = perf_counter()
            write_bare()
            if number >= WARM_UP:
                ours.append((between - began) * 1000)
                bare.append((perf_counter() - between) * 1000)
        with counted() as sent:
            edit_somewhere(store, standing(), chance)
    for percent, most in ((50, 2.2), (95, 2.2)):
        took, least = percentile(ours, percent), percentile(bare, percent)
        yield Figure(
            name=f"save.p{percent}",
            what="ms to save one of 100 sections, on disk, beside bare Flask writing the same text to SQLite",
            ours=round(took, 2),
            yardstick=round(least, 2),
            ratio=round(least / took, 2),
            target=f"≤ {most}× bare",
            met=took <= most * least,
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


def _bare_flask(path: Path) -> Callable[[], object]:
    """A Flask view that does nothing but put a text into a durable SQLite table."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE text (id INTEGER PRIMARY KEY, words TEXT)"
    )
    app = Flask("bare")

    @app.post("/")
    def write() -> str:
        connection.execute("INSERT INTO text (words) VALUES (?)", (request.form["words"],))
        return "saved"

    client, words = app.test_client(), "słowo " * 210
    return lambda: client.post("/", data={"words": words})
