"""What a working group does to the text: nobody's words are lost, and what is refused changes nothing."""

from __future__ import annotations

import threading

import pytest

from consult.domain.errors import ConsultError, InvalidInput, NotFound, RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.domain.text import outline
from consult.services import documents, drafting
from consult.services.drafting import Conflicted, Saved, Unchanged
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries.viewers import EVERYTHING
from consult.storage.unit_of_work import end_reading
from tests.factories.apps import Store
from tests.factories.records import TEXT, new_document, section, sections


@pytest.fixture
def slug(store: Store) -> str:
    return new_document(store)


def save(store: Store, slug: str, heading: str, source: str, base: int | None = None) -> object:
    standing = section(slug, heading)
    return drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=source,
        base_text_id=standing.text_id if base is None else base,
        now=store.now,
    )


def is_whole(slug: str) -> bool:
    """Whether the sections are those a reader of the exported file would find."""
    text = text_at(SYSTEM, slug)
    return [row.source for row in sections(slug)] == [piece.source for piece in outline.split(text)]


def count_changes(slug: str) -> int:
    return document_queries.get_document(slug, EVERYTHING).last_change_no


# Two people on one section


def test_edits_of_two_people_in_different_sentences_are_both_kept(store: Store, slug: str) -> None:
    base = section(slug, "Zlecanie zadań")
    save(store, slug, "Zlecanie zadań", base.source.replace("dwadzieścia jeden", "trzydzieści"))
    second = save(store, slug, "Zlecanie zadań", base.source.replace("siedmiu", "pięciu"), base=base.text_id)
    assert isinstance(second, Saved)
    assert second.merged
    text = section(slug, "Zlecanie zadań").source
    assert "trzydzieści dni" in text
    assert "pięciu dni" in text


def test_edits_of_two_people_in_the_same_words_record_nothing_and_show_all_sides(
    store: Store, slug: str
) -> None:
    base = section(slug, "Zlecanie zadań")
    theirs = base.source.replace("siedmiu", "pięciu")
    yours = base.source.replace("siedmiu", "dziesięciu")
    save(store, slug, "Zlecanie zadań", theirs)
    second = save(store, slug, "Zlecanie zadań", yours, base=base.text_id)
    assert isinstance(second, Conflicted)
    assert (second.base, second.theirs, second.yours) == (base.source, theirs, yours)
    assert second.theirs_text_id == section(slug, "Zlecanie zadań").text_id
    assert second.merged.text == yours
    assert count_changes(slug) == 2


def test_the_same_edit_made_twice_is_one_change(store: Store, slug: str) -> None:
    base = section(slug, "Zlecanie zadań")
    edited = base.source.replace("siedmiu", "pięciu")
    save(store, slug, "Zlecanie zadań", edited)
    assert isinstance(save(store, slug, "Zlecanie zadań", edited, base=base.text_id), Unchanged)
    assert count_changes(slug) == 2


def test_an_old_page_sent_without_edits_changes_nothing(store: Store, slug: str) -> None:
    base = section(slug, "Zlecanie zadań")
    save(store, slug, "Zlecanie zadań", base.source.replace("siedmiu", "pięciu"))
    assert isinstance(save(store, slug, "Zlecanie zadań", base.source, base=base.text_id), Unchanged)


def test_the_base_of_another_section_is_refused(store: Store, slug: str) -> None:
    with pytest.raises(NotFound):
        save(store, slug, "Zlecanie zadań", "## Nowe\n", base=section(slug, "Konsultacje").text_id)


def test_a_section_of_another_document_is_not_there(store: Store, slug: str) -> None:
    other = new_document(store)
    standing = section(other, "Konsultacje")
    with pytest.raises(NotFound):
        drafting.save_section(
            SYSTEM, slug, standing.section_id, source="## X\n", base_text_id=standing.text_id, now=store.now
        )


def test_a_removed_section_can_no_longer_be_saved(store: Store, slug: str) -> None:
    gone = section(slug, "Konsultacje")
    drafting.remove_section(SYSTEM, slug, gone.section_id, now=store.now)
    with pytest.raises(NotFound):
        drafting.save_section(
            SYSTEM, slug, gone.section_id, source="## X\n", base_text_id=gone.text_id, now=store.now
        )


def test_writers_at_the_same_moment_lose_no_word(any_store: Store) -> None:
    """Eight people each put a sentence of their own into one section, all from the same page; those who meet a
    conflict do what the page offers: save again from what stands."""
    slug = new_document(any_store)
    base = section(slug, "Zlecanie zadań")
    sentences = [f"Zdanie {chr(97 + at) * 5} ósmej osoby." for at in range(8)]
    failures: list[BaseException] = []

    def write(sentence: str) -> None:
        try:
            with any_store.app.app_context():
                text_id, source = base.text_id, base.source
                for _ in range(20):
                    saved = drafting.save_section(
                        SYSTEM,
                        slug,
                        base.section_id,
                        source=f"{source.rstrip()}\n\n{sentence}\n\n",
                        base_text_id=text_id,
                        now=any_store.now,
                    )
                    if isinstance(saved, Saved):
                        return
                    assert isinstance(saved, Conflicted)
                    text_id, source = saved.theirs_text_id, saved.theirs
                raise AssertionError("never saved")
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=write, args=(sentence,)) for sentence in sentences]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    end_reading()
    text = section(slug, "Zlecanie zadań").source
    assert sorted(text.count(sentence) for sentence in sentences) == [1] * 8
    assert count_changes(slug) == 9
    document = document_queries.get_document(slug, EVERYTHING)
    assert [change.number for change in queries.list_changes(document.id)] == list(range(9, 0, -1))
    assert verify_documents(SYSTEM, slug)[0].fault is None


# Texts as people type them


def test_a_text_handed_in_without_its_last_blank_line_is_still_a_section_of_its_own(
    store: Store, slug: str
) -> None:
    save(store, slug, "Zlecanie zadań", "## Zlecanie zadań\n\nKrótko.")
    assert section(slug, "Zlecanie zadań").source == "## Zlecanie zadań\n\nKrótko.\n\n"
    assert is_whole(slug)


def test_a_text_that_differs_only_in_that_blank_line_is_no_change(store: Store, slug: str) -> None:
    source = section(slug, "Zlecanie zadań").source
    for typed in (source.rstrip("\n"), source.rstrip("\n") + "\n", source.replace("\n", "\r\n")):
        assert isinstance(save(store, slug, "Zlecanie zadań", typed), Unchanged)


def test_sections_that_came_without_blank_lines_between_them_are_not_touched_by_a_save_without_edits(
    store: Store,
) -> None:
    slug = new_document(store, "# A\nx\n## B\ny\n")
    assert isinstance(save(store, slug, "A", "# A\nx\n"), Unchanged)
    assert text_at(SYSTEM, slug) == "# A\nx\n## B\ny\n"


def test_headings_typed_into_a_section_make_sections_of_their_own(store: Store, slug: str) -> None:
    saved = save(
        store, slug, "Zlecanie zadań", "## Zlecanie zadań\n\nA\n\n### Nabór\n\nB\n\nWynik\n=====\n\nC"
    )
    assert isinstance(saved, Saved)
    assert saved.added == 2
    assert [row.heading for row in sections(slug)][1:4] == ["Zlecanie zadań", "Nabór", "Wynik"]
    assert is_whole(slug)


def test_headings_in_the_body_of_a_new_section_make_sections_of_their_own(store: Store, slug: str) -> None:
    section_id, _ = drafting.add_section(
        SYSTEM,
        slug,
        after_section_id=section(slug, "Zlecanie zadań").section_id,
        title="Umowa",
        level=2,
        body="A\n\n### Aneks\n\nB",
        now=store.now,
    )
    assert [row.heading for row in sections(slug)][2:4] == ["Umowa", "Aneks"]
    assert section(slug, "Umowa").section_id == section_id
    assert is_whole(slug)


def test_a_heading_taken_away_or_pushed_down_is_refused(store: Store, slug: str) -> None:
    for typed in ("Bez nagłówka.\n", "Zdanie przed.\n\n## Zlecanie zadań\n\nTreść.\n"):
        with pytest.raises(InvalidInput) as refusal:
            save(store, slug, "Zlecanie zadań", typed)
        assert refusal.value.code == "invalid.text_before_heading"
    assert count_changes(slug) == 1


def test_a_block_left_open_before_other_sections_is_refused(store: Store, slug: str) -> None:
    for opening in ("```\nkod\n", "~~~~\nkod\n", "<!-- uwaga\n", "<script>\n"):
        with pytest.raises(InvalidInput) as refusal:
            save(store, slug, "Zlecanie zadań", f"## Zlecanie zadań\n\n{opening}")
        assert refusal.value.code == "invalid.block_left_open"
    assert count_changes(slug) == 1


def test_a_block_left_open_at_the_very_end_is_kept_until_something_is_to_follow_it(store: Store) -> None:
    slug = new_document(store, "# A\n\nx\n\n## B\n\n```\nkod\n")
    with pytest.raises(InvalidInput) as refusal:
        drafting.add_section(
            SYSTEM, slug, after_section_id=section(slug, "B").section_id, title="C", level=2, now=store.now
        )
    assert refusal.value.code == "invalid.block_left_open"
    assert count_changes(slug) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "invalid.text_empty"),
        (" \n\t\n", "invalid.text_empty"),
        ("## A\x00\n", "invalid.control_characters"),
        ("## A\n" + "x" * drafting.LONGEST_SOURCE, "invalid.text_too_long"),
    ],
    ids=["nothing", "blanks", "a control character", "too long"],
)
def test_a_text_that_cannot_be_kept_is_refused(store: Store, slug: str, typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        save(store, slug, "Zlecanie zadań", typed)
    assert refusal.value.code == code
    assert count_changes(slug) == 1


@pytest.mark.parametrize("title", ["", "  ", "a\nb", "x" * 401, "a\x07"])
def test_a_title_that_is_none_is_refused(store: Store, slug: str, title: str) -> None:
    with pytest.raises(InvalidInput):
        drafting.add_section(SYSTEM, slug, after_section_id=None, title=title, level=2, now=store.now)
    with pytest.raises(InvalidInput):
        documents.create_document(SYSTEM, title=title, kind="other", now=store.now)


@pytest.mark.parametrize(
    "title", ["# Numer 1 #", "*gwiazdki* i `kod`", "[x](y)", "1. Punkt", "<b>", "a | b", "\\"]
)
def test_a_title_is_kept_as_it_was_typed(store: Store, slug: str, title: str) -> None:
    section_id, _ = drafting.add_section(
        SYSTEM, slug, after_section_id=None, title=title, level=2, body="Treść.", now=store.now
    )
    (row,) = [row for row in sections(slug) if row.section_id == section_id]
    assert row.level == 2
    assert row.plain.startswith(row.heading)
    assert is_whole(slug)


# Order


def test_a_section_moves_with_everything_under_it(store: Store, slug: str) -> None:
    drafting.move_section(
        SYSTEM, slug, section(slug, "Konsultacje").section_id, after_section_id=None, now=store.now
    )
    assert [row.heading for row in sections(slug)] == [
        "Konsultacje",
        "Forma konsultacji",
        "Zasady współpracy",
        "Zlecanie zadań",
    ]
    assert is_whole(slug)


def test_a_section_does_not_move_into_itself(store: Store, slug: str) -> None:
    inside = section(slug, "Forma konsultacji").section_id
    with pytest.raises(RuleBroken):
        drafting.move_section(
            SYSTEM, slug, section(slug, "Konsultacje").section_id, after_section_id=inside, now=store.now
        )


def test_what_has_no_heading_stays_first(store: Store) -> None:
    slug = new_document(store, "Wstęp bez nagłówka.\n\n# A\n\nx\n\n# B\n\ny\n")
    drafting.add_section(SYSTEM, slug, after_section_id=None, title="Nowa", level=1, now=store.now)
    drafting.move_section(SYSTEM, slug, section(slug, "B").section_id, after_section_id=None, now=store.now)
    assert [row.heading for row in sections(slug)] == ["", "B", "Nowa", "A"]
    with pytest.raises(RuleBroken) as refusal:
        drafting.move_section(
            SYSTEM,
            slug,
            section(slug, "").section_id,
            after_section_id=section(slug, "A").section_id,
            now=store.now,
        )
    assert refusal.value.code == "rule.preamble_stays"
    assert is_whole(slug)


def test_a_section_that_stays_where_it_is_makes_no_change(store: Store, slug: str) -> None:
    done = drafting.move_section(
        SYSTEM,
        slug,
        section(slug, "Konsultacje").section_id,
        after_section_id=section(slug, "Zlecanie zadań").section_id,
        now=store.now,
    )
    assert isinstance(done, Unchanged)
    assert count_changes(slug) == 1


def test_the_last_section_is_not_removed(store: Store) -> None:
    slug = new_document(store, "# A\n\nx\n")
    with pytest.raises(RuleBroken):
        drafting.remove_section(SYSTEM, slug, section(slug, "A").section_id, now=store.now)


def test_a_thousand_sections_put_at_one_place_keep_short_places(store: Store) -> None:
    from consult.domain.text import ranks

    rank, longest = ranks.between(None, None), 0
    for _ in range(1000):
        rank = ranks.between(None, rank)
        longest = max(longest, len(rank))
    assert longest < 300


# What a change remembers


def test_a_footnote_defined_in_another_section_is_shown_anew_when_it_changes(store: Store) -> None:
    slug = new_document(store, "# A\n\nx[^1]\n\n## B\n\ny\n\n[^1]: Stara nota.\n")
    before = section(slug, "A").text_id
    save(store, slug, "B", "## B\n\ny\n")
    assert section(slug, "A").text_id != before
    assert verify_documents(SYSTEM, slug)[0].fault is None
    assert text_at(SYSTEM, slug, change_no=1).endswith("Stara nota.\n")


def test_a_failure_in_the_middle_of_a_save_leaves_nothing(store: Store, slug: str) -> None:
    class Broken:
        def render_many(self, sources: object, *, definitions: str = "") -> list[object]:
            raise RuntimeError("no renderer")

    before = text_at(SYSTEM, slug)
    with store.replaced(renderer=Broken()), pytest.raises(RuntimeError):
        save(store, slug, "Zlecanie zadań", "## Zlecanie zadań\n\nInaczej.\n")
    assert text_at(SYSTEM, slug) == before
    assert count_changes(slug) == 1
    assert verify_documents(SYSTEM, slug)[0].fault is None


@pytest.mark.parametrize("act", ["save", "add", "move", "remove", "revise"])
def test_a_note_too_long_is_refused(store: Store, slug: str, act: str) -> None:
    note, standing, now = "x" * 2_001, section(slug, "Konsultacje"), store.now
    key = standing.section_id
    acts = {
        "save": lambda: drafting.save_section(
            SYSTEM, slug, key, source="## K\n", base_text_id=standing.text_id, note=note, now=now
        ),
        "add": lambda: drafting.add_section(
            SYSTEM, slug, after_section_id=None, title="A", level=1, note=note, now=now
        ),
        "move": lambda: drafting.move_section(SYSTEM, slug, key, after_section_id=None, note=note, now=now),
        "remove": lambda: drafting.remove_section(SYSTEM, slug, key, note=note, now=now),
        "revise": lambda: documents.revise_document(
            SYSTEM, slug, content=TEXT.encode(), filename="a.md", note=note, now=now
        ),
    }
    with pytest.raises(ConsultError) as refusal:
        acts[act]()
    assert refusal.value.code == "invalid.note_too_long"
