"""What a save asks the database concerns the section saved, however much is said of the others and stands beside it."""

from __future__ import annotations

from consult.domain.policy.actors import SYSTEM
from consult.services import drafting
from consult.storage.queries import placements
from consult.storage.queries.drafting import list_occupancies
from tests.factories.apps import Store
from tests.factories.records import comment_on, new_document, open_consultation, section, sections
from tests.storage.test_long_histories import counted

TEXT = (
    "# Zasady\n\n## Tryb\n\nUwagi zbiera się przez trzy tygodnie.\n\n"
    "### Terminy\n\nTermin biegnie od ogłoszenia.\n\n## Koszty\n\nKoszty ponosi gmina.\n\n"
)


def test_comments_on_other_sections_are_not_read_when_one_is_saved(store: Store) -> None:
    slug = new_document(store, TEXT)
    open_consultation(store, slug)
    comment_on(store, slug, "trzy tygodnie")
    saved = section(slug, "Tryb").section_id

    def asked() -> int:
        return counted(lambda: placements.list_anchors_of_sections([saved]))

    asked()
    few = asked()
    for _ in range(30):
        comment_on(store, slug, "ponosi gmina")
    assert [row.section_id for row in placements.list_anchors_of_sections([saved])] == [saved]
    assert asked() <= 1.2 * few + 50


def save(store: Store, slug: str, heading: str, source: str) -> None:
    row = section(slug, heading)
    drafting.save_section(
        SYSTEM, slug, row.section_id, source=source, base_text_id=row.text_id, now=store.now
    )


def test_new_words_leave_the_places_of_all_sections_as_they_are(any_store: Store) -> None:
    slug = new_document(any_store, TEXT)
    before = {row.section_id: (row.rank, row.parent_id) for row in sections(slug)}
    save(any_store, slug, "Terminy", "### Terminy\n\nTermin biegnie od doręczenia.\n\n")
    assert {row.section_id: (row.rank, row.parent_id) for row in sections(slug)} == before
    assert len([row for row in list_occupancies(1) if row.from_no == 2]) == 1


def test_a_heading_at_another_level_gives_the_sections_below_another_parent(any_store: Store) -> None:
    slug = new_document(any_store, TEXT)
    save(any_store, slug, "Tryb", "#### Tryb\n\nUwagi zbiera się przez trzy tygodnie.\n\n")
    assert section(slug, "Terminy").parent_id == section(slug, "Zasady").section_id
    save(any_store, slug, "Tryb", "## Tryb\n\nUwagi zbiera się przez trzy tygodnie.\n\n")
    assert section(slug, "Terminy").parent_id == section(slug, "Tryb").section_id
