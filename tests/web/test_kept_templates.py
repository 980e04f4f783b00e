"""Templates compiled by one process serve the others: privately, and never at the price of a page."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from flask import Flask

from consult.app import create_app
from consult.settings import Settings
from tests.factories.apps import SettableClock, build_ports, new_sqlite

PAGE = "/sign-in"


def started(folder: Path) -> Flask:
    """What a process makes of the store in a folder."""
    settings = Settings(consult_data=folder, secret_key="a key of tests", log_level="CRITICAL")
    return create_app(settings, ports=build_ports(SettableClock()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_sqlite(tmp_path)
    return tmp_path


def read(app: Flask) -> str:
    answer = app.test_client().get(PAGE)
    assert answer.status_code == 200
    return answer.text


def compiled(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What an application compiles from now on."""
    seen: list[object] = []
    usual = app.jinja_env._compile
    monkeypatch.setattr(app.jinja_env, "_compile", lambda *args: seen.append(args[1]) or usual(*args))
    return seen


def test_a_process_does_not_compile_what_another_has(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = started(folder)
    new = compiled(first, monkeypatch)
    read(first)
    assert new
    second = started(folder)
    again = compiled(second, monkeypatch)
    read(second)
    assert again == []


def test_what_is_kept_is_its_owners_alone(folder: Path) -> None:
    read(started(folder))
    kept = folder / "templates"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert list(kept.iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}


def test_a_folder_others_can_write_to_is_not_believed(folder: Path) -> None:
    (folder / "templates").mkdir()
    (folder / "templates").chmod(0o777)
    read(started(folder))
    assert list((folder / "templates").iterdir()) == []


def test_broken_files_and_a_folder_that_is_gone_cost_no_page(folder: Path) -> None:
    read(started(folder))
    kept = folder / "templates"
    for number, path in enumerate(kept.iterdir()):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if number % 2 else b"nothing of ours")
    read(started(folder))
    app = started(folder)
    for path in kept.iterdir():
        path.unlink()
    kept.rmdir()
    read(app)
