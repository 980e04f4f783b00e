"""A whole site on a temporary store, and people who visit it with a browser that looks at the manners of every page."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import TextClause, text
from werkzeug.test import TestResponse

from consult.app import create_app
from consult.domain.policy.actors import Actor
from consult.domain.policy.sessions import STAFF_IDLE
from consult.services.accounts import sessions
from consult.services.accounts.sessions import Device
from consult.settings import Settings
from consult.storage.database import Base, db
from consult.web.shared.limits import limiter
from consult.web.shared.viewers import TOKEN_KEY
from tests.factories.apps import SettableClock, Store, build_ports, new_sqlite
from tests.factories.engines import share_compiled, write_at_leisure
from tests.factories.templates import share_templates
from tests.web.manners import complaints, parsed

UPLOAD_LIMIT = 20_000_000

NOT_COUNTED = {
    "person_session",
    "visit_mark",
    "contact_view",
    "unsaved_text",
    "editing_presence",
    "unsent_submission",
    "unsent_comment",
    "unsent_target",
}
"""What visitors leave merely by coming, and what is kept for them of what they have not saved."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """An application as `create_app` makes it, on a store tests fill through `store` inside `records()`."""

    app: Flask
    store: Store

    @property
    def clock(self) -> SettableClock:
        return self.store.clock

    @contextmanager
    def records(self) -> Iterator[Store]:
        """The store, to put records in or to look into it: not while pages are fetched, whose context is their own."""
        with self.app.app_context():
            try:
                yield self.store
            finally:
                db.session.rollback()
                db.session.remove()

    def counts(self) -> dict[str, int]:
        """How many rows each table has, but those `NOT_COUNTED`."""
        with self.records():
            return {row[0]: row[1] for row in db.session.execute(_counting())}

    def visitor(self, actor: Actor | None = None, *, language: str = "pl") -> Visitor:
        """Somebody with a browser: a guest, or a person already signed in."""
        return Visitor(self, actor, language)


@functools.cache
def _counting() -> TextClause:
    """One statement that counts the rows of every table; asked table by table it took most of the time of a test."""
    names = sorted(Base.metadata.tables.keys() - NOT_COUNTED)
    return text(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names))


def opened_site(folder: Path, *, log_level: str = "CRITICAL") -> Site:
    """A site whose limits on how often somebody may do something are off."""
    clock = SettableClock()
    ports = build_ports(clock)
    url = new_sqlite(folder)
    settings = Settings(
        consult_data=folder,
        database_url=url,
        secret_key="a key of tests",
        public_address="https://konsultacje.example.org",
        upload_limit_bytes=UPLOAD_LIMIT,
        log_level=log_level,
    )
    app = create_app(settings, ports=ports)
    with app.app_context():
        share_compiled(db.engine)
        write_at_leisure(db.engine)
    share_templates(app)
    limiter.enabled = False
    return Site(app, Store(app, ports, clock, url))


class Visitor:
    """One person's browser. Every page fetched is held to its manners; an answer of 500 fails the test."""

    def __init__(self, site: Site, actor: Actor | None, language: str) -> None:
        self.site = site
        self.language = language
        self.client: FlaskClient = site.app.test_client()
        if language != "pl":
            self.client.set_cookie("lang", language)
        self._actor_id = actor.id if actor is not None else None
        self._since = site.clock.at
        if self._actor_id is not None:
            self._sign_in(self._actor_id)

    def _sign_in(self, actor_id: int) -> None:
        with self.site.records() as store:
            self._since = store.now
            begun = sessions.begin_session(
                actor_id, means="password", device=Device(), is_strong=True, now=store.now
            )
        with self.client.session_transaction() as session:
            session[TOKEN_KEY] = begun.token

    def _come_back(self) -> None:
        """Sign in anew on another day."""
        if self._actor_id is not None and abs(self.site.clock.at - self._since) >= STAFF_IDLE:
            self._sign_in(self._actor_id)

    def get(self, address: str, *, expect: int | tuple[int, ...] = 200, **options: Any) -> TestResponse:
        self._come_back()
        return self._checked(self.client.get(address, buffered=True, **options), address, expect)

    def post(
        self,
        address: str,
        fields: dict[str, Any] | None = None,
        *,
        expect: int | tuple[int, ...] = 303,
        **options: Any,
    ) -> TestResponse:
        """Send exactly these fields."""
        self._come_back()
        return self._checked(
            self.client.post(address, data=fields or {}, buffered=True, **options), address, expect
        )

    def send(
        self,
        address: str,
        fields: dict[str, Any] | None = None,
        *,
        to: str | None = None,
        expect: int | tuple[int, ...] = 303,
        **options: Any,
    ) -> TestResponse:
        """Open a page and send its form with `fields` filled in; what the page filled in stays."""
        filled = form_of(self.get(address).text)
        return self.post(to or address, filled | (fields or {}), expect=expect, **options)

    def follow(self, answer: TestResponse) -> TestResponse:
        """The page an answer leads to in the end."""
        for _ in range(5):
            if answer.status_code != 303:
                return answer
            answer = self.get(answer.location, expect=(200, 303))
        raise AssertionError(f"led on and on, at last to {answer.location}")

    def token(self, address: str) -> str:
        """The token of the form on a page."""
        return form_of(self.get(address).text)["csrf_token"]

    def _checked(self, response: TestResponse, address: str, expect: int | tuple[int, ...]) -> TestResponse:
        wanted = (expect,) if isinstance(expect, int) else expect
        assert response.status_code in wanted, (
            f"{address}: {response.status_code} instead of {wanted}\n{words_of(response)[:1500]}"
        )
        is_page = response.mimetype == "text/html" and b"<!doctype" in response.data[:200].lower()
        is_file = "attachment" in response.headers.get("Content-Disposition", "")
        if is_page and not is_file and not 300 <= response.status_code < 400:
            found = complaints(response.text, language=self.language)
            assert not found, f"{address}: {found}"
        return response


def form_of(page: str) -> dict[str, str]:
    """The fields of the page's own form (not of the frame's) as a browser would send them untouched."""
    tree = parsed(page)
    forms = [
        form
        for form in tree.iter("form")
        if form.get("method", "").lower() == "post" and not (form.get("action") or "").startswith("/sign-out")
    ]
    form = max(forms, key=lambda one: len(list(one.iter())), default=None)
    assert form is not None, "no form on the page"
    return fields_of(form)


def fields_of(form: Element) -> dict[str, str]:
    """The fields of a form as a browser would send them untouched."""
    fields: dict[str, str] = {}
    for field in form.iter():
        name = field.get("name")
        if not name:
            continue
        if field.tag == "textarea":
            fields[name] = "".join(field.itertext()).removeprefix("\n")
        elif field.tag == "select":
            chosen = [option for option in field.iter("option") if option.get("selected") is not None]
            options = chosen or list(field.iter("option"))
            if options:
                fields[name] = options[0].get("value", "")
        elif field.tag == "input" and field.get("type") not in ("submit", "file", "button"):
            if field.get("type") in ("radio", "checkbox") and field.get("checked") is None:
                continue
            fields[name] = field.get("value", "")
    return fields


def words_of(response: TestResponse) -> str:
    """The words of a page as a reader sees them, white space folded."""
    if response.mimetype != "text/html":
        return response.get_data(as_text=True)[:500]
    tree = parsed(response.text)
    main = tree.find(".//main")
    return " ".join("".join((main if main is not None else tree).itertext()).split())


def kept(page: str, name: str) -> str:
    """What a field of the form holds when the page comes back."""
    return form_of(page)[name]
