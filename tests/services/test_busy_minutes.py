"""Two hundred edits in a minute, and clocks that go backwards: the record counts changes, not time."""

from __future__ import annotations

import threading
from datetime import timedelta

from consult.domain.history.chain import moment
from consult.domain.policy.actors import SYSTEM
from consult.services import documents, drafting, unsaved_texts
from consult.services.drafting import Saved
from consult.services.public_records import make_public_record
from consult.services.texts import text_at
from consult.services.unsaved_texts import Place, Taken, Typed
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.queries import documents as queries
from consult.storage.queries import timelines
from consult.storage.queries import unsaved_texts as unsaved_queries
from consult.storage.queries.timelines import Chosen
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import (
    comment_on,
    new_document,
    new_host,
    new_person,
    open_consultation,
    publish,
    section,
    sections,
)

WRITERS, EDITS = 4, 50
TEXT = "# Zasady\n\n" + "".join(
    f"## Część {writer}\n\n" + "".join(f"Zdanie {at} części {writer}.\n\n" for at in range(EDITS))
    for writer in range(WRITERS)
)


def write(store: Store, slug: str, writer: int, refused: list[object]) -> None:
    """Fifty edits of one section, of which every other one is made on a page read two edits ago."""
    with store.app.app_context():
        stale = standing = section(slug, f"Część {writer}")
        for at in range(EDITS):
            if at % 2 == 0:
                stale, standing = standing, section(slug, f"Część {writer}")
            base = stale if at % 4 == 3 else standing
            sentence = f"Zdanie {at} części {writer}."
            saved = drafting.save_section(
                SYSTEM,
                slug,
                base.section_id,
                source=base.source.replace(sentence, f"{sentence} Dopisano słowo{writer}x{at}y."),
                base_text_id=base.text_id,
                now=store.now + timedelta(seconds=at),
            )
            if not isinstance(saved, Saved):
                refused.append(saved)
        db.session.remove()


def test_two_hundred_edits_in_a_minute_are_two_hundred_changes_and_lose_nothing(store: Store) -> None:
    slug = new_document(store, TEXT)
    refused: list[object] = []
    db.session.remove()
    writers = [
        threading.Thread(target=write, args=(store, slug, writer, refused)) for writer in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert refused == []
    document = queries.get_document(slug, EVERYTHING)
    assert document.last_change_no == WRITERS * EDITS + 1
    text = text_at(SYSTEM, slug)
    lost = [(w, at) for w in range(WRITERS) for at in range(EDITS) if f"słowo{w}x{at}y" not in text]
    assert lost == []
    rows = timelines.list_document_timeline(document.id, Chosen(), before=None, limit=300)
    assert [row.number for row in rows] == list(range(WRITERS * EDITS + 1, 0, -1))
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_a_clock_that_goes_backwards_reorders_nothing(store: Store) -> None:
    """Saving, revising, publishing and commenting, each earlier than the one before: numbers tell the order."""
    slug = new_document(store)
    open_consultation(store, slug, days=30)
    begun = store.now
    for days in (3, 2, 1):
        store.clock.at = begun + timedelta(days=days)
        comment_on(store, slug, "na piśmie")
        row = section(slug, "Konsultacje")
        drafting.save_section(
            SYSTEM, slug, row.section_id, source=f"{row.source.rstrip()} Za {days} dni.\n\n",
            base_text_id=row.text_id, now=store.now,
        )  # fmt: skip
    store.clock.at = begun - timedelta(days=400)
    publish(store, slug, "druga wersja")
    text = text_at(SYSTEM, slug)
    documents.revise_document(
        SYSTEM, slug, content=text.replace("Za 1 dni", "Jutro").encode(), filename="a.md", now=store.now
    )
    assert text_at(SYSTEM, slug, version_no=2) == text_at(SYSTEM, slug, change_no=4) == text
    assert "Jutro" in text_at(SYSTEM, slug)
    document = queries.get_document(slug, EVERYTHING)
    rows = timelines.list_document_timeline(document.id, Chosen(), before=None, limit=20)
    assert [row.number for row in rows] == [5, 4, 3, 2, 1]
    assert verify_documents(SYSTEM, slug)[0].fault is None
    said = [change["body"]["at"] for change in make_public_record(SYSTEM, slug)["changes"]]
    assert said[1:4] == [moment(begun + timedelta(days=days)) for days in (3, 2, 1)], "as the clock said"


def test_what_was_typed_last_is_kept_though_the_clock_went_backwards(store: Store) -> None:
    host_id = new_host(store)
    slug, editor = new_document(store, host_id=host_id), new_person(store, (host_id, "editor"))
    row = sections(slug)[1]
    place, window = Place("edit", row.section_id), unsaved_texts.new_window()
    taken = None
    for hours, words in enumerate(("pierwsze", "drugie", "trzecie")):
        kept = unsaved_texts.keep_unsaved(
            editor,
            slug,
            place,
            Typed(f"{row.source}{words}", base_text_id=row.text_id),
            window=window,
            taken=taken,
            now=store.now - timedelta(hours=hours),
        )
        taken = Taken(kept.id, kept.revision)
    document = queries.get_document(slug, EVERYTHING)
    (last,) = unsaved_queries.list_unsaved_at(editor.id or 0, document.id, "edit", row.section_id)
    assert last.source.endswith("trzecie")
