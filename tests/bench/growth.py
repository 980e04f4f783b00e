"""Whether a long history makes anything slower: the same acts after 10 and after 10,000 changes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from time import perf_counter

from consult.domain.policy.actors import SYSTEM
from consult.domain.text.spans import Span
from consult.services import comments
from consult.services.comments import Pointing, Remark
from consult.services.comparison import Side, compare_texts
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents, timelines
from consult.storage.queries.timelines import Chosen
from consult.storage.queries.viewers import EVERYTHING
from tests.bench.drafts import SLUG, counted, edit_somewhere, standing, store_with_history
from tests.bench.figures import Figure, percentile
from tests.factories.apps import Store
from tests.factories.records import NGO

FEW, MANY = 10, 10_000
ROUNDS = 80
MOST = 1.2
SHORT = 8


def figures() -> Iterator[Figure]:
    with store_with_history(FEW) as few, store_with_history(MANY) as many:
        for name, make in ACTS.items():
            acts = make(few), make(many)
            young, old = _by_turns(*acts, few, many)
            statements = [_count(act, store) for act, store in zip(acts, (few, many), strict=True)]
            yield Figure(
                name=f"growth.{name}",
                what=f"median ms to {name} after {MANY:,} changes, beside after {FEW}",
                ours=round(old, 2),
                yardstick=round(young, 2),
                ratio=round(young / old, 2),
                target=f"≤ {MOST}×",
                met=old <= MOST * young,
            )
            yield Figure(
                name=f"growth.{name}.queries",
                what="statements sent to the database, beside after few changes",
                ours=statements[1],
                yardstick=statements[0],
                ratio=None,
                target="the same",
                met=statements[0] == statements[1],
            )


def _by_turns(
    young: Callable[[], object], old: Callable[[], object], few: Store, many: Store
) -> tuple[float, float]:
    """Median milliseconds of each, measured by turns."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS + 5):
        for times, act, store in zip(took, (young, old), (few, many), strict=True):
            with store.app.app_context():
                began = perf_counter()
                act()
                if number >= 5:
                    times.append((perf_counter() - began) * 1000)
    return percentile(took[0], 50), percentile(took[1], 50)


def _count(act: Callable[[], object], store: Store) -> int:
    with store.app.app_context(), counted() as sent:
        act()
    return len(sent)


def _view(store: Store) -> Callable[[], object]:
    del store

    def act() -> None:
        document = documents.get_document(SLUG, EVERYTHING)
        documents.list_draft_sections(document.id)
        comment_queries.list_placed_in_draft(document.id)

    return act


def _view_the_past(store: Store) -> Callable[[], object]:
    """The text after the fifth change."""
    del store
    return lambda: documents.list_sections_at(documents.get_document(SLUG, EVERYTHING).id, 5)


def _tell_the_history(store: Store) -> Callable[[], object]:
    """A page of the timeline of the document, narrowed as far as it goes, and one of a section's; pages so short that
    they are as full after few changes."""
    del store
    chosen = Chosen(author_id=timelines.NOBODY, kinds=("save",), cause=timelines.UNCAUSED)

    def act() -> None:
        document = documents.get_document(SLUG, EVERYTHING)
        rows = timelines.list_document_timeline(document.id, chosen, before=None, limit=SHORT)
        timelines.list_touched(document.id, [row.number for row in rows])
        timelines.list_authors(document.id)
        section_id = documents.list_draft_sections(document.id)[7].section_id
        origins = timelines.list_origins(document.id, section_id)
        timelines.list_stays(origins, document.id, Chosen(), before=None, limit=1)

    return act


def _compare(store: Store) -> Callable[[], object]:
    """The draft now with the draft eight changes ago."""
    del store

    def act() -> None:
        document = documents.get_document(SLUG, EVERYTHING)
        last = document.last_change_no
        compare_texts(document.id, Side(last - 8), Side(last))

    return act


def _save(store: Store) -> Callable[[], object]:
    chance = random.Random(5)
    return lambda: edit_somewhere(store, standing(), chance)


def _comment(store: Store) -> Callable[[], object]:
    with store.app.app_context():
        version = documents.get_version(1, 1)
        sections = documents.list_version_sections(version.id)[1:]
    chance = random.Random(5)

    def act() -> None:
        section = chance.choice(sections)
        start = chance.randrange(len(section.plain) - 80)
        pointing = Pointing(section.section_id, section.text_id, Span(start, start + 60))
        comments.submit_comments(
            SYSTEM, SLUG, [Remark("Dlaczego tak?", pointings=(pointing,))], NGO, now=store.now
        )

    return act


ACTS: dict[str, Callable[[Store], Callable[[], object]]] = {
    "view": _view,
    "view_the_past": _view_the_past,
    "tell_the_history": _tell_the_history,
    "compare": _compare,
    "save": _save,
    "comment": _comment,
}
