"""The whole site over a store somebody worked in, and an address for each of its pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from consult.app import build_ports, create_app
from consult.domain.policy.actors import EDITOR, OFFICIAL, SYSTEM, Actor
from consult.services import accounts, drafting
from consult.settings import Settings
from consult.storage.database import db
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.organisations import get_host
from consult.storage.queries.viewers import EVERYTHING
from tests.architecture.lived_in import live_in
from tests.factories import records
from tests.factories.apps import BEGINNING, PlainPasswords, SettableClock, Store, meters, new_sqlite
from tests.factories.engines import share_compiled, write_at_leisure
from tests.factories.group_at_work import begin_group_work, seated
from tests.factories.joint_answers import answered_by_an_ngo
from tests.factories.pictures import bring_files
from tests.factories.searches import keep_search
from tests.factories.templates import share_templates

PASSWORD = "a long enough password"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Site:
    """An application with pages; `arguments` are values for every variable of its addresses, by name or by feature
    and name ("organisations.slug") or page and name where they mean different things by one."""

    app: Flask
    store: Store
    arguments: dict[str, object]
    emails: dict[str, str]

    def pages(self) -> Iterator[tuple[Rule, str]]:
        """Every rule but that of static files, with an address under which there is something."""
        with self.app.test_request_context():
            adapter = self.app.url_map.bind("localhost")
            for rule in self.app.url_map.iter_rules():
                if rule.endpoint == "static":
                    continue
                feature = rule.endpoint.partition(".")[0]
                values = {
                    name: self.arguments.get(
                        f"{rule.endpoint}.{name}",
                        self.arguments.get(f"{feature}.{name}", self.arguments.get(name)),
                    )
                    for name in rule.arguments
                }
                method = "GET" if "GET" in (rule.methods or ()) else "POST"
                yield rule, adapter.build(rule.endpoint, values, method=method)

    def client(self, who: str | None) -> FlaskClient:
        """A browser without JavaScript, of a guest or of somebody signed in."""
        client = self.app.test_client()
        if who is not None:
            token = _TOKEN.search(client.get("/sign-in").text)
            assert token, "the sign-in form has no token"
            answer = client.post(
                "/sign-in", data={"csrf_token": token[1], "email": self.emails[who], "password": PASSWORD}
            )
            assert answer.status_code == 303, "signing in failed"
        return client


@contextmanager
def opened_site(folder: Path) -> Iterator[Site]:
    """A site on a store in `folder`: one document that is being consulted."""
    url = new_sqlite(folder)
    settings = Settings(
        consult_data=folder,
        search_url="memory:",
        jobs_url="immediate:",
        mail_url="memory:",
        log_level="ERROR",
    )
    clock = SettableClock(BEGINNING)
    ports = replace(build_ports(settings), clock=clock, passwords=PlainPasswords(), meters=meters())
    app = create_app(settings, ports=ports)
    share_templates(app)
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    store = Store(app, ports, clock, url)
    try:
        with app.app_context():
            share_compiled(db.engine)
            write_at_leisure(db.engine)
            slug = live_in(store)
            emails = _people(store, slug)
            arguments = _arguments(store, slug)
        yield Site(app, store, arguments, emails)
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _people(store: Store, slug: str) -> dict[str, str]:
    host_id = document_queries.get_document(slug, EVERYTHING).host_id
    roles = {"official": ((host_id, OFFICIAL),), "editor": ((host_id, EDITOR),), "administrator": ()}
    for name, memberships in roles.items():
        accounts.create_person(
            SYSTEM,
            email=f"{name}@example.org",
            name=name,
            password=PASSWORD,
            is_administrator=name == "administrator",
            memberships=memberships,
            now=store.now,
        )
    return {name: f"{name}@example.org" for name in roles}


def _arguments(store: Store, slug: str) -> dict[str, object]:
    receipt = records.comment_on(store, slug, "pod obrady rady gminy", sender=records.NGO)
    comment = comment_queries.get_comment(receipt.comment_ids[0], with_drafts=True)
    host_slug = get_host(document_queries.get_document(slug, EVERYTHING).host_id).slug
    held = records.hold_a_consultation(store, comment.consultation_id or 0)
    author = records.new_person(store, (document_queries.get_document(slug, EVERYTHING).host_id, EDITOR))
    standing = records.section(slug, "Konsultacje")
    drafting.save_section(
        author,
        slug,
        standing.section_id,
        source=f"{standing.source.rstrip()}\n\nZdanie autorki.\n\n",
        base_text_id=standing.text_id,
        now=store.now,
    )
    group = records.new_group(store, document_queries.get_document(slug, EVERYTHING).host_id, slug)
    return {
        "slug": slug,
        **records.invite_by_link(store, group),
        "feeds.host_feed.slug": host_slug,
        "feeds.host_calendar.slug": host_slug,
        "contact_views.slug": host_slug,
        "documents.person_id": author.id,
        "section_id": records.section(slug, "Konsultacje").section_id,
        "text_id": records.section(slug, "Konsultacje").text_id,
        "number": 1,
        "register_id": receipt.register_id,
        "consultation_id": comment.consultation_id,
        "extension": "md",
        "requirements.extension": "csv",
        "comment_forms.extension": "docx",
        "file_no": 1,
        "receipt_no": receipt.receipt_no,
        "secret": receipt.secret,
        "meeting_id": held.meeting_id,
        "opinion_id": held.opinion_id,
        "explanation_id": held.explanation_id,
        "unsaved_id": 1,
        "redaction_id": 1,
        "target_id": 1,
        **bring_files(store, slug),
        **answered_by_an_ngo(store, slug, comment.consultation_id or 0, lead=_official(), is_asked=False),
        "unsent_id": 1,
        **records.ask_for_letters(store),
        **keep_search(store, _official()),
        **records.await_administrators(store),
        "groups.slug": group,
        **records.furnish_host(store, document_queries.get_document(slug, EVERYTHING).host_id),
        **_group_work(store, slug),
    }


def _official() -> Actor:
    person = account_queries.find_person_by_email("official@example.org")
    assert person
    return accounts.actor_of(person)


def _group_work(store: Store, slug: str) -> dict[str, object]:
    """What names the work of a group in addresses."""
    host_id = document_queries.get_document(slug, EVERYTHING).host_id
    group = records.new_group(store, host_id, slug, name="Grupa redakcyjna")
    return begin_group_work(store, slug, seated(store, group, "member"), host_id=host_id)
