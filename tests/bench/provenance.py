"""What it costs to know where every word comes from: at a save, and when somebody asks after a long history."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, process_time
from typing import Any

from consult.domain.policy.actors import SYSTEM
from consult.services import changes, drafting
from consult.services.provenance.asking import blame_document
from consult.services.together import all_or_nothing
from consult.storage.queries import documents
from consult.storage.queries.documents import SectionRow
from tests.bench.drafts import (
    BATCH,
    SLUG,
    WORDS,
    counted,
    document_text,
    edit_somewhere,
    kept_store,
    standing,
)
from tests.bench.figures import Figure, percentile
from tests.factories.apps import Store
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
    """A copy of a store whose document had so many changes to the same few sections."""
    with kept_store(f"origins-{count}", lambda store: _write(store, count)) as store:
        yield store


def _write(store: Store, count: int) -> None:
    import_text(store, document_text(random.Random(7)), host_id=new_host(store))
    sections, done = list(standing().values())[1 : TOUCHED + 1], 1
    while done < count:
        with all_or_nothing():
            for _ in range(min(BATCH, count - done)):
                at = done % TOUCHED
                _change(store, sections[at], done)
                sections[at] = documents.get_section(1, sections[at].section_id)
                done += 1


def _change(store: Store, section: SectionRow, number: int) -> None:
    """Replace a word of a section by another than stands there."""
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
