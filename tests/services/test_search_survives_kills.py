"""A worker killed at any moment leaves an index that, once it has caught up, tells what a scan of the database tells."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from consult.adapters.search_whoosh import WhooshSearch
from consult.domain.policy.actors import SYSTEM
from consult.ports.search import SearchQuery
from consult.services import drafting, search
from consult.storage.database import db
from tests.factories.apps import Store, analyser, new_sqlite, opened
from tests.factories.records import comment_on, new_document, open_consultation, section
from tests.real_data import REPOSITORY
from tests.services.indexer import NoWorker

WORDS = [
    "zieleń",
    "przystanek",
    "rowerzysta",
    "chodnik",
    "świetlica",
    "biblioteka",
    "szkoła",
    "przedszkole",
    "urząd",
    "radny",
    "sołtys",
    "wniosek",
    "budżet",
    "termin",
    "odpowiedź",
    "uzasadnienie",
    "konsultacje",
    "spotkanie",
    "organizacja",
    "współpraca",
    "dotacja",
    "oferta",
    "konkurs",
    "komisja",
    "protokół",
    "seniorzy",
    "młodzież",
    "dostępność",
    "tłumacz",
    "parking",
    "deszczówka",
    "kasztan",
    "wierzba",
    "jarmark",
    "kultura",
    "sport",
    "zdrowie",
    "opieka",
]

SCAN = {
    "section_text": "SELECT id, heading || ' ' || plain FROM section_text",
    "comment": (
        "SELECT r.comment_id, coalesce(t.value, '') || ' ' || coalesce(j.value, '') || ' ' || coalesce(p.value, '')"
        " FROM comment_revision r JOIN seal t ON t.id = r.text_seal_id JOIN seal j ON j.id = r.justification_seal_id"
        " LEFT JOIN seal p ON p.id = r.proposed_seal_id"
    ),
    "change_note": "SELECT c.id, s.value FROM change c JOIN seal s ON s.id = c.note_seal_id",
    "version": "SELECT id, label FROM version",
    "document": "SELECT id, title || ' ' || summary FROM document",
}
"""All words of every kind, as they lie in the database."""


def test_after_a_kill_the_index_tells_the_truth(tmp_path: Path) -> None:
    kill_and_compare(tmp_path, kills=1, queries=40)


@pytest.mark.deep
def test_after_two_hundred_kills_five_hundred_questions_are_answered_as_a_scan_answers_them(
    tmp_path: Path,
) -> None:
    kill_and_compare(tmp_path, kills=200, queries=500)


def kill_and_compare(folder: Path, *, kills: int, queries: int) -> None:
    dice = random.Random(2026)
    url = new_sqlite(folder)
    with (
        opened(url, search=WhooshSearch(folder / "index", analyser()), jobs=NoWorker()) as store,
        nursery(url, folder / "index") as workers,
    ):
        slug = new_document(store)
        open_consultation(store, slug)
        for number in range(kills):
            for _ in range(4):
                act(store, slug, dice)
            db.session.rollback()
            run_and_kill(workers, number, after=dice.uniform(0.0, 1.0))
        search.deliver_pending(now=store.clock.now)
        assert search.lag() == 0
        compare(store, dice, queries)


def act(store: Store, slug: str, dice: random.Random) -> None:
    """An edit with a note, or a comment, in words of which some are rare."""
    said = " ".join(dice.choice(WORDS) for _ in range(6)) + f" {dice.choice(WORDS)}{dice.choice('abcdef')}q."
    if dice.random() < 0.5:
        comment_on(store, slug, text=said)
        return
    standing = section(slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=f"{standing.source.split('Dodano:')[0].rstrip()} Dodano: {said}\n",
        base_text_id=standing.text_id,
        note=said[:40],
        now=store.now,
    )


@contextmanager
def nursery(url: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of which a worker is born for every seed it is told."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.indexer", url, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=REPOSITORY,
        text=True,
    )
    try:
        yield process
    finally:
        process.communicate()


def run_and_kill(workers: subprocess.Popen[str], seed: int, *, after: float) -> None:
    assert workers.stdin is not None
    assert workers.stdout is not None
    print(seed, file=workers.stdin, flush=True)
    worker = int(workers.stdout.readline())
    time.sleep(after)
    os.kill(worker, signal.SIGKILL)


def compare(store: Store, dice: random.Random, queries: int) -> None:
    """Exact words of the database, alone and two in a row, against regular expressions over everything in it."""
    everything = {
        f"{kind}:{row[0]}": (row[1] or "").lower()
        for kind, statement in SCAN.items()
        for row in db.session.execute(text(statement))
    }
    written = sorted({word for words in everything.values() for word in re.findall(r"[^\W\d_]{4,}", words)})
    for _ in range(queries):
        phrase = dice.choice([*written, *WORDS])
        if dice.random() < 0.3:
            phrase = f"{dice.choice(WORDS)} {dice.choice(WORDS)}"
        sought = re.compile(rf"(?<!\w){phrase.replace(' ', ' +')}(?!\w)")
        scanned = {ref for ref, words in everything.items() if sought.search(words)}
        query = SearchQuery(f'"{phrase}"', kinds=tuple(SCAN), is_literal=True)
        assert {hit.ref for hit in search.list_visible_hits(SYSTEM, query, limit=10_000)} == scanned, phrase
