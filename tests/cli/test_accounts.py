"""The first people of an installation are entered from the command line."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner

from consult.cli.accounts import accounts, organisations
from consult.domain.errors import InvalidInput
from consult.services import accounts as service
from tests.factories.apps import Store


@pytest.fixture
def runner(store: Store) -> FlaskCliRunner:
    return store.app.test_cli_runner()


def add_office(runner: FlaskCliRunner, slug: str = "urzad-gminy") -> Result:
    return runner.invoke(organisations, ["add", slug, "--name", "Urząd Gminy", "--host"])


def test_an_official_entered_from_the_command_line_signs_in_with_the_printed_password(
    runner: FlaskCliRunner,
) -> None:
    assert add_office(runner).exit_code == 0
    made = runner.invoke(
        accounts,
        ["add", "Ewa@Example.org", "--name", "Ewa", "--organisation", "urzad-gminy", "--role", "official"],
    )
    assert made.exit_code == 0, made.output
    password = made.output.strip()
    actor = service.actor_of(service.sign_in("ewa@example.org", password))
    assert [role for _, role in actor.memberships] == ["official"]
    assert not actor.is_administrator
    with pytest.raises(InvalidInput):
        service.sign_in("ewa@example.org", password[:-1])


def test_a_password_that_was_asked_for_is_not_printed(runner: FlaskCliRunner) -> None:
    made = runner.invoke(
        accounts,
        ["add", "a@example.org", "--name", "A", "--administrator", "--ask"],
        input="a long enough password\na long enough password\n",
    )
    assert made.exit_code == 0, made.output
    assert "long enough" not in made.output
    assert service.actor_of(service.sign_in("a@example.org", "a long enough password")).is_administrator


def test_the_same_person_or_organisation_is_not_entered_twice(runner: FlaskCliRunner) -> None:
    add_office(runner)
    assert add_office(runner).exit_code == 1
    add = ["add", "a@example.org", "--name", "A"]
    assert runner.invoke(accounts, add).exit_code == 0
    again = runner.invoke(accounts, add)
    assert again.exit_code == 1
    assert "email_taken" in again.output


@pytest.mark.parametrize("slug", ["Urząd", "a b", "-a", "a/b", "a" * 81])
def test_a_name_that_cannot_stand_in_an_address_is_refused(runner: FlaskCliRunner, slug: str) -> None:
    assert runner.invoke(organisations, ["add", "--name", "X", "--", slug]).exit_code == 1


def test_an_organisation_that_is_not_there_is_not_joined(runner: FlaskCliRunner) -> None:
    made = runner.invoke(accounts, ["add", "a@example.org", "--name", "A", "--organisation", "nowhere"])
    assert made.exit_code == 1
    assert "nowhere" in made.output
