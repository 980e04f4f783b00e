"""Opinions are kept with their terms; what was written down before is never lost."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.policy.actors import SYSTEM
from consult.services import opinions
from consult.services.opinions import OpinionForm
from consult.storage.queries import opinions as queries
from consult.storage.queries.viewers import EVERYTHING, Viewer
from tests.factories.apps import Store
from tests.factories.records import new_document, new_people, open_consultation

TODAY = date(2026, 3, 2)
COUNCIL = OpinionForm(
    "council", "Gminna Rada Działalności Pożytku Publicznego", term_days=14, is_silence_waiver=True
)


@pytest.fixture
def consultation_id(store: Store) -> int:
    return open_consultation(store, new_document(store))


def test_readers_see_an_opinion_from_the_day_the_draft_was_delivered(
    store: Store, consultation_id: int
) -> None:
    opinion_id = opinions.enter_opinion(SYSTEM, consultation_id, COUNCIL, now=store.now)
    assert queries.list_opinions(consultation_id, Viewer()) == []
    assert len(queries.list_opinions(consultation_id, EVERYTHING)) == 1
    with pytest.raises(NotFound):
        queries.get_opinion(opinion_id, Viewer())
    delivered = dataclasses.replace(COUNCIL, delivered_on=TODAY)
    opinions.edit_opinion(SYSTEM, opinion_id, delivered, now=store.now)
    assert [row.id for row in queries.list_opinions(consultation_id, Viewer())] == [opinion_id]


def test_what_was_delivered_cannot_become_undelivered(store: Store, consultation_id: int) -> None:
    delivered = dataclasses.replace(COUNCIL, delivered_on=TODAY)
    opinion_id = opinions.enter_opinion(SYSTEM, consultation_id, delivered, now=store.now)
    with pytest.raises(InvalidInput):
        opinions.edit_opinion(SYSTEM, opinion_id, COUNCIL, now=store.now)


def test_a_correction_keeps_what_stood_before(store: Store, consultation_id: int) -> None:
    delivered = dataclasses.replace(COUNCIL, delivered_on=TODAY, summary="Pozytywna.")
    opinion_id = opinions.enter_opinion(SYSTEM, consultation_id, delivered, now=store.now)
    assert not opinions.edit_opinion(SYSTEM, opinion_id, delivered, now=store.now)
    corrected = dataclasses.replace(
        delivered, delivered_on=TODAY - timedelta(1), summary="Pozytywna z uwagą."
    )
    assert opinions.edit_opinion(SYSTEM, opinion_id, corrected, now=store.now)
    ((at, before),) = queries.list_changes(opinion_id)
    assert at == store.now
    assert before == {"delivered_on": "2026-03-02", "summary": "Pozytywna."}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"delivered_on": date(2026, 3, 3)}, "delivered_on"),
        ({"outcome": "given", "given_on": TODAY}, "delivered_on"),
        ({"outcome": "given", "delivered_on": TODAY, "given_on": date(2026, 3, 9)}, "given_on"),
        ({"body": " "}, "body"),
        ({"body_kind": "oracle"}, "body_kind"),
        ({"term_days": 0}, "term_days"),
        ({"source": "x" * 100_001}, "source"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    store: Store, consultation_id: int, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        opinions.enter_opinion(
            SYSTEM,
            consultation_id,
            dataclasses.replace(COUNCIL, **changed),  # type: ignore[arg-type]
            now=store.now,
        )
    assert refusal.value.facts["field"] == field


def test_only_officials_of_the_host_keep_its_opinions(store: Store) -> None:
    people = new_people(store)
    consultation_id = open_consultation(store, new_document(store, host_id=people.host_id))
    opinion_id = opinions.enter_opinion(people.official, consultation_id, COUNCIL, now=store.now)
    for actor in (people.guest, people.neighbour, people.member, people.editor, people.administrator):
        with pytest.raises(NotPermitted):
            opinions.enter_opinion(actor, consultation_id, COUNCIL, now=store.now)
        with pytest.raises(NotPermitted):
            opinions.edit_opinion(actor, opinion_id, dataclasses.replace(COUNCIL, summary="x"), now=store.now)


def test_the_text_of_an_opinion_is_shown_without_its_scripts(store: Store, consultation_id: int) -> None:
    form = dataclasses.replace(
        COUNCIL, delivered_on=TODAY, source="**Rada** <img src=x onerror=alert(1)> opiniuje."
    )
    opinion_id = opinions.enter_opinion(SYSTEM, consultation_id, form, now=store.now)
    html = queries.get_opinion(opinion_id, EVERYTHING).html
    assert "<strong>Rada</strong>" in html
    assert "<img" not in html
