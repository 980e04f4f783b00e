"""`consult documents blame` and `rebuild-provenance` keep their words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import Shell
from tests.factories.apps import Store

TEXT = "# Plan\n\nWstęp.\n\n## Nabór\n\nOgłoszenie wisi dwadzieścia jeden dni.\n"


@pytest.fixture
def shell(store: Store, tmp_path: Path) -> Shell:
    return Shell(store, tmp_path)


@pytest.fixture
def slug(shell: Shell) -> str:
    made = shell.imported(TEXT)
    shell.answer("documents", "revise", made, shell.file(TEXT.replace("dwadzieścia jeden", "trzydzieści")))
    return made


def test_blame_prints_change_date_author_cause_and_words(shell: Shell, slug: str) -> None:
    lines = shell.answer("documents", "blame", slug).splitlines()

    assert [line for line in lines if line.startswith("#")] == ["# Plan", "# 1 Nabór"]
    (changed,) = [line for line in lines if "trzydzieści" in line]
    number, _, _, author, cause, words = changed.split()
    assert (number, author, cause, words) == ("2", "Consult", "group", "trzydzieści")


def test_blame_as_json_covers_every_code_point_of_the_sources(shell: Shell, slug: str) -> None:
    rows = json.loads(shell.answer("documents", "blame", slug, "--json"))

    assert "".join(row["words"] for row in rows) == shell.run("documents", "text", slug).stdout
    assert {row["change"] for row in rows} == {1, 2}
    assert {row["cause"] for row in rows} == {"start", "group"}


def test_blame_takes_one_section_or_a_version(shell: Shell, slug: str) -> None:
    shell.answer("documents", "publish", slug, "--label", "projekt")

    assert "Wstęp" not in shell.answer("documents", "blame", slug, "--section", "Nabór", "--version", "1")
    assert shell.refusal("documents", "blame", slug, "--section", "nie ma")


def test_rebuilding_finds_what_was_stored_to_be_right(shell: Shell, slug: str) -> None:
    assert shell.answer("documents", "rebuild-provenance", slug).endswith("0 had no origins, 0 had others")
