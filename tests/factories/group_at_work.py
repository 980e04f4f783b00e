"""A working group at work on a draft: its chair, editor, member and observer, and what they do."""

from __future__ import annotations

from consult.domain.policy.actors import SYSTEM, Actor
from consult.services import collections, drafting, groups, proposals, section_statuses, working_notes
from consult.services.accounts import actor_of
from consult.services.proposals import PartDraft, Pick, Taken, Unjoined
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import proposals as queries
from consult.storage.queries import section_statuses as status_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store


def take_seat(store: Store, group: str, person: Actor, role: str) -> Actor:
    """The person with a seat in a group, as an actor who has it."""
    groups.seat_person(SYSTEM, group, role=role, person_id=person.id or 0, now=store.now)
    found = account_queries.find_person(person.id or 0)
    assert found
    return actor_of(found)


def begin_group_work(store: Store, slug: str, member: Actor, *, host_id: int) -> dict[str, object]:
    """A proposal, an opinion, a note and a collection; what names them in addresses."""
    section = records.section(slug, "Konsultacje")
    proposals.propose_changes(
        member,
        slug,
        title="Bez rady",
        rationale="Rada i tak dostaje projekt.",
        parts=[
            PartDraft(
                "reword", section.section_id, section.source.replace("rady gminy", "rady"), section.text_id
            )
        ],
        now=store.now,
    )
    proposals.discuss_proposal(member, slug, 1, "Można krócej.", now=store.now)
    document_id = document_queries.get_document(slug, EVERYTHING).id
    if section.section_id not in status_queries.list_statuses(document_id):
        section_statuses.set_status(SYSTEM, slug, section.section_id, "to_agree", now=store.now)
    collection = collections.make_collection(
        SYSTEM,
        host_id,
        collections.CollectionText("Zbiór", document_ids=(document_id,)),
        now=store.now,
    )
    return {
        "dissent_id": section_statuses.hold_dissent(
            member, slug, section.section_id, "Termin jest za krótki.", is_public=False, now=store.now
        ),
        "note_id": working_notes.write_note(
            member, slug, section.section_id, "Zapytać radcę.", now=store.now
        ),
        "collection": collection,
        "collections.slug": collection,
    }


def seated(store: Store, group: str, role: str, *, organisation_id: int | None = None) -> Actor:
    """A new person with a seat in a group, as an actor."""
    person_id = records.new_person(store).id or 0
    groups.seat_person(
        SYSTEM, group, role=role, person_id=person_id, organisation_id=organisation_id, now=store.now
    )
    person = account_queries.find_person(person_id)
    assert person
    return actor_of(person)


class GroupAtWork:
    """A draft with a group at work on it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.people = records.new_people(store)
        self.slug = records.new_document(store, host_id=self.people.host_id)
        self.id = document_queries.get_document(self.slug, EVERYTHING).id
        self.group = groups.make_group(
            SYSTEM,
            self.people.host_id,
            groups.GroupText(name="Grupa", document_ids=(self.id,)),
            now=store.now,
        )
        self.chair = seated(store, self.group, "chair")
        self.editor = seated(store, self.group, "editor")
        self.member = seated(store, self.group, "member")
        self.observer = seated(store, self.group, "observer")

    def part(self, old: str, new: str, heading: str = "Zlecanie zadań") -> PartDraft:
        section = records.section(self.slug, heading)
        assert old in section.source
        return PartDraft("reword", section.section_id, section.source.replace(old, new), section.text_id)

    def propose(self, *parts: PartDraft, actor: Actor | None = None) -> int:
        return proposals.propose_changes(
            actor or self.member,
            self.slug,
            title="Krótsze terminy",
            rationale="Tak pracują inne gminy.",
            parts=parts,
            now=self.store.now,
        )

    def edit(self, old: str, new: str, heading: str = "Zlecanie zadań") -> None:
        section = records.section(self.slug, heading)
        saved = drafting.save_section(
            self.editor,
            self.slug,
            section.section_id,
            source=section.source.replace(old, new),
            base_text_id=section.text_id,
            now=self.store.now,
        )
        assert isinstance(saved, drafting.Saved)

    def take(self, number: int, *picks: Pick) -> Taken | Unjoined:
        return proposals.take_proposal(self.editor, self.slug, number, picks, now=self.store.now)

    def state(self, number: int) -> str:
        return queries.get_proposal(self.id, number).state

    def parts_of(self, number: int) -> list[queries.PartRow]:
        return queries.list_parts([queries.get_proposal(self.id, number).id])
