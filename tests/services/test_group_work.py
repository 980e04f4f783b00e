"""Statuses, dissent, notes, stages, collections and decisions: who may, what follows what, what stays in the group."""

from __future__ import annotations

import pytest

from consult.cli.wording import PolishWording
from consult.domain.errors import ConsultError, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import SYSTEM, Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.table import is_allowed
from consult.domain.process.stages import Stage
from consult.services import (
    collections,
    drafting,
    exports,
    meeting_decisions,
    search,
    section_statuses,
    stages,
    working_notes,
)
from consult.services.authority import of_document
from consult.services.collections import CollectionText
from consult.storage.queries import collections as collection_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import listings
from consult.storage.queries import section_statuses as queries
from consult.storage.queries import working_notes as note_queries
from consult.storage.queries.viewers import EVERYTHING, Viewer
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.group_at_work import GroupAtWork

pytestmark = pytest.mark.usefixtures("store")

HEADING = "Zlecanie zadań"


@pytest.fixture
def place(store: Store) -> GroupAtWork:
    return GroupAtWork(store)


def section_id(place: GroupAtWork, heading: str = HEADING) -> str:
    return records.section(place.slug, heading).section_id


def say(place: GroupAtWork, actor: Actor, status: str, heading: str = HEADING) -> None:
    section_statuses.set_status(actor, place.slug, section_id(place, heading), status, now=place.store.now)


def status(place: GroupAtWork) -> str:
    return queries.list_statuses(place.id)[section_id(place)].status


def test_every_seat_in_a_group_has_its_rights_and_no_others(place: GroupAtWork) -> None:
    target = of_document(document_queries.get_document(place.slug, EVERYTHING))
    rights = {
        place.chair: {"SEE_UNPUBLISHED", "PROPOSE_CHANGE", "EDIT_DRAFT", "DISSENT", "SETTLE_SECTION"},
        place.editor: {"SEE_UNPUBLISHED", "PROPOSE_CHANGE", "EDIT_DRAFT", "DISSENT"},
        place.member: {"SEE_UNPUBLISHED", "PROPOSE_CHANGE", "DISSENT"},
        place.observer: {"SEE_UNPUBLISHED"},
    }
    asked = {name for names in rights.values() for name in names}
    for actor, names in rights.items():
        assert {name for name in asked if is_allowed(actor, Permission[name], target)} == names
        assert not is_allowed(actor, Permission.PUBLISH_VERSION, target)


def test_a_seat_gives_no_right_to_other_documents_and_none_once_the_group_has_ended(
    place: GroupAtWork,
) -> None:
    other = records.new_document(place.store, host_id=place.people.host_id)
    with pytest.raises(NotFound):
        drafting.get_editable(place.editor, other)
    assert place.id in Viewer.of(place.observer).document_ids


def test_editors_prepare_and_the_chair_settles(place: GroupAtWork) -> None:
    say(place, place.editor, "to_agree")
    with pytest.raises(NotPermitted):
        say(place, place.editor, "agreed")
    with pytest.raises(NotPermitted):
        say(place, place.member, "in_work")
    say(place, place.chair, "agreed")
    assert status(place) == "agreed"


def test_no_status_is_leapt_over(place: GroupAtWork) -> None:
    with pytest.raises(RuleBroken):
        say(place, place.chair, "agreed")
    with pytest.raises(InvalidInput):
        say(place, place.chair, "finished")


def test_what_was_agreed_and_is_edited_has_to_be_agreed_again_and_says_by_which_change(
    place: GroupAtWork,
) -> None:
    say(place, place.editor, "to_agree")
    say(place, place.chair, "agreed")
    place.edit("na piśmie", "pisemnie", "Forma konsultacji")
    assert status(place) == "agreed"

    place.edit("siedmiu", "pięciu")

    row = queries.list_statuses(place.id)[section_id(place)]
    assert (row.status, row.person_name) == ("to_agree", "")
    assert row.change_no == document_queries.get_document(place.slug, EVERYTHING).last_change_no
    assert [each.status for each in queries.list_status_history(place.id, row.section_id)] == [
        "to_agree",
        "agreed",
        "to_agree",
    ]


def dissent(place: GroupAtWork, *, is_public: bool) -> int:
    return section_statuses.hold_dissent(
        place.member,
        place.slug,
        section_id(place),
        "Termin jest za krótki dla małych organizacji.",
        is_public=is_public,
        now=place.store.now,
    )


def text_file(place: GroupAtWork, extension: str, version_no: int | None = None) -> bytes:
    file = exports.export_text(
        SYSTEM, place.slug, extension, PolishWording(), version_no=version_no, now=place.store.now
    )
    return file.content


def test_a_public_opinion_goes_with_the_next_version_and_into_its_files_a_private_one_does_not(
    place: GroupAtWork,
) -> None:
    records.publish(place.store, place.slug)
    dissent(place, is_public=False)
    public = dissent(place, is_public=True)
    place.edit("siedmiu", "pięciu")
    second = records.publish(place.store, place.slug, "druga")

    version = document_queries.get_version(place.id, second.number)
    found = queries.list_public_dissents(place.id, until_change=version.change_no)
    assert [row.id for row in found] == [public]
    assert text_file(place, "md", 2).decode().count("za krótki dla małych") == 1
    assert "Zdania odrębne" in text_file(place, "html", 2).decode()
    assert text_file(place, "md").decode().count("za krótki dla małych") == 2

    section_statuses.withdraw_dissent(place.member, place.slug, public, now=place.store.now)
    assert "krótki dla małych" not in text_file(place, "md", 2).decode()


def test_an_opinion_is_its_authors_alone_to_change_and_observers_hold_none(place: GroupAtWork) -> None:
    held = dissent(place, is_public=True)
    with pytest.raises(NotPermitted):
        section_statuses.withdraw_dissent(place.chair, place.slug, held, now=place.store.now)
    with pytest.raises(NotPermitted):
        section_statuses.hold_dissent(
            place.observer, place.slug, section_id(place), "Nie.", is_public=True, now=place.store.now
        )


CANARY = "kanarek0przy0notatce"


def test_a_working_note_is_found_nowhere_but_among_the_notes(place: GroupAtWork) -> None:
    note = working_notes.write_note(
        place.member,
        place.slug,
        section_id(place),
        f"Zapytać radcę: {CANARY}.",
        quote="Wynik naboru",
        now=place.store.now,
    )
    working_notes.answer_note(place.chair, place.slug, note, f"Tak, {CANARY}.", now=place.store.now)
    records.publish(place.store, place.slug)
    search.reindex(now=lambda: place.store.now)

    assert len(note_queries.list_notes(place.id)) == 2
    for extension in ("md", "html", "docx"):
        assert CANARY.encode() not in text_file(place, extension)
        assert CANARY.encode() not in text_file(place, extension, 1)
    for row in drafting_queries.list_changes(place.id):
        assert CANARY not in row.body


def test_observers_read_notes_and_write_none_and_those_on_the_hosts_team_read_none(
    place: GroupAtWork,
) -> None:
    with pytest.raises(NotPermitted):
        working_notes.write_note(
            place.observer, place.slug, section_id(place), "Ja też.", now=place.store.now
        )
    target = of_document(document_queries.get_document(place.slug, EVERYTHING))
    assert is_allowed(place.observer, Permission.READ_NOTES, target)
    assert not is_allowed(place.people.member, Permission.READ_NOTES, target)
    assert not is_allowed(place.people.administrator, Permission.READ_NOTES, target)


def test_a_note_is_on_words_that_stand_there_and_a_settled_one_takes_no_answers(place: GroupAtWork) -> None:
    with pytest.raises(InvalidInput, match="note_quote"):
        working_notes.write_note(
            place.member, place.slug, section_id(place), "?", quote="słowa znikąd", now=place.store.now
        )
    note = working_notes.write_note(place.member, place.slug, section_id(place), "?", now=place.store.now)
    working_notes.resolve_note(place.editor, place.slug, note, now=place.store.now)
    with pytest.raises(RuleBroken):
        working_notes.answer_note(place.member, place.slug, note, "Jeszcze.", now=place.store.now)


def test_a_document_goes_on_when_all_is_settled_or_somebody_says_that_it_does_all_the_same(
    place: GroupAtWork,
) -> None:
    with pytest.raises(NotPermitted):
        stages.advance_stage(place.editor, place.slug, "agreed", now=place.store.now)
    with pytest.raises(InvalidInput, match="stage_unconfirmed"):
        stages.advance_stage(place.chair, place.slug, "agreed", now=place.store.now)
    for row in records.sections(place.slug):
        say(place, place.editor, "to_agree", row.heading)
        say(place, place.chair, "disputed" if row.heading == HEADING else "agreed", row.heading)
    assert stages.readiness(place.id).unexplained == (section_id(place),)
    dissent(place, is_public=False)

    stages.advance_stage(place.chair, place.slug, "agreed", now=place.store.now)

    assert listings.get_stage(place.id, place.store.now) is Stage.AGREED
    assert queries.list_steps(place.id)[0].to_stage == "agreed"


@pytest.mark.parametrize("to", ["consulted", "revised", "in_force", "nowhere"])
def test_a_consultations_stages_and_leaps_are_not_decided_by_hand(place: GroupAtWork, to: str) -> None:
    with pytest.raises(ConsultError):
        stages.advance_stage(place.chair, place.slug, to, is_confirmed=True, now=place.store.now)


def test_a_decision_holds_against_the_clock_of_an_older_consultation(place: GroupAtWork) -> None:
    records.publish(place.store, place.slug)
    records.open_consultation(place.store, place.slug)
    with pytest.raises(RuleBroken):
        stages.advance_stage(place.chair, place.slug, "drafting", now=place.store.now)
    place.store.clock.advance(days=30)
    assert listings.get_stage(place.id, place.store.now) is Stage.ANSWERING


def test_a_collection_holds_documents_of_its_host_in_their_order_and_shows_what_one_may_know_of(
    place: GroupAtWork,
) -> None:
    shown = records.new_document(place.store, host_id=place.people.host_id)
    records.publish(place.store, shown)
    shown_id = document_queries.get_document(shown, EVERYTHING).id
    slug = collections.make_collection(
        place.people.official,
        place.people.host_id,
        CollectionText("Standardy", document_ids=(place.id, shown_id)),
        now=place.store.now,
    )
    row = collection_queries.get_collection(slug, Viewer())
    assert [each.id for each in collection_queries.list_members(row.id, Viewer())] == [shown_id]
    seen = collection_queries.list_members(row.id, Viewer.of(place.member))
    assert [each.id for each in seen] == [place.id, shown_id]
    foreign = records.new_document(place.store, host_id=place.people.other_host_id)
    with pytest.raises(InvalidInput):
        collections.change_collection(
            place.people.official,
            slug,
            CollectionText(
                "Standardy", document_ids=(document_queries.get_document(foreign, EVERYTHING).id,)
            ),
            now=place.store.now,
        )
    with pytest.raises(NotPermitted):
        collections.change_collection(place.chair, slug, CollectionText("Inne"), now=place.store.now)


def test_a_decision_of_a_meeting_can_be_named_as_the_cause_of_a_change_of_its_own_document(
    place: GroupAtWork,
) -> None:
    records.publish(place.store, place.slug)
    consultation_id = records.open_consultation(place.store, place.slug)
    meeting_id = records.announce_meeting(place.store, consultation_id)
    decision = meeting_decisions.note_decision(
        place.people.official, meeting_id, "Dłuższy nabór.", now=place.store.now
    )
    document = document_queries.get_document(place.slug, EVERYTHING)
    cause = meeting_decisions.cause_named(document, f"decision-{decision}")
    assert cause is not None
    assert (cause.kind, cause.ref) == ("decision", decision)
    other = document_queries.get_document(
        records.new_document(place.store, host_id=place.people.host_id), EVERYTHING
    )
    for chosen in (f"decision-{decision}", "proposal-1", "comment-x", "import-1"):
        with pytest.raises(InvalidInput):
            meeting_decisions.cause_named(other, chosen)
