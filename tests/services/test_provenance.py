"""Every word of a draft is traced to the change that brought it, whatever was done to the text since."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import text as sql

from consult.domain.policy.actors import SYSTEM
from consult.services import documents, drafting
from consult.services.provenance.keeping import keep_missing_origins, rebuild_provenance, runs_of
from consult.storage.database import db
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import new_document, section, sections

TEXT = """# Regulamin

Wstęp bez numeru.

## Nabór

Ogłoszenie o naborze wisi przez dwadzieścia jeden dni na tablicy ogłoszeń urzędu.

Wynik naboru podaje się w ciągu siedmiu dni.

## Ocena

Wnioski ocenia komisja, w której połowę miejsc mają organizacje pozarządowe.
"""


@pytest.fixture
def slug(store: Store) -> str:
    return new_document(store, TEXT)


def origins(slug: str) -> list[list[int]]:
    """The origin of every code point of the draft, section by section."""
    document = queries.get_document(slug, EVERYTHING)
    standing = queries.list_draft_sections(document.id)
    runs = runs_of(
        document.id,
        {row.text_id: len(row.source) for row in standing},
        until=document.last_change_no,
    )
    return [[run.origin for run in runs[row.text_id] for _ in range(run.length)] for row in standing]


def origin_of(slug: str, words: str) -> set[int]:
    """The changes these words of the draft came with."""
    for row, spread in zip(sections(slug), origins(slug), strict=True):
        if (at := row.source.find(words)) >= 0:
            return set(spread[at : at + len(words)])
    raise AssertionError(f"not in the draft: {words}")


def save(store: Store, slug: str, heading: str, old: str, new: str) -> int:
    row = section(slug, heading)
    assert old in row.source
    saved = drafting.save_section(
        SYSTEM,
        slug,
        row.section_id,
        source=row.source.replace(old, new),
        base_text_id=row.text_id,
        now=store.now,
    )
    assert isinstance(saved, drafting.Saved)
    return saved.change_no


def test_words_of_an_imported_file_come_from_the_first_change(slug: str) -> None:
    assert {origin for spread in origins(slug) for origin in spread} == {1}


def test_words_saved_come_from_their_change_and_their_neighbours_do_not(store: Store, slug: str) -> None:
    number = save(store, slug, "Nabór", "siedmiu dni", "pięciu dni roboczych")

    assert origin_of(slug, "roboczych") == {number}
    assert origin_of(slug, "Wynik naboru podaje się") == {1}


def test_words_keep_their_origin_when_a_heading_splits_them_off(store: Store, slug: str) -> None:
    number = save(store, slug, "Nabór", "Wynik naboru", "### Wynik\n\nWynik naboru")

    assert origin_of(slug, "Wynik naboru podaje się") == {1}
    assert origin_of(slug, "### Wynik") == {number}


def test_words_keep_their_origin_when_their_section_moves(store: Store, slug: str) -> None:
    number = save(store, slug, "Nabór", "siedmiu", "pięciu")
    drafting.move_section(
        SYSTEM, slug, section(slug, "Nabór").section_id,
        after_section_id=section(slug, "Ocena").section_id, now=store.now,
    )  # fmt: skip

    assert origin_of(slug, "Wynik naboru") == {1}
    assert number in origin_of(slug, "pięciu")


def test_a_save_that_takes_in_what_others_saved_leaves_their_words_to_them(store: Store, slug: str) -> None:
    row = section(slug, "Nabór")
    theirs = save(store, slug, "Nabór", "na tablicy", "w biuletynie i na tablicy")
    saved = drafting.save_section(
        SYSTEM, slug, row.section_id, source=row.source.replace("siedmiu dni", "pięciu dni roboczych"),
        base_text_id=row.text_id, now=store.now,
    )  # fmt: skip

    assert isinstance(saved, drafting.Saved)
    assert saved.merged
    assert origin_of(slug, "w biuletynie i") == {theirs}
    assert origin_of(slug, "roboczych") == {saved.change_no}


def test_a_new_file_brings_only_what_it_changed(store: Store, slug: str) -> None:
    revised = TEXT.replace("połowę miejsc", "większość miejsc").replace("## Ocena", "## Ocena wniosków")
    done = documents.revise_document(
        SYSTEM, slug, content=revised.encode(), filename="a.md", note="", now=store.now
    )

    assert origin_of(slug, "większość") == {done.change_no}
    assert origin_of(slug, "mają organizacje pozarządowe") == {1}


def test_a_text_rendered_anew_because_a_footnote_changed_keeps_its_origins(store: Store, slug: str) -> None:
    first = save(store, slug, "Ocena", "pozarządowe.", "pozarządowe.[^1]\n\n[^1]: Ustawa.")
    save(store, slug, "Nabór", "siedmiu dni.", "siedmiu dni.[^1]")
    last = save(store, slug, "Ocena", "[^1]: Ustawa.", "[^1]: Ustawa o pożytku.")

    assert origin_of(slug, "Wynik naboru") == {1}
    assert last not in origin_of(slug, "siedmiu dni.[^1]")
    assert first in origin_of(slug, "pozarządowe.[^1]")


def test_origins_worked_out_anew_are_those_that_were_stored(store: Store, slug: str) -> None:
    _live(store, slug, 25)
    rebuilt = rebuild_provenance(SYSTEM, slug, now=store.now)

    assert rebuilt.texts > 10
    assert (rebuilt.missing, rebuilt.differing) == (0, 0)


def test_a_document_from_before_origins_were_kept_gets_the_same_ones(store: Store, slug: str) -> None:
    _live(store, slug, 12)
    stored = origins(slug)
    db.session.execute(sql("DELETE FROM provenance"))
    db.session.commit()

    assert origins(slug) == stored, "worked out when asked"
    assert db.session.scalar(sql("SELECT count(*) FROM provenance")) == 0, "asking writes nothing"
    row = sections(slug)[-1]
    drafting.save_section(
        SYSTEM, slug, row.section_id, source=f"{row.source}Nowe.", base_text_id=row.text_id, now=store.now
    )
    assert [spread[: len(old)] for spread, old in zip(origins(slug), stored, strict=True)] == stored
    assert keep_missing_origins(store.now) == 1
    assert keep_missing_origins(store.now) == 0
    assert rebuild_provenance(SYSTEM, slug, now=store.now).differing == 0


def test_origins_that_were_altered_are_put_right(store: Store, slug: str) -> None:
    stored = origins(slug)
    db.session.execute(sql("UPDATE provenance SET runs = '[3,7]'"))
    db.session.commit()

    assert rebuild_provenance(SYSTEM, slug, now=store.now).differing == len(stored)
    assert origins(slug) == stored


def test_a_save_asks_for_no_more_when_the_history_is_longer(store: Store, slug: str) -> None:
    def size() -> int:
        return db.session.scalar(sql("SELECT max(length(runs)) FROM provenance")) or 0

    for word in ("ośmiu", "dziewięciu"):
        save(store, slug, "Nabór", "siedmiu", word)
        save(store, slug, "Nabór", word, "siedmiu")
    once = size()
    for word in ("ośmiu", "dziewięciu") * 4:
        save(store, slug, "Nabór", "siedmiu", word)
        save(store, slug, "Nabór", word, "siedmiu")

    assert size() <= once + 8, "runs of the same word grow by digits, not by changes"


def _live(store: Store, slug: str, acts: int) -> None:
    """Some acts of a group, one after another."""
    chance = Random(3)
    for number in range(acts):
        row = chance.choice(sections(slug)[1:])
        words = row.source.split(" ")
        words[chance.randrange(1, len(words))] = f"słowo{number}"
        kind = chance.choice(("save", "save", "save", "split", "move", "revise", "remove"))
        if kind == "save":
            source = " ".join(words)
            drafting.save_section(
                SYSTEM, slug, row.section_id, source=source, base_text_id=row.text_id, now=store.now
            )
        elif kind == "split":
            source = row.source.rstrip("\n") + f"\n\n### Część {number}\n\nTreść części {number}.\n"
            drafting.save_section(
                SYSTEM, slug, row.section_id, source=source, base_text_id=row.text_id, now=store.now
            )
        elif kind == "move":
            drafting.move_section(SYSTEM, slug, row.section_id, after_section_id=None, now=store.now)
        elif kind == "revise":
            rows = sections(slug)
            text = rows[0].source + "".join(each.source for each in rows[:0:-1])
            documents.revise_document(
                SYSTEM, slug, content=text.encode(), filename="a.md", note="", now=store.now
            )
        elif len(sections(slug)) > 3:
            drafting.remove_section(SYSTEM, slug, row.section_id, now=store.now)
