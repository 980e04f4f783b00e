"""How long it takes to save one section of a hundred: beside DokuWiki, and beside the least a web application can do.

Three ways are timed from outside, over HTTP on the loopback, one after another in every round:

* our own page, as an installation serves it: somebody signed in sends the editor's form, its token is checked, the
  section is saved durably and rendered, the change is chained and sealed, and the answer leads to the draft;
* DokuWiki's own page: somebody without an account sends its editor's form for a page as long as the section. What it
  writes is not flushed to the disk, and is rendered when it is next read;
* a bare Flask view that puts the same words into a durable SQLite table, and beside it, in the same server, one that
  calls the service and nothing else: no form, no token, no session.

Only the request that saves is timed; that the text has changed is looked up after each. Where DokuWiki is not at hand
(`tests.bench.dokuwiki` says how it gets there), its time is reckoned from the bare view's.
"""

from __future__ import annotations

import http.client
import random
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter

from flask import Flask, request
from werkzeug.serving import WSGIRequestHandler, make_server

from consult.storage.queries import documents
from consult.storage.queries.documents import SectionRow
from consult.storage.unit_of_work import end_reading
from tests.bench.browsing import Browser, form_with
from tests.bench.dokuwiki import DokuWiki, find_dokuwiki, wiki_of, wiki_served
from tests.bench.drafts import KEPT, SLUG, WORDS, counted, edit_somewhere, standing, store_with_history
from tests.bench.figures import Figure, percentile
from tests.bench.own_site import site_served
from tests.factories.apps import Store

ROUNDS = 150
WARM_UP = 10
RECKONED = 2.2
"""How many times the bare view DokuWiki takes: 8.7 ms beside bare Flask's 3.9, side by side on a quiet machine."""

Turn = Callable[[], Callable[[], None]]
"""Makes everything ready to save once; what it returns does it, and is timed."""


def figures() -> Iterator[Figure]:
    with store_with_history(10) as store:
        root = find_dokuwiki()
        took = _by_turns(store, root)
        with counted() as sent:
            edit_somewhere(store, standing(), random.Random(4))
    for percent in (50, 95):
        yield _beside_dokuwiki(took, percent)
    if "document" in took:
        ours, theirs = percentile(took["page"], 50), percentile(took["document"], 50)
        yield Figure(
            name="save.document_p50",
            what="the same; DokuWiki saving one section of a page that holds all hundred, as its section editor does",
            ours=round(ours, 2),
            yardstick=round(theirs, 2),
            ratio=round(theirs / ours, 2),
            target="",
            met=None,
        )
    ours, bare = percentile(took["service"], 50), percentile(took["bare"], 50)
    yield Figure(
        name="save.service_p50",
        what="ms over HTTP for the service alone in a bare view; bare Flask putting the same words into a durable table",
        ours=round(ours, 2),
        yardstick=round(bare, 2),
        ratio=round(bare / ours, 2),
        target="",
        met=None,
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


def _beside_dokuwiki(took: Mapping[str, list[float]], percent: int) -> Figure:
    ours = percentile(took["page"], percent)
    if "dokuwiki" in took:
        theirs = percentile(took["dokuwiki"], percent)
        whose = "DokuWiki's page in the same run, of one such section, without an account and not flushed to the disk"
    else:
        theirs = RECKONED * percentile(took["bare"], percent)
        whose = f"DokuWiki is not here: reckoned as {RECKONED} × bare Flask writing the same words"
    is_middle = percent == 50
    return Figure(
        name=f"save.p{percent}",
        what=f"ms over HTTP to save one of 100 sections on our own page, signed in, durably; {whose}",
        ours=round(ours, 2),
        yardstick=round(theirs, 2),
        ratio=round(theirs / ours, 2),
        target="≥ 1 ×" if is_middle else "",
        met=ours <= theirs if is_middle else None,
    )


def _by_turns(store: Store, root: Path | None) -> dict[str, list[float]]:
    """Milliseconds each way to save took; by turns, so that all meet the same machine."""
    with ExitStack() as servers:
        ask = servers.enter_context(_bare_views(store))
        host_id = documents.get_document_by_id(1).host_id
        ways: dict[str, Turn] = {
            "page": _our_page(servers.enter_context(site_served(store, host_id=host_id))),
            "service": lambda: ask("/save"),
            "bare": lambda: ask("/bare"),
        }
        if root is not None:
            wiki = servers.enter_context(wiki_served(root))
            sections = list(standing().values())[1:]
            ways["dokuwiki"] = _wiki_page(wiki, sections)
            ways["document"] = _wiki_document(wiki, sections)
        took: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(WARM_UP + ROUNDS):
            for name, turn in ways.items():
                if name == "document" and number % 4:  # a long page takes long to make ready
                    continue
                save = turn()
                began = perf_counter()
                save()
                if number >= WARM_UP:
                    took[name].append((perf_counter() - began) * 1000)
    return took


# Our own page


def _our_page(browser: Browser) -> Turn:
    chance = random.Random(5)
    sections = list(_halves()[0])[1:]
    before: tuple[str, str] | None = None

    def turn() -> Callable[[], None]:
        nonlocal before
        end_reading()
        if before is not None:
            assert documents.get_section(1, before[0]).source == before[1], "the section was not saved"
            end_reading()
        section_id = chance.choice(sections)
        path = f"/documents/{SLUG}/sections/{section_id}"
        form = form_with(browser.get(path).text, "source")
        form["source"] = _changed(form["source"].replace("\r\n", "\n"), chance)
        before = section_id, form["source"]

        def save() -> None:
            answer = browser.post(path, form)
            assert answer.status == 303, (answer.status, answer.text[:500])

        return save

    return turn


def _halves() -> tuple[dict[str, SectionRow], dict[str, SectionRow]]:
    """The sections our own page saves, and those the service alone saves: neither looks at what the other wrote."""
    rows = list(standing().items())
    middle = len(rows) // 2
    return dict(rows[:middle]), dict(rows[middle:])


def _changed(source: str, chance: random.Random) -> str:
    """A text with one of its words changed."""
    words = source.split(" ")
    words[chance.randrange(8, len(words) - 2)] = f"{chance.choice(WORDS)}{chance.randrange(1000)}"
    return " ".join(words)


# DokuWiki's


def _wiki_page(wiki: DokuWiki, sections: list[SectionRow]) -> Turn:
    """Pages of one section each, saved one after another: DokuWiki keeps its revisions by the second."""
    chance = random.Random(5)
    texts = {f"part:p{at}": wiki_of(section.source) for at, section in enumerate(sections)}
    for page, source in texts.items():
        wiki.filled(page, source)()
    names = list(texts)
    rounds = 0

    def turn() -> Callable[[], None]:
        nonlocal rounds
        last, page = names[(rounds - 1) % len(names)], names[rounds % len(names)]
        rounds += 1
        assert wiki.source(last).split() == texts[last].split(), "the page was not saved"
        texts[page] = _changed(texts[page], chance)
        return wiki.filled(page, texts[page])

    return turn


def _wiki_document(wiki: DokuWiki, sections: list[SectionRow]) -> Turn:
    """The hundred sections on one page, and a few more like it."""
    chance = random.Random(5)
    parts = [[wiki_of(section.source) for section in sections] for _ in range(5)]
    for at, document in enumerate(parts):
        wiki.filled(f"whole:w{at}", "".join(document))()
    rounds = 0

    def turn() -> Callable[[], None]:
        nonlocal rounds
        last, at = (rounds - 1) % len(parts), rounds % len(parts)
        rounds += 1
        assert wiki.source(f"whole:w{last}").split() == "".join(parts[last]).split(), "the page was not saved"
        number = chance.randrange(len(sections))
        before = parts[at][number]
        parts[at][number] = _changed(before, chance)
        return wiki.filled(f"whole:w{at}", parts[at][number], instead_of=before)

    return turn


# Bare views


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        del type, message, args


@contextmanager
def _bare_views(store: Store) -> Iterator[Callable[[str], Callable[[], None]]]:
    """A server with the two views, and a function that posts to one and waits for its answer."""
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        chance = random.Random(3)
        connection = sqlite3.connect(
            Path(folder) / "bare.sqlite3", isolation_level=None, check_same_thread=False
        )
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

        sections = _halves()[1]
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
                sections = _halves()[1]
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
