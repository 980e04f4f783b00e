"""What tests of the project itself look at: its files, read once."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.real_data import REPOSITORY


@functools.cache
def project_files() -> tuple[Path, ...]:
    """Every file of the project that is kept or about to be: what git tracks or would, relative to the checkout."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={REPOSITORY}", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return tuple(sorted(Path(name) for name in listed if name and (REPOSITORY / name).is_file()))


def files(*patterns: str) -> list[Path]:
    """Files of the project matching any of the patterns (`consult/**/*.py`), without what is vendored."""
    return list(_files(patterns))


@functools.cache
def _files(patterns: tuple[str, ...]) -> tuple[Path, ...]:
    found = {
        path.relative_to(REPOSITORY)
        for pattern in patterns
        for path in REPOSITORY.glob(pattern)
        if path.is_file()
    }
    return tuple(path for path in project_files() if path in found and "vendor" not in path.parts)


@functools.cache
def read(path: Path) -> str:
    return (REPOSITORY / path).read_text(encoding="utf-8")


@functools.cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(read(path), filename=str(path))


def python(*patterns: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in files(*patterns):
        yield path, tree(path)
