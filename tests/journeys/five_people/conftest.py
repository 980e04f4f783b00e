"""An installation for the whole story, and the people of one village after another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.adapters.mail_server import Box, mail_server
from tests.journeys.five_people.people import Person, Tongue
from tests.journeys.five_people.story import ADMINISTRATOR, ORDINARY, PAST, VARIANTS, Story, served
from tests.journeys.installation import Installation


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with mail_server() as opened:
        yield opened


@pytest.fixture(scope="module")
def administrator_password(installation: Installation) -> str:
    return installation.command("accounts", "create-admin", ADMINISTRATOR, "--name", "Administrator")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, box: Box) -> Iterator[Installation]:
    """An empty installation whose letters leave for the mail server of the test."""
    with served(tmp_path_factory.mktemp("store"), box) as made:
        yield made


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(variant, id=name, marks=() if name in ORDINARY else pytest.mark.deep)
        for name, variant in VARIANTS.items()
    ],
)
def story(
    request: pytest.FixtureRequest, browser: Browser, installation: Installation, box: Box
) -> Iterator[Story]:
    village, scripts = request.param
    written = {*PAST, "Administrator", *(one for other, _ in VARIANTS.values() for one in other.written)}
    say = Tongue(village.language, written)
    people = [Person(browser, installation, say, scripts=scripts) for _ in range(4)]
    guest = Person(browser, installation, say, scripts=scripts, size=(360, 740))
    yield Story(village, say, box, *people, guest, scripts)
    for person in (*people, guest):
        person.close()
