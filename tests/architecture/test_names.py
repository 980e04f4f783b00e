"""Files short enough to read, names that say something, and nothing of the machine it was written on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.project import files, project_files, python, read

LONGEST_FILE = 450

EMPTY_WORDS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "data",
    "info",
    "item",
    "items",
}
"""Words that say nothing about a thing."""

EMPTY_VERBS = ("process_", "handle_")

NAMED_BY_OTHERS = {"process_bind_param", "process_result_value", "process_formdata"}
"""What a library calls the functions it wants written."""

MACHINE_PLACES = re.compile(
    "|".join([
        "/(?:wo" + "rk|fa" + "rm|ro" + "ot)/",
        "/tmp/ba" + "sh_",
        "py" + r"pi\.org",
        "python" + r"hosted\.org",
        "npm" + r"js\.",
        r"deb\.deb" + "ian",
        "find" + "-links (?:https?|file):",
        "index" + "-url https?:",
    ])
)  # fmt: skip

TEXTS = {
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".html",
    ".css",
    ".js",
    ".json",
    ".yaml",
    ".yml",
    ".cfg",
    ".ini",
    ".mako",
}


def names() -> Iterator[tuple[Path, str]]:
    """Every module, class and function of the product, with the file it is in."""
    for path, module in python("consult/**/*.py"):
        yield path, path.stem if path.stem != "__init__" else path.parent.name
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node.name


def words(name: str) -> list[str]:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().strip("_").split("_")


@pytest.mark.parametrize(
    "path",
    files("consult/**/*.py", "templates/**/*.html", "static/**/*.js", "static/**/*.css"),
    ids=str,
)
def test_no_file_is_too_long_to_read(path: Path) -> None:
    lines = len(read(path).splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: split it by the ideas in it"


def test_names_say_something() -> None:
    empty = [
        f"{path}: {name}"
        for path, name in names()
        if name not in NAMED_BY_OTHERS
        and (
            (set(words(name)) & EMPTY_WORDS and len(words(name)) == 1)
            or name.lstrip("_").startswith(EMPTY_VERBS)
        )
    ]
    assert empty == []


def test_nothing_names_the_machine_or_a_registry() -> None:
    places = [
        f"{path}:{at}: {line.strip()[:80]}"
        for path in project_files()
        if path.suffix in TEXTS or path.name in {"Makefile", "run"}
        for at, line in enumerate(read(path).splitlines(), 1)
        if MACHINE_PLACES.search(line)
    ]
    assert places == []


def test_nothing_is_left_unfinished() -> None:
    mark = re.compile("TO" + "DO|FIX" + "ME|XX" + "X|raise NotImplemented" + "Error")
    left = [
        f"{path}:{at}"
        for path in files("consult/**/*.py", "templates/**/*.html", "static/**/*.js", "static/**/*.css")
        for at, line in enumerate(read(path).splitlines(), 1)
        if mark.search(line)
    ]
    assert left == []


def test_lock_files_hash_what_they_name_and_agree() -> None:
    pinned = {
        name: re.findall(r"^([a-z0-9._-]+==[^ \\\n]+)", read(Path(name)), re.MULTILINE)
        for name in ("requirements.lock", "requirements-dev.lock")
    }
    assert set(pinned["requirements.lock"]) <= set(pinned["requirements-dev.lock"])
    for name, packages in pinned.items():
        blocks = re.split(r"^(?=[a-z0-9])", read(Path(name)), flags=re.MULTILINE)
        assert sum("--hash=sha256:" in block for block in blocks) == len(packages) > 40
        assert "://" not in read(Path(name))
