"""What a viewer may not see is in no result, no total and no count by kind, though the index knows it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.policy.actors import ANONYMOUS, SYSTEM, Actor
from consult.ports.search import SearchQuery
from consult.services import comments, dispositions, drafting, search
from consult.services.comments import Remark
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import (
    NGO,
    comment_on,
    new_document,
    new_people,
    open_consultation,
    section,
)

REASONS = "Przesłanka rozstrzygnięcia wynika z uchwały."
DRAFTED = "bezzwłocznie"
NOTED = "Uzgodniono w podgrupie redakcyjnej."
ASIDE = "Zapamiętajmy wątpliwość radczyni."


@pytest.fixture
def people(store: Store) -> tuple[Store, dict[str, Actor], int]:
    """A published document with an answer, a draft, a note and a remark of the team that are not public."""
    cast = new_people(store)
    slug = new_document(store, host_id=cast.host_id)
    comments.submit_comments(SYSTEM, slug, [Remark(text=ASIDE)], NGO, now=store.now)
    consultation_id = open_consultation(store, slug)
    (comment_id,) = comment_on(store, slug, "siedmiu dni").comment_ids
    dispositions.save_disposition(
        SYSTEM, comment_id, outcome="rejected", justification=REASONS, expected_revision=0, now=store.now
    )
    standing = section(slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace("poddaje się", f"{DRAFTED} poddaje się"),
        base_text_id=standing.text_id,
        note=NOTED,
        now=store.now,
    )
    assert document_queries.get_document(slug, EVERYTHING).last_version_no == 1
    return (
        store,
        {"guest": ANONYMOUS, "neighbour": cast.neighbour, "official": cast.official},
        consultation_id,
    )


def found(actor: Actor, words: str) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    """(results shown, total, counts by kind) of an exact phrase."""
    answer = search.search(actor, SearchQuery(words=f'"{words}"'))
    return len(answer.results), answer.total, answer.kinds


@pytest.mark.parametrize("who", ["guest", "neighbour"])
@pytest.mark.parametrize(
    "words", ["Przesłanka rozstrzygnięcia", DRAFTED, "w podgrupie", "wątpliwość radczyni"]
)
def test_nobody_outside_finds_what_is_not_published(
    people: tuple[Store, dict[str, Actor], int], who: str, words: str
) -> None:
    assert found(people[1][who], words) == (0, 0, ())


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Przesłanka rozstrzygnięcia", "disposition"),
        (DRAFTED, "section_text"),
        ("w podgrupie", "change_note"),
        ("wątpliwość radczyni", "comment"),
    ],
)
def test_those_who_work_on_it_find_it(
    people: tuple[Store, dict[str, Actor], int], words: str, kind: str
) -> None:
    assert found(people[1]["official"], words) == (1, 1, ((kind, 1),))


def test_an_answer_is_found_by_everybody_once_it_is_published(
    people: tuple[Store, dict[str, Actor], int],
) -> None:
    store, actors, consultation_id = people
    dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now + timedelta(days=60))
    assert found(actors["guest"], "Przesłanka rozstrzygnięcia") == (1, 1, (("disposition", 1),))
