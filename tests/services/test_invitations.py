"""Nobody gets a seat in a group without having agreed, and nobody learns from an address whose it is."""

from __future__ import annotations

import re

import pytest

from consult.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import ANONYMOUS, MEMBER, OFFICIAL, Actor
from consult.services import invitations, upkeep
from consult.services.accounts.requests import ask_data_request, decide_data_request
from consult.storage.database import db
from consult.storage.models import GroupInvitation, Membership
from consult.storage.queries import groups as group_queries
from consult.storage.queries import invitations as queries
from consult.storage.queries.accounts import find_person
from consult.storage.queries.invitations import InvitationRow
from consult.storage.queries.viewers import EVERYTHING
from consult.storage.unit_of_work import unit_of_work
from tests.factories.apps import Store
from tests.factories.records import People, new_group, new_organisation, new_people, new_person

NOBODYS = "nikt@example.org"


@pytest.fixture
def people(store: Store) -> People:
    return new_people(store)


@pytest.fixture
def slug(store: Store, people: People) -> str:
    return new_group(store, people.host_id)


def address_of(person: Actor) -> str:
    found = find_person(person.id or 0)
    assert found is not None
    return found.email


def invite(
    store: Store, people: People, slug: str, email: str = "", **options: object
) -> invitations.Invited:
    given = {"role": "member", **options}
    return invitations.invite_to_group(people.official, slug, email=email, now=store.now, **given)  # type: ignore[arg-type]


def letters(store: Store) -> list[str]:
    """Texts of the invitations that were sent, with the address in front."""
    sent = store.ports.mailer.sent  # type: ignore[attr-defined]
    return [f"{letter.to}\n{letter.text}" for letter in sent if "/groups/invitations/" in letter.text]


def newest_secret(store: Store) -> str:
    found = re.search(r"/groups/invitations/([\w-]+)", letters(store)[-1])
    assert found is not None
    return found[1]


def the_row(invitation_id: int) -> InvitationRow:
    row = queries.find_invitation(invitation_id)
    assert row is not None
    return row


def sitting(slug: str) -> set[tuple[int | None, str, bool]]:
    group = group_queries.get_group(slug, EVERYTHING)
    return {
        (seat.person_id, seat.role, seat.shows_name)
        for seat in group_queries.list_seats(group.id)
        if seat.person_id
    }


def test_an_address_gets_a_letter_and_its_owner_a_seat_once_they_agree(
    store: Store, people: People, slug: str
) -> None:
    invited = new_person(store)
    made = invite(store, people, slug, address_of(invited).upper(), role="editor")
    assert (made.secret, sitting(slug)) == ("", set())
    assert letters(store)[-1].startswith(address_of(invited) + "\n")
    secret = newest_secret(store)
    kept = db.session.get(GroupInvitation, made.id)
    assert secret not in repr(vars(kept))
    assert invitations.accept_group_invitation(invited, secret, shows_name=True, now=store.now) == slug
    assert sitting(slug) == {(invited.id, "editor", True)}
    assert the_row(made.id).email == ""
    with pytest.raises(RuleBroken, match="invitation_over"):
        invitations.look_at_group_invitation(secret, now=store.now)


def test_what_an_official_sees_of_an_invitation_does_not_depend_on_whose_the_address_is(
    store: Store, people: People, slug: str
) -> None:
    known, seated = new_person(store), new_person(store)
    first = invite(store, people, slug, address_of(seated))
    invitations.accept_group_invitation(seated, newest_secret(store), shows_name=False, now=store.now)
    assert the_row(first.id).state(store.now) == "used"
    seen = set()
    for address in (NOBODYS, address_of(known), address_of(seated)):
        row = the_row(invite(store, people, slug, address).id)
        assert row.email == address
        seen.add((row.state(store.now), row.role, row.uses, row.declined_at))
    assert len(seen) == 1
    assert len(letters(store)) == 4
    with pytest.raises(Conflict, match="already_sitting"):
        invitations.accept_group_invitation(seated, newest_secret(store), shows_name=True, now=store.now)
    assert len(sitting(slug)) == 1


def test_a_letter_that_is_found_or_stolen_gives_nobody_else_a_seat(
    store: Store, people: People, slug: str
) -> None:
    invite(store, people, slug, NOBODYS)
    secret, thief = newest_secret(store), new_person(store)
    for actor, refusal in ((thief, RuleBroken), (ANONYMOUS, NotPermitted)):
        with pytest.raises(refusal):
            invitations.accept_group_invitation(actor, secret, shows_name=False, now=store.now)
    with pytest.raises(RuleBroken, match="invitation_for_another"):
        invitations.decline_group_invitation(thief, secret, now=store.now)
    with pytest.raises(NotFound):
        invitations.look_at_group_invitation(secret[:-1] + "_", now=store.now)
    assert sitting(slug) == set()


def test_who_is_invited_says_no_without_an_account_and_is_not_asked_again_by_a_click(
    store: Store, people: People, slug: str
) -> None:
    made = invite(store, people, slug, NOBODYS)
    secret = newest_secret(store)
    invitations.decline_group_invitation(ANONYMOUS, secret, now=store.now)
    assert the_row(made.id).state(store.now) == "declined"
    with pytest.raises(RuleBroken, match="invitation_over"):
        invitations.decline_group_invitation(ANONYMOUS, secret, now=store.now)
    store.clock.advance(hours=1)
    with pytest.raises(RuleBroken, match="invitation_over"):
        invitations.resend_invitation(people.official, slug, made.id, now=store.now)


def test_a_letter_sent_once_more_makes_the_earlier_link_useless_and_does_not_go_out_in_swarms(
    store: Store, people: People, slug: str
) -> None:
    invited = new_person(store)
    made = invite(store, people, slug, address_of(invited))
    first = newest_secret(store)
    with pytest.raises(RuleBroken, match="invitation_just_sent"):
        invitations.resend_invitation(people.official, slug, made.id, now=store.now)
    store.clock.advance(days=15)
    assert the_row(made.id).state(store.now) == "expired"
    with pytest.raises(RuleBroken, match="invitation_over"):
        invitations.accept_group_invitation(invited, first, shows_name=False, now=store.now)
    invitations.resend_invitation(people.official, slug, made.id, now=store.now)
    with pytest.raises(NotFound):
        invitations.look_at_group_invitation(first, now=store.now)
    invitations.accept_group_invitation(invited, newest_secret(store), shows_name=False, now=store.now)
    assert sitting(slug) == {(invited.id, "member", False)}


def test_a_link_handed_over_lets_in_as_many_as_it_says(store: Store, people: People, slug: str) -> None:
    ngo = new_organisation(store)
    made = invite(store, people, slug, most_uses=2, organisation_id=ngo)
    assert len(made.secret) >= 22  # 128 bits in base 64
    assert letters(store) == []
    with pytest.raises(RuleBroken, match="invitation_for_another"):
        invitations.decline_group_invitation(ANONYMOUS, made.secret, now=store.now)
    for _ in range(2):
        invitations.accept_group_invitation(new_person(store), made.secret, shows_name=False, now=store.now)
    with pytest.raises(RuleBroken, match="invitation_over"):
        invitations.accept_group_invitation(new_person(store), made.secret, shows_name=False, now=store.now)
    seats = group_queries.list_seats(group_queries.get_group(slug, EVERYTHING).id)
    assert [seat.organisation_name for seat in seats if seat.person_id] == ["Fundacja A"] * 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"role": "king"}, "role"),
        ({"email": "to nie adres"}, "email"),
        ({"organisation_id": 999_999}, "organisation_id"),
        ({"most_uses": 0}, "most_uses"),
        ({"most_uses": 51}, "most_uses"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_beside_its_field(
    store: Store, people: People, slug: str, given: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        invite(store, people, slug, **given)  # type: ignore[arg-type]
    assert refusal.value.facts["field"] == field


def test_one_address_has_one_invitation_waiting(store: Store, people: People, slug: str) -> None:
    made = invite(store, people, slug, NOBODYS)
    with pytest.raises(Conflict, match="already_invited"):
        invite(store, people, slug, "NIKT@example.org")
    invitations.withdraw_group_invitation(people.official, slug, made.id, now=store.now)
    invite(store, people, slug, NOBODYS)


def test_invitations_of_another_group_are_not_there_and_other_hosts_make_none(
    store: Store, people: People, slug: str
) -> None:
    other = new_group(store, people.other_host_id)
    made = invite(store, people, slug, NOBODYS)
    for act in (
        lambda: invitations.withdraw_group_invitation(people.neighbour, other, made.id, now=store.now),
        lambda: invitations.resend_invitation(people.neighbour, other, made.id, now=store.now),
    ):
        with pytest.raises(NotFound):
            act()
    for who in (people.neighbour, people.member, people.editor):
        with pytest.raises(NotPermitted):
            invitations.invite_to_group(who, slug, role="member", email=NOBODYS, now=store.now)
    assert the_row(made.id).state(store.now) == "open"


def test_links_of_an_official_who_left_the_office_lead_nowhere(
    store: Store, people: People, slug: str
) -> None:
    made = invite(store, people, slug, most_uses=5)
    with unit_of_work():
        db.session.query(Membership).filter_by(person_id=people.official.id, role=OFFICIAL).update(
            {"role": MEMBER}
        )
    with pytest.raises(RuleBroken, match="invitation_over"):
        invitations.accept_group_invitation(new_person(store), made.secret, shows_name=False, now=store.now)


def test_addresses_are_forgotten_once_nobody_will_answer(store: Store, people: People, slug: str) -> None:
    made = invite(store, people, slug, NOBODYS)
    store.clock.advance(days=20)
    upkeep.forget_invited(store.now)
    assert the_row(made.id).email == NOBODYS
    store.clock.advance(days=30)
    upkeep.forget_invited(store.now)
    assert the_row(made.id).email == ""
    assert queries.list_invitations(the_row(made.id).group_id) == []


def test_erasing_a_person_takes_their_invitations_along(store: Store, people: People, slug: str) -> None:
    invited = new_person(store)
    made = invite(store, people, slug, address_of(invited))
    request = ask_data_request(invited, "erase", now=store.now)
    decide_data_request(people.administrator, request, decision="carried_out", reason="", now=store.now)
    assert (the_row(made.id).email, the_row(made.id).state(store.now)) == ("", "withdrawn")


def test_a_letter_says_what_it_invites_to(store: Store, people: People, slug: str) -> None:
    invite(store, people, slug, NOBODYS, organisation_id=new_organisation(store))
    text = letters(store)[-1]
    for words in ("Tworzenie polityk publicznych", "Urząd Miasta", "Fundacja A", "członkostwo"):
        assert words in text
