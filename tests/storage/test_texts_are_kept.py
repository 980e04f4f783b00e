"""What comes in is what is kept, byte for byte."""

from __future__ import annotations

from consult.domain.policy.actors import SYSTEM
from consult.services.texts import text_at
from tests.factories.apps import Store
from tests.factories.records import TEXT, new_document


def test_smoke(any_store: Store) -> None:
    slug = new_document(any_store)
    assert text_at(SYSTEM, slug) == TEXT
