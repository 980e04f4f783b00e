"""What is written for people is true: settings, commands, goals, links, and the backup."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from consult.cli import COMMANDS
from consult.domain.policy.actors import SYSTEM
from consult.services.verification import verify_documents
from consult.settings import Settings
from consult.web.shared.limits import LIMITS
from tests.architecture.lived_in import live_in
from tests.architecture.project import files, read
from tests.architecture.test_migrations import triggers
from tests.factories.apps import Store, opened
from tests.real_data import REPOSITORY

OPERATORS = read(Path("docs/operators.md"))
README = read(Path("README.md"))
MAKEFILE = read(Path("Makefile"))


def rows(text: str) -> list[list[str]]:
    """The rows of all tables of a page, as cells."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"
    ]


def commands(group: click.Command, path: str) -> Iterator[str]:
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, f"{path} {name}")
    else:
        yield path


def test_every_setting_is_documented_as_it_is() -> None:
    documented = {
        cells[0].strip("`"): cells[1:] for cells in rows(OPERATORS) if cells[0].strip("`").isupper()
    }
    assert set(documented) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        unset, meaning = documented[name.upper()]
        assert meaning == field.description
        if name != "consult_data":
            assert unset.strip("`") == str(field.default)


def test_every_command_is_documented_and_no_other() -> None:
    there = {name for group in COMMANDS for name in commands(group, group.name or "")}
    section = OPERATORS.split("## Commands")[1].split("\n## ")[0]
    documented = {cells[0].strip("`") for cells in rows(section)} - {"Command", "---"}
    assert documented == there


def test_every_command_explains_itself_and_its_options() -> None:
    for group in COMMANDS:
        assert group.help
        for command in group.commands.values() if isinstance(group, click.Group) else [group]:
            assert command.help, command.name
            for option in command.params:
                obvious = {"port", "limit", "kind", "language", "capacity", "format_name", "output", "role"}
                if isinstance(option, click.Option) and option.name not in obvious:
                    assert option.help, f"{command.name} --{option.name}"


def test_every_figure_for_watchers_is_documented_and_no_other() -> None:
    sources = read(Path("consult/services/health.py")) + read(Path("consult/adapters/meters_prometheus.py"))
    there = set(re.findall(r'"(consult_[a-z_]+)"', sources))
    documented = {name.removesuffix("_total") for name in re.findall(r"`(consult_[a-z_]+)`", OPERATORS)}
    assert documented == there


def test_limits_are_documented_as_they_are() -> None:
    def in_words(limit: str) -> str:
        return limit.replace("; ", ", ").replace(" per hour", " an hour").replace(" per ", " a ")

    section = OPERATORS.split("## How often")[1].split("\n## ")[0]
    documented = sorted(tuple(cells[1:3]) for cells in rows(section) if re.match(r"\d", cells[1]))
    assert documented == sorted((in_words(limit.each), in_words(limit.office)) for limit in LIMITS.values())


def test_every_goal_of_make_that_people_read_about_exists() -> None:
    goals = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    assert {"help", "run", "test", "test-deep", "check", "bench", "fmt", "lock"} <= goals
    pages = "\n".join(read(path) for path in files("*.md", "docs/**/*.md"))
    named = set(re.findall(r"(?:`|^)(?:[A-Z_]+=\S+ )?make ([a-z-]+)", pages, re.MULTILINE))
    assert {"run", "test", "check"} <= named
    assert named <= goals


def test_continuous_integration_runs_the_command_the_readme_gives() -> None:
    assert re.search(r"^make test$", README, re.MULTILINE)
    assert "make check" in read(Path(".ci/run"))


def test_the_readme_is_under_two_screens() -> None:
    assert len(README.splitlines()) <= 80


@pytest.mark.parametrize("page", files("*.md", "docs/**/*.md"), ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", re.sub(r"`[^`]*`", "", read(page)))
    broken = [
        link
        for link in links
        if "://" not in link and not (REPOSITORY / page.parent / link).resolve().exists()
    ]
    assert broken == []


@pytest.mark.parametrize("record", files("docs/adr/*.md"), ids=lambda path: path.stem)
def test_a_record_of_a_decision_is_one_page_with_its_four_parts(record: Path) -> None:
    text = read(record)
    number = int(record.name[:4])
    assert text.startswith(f"# {number}. ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Status", "Consequences"]
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in files("docs/adr/*.md")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_backup_in_the_handbook_restores_everything(store: Store, tmp_path: Path) -> None:
    live_in(store)
    line = next(line for line in OPERATORS.splitlines() if "VACUUM INTO" in line)
    program = shlex.split(line)[2]
    backup, restored = tmp_path / "backup.sqlite3", tmp_path / "elsewhere.sqlite3"
    database = store.url.removeprefix("sqlite:///")
    subprocess.run([sys.executable, "-c", program, database, str(backup)], check=True)
    before, guards = verify_documents(SYSTEM), triggers()
    shutil.copyfile(backup, restored)
    with opened(f"sqlite:///{restored}"):
        assert verify_documents(SYSTEM) == before
        assert triggers() == guards
