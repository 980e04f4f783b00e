"""Stores to test the record on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.lived_in import live_in
from tests.factories.apps import Store
from tests.factories.copies import opened_copy
from tests.factories.fixtures import any_store, store

__all__ = ["any_store", "lived_in_store", "store"]


@pytest.fixture(params=["sqlite", "postgresql"])
def lived_in_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with a row in every table of the record, on each database the product runs on."""
    with opened_copy(request.param, live_in, tmp_path) as made:
        yield made
