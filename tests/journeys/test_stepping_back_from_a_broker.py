"""Saying no at the provider: on a provider of its own, since it asks only as long as nobody has agreed."""

from __future__ import annotations

import pytest

from tests.journeys.installation import Visitor
from tests.journeys.test_signing_in_with_a_broker import (  # noqa: F401 (fixtures)
    go_to_the_broker,
    installation,
    prove_oneself,
    visitor,
)

pytestmark = [pytest.mark.browser, pytest.mark.deep]


def test_who_steps_back_is_led_on_kindly(visitor: Visitor) -> None:  # noqa: F811
    page = visitor.page
    go_to_the_broker(page, visitor.address)
    prove_oneself(page, "niepewny")
    page.locator("button[name=answer][value=deny]").click()
    page.wait_for_url(f"{visitor.address}/sign-in/broker/back?*")
    assert page.inner_text("h1") == "Logowanie przerwane"
    page.get_by_role("link", name="Zaloguj się inaczej").click()
    page.wait_for_url(f"{visitor.address}/sign-in?next=/documents")
