"""However often a document was changed, what is asked about it costs the same: counted in the steps the database takes."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import pytest

from consult.domain.policy.actors import SYSTEM
from consult.services import drafting
from consult.services.comparison import Side, compare_texts
from consult.services.together import all_or_nothing
from consult.storage.database import db
from consult.storage.queries import comparisons, documents, outline, placements, timelines
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.search import feeds
from consult.storage.queries.timelines import Chosen
from tests.factories.apps import new_sqlite, opened
from tests.factories.records import new_document, sections

SECTIONS = 12
FEW, MANY = 30, 210
TEXT = "# Zasady\n\n" + "".join(
    f"## Rozdział {number}\n\nTreść rozdziału o numerze {number}.\n\n" for number in range(1, SECTIONS)
)

Question = Callable[[str, str, int], object]
"""Asks about a document by name, one of its sections, and the number of its last change."""


QUESTIONS: dict[str, Question] = {
    "the text now": lambda slug, key, last: documents.list_draft_sections(1),
    "the text after the sixth change": lambda slug, key, last: documents.list_sections_at(1, 6),
    "the text ten changes ago": lambda slug, key, last: documents.list_sections_at(1, last - 10),
    "the outline as it stood": lambda slug, key, last: outline.list_standing_at(1, last - 10),
    "the places as they stood": lambda slug, key, last: comparisons.list_places_at(1, last - 10),
    "the plain words as they stood": lambda slug, key, last: placements.list_plains_at(1, last - 10),
    "the last stays of sections": lambda slug, key, last: comparisons.list_last_stays(
        [key], after=last - 8, until=last, limit=3
    ),
    "what changes touched": lambda slug, key, last: timelines.list_touched(1, range(last - 5, last + 1)),
    "what one change did": lambda slug, key, last: drafting_queries.list_steps(1, last - 3),
    "where one change put what": lambda slug, key, last: outline.list_touched(1, last - 3),
    "the texts of a change, for the index": lambda slug, key, last: feeds.list_text_ids_of_change(last - 3),
    "a page of the history": lambda slug, key, last: timelines.list_document_timeline(
        1, Chosen(author_id=timelines.NOBODY, kinds=("save",), cause=timelines.UNCAUSED), before=None, limit=6
    ),
    "who changed it": lambda slug, key, last: timelines.list_authors(1),
    "where a section's words came from": lambda slug, key, last: timelines.list_origins(1, key),
    "the history of a section": lambda slug, key, last: timelines.list_stays(
        timelines.list_origins(1, key), 1, Chosen(), before=None, limit=2
    ),
    "whom a section's words went to": lambda slug, key, last: timelines.list_kin(1, key),
    "what went where between changes": lambda slug, key, last: timelines.list_lineage(
        1, after=last - 10, until=last, came=[key], went=[key]
    ),
    "what went where since the beginning": lambda slug, key, last: timelines.list_lineage(
        1, after=1, until=last, came=[key], went=[key]
    ),
    "what changed lately": lambda slug, key, last: compare_texts(1, Side(last - 8), Side(last)),
}


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int]]:
    """The steps each question takes after few changes, and after many."""
    chance = random.Random(4)
    with opened(new_sqlite(tmp_path_factory.mktemp("long"))) as store:
        slug = new_document(store, TEXT)
        counts: dict[str, list[int]] = {name: [] for name in QUESTIONS}
        done = 1
        for changes in (FEW, MANY):
            with all_or_nothing():
                for number in range(done, changes):
                    row = chance.choice(sections(slug)[1:])
                    drafting.save_section(
                        SYSTEM, slug, row.section_id, source=f"{row.source.rstrip()} {number}\n\n",
                        base_text_id=row.text_id, now=store.now,
                    )  # fmt: skip
            done = changes
            key = sections(slug)[5].section_id
            for name, question in QUESTIONS.items():
                counts[name].append(counted(partial(question, slug, key, changes)))
    return {name: (few, many) for name, (few, many) in counts.items()}


def counted(act: Callable[[], object]) -> int:
    """How many steps of its virtual machine SQLite takes for an act: the same on every machine."""
    taken = [0]

    def step() -> int:
        taken[0] += 1
        return 0

    connection = db.session.connection().connection.driver_connection
    connection.set_progress_handler(step, 1)
    try:
        act()
    finally:
        connection.set_progress_handler(None, 0)
    return taken[0]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_long_history_makes_no_question_dearer(steps: dict[str, tuple[int, int]], name: str) -> None:
    few, many = steps[name]
    assert few > 0
    assert many <= 1.2 * few + 50, (few, many)
