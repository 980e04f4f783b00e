"""Comments alike are found by their words in any form, measured so that anybody can count it again, and never leak."""

from __future__ import annotations

import pytest

from consult.domain.errors import NotFound
from consult.domain.policy.actors import ANONYMOUS, SYSTEM, Actor
from consult.domain.text.likeness import likeness
from consult.ports.search import SearchUnavailable
from consult.services import comments
from consult.services.comments import Remark
from consult.services.similar import list_similar_comments
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import (
    NGO,
    People,
    comment_on,
    new_document,
    new_people,
    open_consultation,
)

SAID = "Nabór wniosków powinien trwać trzydzieści dni, bo organizacje wiejskie dowiadują się o nim późno."
REWORDED = "Powinny trwać trzydzieści dni nabory wniosków: wiejskie organizacje późno się o nich dowiadują."
HALF = "Nabór wniosków powinien trwać trzydzieści dni jak w sąsiednich gminach powiatu."
OTHER = "Proszę o tłumacza języka migowego na spotkaniach."


@pytest.fixture
def people(store: Store) -> People:
    return new_people(store)


@pytest.fixture
def register(store: Store, people: People) -> tuple[int, str]:
    slug = new_document(store, host_id=people.host_id)
    consultation_id = open_consultation(store, slug)
    return consultation_queries.get_consultation(consultation_id).register_id, slug


def alike(actor: Actor, register_id: int, number: int) -> list[tuple[int | None, int]]:
    """(number, percent) of the comments alike."""
    found = list_similar_comments(actor, register_id, number).found
    return [(one.row.number, one.likeness.percent) for one in found]


def test_the_same_words_in_other_forms_and_order_are_the_most_alike(
    store: Store, register: tuple[int, str]
) -> None:
    for text in (SAID, HALF, REWORDED, OTHER):
        comment_on(store, register[1], text=text)
    (first, much), (second, less) = alike(ANONYMOUS, register[0], 1)
    assert (first, second) == (3, 2)
    assert much == 100
    assert 40 <= less < 90


def test_of_two_with_the_same_words_the_one_in_the_same_order_comes_first(
    store: Store, register: tuple[int, str]
) -> None:
    for text in (SAID, REWORDED, SAID):
        comment_on(store, register[1], text=text)
    assert [number for number, _ in alike(ANONYMOUS, register[0], 1)] == [3, 2]


def test_a_word_or_two_are_alike_only_to_the_same(store: Store, register: tuple[int, str]) -> None:
    for text in ("Popieram.", "Popieramy!", "Popieram wydłużenie naboru.", SAID):
        comment_on(store, register[1], text=text)
    assert alike(ANONYMOUS, register[0], 1) == [(2, 100)]


def test_comments_on_other_documents_are_not_among_them(
    store: Store, people: People, register: tuple[int, str]
) -> None:
    comment_on(store, register[1], text=SAID)
    other = new_document(store, host_id=people.host_id)
    open_consultation(store, other)
    comment_on(store, other, text=SAID)
    assert alike(SYSTEM, register[0], 1) == []


def test_what_the_team_noted_for_itself_is_alike_for_the_team_only(store: Store, people: People) -> None:
    slug = new_document(store, host_id=people.host_id)
    comments.submit_comments(SYSTEM, slug, [Remark(text=SAID)], NGO, now=store.now)
    consultation_id = open_consultation(store, slug)
    register_id = consultation_queries.get_consultation(consultation_id).register_id
    comment_on(store, slug, text=SAID)
    document_id = document_queries.get_document(slug, EVERYTHING).id
    own = consultation_queries.find_register(document_id, None)
    assert own
    for outsider in (ANONYMOUS, people.neighbour):
        assert alike(outsider, register_id, 1) == []
        with pytest.raises(NotFound):
            alike(outsider, own, 1)
    for insider in (people.member, people.official):
        assert alike(insider, register_id, 1) == [(1, 100)]
        assert alike(insider, own, 1) == [(1, 100)]


def test_while_there_is_no_index_the_page_says_so(store: Store, register: tuple[int, str]) -> None:
    comment_on(store, register[1], text=SAID)

    class Missing:
        def find(self, *_: object, **__: object) -> None:
            raise SearchUnavailable("missing")

    with store.replaced(search=Missing()):
        assert not list_similar_comments(ANONYMOUS, register[0], 1).is_ready


@pytest.mark.parametrize("text", ["?!", "i w na", '" -( * OR', "a" * 4_000, "\u202eabc"])
def test_whatever_a_comment_says_others_can_be_looked_for(
    store: Store, register: tuple[int, str], text: str
) -> None:
    comment_on(store, register[1], text=text)
    comment_on(store, register[1], text=SAID)
    assert alike(ANONYMOUS, register[0], 1) == []


def test_likeness_is_the_share_of_words_met_both_ways() -> None:
    def terms(*words: str) -> list[frozenset[str]]:
        return [frozenset({word}) for word in words]

    assert likeness(terms("a", "b"), terms("b", "a")).words == 1
    assert likeness(terms("a", "b"), terms("b", "a")).pairs == 0
    assert likeness(terms("a", "b", "c", "d"), terms("a", "b")).words == pytest.approx(4 / 6)
    assert likeness([], terms("a")).words == 0
    assert likeness(terms(*"abcdefgh" * 30), terms(*"abcdefgh" * 30 + "x")).percent == 99
