"""Fixtures of stores, imported by the conftest of every folder that needs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.storage.database import db
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.engines import write_at_leisure
from tests.factories.postgres import new_postgres


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh SQLite store inside an application context."""
    with opened(new_sqlite(tmp_path)) as made:
        write_at_leisure(db.engine)
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A fresh store on each database the product runs on."""
    url = new_sqlite(tmp_path) if request.param == "sqlite" else new_postgres()
    with opened(url) as made:
        write_at_leisure(db.engine)
        yield made
