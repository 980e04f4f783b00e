"""Every address says who may open it, pages ask no queries while they are written, and a GET changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import before_render_template, template_rendered
from sqlalchemy import Engine, event, text

from consult.domain.policy.permissions import Permission
from consult.storage.database import db
from consult.web.shared.routes import FOR_GUESTS_TOO, PERMISSIONS_KEY, PUBLIC, route
from tests.architecture.site import Site, opened_site

EVERYBODY = (None, "official", "editor", "administrator")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened_site(tmp_path_factory.mktemp("store")) as opened:
        yield opened


@contextmanager
def queries_while_rendering(site: Site) -> Iterator[list[str]]:
    """The statements sent while a template is being rendered."""
    found: list[str] = []
    names: list[str] = []

    def entered(_sender: object, template: object, **_: object) -> None:
        names.append(str(getattr(template, "name", "")))

    def left(_sender: object, **_: object) -> None:
        names.pop()

    def asked(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if names:
            found.append(f"{names[-1]}: {statement[:200]}")

    before_render_template.connect(entered, site.app)
    template_rendered.connect(left, site.app)
    event.listen(Engine, "before_cursor_execute", asked)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", asked)
        before_render_template.disconnect(entered, site.app)
        template_rendered.disconnect(left, site.app)


def rows(site: Site) -> Counter[str]:
    """Rows in every table, and a digest of those that change in place."""
    with site.app.app_context(), db.engine.connect() as connection:
        counted = Counter(
            {
                name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
                for name in db.metadata.tables
                if name != "contact_view"  # whoever looks at names and addresses is noted for having looked
            }
        )
        for name in ("document", "consultation", "register", "disposition", "placement", "delivery"):
            content = connection.execute(text(f'SELECT * FROM "{name}" ORDER BY 1, 2')).all()
            counted[f"{name} content"] = hash(tuple(map(tuple, content)))
    return counted


def test_every_address_declares_who_may_open_it(site: Site) -> None:
    declared = site.app.extensions[PERMISSIONS_KEY]
    undeclared = {rule.endpoint for rule, _ in site.pages()} - set(declared)
    assert undeclared == set()
    assert all(permission is PUBLIC or isinstance(permission, Permission) for permission in declared.values())


def test_a_row_without_a_permission_is_refused() -> None:
    with pytest.raises(TypeError):
        route("/anything", lambda: "", None)  # type: ignore[arg-type]


def test_an_address_added_without_a_permission_answers_nobody(site: Site) -> None:
    del site.app.extensions[PERMISSIONS_KEY]["health.health"]
    try:
        assert site.client(None).get("/health").status_code == 500
    finally:
        site.app.extensions[PERMISSIONS_KEY]["health.health"] = PUBLIC


def test_guests_are_led_to_the_sign_in_page_wherever_an_account_is_needed(site: Site) -> None:
    declared = site.app.extensions[PERMISSIONS_KEY]
    guest = site.client(None)
    closed = 0
    for rule, address in site.pages():
        permission = declared[rule.endpoint]
        if permission is PUBLIC or permission in FOR_GUESTS_TOO:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = guest.open(address, method=method)
            assert answer.status_code == 303, f"{method} {rule} answers a guest with {answer.status_code}"
            assert answer.location.startswith("/sign-in")
            closed += 1
    assert closed > 10


OF_ITS_AUTHOR = {
    "proposals.renew",
    "joint_answers.origin",
    "joint_answers.signatures",
    "comments.change",
    "comments.edit_unsent",
    "comments.withdraw",
    "moderation.appeal",
    "moderation.own_appeal",
    "submissions.file",
}
"""Pages for the one person whose thing it is, and only while it can be changed or is hidden; those of what an organisation
sent, and files that came with a submission."""


def test_every_page_opens_for_somebody_and_asks_no_query_while_it_is_written(site: Site) -> None:
    opened: set[str] = set()
    with queries_while_rendering(site) as found:
        for who in EVERYBODY:
            client = site.client(who)
            for rule, address in site.pages():
                if "GET" not in (rule.methods or ()):
                    continue
                answer = client.get(address)
                assert answer.status_code < 500, f"{rule} breaks for {who}: {answer.status_code}"
                if answer.status_code == 200 or (who and answer.status_code == 303):
                    opened.add(rule.endpoint)
    assert sorted(set(found)) == []
    pages = {rule.endpoint for rule, _ in site.pages() if "GET" in (rule.methods or ())}
    assert sorted(pages - opened - OF_ITS_AUTHOR) == []


def test_a_get_changes_nothing(site: Site) -> None:
    clients = [site.client(who) for who in EVERYBODY]
    before = rows(site)
    for client in clients:
        for rule, address in site.pages():
            if "GET" in (rule.methods or ()):
                client.get(address)
    assert rows(site) == before


def test_every_answer_carries_the_guarding_headers(site: Site) -> None:
    for who in (None, "official"):
        client = site.client(who)
        for rule, address in site.pages():
            if "GET" not in (rule.methods or ()):
                continue
            headers = client.get(address).headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy, rule
            assert "unsafe" not in policy, rule
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"], rule


def test_a_post_without_the_forms_token_changes_nothing(site: Site) -> None:
    client = site.client("official")
    before = rows(site)
    for rule, address in site.pages():
        if "POST" in (rule.methods or ()):
            answer = client.post(address, data={})
            assert answer.status_code < 500, f"{rule}: {answer.status_code}"
    assert rows(site) == before
