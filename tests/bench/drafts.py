"""Documents of 100 sections and about 21,000 words for benchmarks, and stores that hold them after many changes."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import event

from consult.adapters.jobs_huey import HueyJobs
from consult.domain.policy.actors import SYSTEM
from consult.services import drafting
from consult.services.together import all_or_nothing
from consult.storage.database import db
from consult.storage.queries import documents
from consult.storage.queries.documents import SectionRow
from consult.storage.unit_of_work import end_reading
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.records import import_text, new_host, open_consultation
from tests.real_data import REPOSITORY

SECTIONS = 100
WORDS_IN_SECTION = 210
SLUG = "dokument"
KEPT = REPOSITORY / "var" / "bench"
BATCH = 500
"""Changes made in one transaction while a history is written: what is measured later commits one by one."""

WORDS = [
    "gmina",
    "organizacja",
    "zadanie",
    "publiczne",
    "wniosek",
    "termin",
    "umowa",
    "rada",
    "projekt",
    "uchwała",
    "uwaga",
    "środki",
    "rok",
    "mieszkaniec",
    "konsultacje",
    "wynik",
    "oferta",
    "komisja",
    "ocena",
    "sprawozdanie",
    "dotacja",
    "współpraca",
    "program",
    "urząd",
    "burmistrz",
    "lokal",
    "ochrona",
]


def document_text(chance: random.Random) -> str:
    """A hundred sections of Polish words, in paragraphs of sentences."""
    parts = ["# Dokument\n\n"]
    for number in range(1, SECTIONS):
        parts.append(f"## {number}. {chance.choice(WORDS).capitalize()} {chance.choice(WORDS)}\n\n")
        left = WORDS_IN_SECTION
        while left > 0:
            count = min(left, chance.randint(30, 60))
            words = chance.choices(WORDS, k=count)
            parts.append(" ".join(words).capitalize() + ".\n\n")
            left -= count
    return "".join(parts)


def edit_somewhere(store: Store, sections: dict[str, SectionRow], chance: random.Random) -> drafting.Saved:
    """Save one of `sections` with one word changed."""
    return edit(store, chance.choice(list(sections.values())[1:]), chance)


def edit(store: Store, section: SectionRow, chance: random.Random) -> drafting.Saved:
    """Save a section with one word changed."""
    words = section.source.split(" ")
    words[chance.randrange(4, len(words) - 2)] = chance.choice(WORDS)
    saved = drafting.save_section(
        SYSTEM,
        SLUG,
        section.section_id,
        source=" ".join(words),
        base_text_id=section.text_id,
        now=store.now,
    )
    if isinstance(saved, drafting.Unchanged):
        return edit(store, section, chance)
    assert isinstance(saved, drafting.Saved)
    return saved


def standing() -> dict[str, SectionRow]:
    """The sections of the document by id, in reading order."""
    end_reading()
    return _read()


def _read() -> dict[str, SectionRow]:
    return {row.section_id: row for row in documents.list_draft_sections(1)}


@contextmanager
def store_with_history(changes: int) -> Iterator[Store]:
    """A copy of a store whose document has had `changes` changes and is being consulted."""
    with kept_store(f"history-{changes}", lambda store: _write_history(store, changes)) as store:
        yield store


def _write_history(store: Store, changes: int) -> None:
    chance = random.Random(7)
    import_text(store, document_text(chance), host_id=new_host(store))
    sections, done = list(standing().values()), 1
    while done < changes:
        with all_or_nothing():
            for _ in range(min(BATCH, changes - done)):
                at = chance.randrange(1, len(sections))
                edit(store, sections[at], chance)
                sections[at] = documents.get_section(1, sections[at].section_id)
                done += 1
    open_consultation(store, SLUG, days=300)


@contextmanager
def kept_store(name: str, write: Callable[[Store], object]) -> Iterator[Store]:
    """A copy of a store that `write` fills, which is done once and kept under var/bench for as long as the tables stay
    as they are."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = KEPT / f"{name}-{_tables()}.sqlite3"
    if not kept.exists():
        for outdated in KEPT.glob(f"{name}-*.sqlite3"):
            outdated.unlink()
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            jobs = HueyJobs(Path(folder) / "jobs.sqlite3")
            with opened(new_sqlite(Path(folder)), jobs=jobs) as store:
                write(store)
                end_reading()
            shutil.copyfile(Path(folder) / "consult.sqlite3", kept)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        copy = Path(folder) / "consult.sqlite3"
        shutil.copyfile(kept, copy)
        with opened(f"sqlite:///{copy}", jobs=HueyJobs(Path(folder) / "jobs.sqlite3")) as store:
            yield store


def _tables() -> str:
    """Stands for the schema: what the migrations say."""
    said = sha256()
    for path in sorted((REPOSITORY / "migrations" / "versions").glob("*.py")):
        said.update(path.read_bytes())
    return said.hexdigest()[:8]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, but for the limits of transactions."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
