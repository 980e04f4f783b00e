"""Fixtures: a running installation, a real Chromium, and the pages of a lived-in store."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.installation import (
    CHROMIUM,
    Installation,
    Visitor,
    environment,
    free_port,
    make_people,
    opened_store,
    wait_for,
)
from tests.journeys.pages import GUEST_PAGES, OFFICIAL_PAGES, Browsing, furnish
from tests.journeys.served import served_site
from tests.real_data import REPOSITORY


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an office, an official and an editor, made once and copied for every module."""
    store = tmp_path_factory.mktemp("prepared")
    with opened_store(store) as now:
        make_people(now)
    return store


@pytest.fixture(scope="module")
def installation(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An empty installation with an office, an official and an editor, as `make run` would serve it."""
    store = tmp_path_factory.mktemp("store")
    shutil.copytree(prepared, store, dirs_exist_ok=True)
    port = free_port()
    made = Installation(f"http://127.0.0.1:{port}", store)
    log = (store / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "consult.cli", "serve", "--no-demo", "--port", str(port)],
        cwd=REPOSITORY,
        env=environment(store),
        stdout=log,
        stderr=log,
    )
    try:
        wait_for(made.address, server, store / "server.log")
        yield made
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here; `make test` installs it as root or prints how")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"),
                # every page here is our own: a process for each address and one kept ready cost a tenth of the time
                *("--disable-site-isolation-trials", "--process-per-site", "--renderer-process-limit=1"),
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, installation: Installation) -> Iterator[type[Visitor]]:
    """Makes visitors, and closes them with a look at what their pages complained of."""
    made: list[Visitor] = []

    def visitor(*, scripts: bool = True) -> Visitor:
        made.append(Visitor(browser, installation, scripts=scripts))
        return made[-1]

    yield visitor  # type: ignore[misc]
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def browsing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsing]:
    """A small lived-in site, served by this process."""
    with served_site(tmp_path_factory.mktemp("lived-in")) as (site, address):
        site.clock.at = datetime.now(UTC)  # scripts go by the clock of the browser
        opened = Browsing(browser, site, address, furnish(site), {})
        site.clock.advance(minutes=1)
        yield opened
        for page in opened.pages.values():
            page.context.close()


@pytest.fixture
def go(browsing: Browsing) -> Callable[..., Page]:
    def open_page(person: str, name: str) -> Page:
        pattern = (GUEST_PAGES if person == "guest" else OFFICIAL_PAGES)[name]
        page = browsing.page(person)
        answer = page.goto(browsing.address + pattern.format(**vars(browsing.seeded)))
        assert answer is not None
        assert answer.status == (404 if name == "not found" else 200), pattern
        page.wait_for_selector("[aria-busy=true]", state="detached")
        if name == "editor":
            page.wait_for_selector("[data-sheet] .words")
        return page

    return open_page
