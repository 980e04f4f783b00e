"""What it costs to know where every word comes from: at a save, and when somebody asks after a long history."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from consult.adapters.jobs_huey import HueyJobs
from consult.domain.policy.actors import SYSTEM
from consult.services import changes, drafting
from consult.services.provenance.asking import blame_document
from consult.services.together import all_or_nothing
from consult.storage.database import db
from tests.bench.drafts import (
    BATCH,
    KEPT,
    SLUG,
    WORDS,
    _read,
    counted,
    document_text,
    edit_somewhere,
    standing,
)
from tests.bench.figures import Figure, percentile
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.records import import_text, new_host

FEW, MANY = 10, 10_000
TOUCHED = 10
"""Sections that are changed again and again: as many words differ from the first text after a long history as after
a short one, so that what is asked for is the same."""

ROUNDS = 40
MOST_OF_A_SAVE = 0.15
MOST_GROWTH = 1.2


def figures() -> Iterator[Figure]:
    with _store(FEW) as few, _store(MANY) as many:
        young, old = _blamed(few, many)
        sent = [_statements(store) for store in (few, many)]
        share, took = _saved(many)
    yield Figure(
        name="provenance.save",
        what=f"median ms of processor time of a save spent on origins after {MANY:,} changes, beside the whole save",
        ours=round(took, 3),
        yardstick=round(took / share, 2),
        ratio=round(share, 3),
        target=f"≤ {MOST_OF_A_SAVE:.0%} of it",
        met=share <= MOST_OF_A_SAVE,
    )
    yield Figure(
        name="provenance.blame",
        what=f"median ms to say where every word of 100 sections comes from after {MANY:,} changes, beside after {FEW}",
        ours=round(old, 2),
        yardstick=round(young, 2),
        ratio=round(young / old, 2),
        target=f"≤ {MOST_GROWTH}×",
        met=old <= MOST_GROWTH * young,
    )
    yield Figure(
        name="provenance.blame.queries",
        what="statements sent to the database, beside after few changes",
        ours=sent[1],
        yardstick=sent[0],
        ratio=None,
        target="the same",
        met=sent[0] == sent[1],
    )


def _blamed(few: Store, many: Store) -> tuple[float, float]:
    """Median milliseconds in each store, measured by turns."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS + 3):
        for times, store in zip(took, (few, many), strict=True):
            with store.app.app_context():
                began = perf_counter()
                blame_document(SYSTEM, SLUG)
                if number >= 3:
                    times.append((perf_counter() - began) * 1000)
    return percentile(took[0], 50), percentile(took[1], 50)


def _statements(store: Store) -> int:
    with store.app.app_context(), counted() as sent:
        blame_document(SYSTEM, SLUG)
    return len(sent)


def _saved(store: Store) -> tuple[float, float]:
    """(share of a save that goes into origins, its median milliseconds) of processor time, their row written included:
    what waiting for the disk adds to a save is not counted in its favour."""
    kept = changes.keep_origins
    spent: list[float] = []
    shares: list[float] = []

    def timed(work: Any, *values: Any, **named: Any) -> None:
        began = process_time()
        kept(work, *values, **named)
        work.flush()
        spent.append((process_time() - began) * 1000)

    changes.keep_origins = timed
    chance = random.Random(5)
    try:
        with store.app.app_context():
            for number in range(ROUNDS + 5):
                sections = standing()
                began = process_time()
                edit_somewhere(store, sections, chance)
                if number >= 5:
                    shares.append(spent[-1] / ((process_time() - began) * 1000))
    finally:
        changes.keep_origins = kept
    return percentile(shares, 50), percentile(spent[5:], 50)


@contextmanager
def _store(count: int) -> Iterator[Store]:
    """A copy of a store whose document had so many changes to the same few sections; written once, kept under
    var/bench."""
    written = KEPT / f"origins-{count}.sqlite3"
    if not written.exists():
        _write(written, count)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        copy = Path(folder) / "consult.sqlite3"
        shutil.copyfile(written, copy)
        with opened(f"sqlite:///{copy}", jobs=HueyJobs(Path(folder) / "jobs.sqlite3")) as store:
            yield store


def _write(path: Path, count: int) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        jobs = HueyJobs(Path(folder) / "jobs.sqlite3")
        with opened(new_sqlite(Path(folder)), jobs=jobs) as store:
            import_text(store, document_text(random.Random(7)), host_id=new_host(store))
            done = 1
            while done < count:
                with all_or_nothing():
                    for _ in range(min(BATCH, count - done)):
                        _change(store, done)
                        done += 1
            db.session.rollback()
        shutil.copyfile(Path(folder) / "consult.sqlite3", path)


def _change(store: Store, number: int) -> None:
    """Replace one word of one of the few sections by another than stands there."""
    sections = list(_read().values())[1 : TOUCHED + 1]
    section = sections[number % TOUCHED]
    words = section.source.split(" ")
    words[20] = next(word for word in WORDS[number // TOUCHED % len(WORDS) :] + WORDS if word != words[20])
    drafting.save_section(
        SYSTEM,
        SLUG,
        section.section_id,
        source=" ".join(words),
        base_text_id=section.text_id,
        now=store.now,
    )
