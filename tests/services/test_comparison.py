"""Two texts of a document compared: what each section became, and which changes made every difference."""

from __future__ import annotations

from itertools import pairwise

import pytest

from consult.domain.errors import Conflict, InvalidInput, NotPermitted
from consult.domain.policy.actors import SYSTEM
from consult.services import attributions, documents, drafting
from consult.services.comparison import Compared, ComparedSection, Side, compare_texts
from consult.services.drafting import Saved
from consult.services.verification import verify_documents
from consult.storage.queries import attributions as attribution_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import TEXT, comment_on, edit_as, new_document, new_people, section


@pytest.fixture
def slug(store: Store) -> str:
    return new_document(store)


def save(store: Store, slug: str, heading: str, old: str, new: str) -> int:
    standing = section(slug, heading)
    saved = drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace(old, new),
        base_text_id=standing.text_id,
        now=store.now,
    )
    assert isinstance(saved, Saved)
    return saved.change_no


def compared(slug: str, before: int, after: int) -> Compared:
    return compare_texts(document_queries.get_document(slug, EVERYTHING).id, Side(before), Side(after))


def of(found: Compared, heading: str) -> ComparedSection:
    return next(
        one
        for one in found.sections
        if heading in ((one.pair.new or one.pair.old).heading, one.pair.old and one.pair.old.heading)  # type: ignore[union-attr]
    )


def test_each_difference_names_the_change_that_made_it(store: Store, slug: str) -> None:
    first = save(store, slug, "Zlecanie zadań", "dwadzieścia jeden", "trzydzieści")
    second = save(store, slug, "Zlecanie zadań", "siedmiu", "pięciu")
    third = save(store, slug, "Konsultacje", "pod obrady", "na obrady")
    found = compared(slug, 1, third)
    assert sorted(of(found, "Zlecanie zadań").made_by.values()) == [(first,), (second,)]
    assert list(of(found, "Konsultacje").made_by.values()) == [(third,)]
    assert len(found.sections) == 2


def test_a_text_saved_and_saved_back_does_not_differ(store: Store, slug: str) -> None:
    save(store, slug, "Konsultacje", "pod obrady", "na obrady")
    last = save(store, slug, "Konsultacje", "na obrady", "pod obrady")
    assert compared(slug, 1, last).sections == ()


def test_a_part_removed_names_the_change_that_removed_it(store: Store, slug: str) -> None:
    drafting.remove_section(SYSTEM, slug, section(slug, "Forma konsultacji").section_id, now=store.now)
    gone = of(compared(slug, 1, 2), "Forma konsultacji")
    assert gone.pair.new is None
    assert gone.changed_by == (2,)


def revise(store: Store, slug: str, text: str) -> None:
    documents.revise_document(
        SYSTEM, slug, content=text.encode(), filename="projekt.md", note="", now=store.now
    )


def test_a_part_split_shows_only_the_new_heading_as_new_words(store: Store, slug: str) -> None:
    revise(store, slug, TEXT.replace("\n\nWynik naboru", "\n\n## Wyniki\n\nWynik naboru"))
    found = compared(slug, 1, 2)
    part = of(found, "Wyniki")
    assert part.pair.sources == (section(slug, "Zlecanie zadań").section_id,)
    put = "".join(one.text for line in part.lines for one in line.words if one.kind == "ins")
    kept = "".join(one.text for line in part.lines for one in line.words if one.kind == "same")
    assert put.strip() == "Wyniki"
    assert "Wynik naboru ogłasza się" in kept


def test_parts_joined_show_no_words_as_gone_but_the_heading(store: Store, slug: str) -> None:
    divided = TEXT.replace("\n\nWynik naboru", "\n\n## Wyniki\n\nWynik naboru")
    revise(store, slug, divided)
    revise(store, slug, TEXT)
    found = compared(slug, 2, 3)
    struck = "".join(
        one.text for part in found.sections for line in part.lines for one in line.words if one.kind == "del"
    )
    assert struck.strip() == "Wyniki"
    assert any(part.pair.heirs and part.pair.new is None for part in found.sections)


def test_a_part_put_elsewhere_is_moved_and_the_others_stand_still(store: Store, slug: str) -> None:
    last = section(slug, "Konsultacje").section_id
    drafting.move_section(
        SYSTEM, slug, section(slug, "Zlecanie zadań").section_id, after_section_id=last, now=store.now
    )
    found = compared(slug, 1, 2)
    moved = [one for one in found.sections if one.pair.is_moved]
    assert len(moved) >= 1
    assert all(one.changed_by == (2,) for one in moved)


def test_a_long_history_of_one_part_is_told_as_too_long_and_stays_bounded(store: Store, slug: str) -> None:
    words = ["siedmiu", *[f"{number} (kolejny raz)" for number in range(2, 24)]]
    for old, new in pairwise(words):
        save(store, slug, "Zlecanie zadań", old, new)
    part = of(compared(slug, 1, len(words)), "Zlecanie zadań")
    assert part.is_long
    assert all(by for by in part.made_by.values())


# causes said afterwards


def test_a_cause_said_afterwards_stands_beside_the_record_which_still_verifies(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    number = edit_as(store, slug, people.editor)
    document = document_queries.get_document(slug, EVERYTHING)
    before = drafting_queries.get_change(document.id, number)
    attributions.attribute_change(
        people.editor, slug, number, kind="reason", reason="Na wniosek rady.", now=store.now
    )
    attributions.attribute_change(people.editor, slug, number, kind="editorial", now=store.now)
    said = attribution_queries.list_attributions([before.id])[before.id]
    assert (said.no, said.cause_kind) == (2, "editorial")
    assert drafting_queries.get_change(document.id, number) == before
    assert all(verified.fault is None for verified in verify_documents(SYSTEM, slug))


def test_the_same_cause_is_not_written_down_twice(store: Store, slug: str) -> None:
    number = edit_as(store, slug, SYSTEM)
    attributions.attribute_change(SYSTEM, slug, number, kind="editorial", now=store.now)
    with pytest.raises(Conflict, match="attributed_already"):
        attributions.attribute_change(SYSTEM, slug, number, kind="editorial", now=store.now)


def test_only_editors_say_causes_and_only_of_things_of_the_document(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    other = new_document(store, host_id=people.host_id)
    foreign = comment_on(store, other).comment_ids[0]
    number = edit_as(store, slug, people.editor)
    with pytest.raises(NotPermitted):
        attributions.attribute_change(people.member, slug, number, kind="editorial", now=store.now)
    for kind, ref, reason in (
        ("comment", foreign, ""),
        ("meeting", 1, ""),
        ("reason", None, "  "),
        ("rumour", None, "x"),
    ):
        with pytest.raises(InvalidInput):
            attributions.attribute_change(
                people.editor, slug, number, kind=kind, ref=ref, reason=reason, now=store.now
            )


def test_a_cause_on_record_is_not_talked_over(store: Store, slug: str) -> None:
    with pytest.raises(Conflict, match="cause_recorded"):
        attributions.attribute_change(SYSTEM, slug, 1, kind="editorial", now=store.now)
