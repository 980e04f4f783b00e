"""Every address asked in ways its page did not mean: by scanners, from other sites, after somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from consult.web.shared.limits import limiter
from tests.web.test_who_may_go_where import Cell
from tests.web.test_who_may_go_where import cells as drawn_cells
from tests.web.visitors import opened_site
from tests.web.worlds import World, opened_world

EVERYBODY = ("guest", "representative", "official", "administrator")
COUNTS = "/metrics"
"""The one page that tells of having been asked."""

TOKEN = re.compile(rb'name="csrf_token"[^>]*>|value="[^"]{60,}"')
"""What differs between two copies of a form."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened_world("open", tmp_path_factory.mktemp("open"), opened_site) as made:
        limiter.enabled = False
        yield made


def cells(world: World) -> list[Cell]:
    """All of them at once: while they are drawn one by one, requests share what is kept for one."""
    return list(drawn_cells(world))


NOTED = {
    "dispositions.case",
    "submissions.list_all",
    "submissions.show",
    "submissions.receipt",
    "submissions.receipt_pdf",
    "submissions.file",
}
"""Pages with names and addresses of those who commented: that an official looked at them is noted, and nothing else is."""


@pytest.mark.parametrize("role", EVERYBODY)
def test_looking_at_a_page_changes_nothing_whoever_looks(world: World, role: str) -> None:
    """So a scanner of mail, a browser that fetches ahead, or a picture on another site with our address does nothing."""
    client, wrong = world.visitor(role).client, []
    for cell in cells(world):
        for method in ("HEAD", "GET") if cell.method == "GET" else ():
            client.open(
                cell.address, method=method, headers={"Purpose": "prefetch", "Sec-Purpose": "prefetch"}
            )
            if world.put_back() and cell.rule.endpoint not in NOTED:
                wrong.append(f"{method} {cell.address}")
    assert wrong == []


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_form_of_another_site_changes_nothing_whoever_is_led_to_it(world: World, role: str) -> None:
    """It carries the cookie of our site, and anything but the token of one of our pages."""
    client, wrong = world.visitor(role).client, []
    for cell in cells(world):
        if cell.method != "POST":
            continue
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "IjEi.aaaaaa.bbbbbbbbbbbbbbbbbbbb"}):
            typed = {"act": "publish", "reason": "Powód.", "name": "Ktoś", "text": "Treść", "kind": "host"}
            answer = client.post(cell.address, data=typed | token, headers={"Origin": "https://evil.example"})
            has_changed = world.put_back() and cell.rule.endpoint not in NOTED
            if has_changed or answer.status_code >= 500:
                wrong.append(f"{cell.address} {answer.status_code}")
    assert wrong == []
    if role != "guest":
        assert client.get("/account").status_code == 200, "still signed in"


@pytest.mark.parametrize("first", ["official", "administrator"])
def test_a_guest_gets_a_guests_page_whoever_asked_before(world: World, first: str) -> None:
    guest, wrong = world.site.app.test_client(), []
    for cell in cells(world):
        before = guest.get(cell.address) if cell.method == "GET" else None
        if before is None or before.status_code != 200 or cell.address == COUNTS:
            continue
        tagged = {"If-None-Match": before.headers["ETag"]} if "ETag" in before.headers else {}
        own = world.visitor(first).client.get(cell.address, headers=tagged)
        after = world.site.app.test_client().get(cell.address)
        if TOKEN.sub(b"", after.data) != TOKEN.sub(b"", before.data):
            wrong.append(f"{cell.address} differs after {first}")
        is_feed = before.mimetype != "text/html"
        if own.status_code == 304 and not is_feed:
            wrong.append(f"{cell.address} is answered with a guest's page")
        if (
            own.status_code == 200
            and own.mimetype == "text/html"
            and "public" in own.headers["Cache-Control"]
        ):
            wrong.append(f"{cell.address} may be kept in between")
    assert wrong == []
