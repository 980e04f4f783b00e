"""One site for all tests of pages; each test makes its own records in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consult.web.shared.limits import limiter
from tests.factories.apps import BEGINNING
from tests.web.places import Place, new_place
from tests.web.visitors import Site, opened_site


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = opened_site(tmp_path_factory.mktemp("site"))
    yield site
    with site.records():
        from consult.storage.database import db

        db.engine.dispose()


@pytest.fixture
def site(whole_site: Site) -> Iterator[Site]:
    """The site, its clock put back afterwards."""
    limiter.enabled = False  # another application of this process may have turned it on
    yield whole_site
    whole_site.clock.at = BEGINNING


@pytest.fixture
def place(site: Site) -> Place:
    """An office, its people, and a document in an open consultation that is new for each test."""
    return new_place(site)
