"""Worlds: the same office, people and document, each as it is at one stage of its course.

A world is a site of its own with a snapshot, so that what somebody changes in it is put back before the next one tries.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

from PIL import Image
from sqlalchemy import func, select

from consult.domain.organisations.declarations import Declaration
from consult.domain.policy.actors import MEMBER, OFFICIAL, REPRESENTATIVE, SYSTEM, Actor
from consult.services import (
    consultations,
    dispositions,
    explanations,
    groups,
    hosts,
    invitations,
    meetings,
    opinions,
    organisations,
)
from consult.services.accounts import administration
from consult.services.accounts.requests import ask_data_request
from consult.services.posting import post
from consult.storage.database import db
from consult.storage.models.letters import OutgoingLetter
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.viewers import EVERYTHING
from consult.storage.unit_of_work import unit_of_work
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.group_at_work import begin_group_work, take_seat
from tests.factories.joint_answers import answer_being_approved
from tests.factories.pictures import bring_files
from tests.factories.searches import keep_search
from tests.web.visitors import Site, Visitor

DECLARATION = Declaration(
    status="compliant",
    site_on="2026-01-01",
    changed_on="2026-02-01",
    prepared_on="2026-02-01",
    reviewed_on="2026-02-01",
    method="self",
    judged_by="",
    contact="Urząd Miasta",
    email="dostepnosc@example.org",
    phone="22 000 00 00",
    not_accessible="",
    procedure="Wniosek o zapewnienie dostępności można złożyć do urzędu.",
    building="Wejście jest bez progów.",
    interpreter="Tłumacz polskiego języka migowego jest dostępny po zgłoszeniu.",
)


def crest() -> bytes:
    """A picture small enough to be drawn at once."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (30, 80, 120)).save(picture, "PNG")
    return picture.getvalue()


NOTHING = 999_999
"""The number of something there is not."""

STATES = ("draft", "published", "announced", "open", "closed", "answered", "cancelled")
"""The stages of a document, from one nobody published to one whose consultation was called off."""

ROLES = (
    "guest",
    "disabled",
    "resident",
    "member",
    "editor",
    "official",
    "representative",
    "neighbour",
    "administrator",
    "seated",
    "observer",
)
"""Everybody there is. The disabled one brings the cookie of a closed account, the neighbour is an official elsewhere.
The seated one is a member of the group at work on the document, the observer has a seat there as well."""


@dataclass(eq=False)
class World:
    """A site in one state; `things` are the values of variables in addresses."""

    site: Site
    state: str
    folder: Path
    actors: dict[str, Actor]
    host_id: int
    organisation_id: int
    things: dict[str, object] = field(default_factory=dict)
    document_id: int = 0
    _visitors: dict[str, Visitor] = field(default_factory=dict)
    _live: sqlite3.Connection | None = None
    _kept: sqlite3.Connection | None = None
    _version: int = 0

    def visitor(self, role: str) -> Visitor:
        """Somebody's browser, the same every time."""
        if role not in self._visitors:
            self._visitors[role] = self.site.visitor(self.actors.get(role))
        return self._visitors[role]

    def keep(self) -> None:
        """Remember how everything stands; the browsers are signed in by now and the account that is to be is closed."""
        for role in ROLES:
            self.visitor(role)
        with self.site.records() as store:
            person = self.actors["disabled"]
            administration.disable_person(SYSTEM, person.id or 0, reason="Na prośbę.", now=store.now)
        path = self.folder / "consult.sqlite3"
        self._live = sqlite3.connect(path, isolation_level=None)
        self._live.execute("PRAGMA synchronous=OFF")
        self._kept = sqlite3.connect(":memory:")
        self._live.backup(self._kept)
        self._version = self._seen()

    def _seen(self) -> int:
        assert self._live is not None
        version: int = self._live.execute("PRAGMA data_version").fetchone()[0]
        return version

    def put_back(self) -> bool:
        """Undo what was done since; whether anything was."""
        assert self._live is not None
        assert self._kept is not None
        if self._seen() == self._version:
            return False
        self._kept.backup(self._live)
        self._version = self._seen()
        return True

    def close(self) -> None:
        for connection in (self._live, self._kept):
            if connection is not None:
                connection.close()


@contextmanager
def opened_world(state: str, folder: Path, open_site: Callable[[Path], Site]) -> Iterator[World]:
    """The world in one of `STATES`."""
    site = open_site(folder)
    world = None
    try:
        with site.records() as store:
            world = _people(site, store, state, folder)
            _organisations(world, store)
            _document(world, store)
        world.keep()
        yield world
    finally:
        if world is not None:
            world.close()
        with site.records():
            db.session.remove()
            db.engine.dispose()


def _people(site: Site, store: Store, state: str, folder: Path) -> World:
    people = records.new_people(store)
    organisation_id = records.new_organisation(store)
    organisations.verify_organisation(SYSTEM, _slug(organisation_id), now=store.now)
    actors = {
        "resident": records.new_person(store),
        "disabled": records.new_person(store),
        "member": people.member,
        "editor": people.editor,
        "official": people.official,
        "representative": records.new_person(store, (organisation_id, REPRESENTATIVE)),
        "neighbour": people.neighbour,
        "administrator": people.administrator,
        "seated": records.new_person(store),
        "observer": records.new_person(store),
    }
    return World(site, state, folder, actors, people.host_id, organisation_id)


def _slug(organisation_id: int) -> str:
    return organisation_queries.get_organisation_by_id(organisation_id).slug


def _organisations(world: World, store: Store) -> None:
    """What administrators, officials and representatives look after."""
    resident = world.actors["resident"]
    kept = keep_search(store, resident)
    slug = _slug(world.organisation_id)
    waiting = records.new_organisation(store, "Stowarzyszenie B")
    invited = organisations.invite(world.actors["representative"], slug, most_uses=5, now=store.now)
    colleague = records.new_person(store, (world.organisation_id, MEMBER))
    records.new_person(store, (world.host_id, OFFICIAL))
    with unit_of_work() as work:
        post(
            work,
            "operations/test",
            person_id=resident.id,
            at=store.now,
            due_at=store.now + timedelta(days=90),
        )
    letter_id = db.session.scalar(select(func.max(OutgoingLetter.id)))
    host = _slug(world.host_id)
    for kind in ("rules", "clause", "privacy"):
        hosts.publish_text(SYSTEM, host, kind, "Treść.", now=store.now)
    hosts.publish_declaration(SYSTEM, host, DECLARATION, now=store.now)
    hosts.change_crest(SYSTEM, host, crest(), now=store.now)
    group = groups.make_group(SYSTEM, world.host_id, groups.GroupText(name="Grupa redakcyjna"), now=store.now)
    seat = groups.add_member(
        SYSTEM, group, role="member", organisation_id=world.organisation_id, now=store.now
    )
    seat_link = invitations.invite_to_group(SYSTEM, group, role="member", most_uses=5, now=store.now)
    letters = records.ask_for_letters(store)
    world.things |= letters
    world.things |= {
        "host": host,
        "organisation": slug,
        "group": group,
        "seat_id": seat,
        "seat_link_id": seat_link.id,
        "seat_link": seat_link.secret,
        "person_id": resident.id,
        "colleague": colleague.id,
        "kind": "clause",
        "organisation_id": waiting,
        "search_id": kept["saved_searches.search_id"],
        "stop_token": kept["saved_searches.token"],
        "request_id": ask_data_request(resident, "correct", words="Proszę o poprawkę.", now=store.now),
        "join_id": organisations.ask_to_join(resident, slug, words="Dzień dobry.", now=store.now),
        "invitation_id": invited.id,
        "invitation": invited.secret,
        "letter_id": letter_id,
        "act": "close",
        "decision": "verify",
    }
    world.things["accounts.request_id"] = world.things["request_id"]


def _document(world: World, store: Store) -> None:
    """The document and its consultation, brought to the world's state."""
    slug = records.new_document(store, host_id=world.host_id)
    section = records.section(slug, "Zlecanie zadań")
    world.things |= {
        "slug": slug,
        "section_id": section.section_id,
        "text_id": section.text_id,
        "number": 1,
        "extension": "md",
        "table": "csv",
        "form": "docx",
        "file_no": 1,
        "consultation_id": NOTHING,
        "register_id": NOTHING,
        "receipt_no": 1,
        "secret": "x" * 43,
        "meeting_id": NOTHING,
        "opinion_id": NOTHING,
        "explanation_id": NOTHING,
        "unsaved_id": NOTHING,
        "answer_id": NOTHING,
        "point_id": NOTHING,
        "remark_id": NOTHING,
        "joint_party_id": NOTHING,
        "joint_code": "x" * 32,
        "unsent_id": NOTHING,
        "redaction_id": NOTHING,
        "target_id": NOTHING,
    }
    world.things |= bring_files(store, slug)
    work_on(world, store, slug)
    if world.state == "draft":
        return
    records.publish(store, slug)
    if world.state == "published":
        return
    consultation_id = records.open_consultation(store, slug)
    world.things |= _around(store, consultation_id)
    if world.state == "announced":
        world.site.clock.advance(days=-1)
        return
    receipt = records.comment_on(
        store,
        slug,
        "co najmniej dwadzieścia jeden dni",
        proposed="co najmniej trzydzieści dni",
        sender=records.RESIDENT,
    )
    records.comment_on(store, slug, text="Do całości: popieramy.")
    world.things |= {"receipt_no": receipt.receipt_no, "secret": receipt.secret, "target_id": 1}
    world.things |= answer_being_approved(
        store, slug, consultation_id, world.organisation_id, world.actors["representative"]
    )
    world.things["explanation_id"] = explanations.explain_comment(
        SYSTEM, receipt.comment_ids[0], "Liczą się dni kalendarzowe.", now=store.now
    )
    if world.state == "cancelled":
        consultations.cancel_consultation(SYSTEM, consultation_id, reason="Błąd w projekcie.", now=store.now)
    if world.state in ("open", "cancelled"):
        return
    world.site.clock.advance(days=22)
    if world.state == "answered":
        _answer(store, slug, consultation_id)


def work_on(world: World, store: Store, slug: str) -> None:
    """A group at work on the document: seats, a proposal, a dissenting opinion, a note, a collection."""
    world.document_id = document_queries.get_document(slug, EVERYTHING).id
    group = groups.make_group(
        SYSTEM,
        world.host_id,
        groups.GroupText(name="Grupa przy dokumencie", document_ids=(world.document_id,)),
        now=store.now,
    )
    for name, role in (("seated", "member"), ("observer", "observer")):
        world.actors[name] = take_seat(store, group, world.actors[name], role)
    world.things |= begin_group_work(store, slug, world.actors["seated"], host_id=world.host_id)


def _around(store: Store, consultation_id: int) -> dict[str, object]:
    """A meeting, an opinion and the announcement of a consultation."""
    register_id = consultation_queries.get_consultation(consultation_id).register_id
    plan = meetings.MeetingPlan(
        kind="meeting",
        title="Spotkanie otwarte",
        day=(store.now + timedelta(days=7)).date(),
        starts=time(17, 0),
        ends=time(19, 0),
        place="Ratusz",
    )
    (meeting_id, *_) = meetings.announce_meeting(SYSTEM, consultation_id, plan, now=store.now)
    opinion_id = opinions.enter_opinion(
        SYSTEM,
        consultation_id,
        opinions.OpinionForm(
            body_kind="council", body="Rada Działalności Pożytku", delivered_on=date(2026, 3, 2), term_days=14
        ),
        now=store.now,
    )
    announcement = consultations.publish_announcement(SYSTEM, consultation_id, now=store.now)
    return {
        "consultation_id": consultation_id,
        "register_id": register_id,
        "meeting_id": meeting_id,
        "opinion_id": opinion_id,
        "announcement": announcement.number,
    }


def _answer(store: Store, slug: str, consultation_id: int) -> None:
    document = document_queries.get_document(slug, EVERYTHING)
    assert document.last_version_no
    consultation = consultation_queries.get_consultation(consultation_id)
    for number in range(1, consultation.comment_count + 1):
        comment = comment_queries.find_comment(consultation.register_id, number, with_drafts=True)
        assert comment is not None
        dispositions.save_disposition(
            SYSTEM,
            comment.id,
            outcome="rejected",
            justification="Tak stanowi ustawa.",
            expected_revision=0,
            now=store.now,
        )
    dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now)


__all__ = ["NOTHING", "ROLES", "STATES", "World", "opened_world"]
