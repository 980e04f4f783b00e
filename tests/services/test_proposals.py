"""Members propose, editors take: whole or in part, though the text moved on meanwhile."""

from __future__ import annotations

import pytest

from consult.domain.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.services import proposals
from consult.services.proposals import PartDraft, Pick, Renewal, Taken, Unjoined
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import proposals as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.group_at_work import GroupAtWork

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def place(store: Store) -> GroupAtWork:
    return GroupAtWork(store)


def test_a_member_proposes_and_an_editor_takes_it_whole_as_one_change_that_names_it(
    place: GroupAtWork,
) -> None:
    number = place.propose(
        place.part("siedmiu", "pięciu"), place.part("na piśmie", "także ustnie", "Forma konsultacji")
    )
    before = document_queries.get_document(place.slug, EVERYTHING).last_change_no

    taken = place.take(number)

    assert taken == Taken(before + 1, "taken")
    change = drafting_queries.get_change(place.id, before + 1)
    assert (change.cause_kind, change.cause_ref) == ("proposal", queries.get_proposal(place.id, number).id)
    assert change.author == place.editor.name
    assert queries.get_proposal(place.id, number).person_id == place.member.id
    assert "pięciu dni" in records.section(place.slug, "Zlecanie zadań").source
    assert "także ustnie" in records.section(place.slug, "Forma konsultacji").source


def test_of_a_part_only_the_chosen_passages_are_taken(place: GroupAtWork) -> None:
    section = records.section(place.slug, "Zlecanie zadań")
    wanted = section.source.replace("dwadzieścia jeden", "trzydzieści").replace("siedmiu", "pięciu")
    number = place.propose(PartDraft("reword", section.section_id, wanted, section.text_id))
    (part,) = place.parts_of(number)

    taken = place.take(number, Pick(part.id, passages={1}, base_text_id=section.text_id))

    assert isinstance(taken, Taken)
    assert taken.state == "partly"
    words = records.section(place.slug, "Zlecanie zadań").source
    assert "pięciu dni" in words
    assert "dwadzieścia jeden" in words


def test_a_part_can_be_left_while_another_is_taken(place: GroupAtWork) -> None:
    number = place.propose(
        place.part("siedmiu", "pięciu"), place.part("na piśmie", "ustnie", "Forma konsultacji")
    )
    first, second = place.parts_of(number)

    place.take(number, Pick(first.id), Pick(second.id, passages=()))

    assert place.state(number) == "partly"
    assert [part.state for part in place.parts_of(number)] == ["taken", "left"]
    assert "na piśmie" in records.section(place.slug, "Forma konsultacji").source


def test_the_text_may_have_moved_on_and_both_are_joined(place: GroupAtWork) -> None:
    number = place.propose(place.part("siedmiu", "pięciu"))
    place.edit("dwadzieścia jeden", "trzydzieści")

    assert isinstance(place.take(number), Taken)

    words = records.section(place.slug, "Zlecanie zadań").source
    assert "pięciu dni" in words
    assert "trzydzieści" in words


def test_words_changed_under_a_proposal_make_it_out_of_date_and_taking_it_shows_all_sides(
    place: GroupAtWork,
) -> None:
    number = place.propose(place.part("siedmiu dni", "pięciu dni"))
    place.edit("siedmiu dni", "dziesięciu dni")

    assert place.state(number) == "outdated"
    unjoined = place.take(number)
    assert isinstance(unjoined, Unjoined)
    (part,) = unjoined.parts
    assert "dziesięciu" in part.theirs
    assert "pięciu" in part.yours
    assert part.merged.conflicts

    joined = part.theirs.replace("dziesięciu", "sześciu")
    taken = place.take(number, Pick(part.part_id, source=joined, base_text_id=part.theirs_text_id))
    assert isinstance(taken, Taken)
    assert "sześciu dni" in records.section(place.slug, "Zlecanie zadań").source


def test_its_author_brings_a_proposal_up_to_date(place: GroupAtWork) -> None:
    number = place.propose(place.part("siedmiu dni", "pięciu dni"))
    place.edit("siedmiu dni", "dziesięciu dni")
    section = records.section(place.slug, "Zlecanie zadań")
    (part,) = place.parts_of(number)

    renewed = Renewal(part.id, section.source.replace("dziesięciu", "sześciu"), section.text_id)
    proposals.renew_proposal(place.member, place.slug, number, [renewed], now=place.store.now)

    assert place.state(number) == "open"
    (part,) = place.parts_of(number)
    assert "pięciu" in part.first_source
    assert isinstance(place.take(number), Taken)


def test_taking_one_of_two_that_collide_leaves_the_other_out_of_date_and_a_third_brought_up_to_date(
    place: GroupAtWork,
) -> None:
    first = place.propose(place.part("siedmiu dni", "pięciu dni"))
    rival = place.propose(place.part("siedmiu dni", "czternastu dni"))
    apart = place.propose(place.part("dwadzieścia jeden", "trzydzieści"))

    place.take(first)

    assert place.state(rival) == "outdated"
    assert place.state(apart) == "open"
    (part,) = place.parts_of(apart)
    assert part.base_text_id == records.section(place.slug, "Zlecanie zadań").text_id
    assert "pięciu dni" in part.source


def test_a_new_section_and_a_removal_can_be_proposed(place: GroupAtWork) -> None:
    consult = records.section(place.slug, "Konsultacje")
    form = records.section(place.slug, "Forma konsultacji")
    number = place.propose(
        PartDraft("add", consult.section_id, "Termin nie jest krótszy niż 21 dni.", title="Terminy"),
        PartDraft("remove", form.section_id, base_text_id=form.text_id),
    )

    assert isinstance(place.take(number), Taken)

    headings = [section.heading for section in records.sections(place.slug)]
    assert headings[-1] == "Terminy"
    assert "Forma konsultacji" not in headings


def test_what_the_text_says_already_is_known_to_be_present(place: GroupAtWork) -> None:
    number = place.propose(place.part("siedmiu", "pięciu"))
    place.edit("siedmiu", "pięciu")

    assert [part.state for part in place.parts_of(number)] == ["present"]
    with pytest.raises(InvalidInput, match="nothing_picked"):
        place.take(number)


def test_observers_and_people_outside_propose_nothing_and_members_take_nothing(place: GroupAtWork) -> None:
    part = place.part("siedmiu", "pięciu")
    number = place.propose(part)
    with pytest.raises(NotPermitted):
        place.propose(part, actor=place.observer)
    with pytest.raises(NotFound):
        place.propose(part, actor=place.people.neighbour)
    with pytest.raises(NotPermitted):
        proposals.take_proposal(place.member, place.slug, number, now=place.store.now)
    with pytest.raises(NotPermitted):
        proposals.withdraw_proposal(place.chair, place.slug, number, now=place.store.now)


def test_what_is_decided_is_not_decided_again(place: GroupAtWork) -> None:
    number = place.propose(place.part("siedmiu", "pięciu"))
    proposals.decline_proposal(
        place.editor, place.slug, number, reason="Komisja nie zdąży.", now=place.store.now
    )
    with pytest.raises(RuleBroken):
        place.take(number)
    proposals.reopen_proposal(place.editor, place.slug, number, now=place.store.now)
    assert isinstance(place.take(number), Taken)
    with pytest.raises(RuleBroken):
        proposals.withdraw_proposal(place.member, place.slug, number, now=place.store.now)


def test_a_proposal_that_changes_nothing_is_none(place: GroupAtWork) -> None:
    with pytest.raises(InvalidInput, match="changes_nothing"):
        place.propose(place.part("siedmiu", "siedmiu"))


def test_a_heading_within_a_wording_is_to_be_proposed_as_a_section(place: GroupAtWork) -> None:
    with pytest.raises(InvalidInput, match="proposal_heading"):
        place.propose(place.part("Wynik naboru", "### Wyniki\n\nWynik naboru"))
