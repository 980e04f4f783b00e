"""What people have not saved is kept for them, apart for every page they write on, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import ConsultError, InvalidInput, NotFound, NotPermitted
from consult.domain.policy.actors import Actor
from consult.services import accounts, unsaved_texts
from consult.services.unsaved_texts import KEPT, PRESENT_FOR, Kept, Place, Taken, Typed
from consult.storage.database import db
from consult.storage.models import EditingPresence, UnsavedText
from consult.storage.queries import unsaved_texts as queries
from consult.storage.queries.accounts import held
from consult.storage.queries.documents import get_document
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store

ONE, TWO = "window-of-one-page-1", "window-of-one-page-2"


@pytest.fixture
def people(store: Store) -> records.People:
    return records.new_people(store)


@pytest.fixture
def slug(store: Store, people: records.People) -> str:
    return records.new_document(store, host_id=people.host_id)


def keep(
    store: Store,
    slug: str,
    actor: Actor,
    source: str,
    *,
    window: str = ONE,
    taken: Taken | None = None,
    heading: str = "Konsultacje",
) -> Kept:
    standing = records.section(slug, heading)
    return unsaved_texts.keep_unsaved(
        actor,
        slug,
        Place("edit", standing.section_id),
        Typed(source, base_text_id=standing.text_id),
        window=window,
        taken=taken,
        now=store.now,
    )


def left(slug: str, actor: Actor, heading: str = "Konsultacje") -> list[str]:
    document = get_document(slug, EVERYTHING)
    rows = queries.list_unsaved_at(
        actor.id or 0, document.id, "edit", records.section(slug, heading).section_id
    )
    return [row.source for row in rows]


def test_what_is_typed_is_kept_and_kept_anew(store: Store, people: records.People, slug: str) -> None:
    first = keep(store, slug, people.editor, "raz")
    assert keep(store, slug, people.editor, "raz") == first
    second = keep(store, slug, people.editor, "raz dwa")
    assert (second.id, second.revision) == (first.id, first.revision + 1)
    assert left(slug, people.editor) == ["raz dwa"]
    assert left(slug, people.official) == []


def test_two_pages_of_one_person_never_overwrite_one_another(
    store: Store, people: records.People, slug: str
) -> None:
    first = keep(store, slug, people.editor, "z pierwszej")
    # the second page brought back what the first had kept, and goes on from it
    second = keep(store, slug, people.editor, "z drugiej", window=TWO, taken=Taken(first.id, first.revision))
    assert second.id == first.id
    keep(store, slug, people.editor, "z pierwszej dalej")
    assert sorted(left(slug, people.editor)) == ["z drugiej", "z pierwszej dalej"]


def test_a_page_that_brought_back_an_old_state_leaves_the_newer_one_alone(
    store: Store, people: records.People, slug: str
) -> None:
    first = keep(store, slug, people.editor, "raz")
    keep(store, slug, people.editor, "raz dwa")
    keep(store, slug, people.editor, "inaczej", window=TWO, taken=Taken(first.id, first.revision))
    assert sorted(left(slug, people.editor)) == ["inaczej", "raz dwa"]


def test_saving_forgets_what_the_page_kept_and_nothing_else(
    store: Store, people: records.People, slug: str
) -> None:
    first = keep(store, slug, people.editor, "raz")
    keep(store, slug, people.editor, "inny", window=TWO)
    unsaved_texts.settle_unsaved(people.official, ONE, Taken(first.id, first.revision))
    assert len(left(slug, people.editor)) == 2
    unsaved_texts.settle_unsaved(people.editor, ONE, None)
    assert left(slug, people.editor) == ["inny"]


def test_nobody_reaches_the_unsaved_texts_of_others(store: Store, people: records.People, slug: str) -> None:
    kept = keep(store, slug, people.editor, "moje")
    for other in (people.official, people.administrator, people.neighbour):
        with pytest.raises(NotFound):
            unsaved_texts.discard_unsaved(other, kept.id)
        with pytest.raises(NotFound):
            queries.get_unsaved(other.id or 0, kept.id)
        assert queries.list_unsaved_of(other.id or 0) == []
    # a page that names somebody else's text begins one of its own
    taken = Taken(kept.id, kept.revision)
    assert keep(store, slug, people.official, "cudze", window=TWO, taken=taken).id != kept.id
    assert left(slug, people.editor) == ["moje"]


@pytest.mark.parametrize("who", ["guest", "neighbour"])
def test_who_may_not_see_the_draft_keeps_nothing_beside_it(
    store: Store, people: records.People, slug: str, who: str
) -> None:
    with pytest.raises((NotFound, NotPermitted)):
        keep(store, slug, getattr(people, who), "słowa")


def test_what_cannot_be_kept_is_refused_and_what_was_kept_stays(
    store: Store, people: records.People, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, slug, people.editor, "raz")
    monkeypatch.setattr(unsaved_texts, "MOST_TEXTS", 1)
    monkeypatch.setattr(unsaved_texts, "MOST_SIZE", 100)
    refused: list[tuple[str, dict[str, object]]] = [
        ("x\x00", {}),
        ("x" * (unsaved_texts.LONGEST_SOURCE + 1), {}),
        ("x" * 101, {}),
        ("drugi", {"window": TWO}),
        ("x", {"window": "krótkie"}),
        ("x", {"heading": "Zlecanie zadań"}),
    ]
    for source, options in refused:
        with pytest.raises(InvalidInput):
            keep(store, slug, people.editor, source, **options)  # type: ignore[arg-type]
    assert left(slug, people.editor) == ["raz"]


def test_a_base_of_another_section_is_refused(store: Store, people: records.People, slug: str) -> None:
    here, there = records.section(slug, "Konsultacje"), records.section(slug, "Zlecanie zadań")
    for section_id, base in ((here.section_id, there.text_id), ("0" * 32, None), (here.section_id, 10**6)):
        with pytest.raises(ConsultError):
            unsaved_texts.keep_unsaved(
                people.editor,
                slug,
                Place("edit", section_id),
                Typed("x", base_text_id=base),
                window=ONE,
                now=store.now,
            )


def test_somebody_who_writes_is_seen_by_others_until_their_page_falls_silent(
    store: Store, people: records.People, slug: str
) -> None:
    document = get_document(slug, EVERYTHING)
    section_id = records.section(slug, "Konsultacje").section_id

    def seen_by(actor: Actor) -> list[str]:
        rows = queries.list_present(document.id, since=store.now - PRESENT_FOR, but=actor.id)
        return [f"{row.name} ({row.organisation})" for row in rows if row.section_id == section_id]

    unsaved_texts.note_presence(people.editor, slug, section_id, now=store.now)
    assert seen_by(people.official) == [f"{people.editor.name} (Urząd Miasta)"]
    assert seen_by(people.editor) == []
    store.clock.advance(seconds=60)
    unsaved_texts.note_presence(people.editor, slug, section_id, now=store.now)
    store.clock.advance(seconds=60)
    assert seen_by(people.official)
    store.clock.advance(seconds=60)
    assert seen_by(people.official) == []
    unsaved_texts.note_presence(people.editor, slug, section_id, now=store.now)
    unsaved_texts.end_presence(people.editor, section_id)
    assert seen_by(people.official) == []
    with pytest.raises(NotPermitted):
        unsaved_texts.note_presence(people.member, slug, section_id, now=store.now)


def test_texts_nobody_touches_are_forgotten_in_the_end(
    store: Store, people: records.People, slug: str
) -> None:
    keep(store, slug, people.editor, "dawny")
    unsaved_texts.note_presence(
        people.editor, slug, records.section(slug, "Konsultacje").section_id, now=store.now
    )
    store.clock.advance(days=KEPT.days - 1)
    keep(store, slug, people.editor, "nowszy", window=TWO)
    assert unsaved_texts.forget_old(store.now) == 0
    assert unsaved_texts.forget_old(store.now + timedelta(days=2)) == 1
    assert left(slug, people.editor) == ["nowszy"]
    assert db.session.scalars(select(EditingPresence)).all() == []


def test_unsaved_texts_are_told_to_their_owner_and_erased_with_them(
    store: Store, people: records.People, slug: str
) -> None:
    keep(store, slug, people.editor, "tylko moje")
    told = held.list_records_of(people.editor.id or 0)
    assert told["unsaved_text.person_id"][0]["source"] == "tylko moje"
    request_id = accounts.ask_data_request(people.editor, "erase", now=store.now)
    accounts.decide_data_request(
        people.administrator, request_id, decision="carried_out", reason="", now=store.now
    )
    assert db.session.scalars(select(UnsavedText)).all() == []
