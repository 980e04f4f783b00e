"""Readers remark in codes that are all listed, so that none goes without a wording."""

from __future__ import annotations

import re
from pathlib import Path

import consult.adapters
from consult.ports.imports import REMARK_CODES

FOLDER = Path(consult.adapters.__file__).parent


def test_every_code_that_readers_use_is_listed_and_every_listed_code_is_used():
    sources = [
        path.read_text()
        for path in FOLDER.rglob("*.py")
        # files that come back remark on themselves, in codes of their own
        if "import_" in str(path.relative_to(FOLDER)) and "returned" not in path.parts
    ]
    used = {
        code for source in sources for code in re.findall(r'(?:remarks\.add|_counted)\(\s*"(\w+)"', source)
    }
    said_later = {"lost_references"}  # by whoever takes the text in and knows which parts there are
    assert used | said_later == REMARK_CODES
