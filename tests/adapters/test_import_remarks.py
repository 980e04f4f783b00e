"""Readers remark in codes that are all listed, so that none goes without a wording."""

from __future__ import annotations

import re
from pathlib import Path

import consult.adapters
from consult.ports.imports import REMARK_CODES

FOLDER = Path(consult.adapters.__file__).parent


def test_every_code_that_readers_use_is_listed_and_every_listed_code_is_used():
    sources = [
        path.read_text() for path in FOLDER.rglob("*.py") if "import_" in str(path.relative_to(FOLDER))
    ]
    used = {
        code for source in sources for code in re.findall(r'(?:remarks\.add|_counted)\(\s*"(\w+)"', source)
    }
    assert used == REMARK_CODES
