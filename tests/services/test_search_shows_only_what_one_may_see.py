"""What a viewer may not see is on no route: no result, total, facet, suggestion or loose find, though the index knows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from consult.domain.policy.actors import SYSTEM, Actor
from consult.ports.search import SearchQuery
from consult.services import (
    accounts,
    collections,
    comments,
    consultations,
    dispositions,
    drafting,
    hosts,
    meeting_decisions,
    opinions,
    proposals,
    search,
    section_statuses,
)
from consult.services import groups as group_services
from consult.services import organisations as organisation_services
from consult.services.accounts.keeping import change_account
from consult.services.comments import Remark, Sender
from consult.services.meetings import save_note
from consult.storage.database import db
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import search as queries
from consult.storage.queries.organisations import get_organisation_by_id
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.group_at_work import take_seat
from tests.factories.records import (
    NGO,
    People,
    announce_meeting,
    comment_on,
    new_document,
    new_group,
    new_organisation,
    new_people,
    new_person,
    open_consultation,
    publish,
    section,
)

HOST = {"member", "editor", "official", "administrator"}
DRAFTERS = HOST | {"seated"}
ROLES = ("guest", "neighbour", "seated", "member", "editor", "official", "administrator")

SECRETS = {
    "jeżozwierzowe": DRAFTERS,  # the working draft of a published document
    "karakurtowy": DRAFTERS,  # the note on that change
    "szympansowy": HOST,  # the text of a document not published yet
    "lampartowisko": HOST,  # its title
    "wombatowisko": HOST,  # what the team notes on its own
    "okapistyczny": HOST,  # the reasons of an answer not published yet
    "tukanowisko": HOST,  # a consultation not announced yet
    "pingwinarium": HOST,  # a meeting in it
    "gawroniarnia": HOST,  # an opinion nobody was asked for yet
    "salamandrowy": set(),  # the note of a meeting before its publication: its writers have its page
    "kormoranowisko": {"administrator"},  # an organisation that was refused
    "rosomakowisko": HOST,  # a group of the host alone
    "borsukowisko": DRAFTERS,  # a proposal for the working draft
    "bobrowisko": DRAFTERS,  # its wording
    "świstakowisko": DRAFTERS,  # what was said of it
    "nornicowisko": set(),  # what a meeting decided, before its note is published
    "suhakowisko": DRAFTERS,  # a dissenting opinion its author keeps in the group
    "dzikanowisko": DRAFTERS,  # one to be published with the next version
    "dugongowisko": HOST,  # a collection of documents nobody published yet
}
"""Words that stand in one hidden thing each, and who may see it."""


@dataclass(frozen=True, slots=True)
class World:
    store: Store
    actors: dict[str, Actor]
    slug: str
    consultation_id: int


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with opened(new_sqlite(tmp_path_factory.mktemp("leaks"))) as store:
        yield _made(store)


def _made(store: Store) -> World:
    cast = new_people(store)
    slug = new_document(store, host_id=cast.host_id)
    comments.submit_comments(
        SYSTEM, slug, [Remark(text="Nasze wombatowisko do omówienia.")], NGO, now=store.now
    )
    consultation_id = open_consultation(store, slug)
    (comment_id,) = comment_on(store, slug, "siedmiu dni").comment_ids
    dispositions.save_disposition(
        SYSTEM,
        comment_id,
        outcome="rejected",
        justification="Powód okapistyczny wynika z uchwały.",
        expected_revision=0,
        now=store.now,
    )
    edit(store, slug, "poddaje się", "jeżozwierzowe poddaje się", note="Wątek karakurtowy uzgodniono.")
    _propose(store, cast, slug)
    hidden = new_document(store, "# Plan lampartowisko\n\nZapis szympansowy.\n", host_id=cast.host_id)
    collections.make_collection(
        SYSTEM,
        cast.host_id,
        collections.CollectionText(
            "Przyszłe dugongowisko", document_ids=(document_queries.get_document(hidden, EVERYTHING).id,)
        ),
        now=store.now,
    )
    _around(store, cast.host_id)
    meeting_id = announce_meeting(store, consultation_id, days=0, title="Otwarte")
    store.clock.advance(hours=12)
    save_note(SYSTEM, meeting_id, "Wniosek salamandrowy.", publish=False, now=store.now)
    meeting_decisions.note_decision(SYSTEM, meeting_id, "Przyjęto nornicowisko.", now=store.now)
    opinions.enter_opinion(
        SYSTEM, consultation_id, opinions.OpinionForm("council", "Rada gawroniarnia"), now=store.now
    )
    refused = new_organisation(store, "Fundacja kormoranowisko")
    organisation_services.refuse_organisation(
        SYSTEM, get_organisation_by_id(refused).slug, reason="Nie istnieje.", now=store.now
    )
    new_group(store, cast.host_id, name="Grupa rosomakowisko", visibility="host")
    drafters = new_group(store, cast.host_id, slug, name="Grupa jawna")
    seated = new_person(store)
    group_services.seat_person(SYSTEM, drafters, role="member", person_id=seated.id or 0, now=store.now)
    actors = {role: getattr(cast, role) for role in ROLES if role != "seated"}
    found = account_queries.find_person(seated.id or 0)
    assert found is not None
    sitting = accounts.actor_of(found)
    for words, is_public in (("Sprzeciw wobec suhakowisko.", False), ("Sprzeciw na dzikanowisko.", True)):
        held_against(store, sitting, slug, words, is_public=is_public)
    return World(store, {**actors, "seated": sitting}, slug, consultation_id)


def held_against(store: Store, actor: Actor, slug: str, words: str, *, is_public: bool) -> int:
    """A dissenting opinion against a part of a draft."""
    part = section(slug, "Konsultacje").section_id
    return section_statuses.hold_dissent(actor, slug, part, words, is_public=is_public, now=store.now)


def _propose(store: Store, cast: People, slug: str) -> None:
    standing = section(slug, "Zlecanie zadań")
    part = proposals.PartDraft(
        "reword", standing.section_id, f"{standing.source.rstrip()} Oraz bobrowisko.\n", standing.text_id
    )
    number = proposals.propose_changes(
        cast.editor,
        slug,
        title="Dopisać borsukowisko",
        rationale="Tak jest u sąsiadów.",
        parts=[part],
        now=store.now,
    )
    proposals.discuss_proposal(cast.editor, slug, number, "Na co komu świstakowisko?", now=store.now)


def _around(store: Store, host_id: int) -> None:
    """A consultation that is only prepared, with a meeting."""
    slug = new_document(store, host_id=host_id)
    number = publish(store, slug).number
    prepared = consultations.open_consultation(
        SYSTEM,
        slug,
        version_no=number,
        title="Przyszłe tukanowisko",
        legal_basis="resolution",
        opens_at=store.now,
        closes_at=store.now + timedelta(days=21),
        announce=False,
        now=store.now,
    )
    announce_meeting(store, prepared, title="Spacer pingwinarium")


def edit(store: Store, slug: str, old: str, new: str, *, note: str = "") -> None:
    standing = section(slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace(old, new),
        base_text_id=standing.text_id,
        note=note,
        now=store.now,
    )


def ask(actor: Actor, words: str, **filters: object) -> search.Answer:
    return search.search(actor, SearchQuery(words=words, **filters))  # type: ignore[arg-type]


def misspelled(word: str) -> str:
    """One letter of the middle exchanged."""
    return f"{word[:4]}x{word[5:]}"


@pytest.mark.parametrize("role", ROLES)
def test_a_hidden_word_is_on_no_route_and_a_visible_one_is_found(world: World, role: str) -> None:
    actor = world.actors[role]
    for word, roles in SECRETS.items():
        may_see = role in roles
        for query in (word, f'"{word}"', f"{word[:-3]}*"):
            answer = ask(actor, query)
            assert (answer.total > 0) == may_see, (word, query)
            assert bool(answer.results) == bool(answer.facets) == bool(answer.kinds) == may_see, (word, query)
        mixed = ask(actor, f"{word} konsultacje")
        assert (word in shown(mixed)) == may_see, word
        assert mixed.total == 0 or mixed.is_loose or may_see, word
        assert (word in ask(actor, misspelled(word)).suggestion) == may_see, word


def test_no_form_is_suggested_that_stands_in_hidden_words_alone(world: World) -> None:
    store = world.store
    slug = new_document(store)
    edit(store, slug, "poddaje się", "z pergolą poddaje się")
    publish(store, slug)
    edit(store, slug, "z pergolą", "z pergolami")
    assert "pergolami" in ask(world.actors["administrator"], "pergolamx").suggestion
    assert "pergolami" not in ask(world.actors["guest"], "pergolamx").suggestion


def shown(answer: search.Answer) -> str:
    """All words the lines of an answer show."""
    pieces = [piece.text for one in answer.results for piece in (*one.marked.title, *one.marked.snippet)]
    return " ".join(pieces).lower()


@pytest.mark.parametrize("role", ["guest", "neighbour", "seated"])
def test_no_time_is_spent_on_hidden_words(world: World, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does the time of an answer tell how often a word stands in a draft nobody may see."""
    shown_to_the_database: list[str] = []
    look = queries.list_visible

    def counted(stamps: Mapping[str, str], *more: object) -> object:
        shown_to_the_database.extend(stamps)
        return look(stamps, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(queries, "list_visible", counted)
    words = (
        ("szympansowy",)
        if role == "seated"
        else ("szympansowy", "okapistyczny", "jeżozwierzowe", "bobrowisko")
    )
    for word in words:
        assert ask(world.actors[role], word).total == 0
    assert shown_to_the_database == []
    assert ask(world.actors["official"], "szympansowy").total == 1


@pytest.mark.parametrize("role", ["guest", "neighbour", "seated"])
def test_counts_are_those_of_what_is_shown(world: World, role: str) -> None:
    answer = ask(world.actors[role], "rodzaj:uwaga rodzaj:odpowiedź rodzaj:tekst")
    assert answer.total == len(answer.results)
    assert sum(count for _, count in answer.kinds) == answer.total
    for name in ("kind", "document", "host"):
        assert sum(one.count for one in answer.facets if one.name == name) == answer.total


@pytest.mark.parametrize("role", ["guest", "neighbour", "seated"])
def test_how_a_comment_will_be_answered_cannot_be_asked_before_it_is_published(
    world: World, role: str
) -> None:
    actor = world.actors[role]
    for answer in (
        ask(actor, "rodzaj:uwaga stanowisko:nieuwzględniona"),
        ask(actor, "stanowisko:nieuwzględniona"),
        ask(actor, "rodzaj:uwaga", facets=(("outcome", "rejected"),)),
    ):
        assert answer.total == 0
    assert "outcome" not in {one.name for one in ask(actor, "rodzaj:uwaga").facets}
    assert ask(world.actors["official"], "rodzaj:uwaga stanowisko:nieuwzględniona").total == 1


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_nobody_outside_learns_that_published_words_are_being_changed(world: World, role: str) -> None:
    query = '"projekt uchwały poddaje się"'
    inside = {"document_id": str(document_queries.get_document(world.slug, EVERYTHING).id)}
    for filters in ({}, {"state": "current"}, {"as_of": world.store.now}):
        answer = ask(world.actors[role], query, **inside, **filters)
        assert answer.total == 1
        assert answer.results[0].row.until_no is None
    official = world.actors["official"]
    assert ask(official, query, **inside).results[0].row.until_no is not None
    assert ask(official, query, **inside, state="current").total == 0


def test_the_current_text_is_for_readers_the_one_published_last(world: World) -> None:
    store = world.store
    slug = new_document(store)
    query, guest = SearchQuery(words='"ferratum wersji"', state="current"), world.actors["guest"]
    edit(store, slug, "poddaje się", "ferratum wersji poddaje się")
    assert search.search(guest, query).total == 0
    publish(store, slug)
    assert search.search(guest, query).total == 1
    store.clock.advance(days=1)
    edit(store, slug, "ferratum wersji ", "")
    assert search.search(guest, query).total == 1
    then = store.now
    store.clock.advance(days=1)
    publish(store, slug)
    assert search.search(guest, query).total == 0
    assert search.search(guest, replace(query, state="ever")).total == 1
    assert search.search(guest, replace(query, state="ever", as_of=then)).total == 1
    assert search.search(guest, replace(query, state="ever", as_of=store.now)).total == 0


def test_an_answer_is_found_by_everybody_once_it_is_published(store: Store) -> None:
    slug = new_document(store)
    consultation_id = open_consultation(store, slug)
    (comment_id,) = comment_on(store, slug, "siedmiu dni").comment_ids
    answer_with(store, comment_id, "Przesłanka rozstrzygnięcia.", 0)
    guest = Actor(id=None, name="")
    assert ask(guest, "przesłanka").total == 0
    dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now + timedelta(days=60))
    assert ask(guest, "przesłanka stanowisko:nieuwzględniona").kinds == (("disposition", 1),)
    assert ask(guest, "rodzaj:uwaga stanowisko:nieuwzględniona").total == 1


def test_what_a_meeting_decided_is_found_once_its_note_is_published(store: Store) -> None:
    consultation_id = open_consultation(store, new_document(store))
    meeting_id = announce_meeting(store, consultation_id, days=0, title="Otwarte")
    store.clock.advance(hours=12)
    meeting_decisions.note_decision(SYSTEM, meeting_id, "Przyjęto nornicowisko.", now=store.now)
    assert ask(GUEST, "nornicowisko").total == 0
    save_note(SYSTEM, meeting_id, "Notatka.", publish=True, now=store.now)
    meeting_decisions.note_decision(SYSTEM, meeting_id, "Odrzucono nornicowisko.", now=store.now)
    answer = ask(GUEST, "nornicowisko rodzaj:ustalenie")
    assert (answer.total, {one.row.meeting_id for one in answer.results}) == (2, {meeting_id})


def test_a_dissenting_opinion_is_found_with_the_version_it_is_published_with_until_it_is_withdrawn(
    store: Store,
) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    seated = take_seat(store, new_group(store, people.host_id, slug), people.neighbour, "member")
    held_against(store, seated, slug, "Sprzeciw suhakowisko.", is_public=False)
    dissent = held_against(store, seated, slug, "Sprzeciw dzikanowisko.", is_public=True)
    assert ask(GUEST, "dzikanowisko").total == 0
    publish(store, slug)
    (found,) = ask(GUEST, "rodzaj:zdanie sprzeciw").results
    assert (found.row.row_id, found.row.versions) == (dissent, (1,))
    section_statuses.withdraw_dissent(seated, slug, dissent, now=store.now)
    assert ask(GUEST, "dzikanowisko").total == ask(SYSTEM, "dzikanowisko").total == 0


def test_the_standing_texts_of_a_host_are_found_as_they_are_in_force(store: Store) -> None:
    host = get_organisation_by_id(new_people(store).host_id).slug
    for words in ("Dawny regulamin prosionkowy.", "Regulamin stonogowy."):
        hosts.publish_text(SYSTEM, host, "rules", words, now=store.now)
    (found,) = ask(GUEST, "stonogowy rodzaj:regulamin").results
    assert (found.row.slug, found.row.text_kind) == (host, "rules")
    assert ask(GUEST, "prosionkowy").total == 0


def test_a_collection_is_found_once_one_of_its_documents_is_published(store: Store) -> None:
    host_id = new_people(store).host_id
    slug = new_document(store, host_id=host_id)
    inside = (document_queries.get_document(slug, EVERYTHING).id,)
    text = collections.CollectionText("Standardy dugongowe", document_ids=inside)
    collections.make_collection(SYSTEM, host_id, text, now=store.now)
    assert ask(GUEST, "dugongowe").total == 0
    publish(store, slug)
    assert ask(GUEST, "dugongowe rodzaj:zbiór").total == 1


def answer_with(store: Store, comment_id: int, reasons: str, revision: int) -> None:
    dispositions.save_disposition(
        SYSTEM,
        comment_id,
        outcome="rejected",
        justification=reasons,
        expected_revision=revision,
        now=store.now,
    )


# While the index has not heard yet


class NoWorker:
    def wake(self, job: str) -> None:
        del job

    def work(self, actions: object) -> None:
        del actions


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Store]:
    """A store whose worker comes only when it is called."""
    with opened(new_sqlite(tmp_path), jobs=NoWorker()) as made:
        yield made


def heard(store: Store) -> None:
    search.deliver_pending(now=store.clock.now)


GUEST = Actor(id=None, name="")


def test_words_of_an_earlier_draft_do_not_find_the_answer_published_instead(idle: Store) -> None:
    slug = new_document(idle)
    consultation_id = open_consultation(idle, slug)
    (comment_id,) = comment_on(idle, slug, "siedmiu dni").comment_ids
    answer_with(idle, comment_id, "Powód niedyskretny.", 0)
    heard(idle)
    answer_with(idle, comment_id, "Powód ustawowy.", 1)
    dispositions.publish_dispositions(SYSTEM, consultation_id, now=idle.now + timedelta(days=60))
    assert ask(GUEST, "niedyskretny").total == 0
    assert ask(GUEST, "niedyskretnx").suggestion == ""
    heard(idle)
    assert ask(GUEST, "ustawowy").total == 1


def test_erased_words_are_gone_before_the_index_hears(idle: Store) -> None:
    slug = new_document(idle)
    open_consultation(idle, slug)
    comment_on(idle, slug, "siedmiu dni", text="Sąsiadka Wiewiórska nie chce.")
    heard(idle)
    assert ask(GUEST, "wiewiórska").total == 1
    db.session.execute(
        text("UPDATE seal SET value = NULL, salt = NULL, erased_at = :at WHERE value LIKE '%Wiewiórska%'"),
        {"at": "2026-03-02 09:00:00"},
    )
    db.session.commit()
    assert ask(GUEST, "wiewiórska").total == 0
    assert ask(GUEST, "wiewiórskx").suggestion == ""


def test_a_name_finds_its_comments_only_while_it_is_shown(idle: Store) -> None:
    slug = new_document(idle)
    open_consultation(idle, slug)
    person = new_person(idle)
    comment_on(idle, slug, "siedmiu dni", actor=person, sender=Sender(capacity="resident"))

    def show(name: str, is_public: bool) -> None:
        change_account(person, name=name, is_name_public=is_public, language="pl", now=idle.now)

    show("Mieszkanka Dropiata", False)
    heard(idle)
    assert ask(GUEST, "autor:dropiata").total == 0
    show("Mieszkanka Dropiata", True)
    heard(idle)
    assert ask(GUEST, "autor:dropiata").total == 1
    show("Mieszkanka Dropiata", False)
    assert ask(GUEST, "autor:dropiata").total == 0
    heard(idle)
    assert ask(GUEST, "autor:dropiata").total == 0


def test_an_organisation_that_was_renamed_is_not_found_by_what_it_was_called(idle: Store) -> None:
    made = new_organisation(idle, "Fundacja Pomyłkowa")
    heard(idle)
    assert ask(GUEST, "pomyłkowa").total == 1
    db.session.execute(text("UPDATE organisation SET name = 'Fundacja A' WHERE id = :id"), {"id": made})
    db.session.commit()
    assert ask(GUEST, "pomyłkowa").total == 0
