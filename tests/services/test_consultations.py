"""A consultation is opened on a published version, for a time that can be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.services import consultations
from tests.factories.apps import Store
from tests.factories.records import new_document, publish

DAY = timedelta(days=1)


def a_published_document(store: Store) -> str:
    slug = new_document(store)
    publish(store, slug)
    return slug


def opened(store: Store, slug: str, begin: timedelta, end: timedelta, *, version_no: int = 1) -> int:
    return consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=version_no,
        title="Zasady współpracy",
        legal_basis="resolution",
        opens_at=store.now + begin,
        closes_at=store.now + end,
        now=store.now,
    )


@pytest.mark.parametrize(
    ("begin", "end", "code", "field"),
    [
        (DAY, DAY, "closes_before_opening", "closes_on"),
        (2 * DAY, DAY, "closes_before_opening", "closes_on"),
        (-3 * DAY, -DAY, "closes_in_the_past", "closes_on"),
        (DAY, 400 * DAY, "window_too_long", "closes_on"),
        (400 * DAY, 420 * DAY, "opens_too_late", "opens_on"),
    ],
)
def test_times_that_cannot_be_are_refused_beside_their_field(
    store: Store, begin: timedelta, end: timedelta, code: str, field: str
) -> None:
    slug = a_published_document(store)
    with pytest.raises(InvalidInput) as refusal:
        opened(store, slug, begin, end)
    assert refusal.value.code == f"invalid.{code}"
    assert refusal.value.facts["field"] == field


def test_two_consultations_of_one_document_never_overlap(store: Store) -> None:
    slug = a_published_document(store)
    opened(store, slug, -DAY, 20 * DAY)
    with pytest.raises(RuleBroken) as refusal:
        opened(store, slug, 19 * DAY, 40 * DAY)
    assert refusal.value.code == "rule.consultation_overlaps"
    opened(store, slug, 20 * DAY, 40 * DAY)


def test_only_a_version_that_was_published_can_be_consulted(store: Store) -> None:
    with pytest.raises(NotFound):
        opened(store, a_published_document(store), DAY, 20 * DAY, version_no=7)
