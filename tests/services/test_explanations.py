"""The host explains while a consultation is open; what it said stays, also when it is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.services import explanations
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import explanations as queries
from tests.factories.apps import Store
from tests.factories.records import (
    People,
    comment_on,
    new_document,
    new_people,
    open_consultation,
)


@pytest.fixture
def people(store: Store) -> People:
    return new_people(store)


@pytest.fixture
def opened(store: Store, people: People) -> tuple[int, int]:
    """(consultation, a comment in it) of the people's host."""
    slug = new_document(store, host_id=people.host_id)
    consultation_id = open_consultation(store, slug)
    return consultation_id, comment_on(store, slug).comment_ids[0]


def test_an_explanation_stands_under_its_comment_and_is_no_answer(
    store: Store, people: People, opened: tuple[int, int]
) -> None:
    explanations.explain_comment(people.official, opened[1], "Chodzi o dni robocze.", now=store.now)
    comment = comment_queries.get_comment(opened[1], with_drafts=True)
    assert comment.clarification == "Chodzi o dni robocze."
    assert comment.answer is None


def test_officials_of_the_host_explain_and_nobody_else(
    store: Store, people: People, opened: tuple[int, int]
) -> None:
    made = explanations.explain_consultation(people.official, opened[0], "Wyjaśnienie.", now=store.now)
    for actor in (people.guest, people.neighbour, people.member, people.editor, people.administrator):
        with pytest.raises(NotPermitted):
            explanations.explain_comment(actor, opened[1], "x", now=store.now)
        with pytest.raises(NotPermitted):
            explanations.explain_consultation(actor, opened[0], "x", now=store.now)
        with pytest.raises(NotPermitted):
            explanations.withdraw_explanation(actor, made, reason="x", now=store.now)


def test_nothing_is_explained_before_the_opening_or_after_the_end(
    store: Store, opened: tuple[int, int]
) -> None:
    for now in (store.now - timedelta(seconds=1), store.now + timedelta(days=21)):
        with pytest.raises(RuleBroken) as refusal:
            explanations.explain_consultation(SYSTEM, opened[0], "Za późno.", now=now)
        assert refusal.value.code == "rule.explanation_not_open"
    last = store.now + timedelta(days=21) - timedelta(seconds=1)
    assert explanations.explain_consultation(SYSTEM, opened[0], "W ostatniej chwili.", now=last)


def test_a_withdrawn_explanation_stays_with_its_reason_and_leaves_the_comment(
    store: Store, opened: tuple[int, int]
) -> None:
    made = explanations.explain_comment(SYSTEM, opened[1], "Błędne.", now=store.now)
    store.clock.advance(days=30)  # an error may be taken back after the end as well
    explanations.withdraw_explanation(SYSTEM, made, reason="Pomyłka w dacie.", now=store.now)
    (row,) = queries.list_explanations_of([opened[1]])[opened[1]]
    assert (row.text, row.withdrawn_because, row.withdrawn_at) == (
        "Błędne.",
        "Pomyłka w dacie.",
        store.now,
    )
    assert not comment_queries.get_comment(opened[1], with_drafts=True).clarification
    with pytest.raises(Conflict):
        explanations.withdraw_explanation(SYSTEM, made, reason="Znowu.", now=store.now)


def test_a_second_press_of_the_button_publishes_nothing_twice(store: Store, opened: tuple[int, int]) -> None:
    explanations.explain_consultation(SYSTEM, opened[0], "Raz.", now=store.now)
    with pytest.raises(Conflict):
        explanations.explain_consultation(SYSTEM, opened[0], " Raz.\n", now=store.now)
    assert len(queries.list_explanations(opened[0])) == 1


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 4_001, "a\x00b"])
def test_no_words_too_many_and_words_that_cannot_be_kept_are_refused(
    store: Store, opened: tuple[int, int], text: str
) -> None:
    with pytest.raises(InvalidInput):
        explanations.explain_comment(SYSTEM, opened[1], text, now=store.now)


def test_what_there_is_not_cannot_be_explained(store: Store) -> None:
    with pytest.raises(NotFound):
        explanations.explain_consultation(SYSTEM, 4711, "x", now=store.now)
    with pytest.raises(NotFound):
        explanations.explain_comment(SYSTEM, 4711, "x", now=store.now)
