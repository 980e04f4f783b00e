"""How properties are sought: always the same examples for a change, new ones every time in the long run."""

from __future__ import annotations

import pytest
from hypothesis import settings

# A change must not fail for an example nobody has seen before; finding those is the work of `make test-deep`.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("seeking", derandomize=False, deadline=None, print_blob=True)


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("seeking" if config.getoption("-m") == "deep" else "steady")
