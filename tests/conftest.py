"""How properties are sought: always the same examples for a change, new ones every time in the long run. And in which
order the rooms are tested: the slow ones first, so that no worker is left with a long file when the others are done.
"""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest
from hypothesis import settings

SLOWEST_FIRST = ("journeys", "cli", "storage", "services", "web", "adapters", "architecture", "domain")

# A change must not fail for an example nobody has seen before; finding those is the work of `make test-deep`.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("seeking", derandomize=False, deadline=None, print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("seeking" if config.getoption("-m") == "deep" else "steady")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests and the modules under test stay until the end: the garbage collector need not look through
    them again and again while the tests run.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    room = nodeid.split("/")[1] if "/" in nodeid else ""
    return SLOWEST_FIRST.index(room) if room in SLOWEST_FIRST else 0
