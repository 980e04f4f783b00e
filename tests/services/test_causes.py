"""Where a change came from is found in one place, for histories, comparisons and the origins of words alike."""

from __future__ import annotations

from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.services import drafting
from consult.services.attributions import attribute_change
from consult.services.causes import Behind, CauseFound, cause_of, gather_causes, sight_of
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import timelines
from consult.storage.queries.documents import get_document
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import new_document, publish, section


def causes(slug: str) -> dict[int, CauseFound]:
    document = get_document(slug, EVERYTHING)
    numbers = range(1, document.last_change_no + 1)
    sight = sight_of(SYSTEM, document)
    found = {}
    of_words = drafting_queries.list_changes_numbered(document.id, numbers)
    of_history = timelines.list_changes_in(document.id, numbers)
    for number in numbers:
        for change in (of_words[number], of_history[number]):
            cause = cause_of(change, gather_causes([change], sight))
            assert found.setdefault(number, cause) == cause, "words and history tell the same"
    return found


def test_words_and_histories_name_one_cause(store: Store) -> None:
    slug = new_document(store)
    standing = section(slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace("uchwały", "uchwały i zarządzenia"),
        base_text_id=standing.text_id,
        note="",
        now=store.clock.advance(hours=1),
    )
    drafting.undo_change(SYSTEM, slug, 2, now=store.clock.advance(hours=1))
    assert [(one.kind, one.behind) for one in causes(slug).values()] == [
        ("beginning", Behind.START),
        ("none", Behind.GROUP),
        ("back", Behind.GROUP),
    ]
    attribute_change(SYSTEM, slug, 2, kind="editorial", now=store.clock.advance(hours=1))
    told = causes(slug)
    assert (told[2].kind, told[2].is_recorded, told[3].of_no) == ("editorial", False, 2)
    assert told[2].said is not None


def test_a_stranger_sees_neither_drafts_nor_answers_to_come(store: Store) -> None:
    slug = new_document(store)
    publish(store, slug)
    sight = sight_of(ANONYMOUS, get_document(slug, EVERYTHING))
    assert (sight.drafts, sight.answers) == (False, False)
