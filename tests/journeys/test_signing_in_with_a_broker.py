"""A browser signs in through a real OpenID Connect provider, and with a code of a real app's making."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from tests.brokers.canaille_process import CLIENT_ID, CLIENT_SECRET
from tests.brokers.canaille_process import PASSWORD as BROKER_PASSWORD
from tests.journeys.installation import (
    PASSWORD,
    Installation,
    Visitor,
    environment,
    free_port,
    wait_for,
)
from tests.real_data import REPOSITORY

pytestmark = pytest.mark.browser

LABEL = "Węzeł gminny"


@contextmanager
def process(words: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as file:
        started = subprocess.Popen(
            [sys.executable, *words], cwd=REPOSITORY, env=env, stdout=file, stderr=file
        )
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(20)
            except subprocess.TimeoutExpired:
                started.kill()


@pytest.fixture(scope="module")
def installation(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation whose people may sign in with a provider, both on loopback under names of their own."""
    store = tmp_path_factory.mktemp("store")
    shutil.copytree(prepared, store, dirs_exist_ok=True)
    port, broker_port = free_port(), free_port()
    made = Installation(f"http://127.0.0.1:{port}", store)
    env = environment(store) | {
        "PUBLIC_ADDRESS": made.address,
        "OIDC_ISSUER": f"http://localhost:{broker_port}",
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_LABEL": LABEL,
    }
    broker = ["-m", "tests.brokers.canaille_process", str(broker_port), f"{made.address}/sign-in/broker/back"]
    server = ["-m", "consult.cli", "serve", "--no-demo", "--port", str(port)]
    with (
        process(broker, dict(os.environ), store / "broker.log") as provider,
        process(server, env, store / "server.log") as started,
    ):
        _wait_for_provider(broker_port, provider, store / "broker.log")
        wait_for(made.address, started, store / "server.log")
        yield made


def _wait_for_provider(port: int, provider: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        assert provider.poll() is None, log.read_text()[-2000:]
        try:
            with urllib.request.urlopen(
                f"http://localhost:{port}/.well-known/openid-configuration", timeout=2
            ):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text()[-2000:])


@pytest.fixture
def visitor(browser: Browser, installation: Installation) -> Iterator[Visitor]:
    """A browser without JavaScript: signing in needs none."""
    made = Visitor(browser, installation, scripts=False)
    made.context.set_default_timeout(60_000)
    yield made
    made.complaints = [words for words in made.complaints if not _is_the_brokers_own(words)]
    made.close()


def _is_the_brokers_own(complaint: str) -> bool:
    """Whether the provider's own pages complain."""
    return "localhost" in complaint


def go_to_the_broker(page: Page, address: str, onward: str = "/documents") -> None:
    page.goto(f"{address}/sign-in?next={onward}")
    page.get_by_role("link", name=f"Zaloguj się przez {LABEL}").click()
    page.wait_for_url("http://localhost:*/**")


def prove_oneself(page: Page, name: str) -> None:
    page.fill("[name=login]", name)
    page.locator("#loginform button[type=submit]").click()
    page.fill("[name=password]", BROKER_PASSWORD)
    page.locator("form:has([name=password]) button[type=submit]").click()


def agree(page: Page) -> None:
    """Say yes, unless the provider remembers that somebody did and leads on by itself."""
    accept = page.locator("button[name=answer][value=accept]")
    for _ in range(300):
        if urlsplit(page.url).hostname != "localhost":
            return
        if accept.is_visible():
            accept.click()
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"the provider neither asks nor leads on: {page.url}")


def test_a_new_person_comes_through_the_broker_and_comes_back(visitor: Visitor) -> None:
    page = visitor.page
    go_to_the_broker(page, visitor.address)
    prove_oneself(page, "mieszkanka")
    agree(page)
    page.wait_for_url(f"{visitor.address}/sign-in/broker/join")
    assert "nowa@example.org" in page.inner_text("main")
    page.get_by_role("button", name="Załóż konto i zaloguj się").click()
    page.wait_for_url(f"{visitor.address}/documents")
    assert "Mieszkanka" in page.inner_text("header")
    page.get_by_role("button", name="Wyloguj się").click()
    go_to_the_broker_signed_in(page, visitor.address)
    page.wait_for_url(f"{visitor.address}/documents")
    assert "Mieszkanka" in page.inner_text("header")
    page.go_back()
    page.goto(f"{visitor.address}/account/identities")
    assert LABEL in page.inner_text("main")
    assert "jedyny sposób logowania" in page.inner_text("main")


def go_to_the_broker_signed_in(page: Page, address: str) -> None:
    """The broker knows the browser already and sends it back at once."""
    page.goto(f"{address}/sign-in?next=/documents")
    page.get_by_role("link", name=f"Zaloguj się przez {LABEL}").click()


def test_an_address_the_broker_has_not_verified_opens_nothing(visitor: Visitor) -> None:
    page = visitor.page
    go_to_the_broker(page, visitor.address)
    prove_oneself(page, "niepewny")
    agree(page)
    page.wait_for_url(f"{visitor.address}/sign-in/broker/back?*")
    assert "nie zweryfikował Twojego adresu" in page.inner_text("main")


def test_who_steps_back_is_led_on_kindly(visitor: Visitor) -> None:
    page = visitor.page
    go_to_the_broker(page, visitor.address)
    prove_oneself(page, "niezdecydowana")
    page.locator("button[name=answer][value=deny]").click()
    page.wait_for_url(f"{visitor.address}/sign-in/broker/back?*")
    assert page.inner_text("h1") == "Logowanie przerwane"
    page.get_by_role("link", name="Zaloguj się inaczej").click()
    page.wait_for_url(f"{visitor.address}/sign-in?next=/documents")


def test_a_real_answer_is_worth_nothing_when_tampered_with_replayed_or_carried_away(
    browser: Browser, installation: Installation, visitor: Visitor
) -> None:
    page = visitor.page
    go_to_the_broker(page, visitor.address)
    prove_oneself(page, "mieszkanka")
    agree(page)
    page.wait_for_url(f"{visitor.address}/**")
    # the broker knows the browser now: its next answer is caught before our site sees it
    visitor.context.clear_cookies(domain="127.0.0.1")
    away = visitor.context.request.get(f"{visitor.address}/sign-in/broker", max_redirects=0)
    answer = visitor.context.request.get(away.headers["location"], max_redirects=0).headers["location"]
    assert answer.startswith(f"{visitor.address}/sign-in/broker/back?")
    thief = Visitor(browser, installation, scripts=False)
    try:
        assert thief.go(answer).inner_text("h1") == "Nie udało się zalogować"
    finally:
        thief.close()
    for tampered in (answer.replace("state=", "state=x"), answer):
        assert visitor.go(tampered).inner_text("h1") == "Nie udało się zalogować"
    assert "Zaloguj się" in page.inner_text("header")


def test_an_official_links_the_broker_with_the_password_and_sets_the_second_step_up(
    visitor: Visitor,
) -> None:
    page = visitor.page
    go_to_the_broker(page, visitor.address)
    prove_oneself(page, "urzedniczka")
    agree(page)
    page.wait_for_url(f"{visitor.address}/sign-in/broker/join")
    page.fill("[name=password]", "nie to hasło")
    page.locator("main button[type=submit]").click()
    assert "Hasło nie jest właściwe" in page.inner_text("main")
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{visitor.address}/documents")
    visitor.go("/account/second-factor")
    page.get_by_role("button", name="Ustaw").click()
    picture = page.locator("img.square")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100") is True
    codes = pyotp.TOTP(page.inner_text(".key-text code").replace(" ", ""))
    page.get_by_label("Sześć cyfr").fill(codes.now())
    page.get_by_role("button", name="Włącz").click()
    page.locator(".codes code").first.wait_for()
    recovery = page.locator(".codes code").all_inner_texts()
    assert len(recovery) == 10
    page.get_by_role("button", name="Kody zachowane").click()
    page.get_by_role("button", name="Wyloguj się").click()
    go_to_the_broker_signed_in(page, visitor.address)
    page.wait_for_url(f"{visitor.address}/sign-in/code")
    page.get_by_role("link", name="Nie mam telefonu").click()
    page.get_by_label("Kod zapasowy").fill(recovery[0].upper())
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{visitor.address}/documents")
    assert "Zostało jeszcze 9" in page.inner_text("body")
