"""Comments stay with the words they were made on, whatever is done to the text."""

from __future__ import annotations

import pytest

from consult.domain.policy.actors import SYSTEM
from consult.services import documents, drafting
from consult.services.drafting import Saved
from consult.services.quotations import PlacementLine, list_placements
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import (
    TEXT,
    comment_on,
    new_document,
    open_consultation,
    publish,
    section,
    sections,
)

DEADLINE = "Nabór wniosków trwa co najmniej dwadzieścia jeden dni od ogłoszenia w siedzibie urzędu."
RESULT = "Wynik naboru ogłasza się w ciągu siedmiu dni roboczych."


@pytest.fixture
def slug(store: Store) -> str:
    """A document under consultation."""
    slug = new_document(store)
    open_consultation(store, slug)
    return slug


def place(slug: str, number: int = 1) -> PlacementLine:
    (line,) = [line for line in list_placements(SYSTEM, slug) if line.number == number]
    return line


def save(store: Store, slug: str, heading: str, source: str) -> Saved:
    standing = section(slug, heading)
    saved = drafting.save_section(
        SYSTEM, slug, standing.section_id, source=source, base_text_id=standing.text_id, now=store.now
    )
    assert isinstance(saved, Saved)
    return saved


def edit(store: Store, slug: str, heading: str, old: str, new: str) -> Saved:
    source = section(slug, heading).source
    assert old in source
    return save(store, slug, heading, source.replace(old, new))


def revise(store: Store, slug: str, text: str) -> None:
    documents.revise_document(SYSTEM, slug, content=text.encode(), filename="a.md", now=store.now)


def version_places(slug: str, number: int) -> list[tuple[str, str]]:
    """(state, words) of everything placed in a version."""
    document = document_queries.get_document(slug, EVERYTHING)
    version = document_queries.get_version(document.id, number)
    plains = {row.text_id: row.plain for row in document_queries.list_version_sections(version.id)}
    return [
        (row.state, plains[row.text_id][row.start : row.end] if row.start is not None else "")
        for row in comment_queries.list_placed_in_version(version.id)
    ]


def test_words_pushed_along_by_an_edit_before_them_are_still_placed(store: Store, slug: str) -> None:
    comment_on(store, slug, "siedmiu dni")
    edit(store, slug, "Zlecanie zadań", "Nabór wniosków", "Otwarty nabór wszystkich wniosków")
    assert (place(slug).state, place(slug).words) == ("placed", "siedmiu dni")


def test_words_changed_in_part_are_changed_and_still_held(store: Store, slug: str) -> None:
    comment_on(store, slug, DEADLINE)
    edit(store, slug, "Zlecanie zadań", "dwadzieścia jeden", "trzydzieści")
    assert place(slug).state == "changed"
    assert place(slug).words == DEADLINE.replace("dwadzieścia jeden", "trzydzieści")


def test_words_moved_with_their_section_are_still_placed(store: Store, slug: str) -> None:
    comment_on(store, slug, RESULT)
    moving = section(slug, "Zlecanie zadań").section_id
    drafting.move_section(
        SYSTEM, slug, moving, after_section_id=section(slug, "Konsultacje").section_id, now=store.now
    )
    assert (place(slug).state, place(slug).section) == ("placed", moving)


@pytest.mark.parametrize("words", [RESULT, "siedmiu dni"], ids=["a sentence", "two words"])
def test_words_go_with_a_section_split_by_typing_a_heading(store: Store, slug: str, words: str) -> None:
    comment_on(store, slug, words)
    saved = edit(store, slug, "Zlecanie zadań", RESULT, f"## Wyniki\n\n{RESULT}")
    assert saved.added == 1
    assert (place(slug).state, place(slug).words) == ("moved", words)
    assert place(slug).section == section(slug, "Wyniki").section_id


def test_words_that_went_with_a_split_stay_there_through_later_saves_of_both_parts(
    store: Store, slug: str
) -> None:
    comment_on(store, slug, "siedmiu dni")
    edit(store, slug, "Zlecanie zadań", RESULT, f"## Wyniki\n\n{RESULT}")
    edit(store, slug, "Zlecanie zadań", "siedzibie", "budynku")
    edit(store, slug, "Wyniki", "Wynik naboru", "Wyniki naborów")
    edit(store, slug, "Wyniki", "w ciągu", "jawnie.\n\n## Terminy\n\nCzyni się to w ciągu")
    assert (place(slug).state, place(slug).words) == ("moved", "siedmiu dni")
    assert place(slug).section == section(slug, "Terminy").section_id


def test_words_cut_from_one_section_and_pasted_into_another_take_their_comment_along(
    store: Store, slug: str
) -> None:
    comment_on(store, slug, DEADLINE)
    comment_on(store, slug, "siedzibie urzędu", text="Gdzie?")
    edit(store, slug, "Zlecanie zadań", f"{DEADLINE}\n\n", "")
    assert [place(slug, number).state for number in (1, 2)] == ["orphaned", "orphaned"]
    edit(store, slug, "Forma konsultacji", "Uwagi", f"{DEADLINE}\n\nUwagi")
    assert [place(slug, number).state for number in (1, 2)] == ["moved", "moved"]
    assert place(slug, 2).words == "siedzibie urzędu"
    assert place(slug, 1).section == section(slug, "Forma konsultacji").section_id


def test_words_pasted_into_another_section_before_they_are_cut_take_their_comment_along(
    store: Store, slug: str
) -> None:
    comment_on(store, slug, DEADLINE)
    edit(store, slug, "Forma konsultacji", "Uwagi", f"{DEADLINE}\n\nUwagi")
    assert place(slug).state == "placed"
    edit(store, slug, "Zlecanie zadań", f"{DEADLINE}\n\n", "")
    assert (place(slug).state, place(slug).words) == ("moved", DEADLINE)


def test_deleted_words_leave_their_comment_a_home_and_no_words(store: Store, slug: str) -> None:
    home = section(slug, "Zlecanie zadań").section_id
    comment_on(store, slug, RESULT)
    edit(store, slug, "Zlecanie zadań", RESULT, "")
    assert place(slug) == PlacementLine(1, "orphaned", 0.0, home, None, None, "")


def test_a_removed_section_stays_the_home_of_its_comments(store: Store, slug: str) -> None:
    home = section(slug, "Zlecanie zadań").section_id
    comment_on(store, slug, RESULT)
    drafting.remove_section(SYSTEM, slug, home, now=store.now)
    assert place(slug) == PlacementLine(1, "orphaned", 0.0, home, None, None, "")


def test_words_that_come_back_to_their_section_regain_their_comment(store: Store, slug: str) -> None:
    comment_on(store, slug, "siedmiu dni")
    edit(store, slug, "Zlecanie zadań", RESULT, "")
    edit(store, slug, "Zlecanie zadań", "urzędu.", f"urzędu.\n\n{RESULT}")
    assert (place(slug).state, place(slug).words) == ("placed", "siedmiu dni")


def test_a_removed_section_written_again_regains_its_long_quotes(store: Store, slug: str) -> None:
    comment_on(store, slug, DEADLINE)
    gone = section(slug, "Zlecanie zadań")
    drafting.remove_section(SYSTEM, slug, gone.section_id, now=store.now)
    drafting.add_section(
        SYSTEM,
        slug,
        after_section_id=None,
        title="Zlecanie zadań",
        level=2,
        body=f"{DEADLINE}\n\n{RESULT}",
        now=store.now,
    )
    assert (place(slug).state, place(slug).words) == ("moved", DEADLINE)


def test_a_revision_that_removes_and_another_that_restores_end_where_they_began(
    store: Store, slug: str
) -> None:
    comment_on(store, slug, DEADLINE)
    start = TEXT.index("## Zlecanie")
    end = TEXT.index("## Konsultacje")
    revise(store, slug, TEXT[:start] + TEXT[end:])
    assert place(slug).state == "orphaned"
    revise(store, slug, TEXT)
    assert place(slug).words == DEADLINE


def test_a_revision_that_shuffles_everything_keeps_every_comment(store: Store, slug: str) -> None:
    quotes = [DEADLINE, RESULT, "równych prawach", "pod obrady rady gminy", "na piśmie"]
    for quote in quotes:
        comment_on(store, slug, quote)
    parts = TEXT.split("## Konsultacje")
    head, orders = parts[0].split("## Zlecanie zadań")
    revise(store, slug, f"{head}## Konsultacje{parts[1]}\n## Zlecanie zadań{orders}")
    assert [place(slug, number).words for number in range(1, 6)] == quotes


def test_a_comment_on_a_section_as_a_whole_follows_the_section(store: Store, slug: str) -> None:
    from consult.services.comments import Pointing, Remark, submit_comments
    from tests.factories.records import NGO

    standing = section(slug, "Konsultacje")
    remark = Remark(text="Za krótko.", pointings=(Pointing(standing.section_id, standing.text_id),))
    submit_comments(SYSTEM, slug, [remark], NGO, now=store.now)
    assert place(slug).state == "placed"
    edit(store, slug, "Konsultacje", "rady gminy", "rady")
    assert (place(slug).state, place(slug).words) == ("changed", section(slug, "Konsultacje").plain)
    drafting.remove_section(SYSTEM, slug, standing.section_id, now=store.now)
    assert place(slug).state == "orphaned"


def test_placements_in_a_published_version_are_not_touched_by_later_drafting(store: Store, slug: str) -> None:
    comment_on(store, slug, RESULT)
    edit(store, slug, "Zlecanie zadań", RESULT, "")
    assert version_places(slug, 1) == [("placed", RESULT)]


def test_a_comment_on_a_version_the_draft_has_left_behind_is_placed_in_both(store: Store, slug: str) -> None:
    edit(store, slug, "Zlecanie zadań", "Wynik naboru", "Każdy wynik naboru wraz z uzasadnieniem")
    comment_on(store, slug, "siedmiu dni roboczych")
    assert version_places(slug, 1) == [("placed", "siedmiu dni roboczych")]
    assert (place(slug).state, place(slug).words) == ("placed", "siedmiu dni roboczych")


def test_a_comment_on_a_version_whose_words_have_since_moved_to_another_section_follows_them(
    store: Store, slug: str
) -> None:
    edit(store, slug, "Zlecanie zadań", f"{DEADLINE}\n\n", "")
    edit(store, slug, "Forma konsultacji", "Uwagi", f"{DEADLINE}\n\nUwagi")
    comment_on(store, slug, "dwadzieścia jeden dni")
    assert (place(slug).state, place(slug).words) == ("moved", "dwadzieścia jeden dni")


def test_a_comment_on_a_version_split_since_follows_its_words(store: Store, slug: str) -> None:
    edit(store, slug, "Zlecanie zadań", RESULT, f"## Wyniki\n\n{RESULT}")
    comment_on(store, slug, "siedmiu dni")
    assert (place(slug).state, place(slug).words) == ("moved", "siedmiu dni")


def test_a_comment_on_an_earlier_version_is_placed_in_those_published_since(store: Store, slug: str) -> None:
    edit(store, slug, "Zlecanie zadań", "siedmiu", "siedmiu lub ośmiu")
    publish(store, slug)
    comment_on(store, slug, "Wynik naboru")
    assert version_places(slug, 2) == [("placed", "Wynik naboru")]


def test_a_version_published_later_shows_the_comments_where_the_draft_had_them(
    store: Store, slug: str
) -> None:
    comment_on(store, slug, "siedmiu dni")
    edit(store, slug, "Zlecanie zadań", "Nabór", "Otwarty nabór")
    publish(store, slug)
    edit(store, slug, "Zlecanie zadań", "siedmiu dni", "tygodnia")
    assert version_places(slug, 2) == [("placed", "siedmiu dni")]


def test_taking_a_change_back_brings_the_placement_back(store: Store, slug: str) -> None:
    comment_on(store, slug, RESULT)
    before = place(slug)
    edit(store, slug, "Zlecanie zadań", "siedmiu", "ośmiu")
    edit(store, slug, "Zlecanie zadań", "ośmiu", "siedmiu")
    assert place(slug) == before


def test_every_target_has_exactly_one_place_in_the_draft(store: Store, slug: str) -> None:
    comment_on(store, slug, RESULT)
    comment_on(store, slug, DEADLINE)
    for old, new in (
        ("siedmiu", "ośmiu"),
        ("Nabór", "Otwarty nabór"),
        (RESULT.replace("siedmiu", "ośmiu"), ""),
    ):
        edit(store, slug, "Zlecanie zadań", old, new)
        assert sorted(line.number for line in list_placements(SYSTEM, slug)) == [1, 2]
    assert len(sections(slug)) == 4
