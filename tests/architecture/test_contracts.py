"""The rooms keep their order, and one outside library has one door."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from tests.architecture.project import python, read
from tests.real_data import REPOSITORY

SPOKEN_BY_A_ROOM = {
    "sqlalchemy": ("consult/storage",),
    "flask": ("consult/app.py", "consult/web", "consult/cli", "consult/storage"),
    "flask_babel": ("consult/web",),
    "flask_wtf": ("consult/web",),
    "flask_login": ("consult/web",),
    "wtforms": ("consult/web",),
    "werkzeug": ("consult/web",),
    "markupsafe": ("consult/web", "consult/adapters/mail_letters.py"),
    "click": ("consult/cli",),
    "jinja2": ("consult/web", "consult/adapters/mail_letters.py"),
    "structlog": ("consult/logs.py", "consult/web", "consult/services", "consult/adapters"),
}
"""Libraries that are a room's language; every other library is imported in one file or one adapter's folder."""


def outside_imports() -> dict[str, set[Path]]:
    """Which files import which library from outside."""
    found: dict[str, set[Path]] = defaultdict(set)
    for path, module in python("consult/**/*.py"):
        for node in ast.walk(module):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                top = name.split(".")[0]
                if top not in sys.stdlib_module_names and top != "consult":
                    found[top].add(path)
    return found


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads(read(Path("pyproject.toml")))
    found: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return found


def pages() -> set[str]:
    folders = (REPOSITORY / "consult" / "web").iterdir()
    return {f"consult.web.{path.name}" for path in folders if (path / "__init__.py").exists()} - {
        "consult.web.shared"
    }


def test_every_contract_between_rooms_holds() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(("contract", "key"), [("9", "containers"), ("10", "modules")])
def test_the_contracts_about_pages_name_every_page(contract: str, key: str) -> None:
    (found,) = [each for each in contracts() if str(each["name"]).split()[0] == contract]
    assert set(found[key]) == pages()  # type: ignore[call-overload]


def test_one_outside_library_has_one_door() -> None:
    doors = {
        library: {
            path.parent if path.parts[1:2] == ("adapters",) and len(path.parts) > 3 else path
            for path in paths
        }
        for library, paths in outside_imports().items()
        if library not in SPOKEN_BY_A_ROOM
    }
    assert {library: sorted(map(str, paths)) for library, paths in doors.items() if len(paths) > 1} == {}


def test_a_library_that_is_a_rooms_language_is_spoken_in_that_room_only() -> None:
    strangers = {
        library: sorted(str(path) for path in paths if not str(path).startswith(SPOKEN_BY_A_ROOM[library]))
        for library, paths in outside_imports().items()
        if library in SPOKEN_BY_A_ROOM
    }
    assert {library: paths for library, paths in strangers.items() if paths} == {}


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [
        f"{path}:{node.lineno}"
        for path, module in python("consult/**/*.py")
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]
    assert [place for place in asking if not place.startswith("consult/adapters/clock_system.py")] == []
