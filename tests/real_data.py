"""Where the real texts, files and suites used by tests and benchmarks lie; none of them is in the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


def real_data_folder() -> Path:
    """The folder of real data: CONSULT_SHARED_DATA, else `shared/data` beside the checkout."""
    return Path(os.environ.get("CONSULT_SHARED_DATA") or REPOSITORY.parent / "shared" / "data")


def real_data(*parts: str) -> Path:
    """The path of one real file or folder; the test is skipped with a reason where it is absent."""
    path = real_data_folder().joinpath(*parts)
    if not path.exists():
        pytest.skip(f"real data absent: {'/'.join(parts)} (set CONSULT_SHARED_DATA)")
    return path
