"""Where the machine is not sure, an editor says which words a comment speaks of, and from then on they are followed from there."""

from __future__ import annotations

import pytest

from consult.domain.errors import InvalidInput, NotFound, NotPermitted, RuleBroken, Stale
from consult.domain.policy.actors import SYSTEM, Actor
from consult.domain.text.spans import Span
from consult.services import documents, drafting
from consult.services.drafting import Saved
from consult.services.placement_decisions import (
    Words,
    confirm_placement,
    give_up_placement,
    reattach_comment,
)
from consult.services.quotations import list_placements
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import placement_decisions as queries
from consult.storage.queries.placement_decisions import SoughtRow
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import (
    comment_on,
    new_document,
    new_people,
    open_consultation,
    section,
)

LINE = "Gmina ogłasza wykaz dotacji."
TEXT = f"""# Program

## Dotacje

Przepis wstępny o pieniądzach gminy.

{LINE}

Przepis końcowy o rozliczeniach.

## Rozliczenia

Sprawozdanie składa się w ciągu trzydziestu dni.
"""


class Case:
    """A document under consultation with one comment on LINE, and its host's people."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.people = new_people(store)
        self.slug = new_document(store, TEXT, host_id=self.people.host_id)
        open_consultation(store, self.slug)
        comment_on(store, self.slug, LINE)
        self.id = document_queries.get_document(self.slug, EVERYTHING).id

    @property
    def editor(self) -> Actor:
        return self.people.editor

    def edit(self, heading: str, old: str, new: str) -> None:
        standing = section(self.slug, heading)
        assert old in standing.source
        saved = drafting.save_section(
            SYSTEM,
            self.slug,
            standing.section_id,
            source=standing.source.replace(old, new),
            base_text_id=standing.text_id,
            now=self.store.now,
        )
        assert isinstance(saved, Saved)

    def part(self, heading: str) -> str:
        return section(self.slug, heading).section_id

    def copy_the_line(self) -> None:
        """Which of the two the comment speaks of nobody can tell."""
        self.edit("Dotacje", LINE, f"{LINE}\n\n{LINE}")

    def sought(self) -> SoughtRow:
        (target,) = {row.target_id for row in comment_queries.list_placed_in_draft(self.id)}
        return queries.get_sought(self.id, target)

    def state(self) -> tuple[str, str]:
        (line,) = list_placements(SYSTEM, self.slug)
        return line.state, line.words

    def waiting(self) -> dict[str, int]:
        return queries.count_undecided(self.id, with_unconsulted=True)


@pytest.fixture
def case(any_store: Store) -> Case:
    return Case(any_store)


def test_words_nobody_can_tell_apart_wait_for_a_person_and_confirmed_they_wait_no_longer(case: Case) -> None:
    case.copy_the_line()
    row = case.sought()
    assert row.state == "uncertain"
    assert case.waiting() == {"uncertain": 1, "orphaned": 0}

    confirm_placement(case.editor, case.slug, row.target_id, seen=row.mark, now=case.store.now)

    assert case.state() == ("placed", LINE)
    assert case.waiting() == {"uncertain": 0, "orphaned": 0}
    assert case.sought().decided_by == case.editor.id


def test_words_are_followed_from_where_a_person_put_the_comment(case: Case) -> None:
    case.edit("Dotacje", f"\n\n{LINE}", "")
    row = case.sought()
    assert (row.state, case.waiting()["orphaned"]) == ("orphaned", 1)
    there = section(case.slug, "Rozliczenia")
    words = Words(there.section_id, "Sprawozdanie składa się")
    reattach_comment(case.editor, case.slug, row.target_id, words, seen=row.mark, now=case.store.now)
    assert case.state() == ("moved", "Sprawozdanie składa się")

    case.edit("Rozliczenia", "Sprawozdanie składa", "Co roku sprawozdanie z dotacji składa")
    state, now_words = case.state()
    assert state in ("changed", "moved")
    assert "sprawozdanie z dotacji składa się" in now_words


def test_words_given_up_are_not_asked_about_again_until_they_are_back_beyond_doubt(case: Case) -> None:
    case.copy_the_line()
    row = case.sought()
    give_up_placement(case.editor, case.slug, row.target_id, seen=row.mark, now=case.store.now)
    assert case.state() == ("orphaned", "")

    case.edit("Dotacje", "Przepis końcowy", "Przepis ostatni")
    assert case.state() == ("orphaned", "")
    assert case.waiting() == {"uncertain": 0, "orphaned": 0}

    case.edit("Dotacje", f"{LINE}\n\n{LINE}", LINE)
    assert case.state() == ("placed", LINE)


def test_the_place_in_a_published_version_stays_when_the_comment_is_put_elsewhere(case: Case) -> None:
    case.copy_the_line()
    documents.publish_version(SYSTEM, case.slug, label="drugi projekt", now=case.store.now)
    version = document_queries.get_version(case.id, 2)
    before = comment_queries.list_placed_in_version(version.id)
    there = section(case.slug, "Rozliczenia")
    row = case.sought()
    words = Words(there.section_id, "trzydziestu dni")
    reattach_comment(case.editor, case.slug, row.target_id, words, seen=row.mark, now=case.store.now)
    after = [
        row for row in comment_queries.list_placed_in_version(version.id) if row.text_id != there.text_id
    ]
    assert after == before


def test_pointed_words_count_more_than_their_first_copy(case: Case) -> None:
    case.copy_the_line()
    row = case.sought()
    here = section(case.slug, "Dotacje")
    second = here.plain.rindex(LINE)
    words = Words(here.section_id, LINE, here.text_id, Span(second, second + len(LINE)))
    reattach_comment(case.editor, case.slug, row.target_id, words, seen=row.mark, now=case.store.now)
    assert case.sought().start == second


def test_words_typed_by_hand_have_to_stand_in_the_part_once(case: Case) -> None:
    case.copy_the_line()
    row = case.sought()
    here = section(case.slug, "Dotacje").section_id

    def put(quote: str) -> None:
        words = Words(here, quote)
        reattach_comment(case.editor, case.slug, row.target_id, words, seen=row.mark, now=case.store.now)

    for quote, code in (
        ("", "quote_missing"),
        ("nie ma takich słów", "quote_not_here"),
        (LINE, "quote_often_here"),
    ):
        with pytest.raises(InvalidInput) as refused:
            put(quote)
        assert refused.value.code == f"invalid.{code}"
    put("wstępny  o\npieniądzach")
    assert case.state() == ("changed", "wstępny o pieniądzach")


def test_a_decision_on_a_place_that_has_moved_on_is_stale(case: Case) -> None:
    case.copy_the_line()
    row = case.sought()
    case.edit("Dotacje", "Przepis wstępny", "Przepis pierwszy")
    with pytest.raises(Stale):
        confirm_placement(case.editor, case.slug, row.target_id, seen=row.mark, now=case.store.now)
    assert case.waiting()["uncertain"] == 1


def test_nothing_found_cannot_be_confirmed(case: Case) -> None:
    case.edit("Dotacje", f"\n\n{LINE}", "")
    row = case.sought()
    with pytest.raises(RuleBroken):
        confirm_placement(case.editor, case.slug, row.target_id, seen=row.mark, now=case.store.now)


def test_only_those_who_edit_the_draft_decide(case: Case) -> None:
    case.copy_the_line()
    row = case.sought()
    for actor in (case.people.member, case.people.neighbour, case.people.guest):
        with pytest.raises((NotPermitted, NotFound)):
            confirm_placement(actor, case.slug, row.target_id, seen=row.mark, now=case.store.now)
    assert case.waiting()["uncertain"] == 1
