"""Everything is denied to everybody the table does not name, service by service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from consult.cli.wording import PolishWording
from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.policy.actors import MEMBER, SYSTEM, Actor
from consult.ports.search import SearchQuery
from consult.services import (
    accounts,
    comments,
    consultations,
    dispositions,
    documents,
    drafting,
    exports,
    organisations,
    quotations,
    search,
    texts,
)
from consult.services.accounts import actor_of, sign_in
from consult.services.comments import Remark
from consult.storage.queries import accounts as account_queries
from tests.factories.apps import Store
from tests.factories.records import (
    NGO,
    RESIDENT,
    TEXT,
    People,
    comment_on,
    new_document,
    new_organisation,
    new_people,
    new_person,
    open_consultation,
    publish,
    section,
)

EVERYBODY = frozenset({"guest", "neighbour", "member", "editor", "official", "administrator", "system"})
INSIDERS = frozenset({"member", "editor", "official", "administrator", "system"})
DRAFTERS = frozenset({"editor", "official", "system"})
OFFICIALS = frozenset({"official", "system"})
ADMINISTRATORS = frozenset({"administrator", "system"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A published document under consultation with one comment, and everybody there is."""

    store: Store
    people: People
    slug: str
    comment_id: int
    consultation_id: int

    def actor(self, who: str) -> Actor:
        return SYSTEM if who == "system" else getattr(self.people, who)


def act_on(scene: Scene) -> Mapping[str, tuple[frozenset[str], Callable[[Actor], object]]]:
    """Every service that acts for somebody: who may, and how."""
    slug, now, host_id = scene.slug, scene.store.now, scene.people.host_id
    standing = section(slug, "Konsultacje")
    key = standing.section_id
    return {
        "read a version": (EVERYBODY, lambda who: texts.text_at(who, slug, version_no=1)),
        "comment while it is open": (
            EVERYBODY,
            lambda who: comments.submit_comments(who, slug, [Remark("A")], NGO, now=now),
        ),
        "export a version": (
            EVERYBODY,
            lambda who: exports.export_text(who, slug, "md", PolishWording(), version_no=1, now=now),
        ),
        "export the comments": (
            EVERYBODY,
            lambda who: exports.export_comment_table(who, slug, PolishWording()),
        ),
        "read the draft": (INSIDERS, lambda who: texts.text_at(who, slug)),
        "read an earlier draft": (INSIDERS, lambda who: texts.text_at(who, slug, change_no=1)),
        "export the draft": (
            INSIDERS,
            lambda who: exports.export_text(who, slug, "md", PolishWording(), now=now),
        ),
        "list placements": (INSIDERS, lambda who: quotations.list_placements(who, slug)),
        "begin a document": (
            DRAFTERS,
            lambda who: documents.create_document(who, title="A", kind="other", host_id=host_id, now=now),
        ),
        "import a document": (
            DRAFTERS,
            lambda who: documents.import_document(
                who, content=b"# A\n", filename="a.md", kind="other", host_id=host_id, now=now
            ),
        ),
        "preview": (DRAFTERS, lambda who: drafting.preview_section(who, slug, source="## A\n")),
        "save": (
            DRAFTERS,
            lambda who: drafting.save_section(
                who, slug, key, source=f"{standing.source}x\n", base_text_id=standing.text_id, now=now
            ),
        ),
        "add": (
            DRAFTERS,
            lambda who: drafting.add_section(who, slug, after_section_id=None, title="A", level=2, now=now),
        ),
        "move": (
            DRAFTERS,
            lambda who: drafting.move_section(who, slug, key, after_section_id=None, now=now),
        ),
        "remove": (DRAFTERS, lambda who: drafting.remove_section(who, slug, key, now=now)),
        "revise": (
            DRAFTERS,
            lambda who: documents.revise_document(
                who, slug, content=f"{TEXT}\nx\n".encode(), filename="a.md", now=now
            ),
        ),
        "publish": (OFFICIALS, lambda who: documents.publish_version(who, slug, label="A", now=now)),
        "open a consultation": (
            OFFICIALS,
            lambda who: consultations.open_consultation(
                who,
                slug,
                version_no=1,
                title="A",
                legal_basis="resolution",
                opens_at=now + timedelta(days=100),
                closes_at=now + timedelta(days=130),
                now=now,
            ),
        ),
        "answer": (
            OFFICIALS,
            lambda who: dispositions.save_disposition(
                who, scene.comment_id, outcome="noted", justification="A", expected_revision=0, now=now
            ),
        ),
        "publish answers": (
            OFFICIALS,
            lambda who: dispositions.publish_dispositions(
                who, scene.consultation_id, now=now + timedelta(days=30)
            ),
        ),
        "make a person": (
            ADMINISTRATORS,
            lambda who: accounts.create_person(
                who, email="a@example.org", name="A", password="a long enough password", now=now
            ),
        ),
        "make an organisation": (
            ADMINISTRATORS,
            lambda who: organisations.create_organisation(who, name="A", slug="a", kind="ngo", now=now),
        ),
    }


ACTS = (
    "read a version",
    "comment while it is open",
    "export a version",
    "export the comments",
    "read the draft",
    "read an earlier draft",
    "export the draft",
    "list placements",
    "begin a document",
    "import a document",
    "preview",
    "save",
    "add",
    "move",
    "remove",
    "revise",
    "publish",
    "open a consultation",
    "answer",
    "publish answers",
    "make a person",
    "make an organisation",
)


@pytest.fixture
def scene(store: Store) -> Scene:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    consultation_id = open_consultation(store, slug)
    comment_id = comment_on(store, slug, "siedmiu dni", sender=RESIDENT).comment_ids[0]
    return Scene(store, people, slug, comment_id, consultation_id)


def test_the_acts_tried_here_are_all_there_are(scene: Scene) -> None:
    assert tuple(act_on(scene)) == ACTS


@pytest.mark.parametrize("act", ACTS)
def test_whoever_may_not_is_told_so_and_whoever_may_is_let(scene: Scene, act: str) -> None:
    allowed, do = act_on(scene)[act]
    for who in sorted(EVERYBODY - allowed):
        with pytest.raises(NotPermitted) as refusal:
            do(scene.actor(who))
        assert refusal.value.facts["because"], who
    if act == "publish answers":
        dispositions.save_disposition(
            SYSTEM,
            scene.comment_id,
            outcome="noted",
            justification="A",
            expected_revision=0,
            now=scene.store.now,
        )
    # the least of those who may; the others have what this one has, which the table's own tests show
    do(scene.actor(min(allowed - {"system"})))


def test_an_unpublished_document_is_unknown_outside_its_host(scene: Scene) -> None:
    hidden = new_document(scene.store, host_id=scene.people.host_id)
    for who in ("guest", "neighbour"):
        for ask in (
            lambda actor: texts.text_at(actor, hidden),
            lambda actor: drafting.preview_section(actor, hidden, source="x"),
            lambda actor: exports.export_comment_table(actor, hidden, PolishWording()),
            lambda actor: quotations.list_placements(actor, hidden),
            lambda actor: comments.submit_comments(actor, hidden, [Remark("A")], NGO, now=scene.store.now),
        ):
            with pytest.raises(NotFound):
                ask(scene.actor(who))


def test_a_member_of_an_organisation_that_is_no_host_sees_no_draft(scene: Scene) -> None:
    member = new_person(scene.store, (new_organisation(scene.store), MEMBER))
    with pytest.raises(NotPermitted):
        texts.text_at(member, scene.slug)


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_names_in_the_comment_table_are_for_officials_only(scene: Scene, who: str) -> None:
    written: list[object] = []

    class Kept:
        media_type, extension = "x", "x"

        def write(self, tables: list[object]) -> bytes:
            written.extend(tables)
            return b""

    with scene.store.replaced(table_writers={"xlsx": Kept()}):
        exports.export_comment_table(scene.actor(who), scene.slug, PolishWording())
    assert (RESIDENT.name in str(written)) == (who in OFFICIALS)


def test_answers_not_yet_published_are_in_no_outsider_s_table(scene: Scene) -> None:
    dispositions.save_disposition(
        SYSTEM,
        scene.comment_id,
        outcome="noted",
        justification="Niejawne uzasadnienie",
        expected_revision=0,
        now=scene.store.now,
    )
    written: list[object] = []

    class Kept:
        media_type, extension = "x", "x"

        def write(self, tables: list[object]) -> bytes:
            written.extend(tables)
            return b""

    with scene.store.replaced(table_writers={"xlsx": Kept()}):
        for who in ("guest", "neighbour"):
            exports.export_comment_table(scene.actor(who), scene.slug, PolishWording())
        assert "Niejawne" not in str(written)
        exports.export_comment_table(scene.actor("official"), scene.slug, PolishWording())
    assert "Niejawne" in str(written)


def test_the_table_of_a_consultation_of_another_document_is_not_there(scene: Scene) -> None:
    other = new_document(scene.store)
    publish(scene.store, other)
    with pytest.raises(NotFound):
        exports.export_comment_table(SYSTEM, other, PolishWording(), consultation_id=scene.consultation_id)


# Signing in


def test_signing_in_tells_nobody_which_of_the_two_was_wrong(store: Store) -> None:
    person = new_person(store)
    row = account_queries.find_person(person.id or 0)
    assert row is not None
    assert actor_of(sign_in(f" {row.email.upper()} ", "a long enough password")) == person
    for email, password in (
        (row.email, "another password"),
        ("nobody@example.org", "a long enough password"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            sign_in(email, password)
        assert (refusal.value.code, refusal.value.facts) == ("invalid.credentials", {"field": "password"})


# Search


def found(who: Actor, words: str) -> tuple[set[str], int, dict[str, int]]:
    """Kinds of what is shown, how many there are said to be, and the counts beside the kinds."""
    answer = search.search(who, SearchQuery(words=words))
    return {result.row.kind for result in answer.results}, answer.total, dict(answer.kinds)


def test_drafts_notes_and_unpublished_answers_are_in_nobody_else_s_hits_counts_or_kinds(scene: Scene) -> None:
    standing = section(scene.slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        scene.slug,
        standing.section_id,
        source=standing.source.replace("Projekt", "Tajemnica Projekt"),
        base_text_id=standing.text_id,
        note="Tajemnica w notatce",
        now=scene.store.now,
    )
    dispositions.save_disposition(
        SYSTEM,
        scene.comment_id,
        outcome="noted",
        justification="Tajemnica w odpowiedzi",
        expected_revision=0,
        now=scene.store.now,
    )
    new_document(scene.store, "# Tajemnica\n\nTajemnica.\n", host_id=scene.people.host_id)
    for who in ("guest", "neighbour"):
        assert found(scene.actor(who), "tajemnica") == (set(), 0, {})
    for who in ("member", "editor", "official", "administrator", "system"):
        kinds, total, counts = found(scene.actor(who), "tajemnica")
        assert kinds == {"section_text", "change_note", "disposition", "document"}
        assert total == sum(counts.values()) == 5


def test_what_is_published_is_found_by_everybody(scene: Scene) -> None:
    for who in sorted(EVERYBODY):
        kinds, total, _ = found(scene.actor(who), "wynik naboru")
        assert (kinds, total) == ({"section_text"}, 1)


def test_comments_made_outside_of_any_consultation_are_the_host_s_own(scene: Scene) -> None:
    scene.store.clock.advance(days=30)
    comments.submit_comments(SYSTEM, scene.slug, [Remark("Tajemnica")], NGO, now=scene.store.now)
    assert found(scene.actor("guest"), "tajemnica") == (set(), 0, {})
    assert found(scene.actor("official"), "tajemnica")[1] == 1


def test_the_slow_way_shows_no_more_than_the_index(scene: Scene) -> None:
    from consult.ports.search import SearchUnavailable

    standing = section(scene.slug, "Konsultacje")
    drafting.save_section(
        SYSTEM,
        scene.slug,
        standing.section_id,
        source=standing.source.replace("Projekt", "Tajemnica Projekt"),
        base_text_id=standing.text_id,
        now=scene.store.now,
    )

    class Broken:
        def find(self, *args: object, **options: object) -> None:
            raise SearchUnavailable("broken")

        def __getattr__(self, name: str) -> object:
            return getattr(scene.store.ports.search, name)

    with scene.store.replaced(search=Broken()):
        assert found(scene.actor("guest"), "Tajemnica") == (set(), 0, {})
        assert found(scene.actor("guest"), "Wynik naboru")[1] == 1
        assert found(scene.actor("official"), "Tajemnica")[1] == 1
