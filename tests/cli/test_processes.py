"""The `consult` command as a process of its own, on a store of its own."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.records import TEXT
from tests.real_data import REPOSITORY


def consult(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    return subprocess.run(
        [sys.executable, "-m", "consult.cli", *words],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env={**environment, "CONSULT_DATA": str(folder)},
        timeout=120,
        check=False,
    )


def test_a_document_goes_through_the_whole_command_line(tmp_path: Path) -> None:
    store, file = tmp_path / "store", tmp_path / "plan.md"
    file.write_text(TEXT)
    assert consult(store, "db", "upgrade").returncode == 0
    imported = consult(store, "documents", "import", str(file), "--title", "Plan", "--kind", "other")
    assert (imported.stdout, imported.returncode) == ("plan\n", 0), imported.stderr
    assert consult(store, "documents", "text", "plan").stdout == TEXT
    found = consult(store, "search", "query", "wyniki", "naborów", "--json")
    assert json.loads(found.stdout)["total"] == 1, found.stderr
    assert consult(store, "documents", "verify").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("documents", "verify"),
        ("documents", "text", "x"),
        ("search", "query", "x"),
        ("comments", "placements", "x"),
    ],
    ids=" ".join,
)
def test_a_store_without_tables_says_what_to_do(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = consult(tmp_path, *words)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("try: consult db upgrade")
    assert "Traceback" not in done.stderr


def test_a_store_made_here_is_its_owners_alone(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert consult(store, "db", "upgrade").returncode == 0
    assert stat.S_IMODE(store.stat().st_mode) == 0o700
