"""A working group is kept by its host; who sits in it decides alone whether their name is shown."""

from __future__ import annotations

import pytest

from consult.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import SYSTEM, Actor
from consult.services import groups, invitations
from consult.services.groups import GroupText
from consult.storage.queries import groups as queries
from consult.storage.queries.accounts import find_person
from consult.storage.queries.groups import GroupRow, SeatRow
from consult.storage.queries.viewers import EVERYTHING, Viewer
from tests.factories.apps import Store
from tests.factories.records import People, new_document, new_group, new_organisation, new_people, publish

GUEST = Viewer()


@pytest.fixture
def people(store: Store) -> People:
    return new_people(store)


def seat(store: Store, slug: str, person: Actor, *, role: str = "member") -> None:
    groups.seat_person(SYSTEM, slug, role=role, person_id=person.id or 0, now=store.now)


def the_group(slug: str) -> GroupRow:
    return queries.get_group(slug, EVERYTHING)


def the_seat(slug: str, person_id: int | None) -> SeatRow:
    (found,) = [seat for seat in queries.list_seats(the_group(slug).id) if seat.person_id == person_id]
    return found


@pytest.mark.parametrize("role", ["guest", "neighbour", "member", "editor"])
def test_only_officials_of_the_host_and_administrators_make_groups(
    store: Store, people: People, role: str
) -> None:
    with pytest.raises(NotPermitted):
        groups.make_group(getattr(people, role), people.host_id, GroupText("Grupa"), now=store.now)


@pytest.mark.parametrize("role", ["official", "administrator"])
def test_a_group_gets_a_name_in_addresses_of_its_own(store: Store, people: People, role: str) -> None:
    actor = getattr(people, role)
    first = groups.make_group(actor, people.host_id, GroupText("Żółw i łąka"), now=store.now)
    second = groups.make_group(actor, people.host_id, GroupText("Żółw i łąka"), now=store.now)
    assert (first, second) == ("zolw-i-laka", "zolw-i-laka-2")
    assert groups.make_group(actor, people.host_id, GroupText("New"), now=store.now) == "new-2"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (GroupText("  "), "name"),
        (GroupText("x" * 201), "name"),
        (GroupText("A", block="x" * 121), "block"),
        (GroupText("A", summary="x" * 1_201), "summary"),
        (GroupText("A", easy_read_url="javascript:alert(1)"), "easy_read_url"),
        (GroupText("A", sign_language_url="//example.org"), "sign_language_url"),
        (GroupText("A", sign_language_url="https://"), "sign_language_url"),
        (GroupText("A", easy_read_url="https://example.org/a b"), "easy_read_url"),
        (GroupText("A", visibility="secret"), "visibility"),
    ],
)
def test_what_cannot_be_said_of_a_group_is_refused_beside_its_field(
    store: Store, people: People, text: GroupText, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        groups.make_group(people.official, people.host_id, text, now=store.now)
    assert refusal.value.facts["field"] == field


def test_a_group_works_on_documents_of_its_own_host_only(store: Store, people: People) -> None:
    foreign = new_document(store, host_id=people.other_host_id)
    with pytest.raises(InvalidInput):
        new_group(store, people.host_id, foreign)


def test_another_hosts_officials_change_nothing(store: Store, people: People) -> None:
    slug = new_group(store, people.host_id)
    seat = queries.list_seats(the_group(slug).id)[0].id
    for act in (
        lambda: groups.change_group(people.neighbour, slug, GroupText("Inna"), now=store.now),
        lambda: groups.end_group(people.neighbour, slug, now=store.now),
        lambda: groups.resume_group(people.neighbour, slug, now=store.now),
        lambda: groups.add_member(
            people.neighbour, slug, role="chair", organisation_id=people.other_host_id, now=store.now
        ),
        lambda: groups.change_role(people.neighbour, slug, seat, role="member", now=store.now),
        lambda: groups.remove_member(people.neighbour, slug, seat, now=store.now),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert the_group(slug).name == "Tworzenie polityk publicznych"


def test_a_group_that_is_not_public_is_known_to_its_host_and_its_own_people_only(
    store: Store, people: People
) -> None:
    slug = new_group(store, people.host_id, visibility="host")
    strangers = [GUEST, Viewer.of(people.neighbour)]
    for viewer in strangers:
        assert queries.list_groups(viewer) == []
        with pytest.raises(NotFound):
            queries.get_group(slug, viewer)
    for who in (people.member, people.official, people.administrator):
        assert [group.slug for group in queries.list_groups(Viewer.of(who))] == [slug]
    seat(store, slug, people.neighbour)
    assert [group.slug for group in queries.list_groups(Viewer.of(people.neighbour))] == [slug]


def test_documents_nobody_published_do_not_show_through_a_group(store: Store, people: People) -> None:
    draft, known = (new_document(store, host_id=people.host_id) for _ in range(2))
    publish(store, known)
    slug = new_group(store, people.host_id, draft, known)
    group = the_group(slug)
    assert [row.slug for row in queries.list_documents(group.id, GUEST)] == [known]
    assert {row.slug for row in queries.list_documents(group.id, Viewer.of(people.member))} == {draft, known}


def test_a_seat_is_given_to_an_organisation_to_a_person_or_to_a_person_for_an_organisation(
    store: Store, people: People
) -> None:
    slug = new_group(store, people.host_id)
    ngo = new_organisation(store)
    groups.add_member(people.official, slug, role="editor", organisation_id=ngo, now=store.now)
    seat(store, slug, people.neighbour, role="observer")
    assert [(seat.role, seat.organisation_name) for seat in queries.list_seats(the_group(slug).id)] == [
        ("chair", "Urząd Miasta"),
        ("editor", "Fundacja A"),
        ("observer", ""),
    ]
    with pytest.raises(Conflict):
        seat(store, slug, people.neighbour)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"role": "king", "organisation_id": 1}, "role"),
        ({"role": "member", "organisation_id": None}, "organisation_id"),
        ({"role": "member", "organisation_id": 999_999}, "organisation_id"),
    ],
)
def test_a_seat_nobody_can_take_is_refused_beside_its_field(
    store: Store, people: People, given: dict[str, object], field: str
) -> None:
    slug = new_group(store, people.host_id)
    with pytest.raises(InvalidInput) as refusal:
        groups.add_member(people.official, slug, **given, now=store.now)  # type: ignore[arg-type]
    assert refusal.value.facts["field"] == field


def test_a_name_is_private_until_its_owner_shows_it_and_nobody_shows_it_for_them(
    store: Store, people: People
) -> None:
    slug = new_group(store, people.host_id)
    seat(store, slug, people.editor)
    assert not the_seat(slug, people.editor.id).shows_name
    with pytest.raises(NotFound):
        groups.show_own_name(people.official, slug, shows=True, now=store.now)
    groups.show_own_name(people.editor, slug, shows=True, now=store.now)
    assert the_seat(slug, people.editor.id).shows_name
    groups.show_own_name(people.editor, slug, shows=False, now=store.now)
    assert not the_seat(slug, people.editor.id).shows_name
    groups.leave_group(people.editor, slug, now=store.now)
    assert len(queries.list_seats(the_group(slug).id)) == 1


def test_a_seat_of_another_group_is_out_of_reach(store: Store, people: People) -> None:
    own, other = new_group(store, people.host_id), new_group(store, people.other_host_id)
    foreign = queries.list_seats(the_group(other).id)[0].id
    with pytest.raises(NotFound):
        groups.remove_member(people.official, own, foreign, now=store.now)
    assert len(queries.list_seats(the_group(other).id)) == 1


def test_a_group_whose_work_has_ended_stays_and_can_go_on(store: Store, people: People) -> None:
    slug = new_group(store, people.host_id)
    groups.end_group(people.official, slug, now=store.now)
    assert the_group(slug).closed_at == store.now
    groups.resume_group(people.official, slug, now=store.now)
    assert the_group(slug).closed_at is None


def test_nobody_but_the_system_seats_a_person_who_was_not_asked(store: Store, people: People) -> None:
    slug = new_group(store, people.host_id)
    for role in ("official", "administrator"):
        with pytest.raises(NotPermitted):
            groups.seat_person(
                getattr(people, role), slug, role="member", person_id=people.neighbour.id or 0, now=store.now
            )


def test_the_only_one_in_the_chair_leaves_no_group_at_work_without_one(store: Store, people: People) -> None:
    slug = new_group(store, people.host_id)
    groups.remove_member(people.official, slug, queries.list_seats(the_group(slug).id)[0].id, now=store.now)
    seat(store, slug, people.editor, role="chair")
    seat(store, slug, people.member)
    with pytest.raises(RuleBroken, match="last_chair"):
        groups.leave_group(people.editor, slug, now=store.now)
    groups.change_role(
        people.official, slug, the_seat(slug, people.member.id).id, role="chair", now=store.now
    )
    groups.leave_group(people.editor, slug, now=store.now)
    groups.leave_group(people.member, slug, now=store.now)
    assert queries.list_seats(the_group(slug).id) == []


def test_a_group_by_invitation_is_known_to_those_invited_and_to_officials_only(
    store: Store, people: People
) -> None:
    slug = new_group(store, people.host_id, visibility="invited")
    for who in (people.member, people.editor, people.neighbour):
        assert queries.list_groups(Viewer.of(who)) == []
    assert queries.list_groups(GUEST) == []
    for who in (people.official, people.administrator):
        assert [group.slug for group in queries.list_groups(Viewer.of(who))] == [slug]
    seat(store, slug, people.member)
    assert [group.slug for group in queries.list_groups(Viewer.of(people.member))] == [slug]
    made = invitations.invite_to_group(
        people.official, slug, role="member", email=the_address(people.neighbour), now=store.now
    )
    assert [group.slug for group in queries.list_groups(Viewer.of(people.neighbour))] == [slug]
    invitations.withdraw_group_invitation(people.official, slug, made.id, now=store.now)
    assert queries.list_groups(Viewer.of(people.neighbour)) == []


def the_address(person: Actor) -> str:
    found = find_person(person.id or 0)
    assert found is not None
    return found.email
