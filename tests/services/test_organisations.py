"""Organisations are entered once, verified by an administrator, and joined only by those who were let in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from consult.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, RuleBroken, Stale
from consult.domain.policy.actors import (
    ANONYMOUS,
    MEMBER,
    OFFICIAL,
    REPRESENTATIVE,
    SYSTEM,
    Actor,
)
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.services import accounts, organisations, upkeep
from consult.services.letters.sending import send_pending
from consult.services.organisations import Profile
from consult.storage.database import db
from consult.storage.models import OrganisationInvitation, Person
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import organisations as queries
from consult.storage.queries.viewers import EVERYTHING, Viewer
from consult.storage.unit_of_work import unit_of_work
from tests.factories.apps import Store
from tests.factories.records import new_host, new_organisation, new_person

NAME = "Fundacja na rzecz Parków"


def registered(store: Store, actor: Actor, **said: object) -> str:
    profile = Profile(**({"name": NAME, "kind": "ngo"} | said))  # type: ignore[arg-type]
    return organisations.register_organisation(actor, profile, now=store.now)


def again(actor: Actor) -> Actor:
    """The same person as the next request sees them."""
    person = account_queries.find_person(actor.id or 0)
    assert person
    return accounts.actor_of(person)


def slug_of(organisation_id: int) -> str:
    return queries.get_organisation_by_id(organisation_id).slug


def is_verified(slug: str) -> bool:
    return queries.get_organisation(slug, EVERYTHING).is_verified


def letters(store: Store) -> list[tuple[str, str]]:
    """(to, subject) of what has been sent."""
    send_pending(now=store.clock.now)
    return [(letter.to, letter.subject) for letter in store.ports.mailer.sent]  # type: ignore[attr-defined]


# --- entering -------------------------------------------------------------------------------------------


def test_what_a_person_enters_waits_and_makes_them_its_representative(store: Store) -> None:
    person = new_person(store)
    slug = registered(store, person)
    assert slug == "fundacja-na-rzecz-parkow"
    row = queries.get_organisation(slug, Viewer())
    assert (row.is_waiting, row.is_host) == (True, False)
    assert [one.slug for one in queries.list_organisations_waiting()] == [slug]
    assert again(person).is_in(row.id, REPRESENTATIVE)


def test_guests_enter_nothing(store: Store) -> None:
    with pytest.raises(NotPermitted):
        registered(store, ANONYMOUS)


@pytest.mark.parametrize(
    ("field", "number"), [("krs", "123456"), ("regon", "123456785"), ("nip", "526-104-08-28")]
)
def test_a_number_is_entered_once_unless_its_holder_was_refused(
    store: Store, field: str, number: str
) -> None:
    slug = registered(store, new_person(store), **{field: number})
    with pytest.raises(Conflict) as refusal:
        registered(store, new_person(store), name="Zupełnie inna nazwa", **{field: number})
    assert (refusal.value.code, refusal.value.facts["field"]) == ("conflict.organisation_known", field)
    organisations.refuse_organisation(SYSTEM, slug, reason="Nie ma takiej.", now=store.now)
    registered(store, new_person(store), name="Zupełnie inna nazwa", **{field: number})


def test_a_name_nearly_the_same_is_asked_about_first(store: Store) -> None:
    registered(store, new_person(store))
    twin = Profile(name="FUNDACJA  na rzecz „Parkow”", kind="ngo")
    with pytest.raises(Conflict, match="organisation_alike"):
        organisations.register_organisation(new_person(store), twin, now=store.now)
    slug = organisations.register_organisation(new_person(store), twin, is_another=True, now=store.now)
    assert slug == "fundacja-na-rzecz-parkow-2"
    registered(store, new_person(store), name="Fundacja na rzecz Zwierząt")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": "  "}, "name"),
        ({"kind": "resident"}, "kind"),
        ({"krs": "12345678901"}, "krs"),
        ({"regon": "123456789"}, "regon"),
        ({"nip": "1234567890"}, "nip"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "https://a@example.org"}, "website"),
        ({"email": "bez-malpy"}, "email"),
        ({"kind": "office", "unit_of_id": 99}, "unit_of"),
        ({"summary": "x" * 2_001}, "summary"),
        ({"name": "Zła\x00nazwa"}, "name"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    store: Store, said: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        registered(store, new_person(store), **said)
    assert refusal.value.facts["field"] == field


def test_a_unit_belongs_to_a_verified_office(store: Store) -> None:
    office = new_host(store)
    slug = registered(store, new_person(store), name="Wydział Zieleni", kind="office", unit_of_id=office)
    assert queries.get_organisation(slug, Viewer()).unit_of_slug == slug_of(office)


# --- verifying ------------------------------------------------------------------------------------------


def test_only_administrators_verify_refuse_and_make_hosts(store: Store) -> None:
    person = new_person(store)
    slug = registered(store, person)
    official = new_person(store, (new_host(store), OFFICIAL))
    for who in (ANONYMOUS, again(person), official):
        with pytest.raises(NotPermitted):
            organisations.verify_organisation(who, slug, now=store.now)
        with pytest.raises(NotPermitted):
            organisations.refuse_organisation(who, slug, reason="Nie.", now=store.now)
        with pytest.raises(NotPermitted):
            organisations.make_host(who, slug, now=store.now)
    administrator = new_person(store, is_administrator=True)
    with pytest.raises(RuleBroken, match="host_unverified"):
        organisations.make_host(administrator, slug, now=store.now)
    organisations.verify_organisation(administrator, slug, now=store.now)
    organisations.make_host(administrator, slug, now=store.now)
    assert queries.get_host_page(slug).slug == slug
    with pytest.raises(RuleBroken, match="host_stays"):
        organisations.refuse_organisation(administrator, slug, reason="Nie.", now=store.now)


def test_a_refused_organisation_is_known_to_its_people_and_administrators_only(store: Store) -> None:
    person = new_person(store)
    slug = registered(store, person)
    organisations.refuse_organisation(SYSTEM, slug, reason="Brak w rejestrze.", now=store.now)
    for viewer in (Viewer(), Viewer.of(new_person(store))):
        with pytest.raises(NotFound):
            queries.get_organisation(slug, viewer)
        assert queries.list_organisations(viewer, limit=10) == []
    assert queries.get_organisation(slug, Viewer.of(again(person))).refusal_reason == "Brak w rejestrze."


def test_a_refusal_needs_a_reason(store: Store) -> None:
    slug = registered(store, new_person(store))
    with pytest.raises(InvalidInput, match="reason_missing"):
        organisations.refuse_organisation(SYSTEM, slug, reason="  ", now=store.now)


@pytest.mark.parametrize(
    "change", [{"name": "Ministerstwo Prawdy"}, {"kind": "council"}, {"nip": "5261040828"}]
)
def test_a_verified_organisation_that_calls_itself_otherwise_waits_again(
    store: Store, change: dict[str, str]
) -> None:
    person = new_person(store)
    slug = registered(store, person)
    organisations.verify_organisation(SYSTEM, slug, now=store.now)
    said = {"name": NAME, "kind": "ngo"}
    organisations.edit_organisation(again(person), slug, Profile(**said, summary="Nowy opis."), now=store.now)
    assert is_verified(slug)
    organisations.edit_organisation(again(person), slug, Profile(**(said | change)), now=store.now)
    assert not is_verified(slug)
    organisations.verify_organisation(SYSTEM, slug, now=store.now)
    administrator = new_person(store, is_administrator=True)
    organisations.edit_organisation(administrator, slug, Profile(**said), now=store.now)
    assert is_verified(slug)


def test_officials_do_not_rename_their_office(store: Store) -> None:
    host_id = new_host(store, "Urząd Miasta")
    official = new_person(store, (host_id, OFFICIAL))
    slug = slug_of(host_id)
    with pytest.raises(InvalidInput, match="host_identity"):
        organisations.edit_organisation(
            official, slug, Profile(name="Inny Urząd", kind="office"), now=store.now
        )
    organisations.edit_organisation(
        official, slug, Profile(name="Urząd Miasta", kind="office", seat="Rynek 1"), now=store.now
    )
    assert queries.get_organisation(slug, Viewer()).seat == "Rynek 1"


def test_strangers_change_nothing(store: Store) -> None:
    slug = slug_of(new_organisation(store))
    stranger = new_person(store, (new_organisation(store, "Inna"), REPRESENTATIVE))
    with pytest.raises(NotPermitted):
        organisations.edit_organisation(stranger, slug, Profile(name="X", kind="ngo"), now=store.now)
    with pytest.raises(NotPermitted):
        organisations.invite(stranger, slug, now=store.now)


# --- joining --------------------------------------------------------------------------------------------


def test_a_wish_to_join_gives_no_rights_anywhere(store: Store) -> None:
    host_id = new_host(store)
    person = new_person(store)
    before = {
        permission: is_allowed(person, permission, Target(host_id=host_id)) for permission in Permission
    }
    organisations.ask_to_join(person, slug_of(host_id), words="Pracuję tu.", now=store.now)
    after = again(person)
    assert after.memberships == frozenset()
    assert {
        permission: is_allowed(after, permission, Target(host_id=host_id)) for permission in Permission
    } == before
    assert Viewer.of(after).host_ids == frozenset()


def test_a_wish_is_one_however_often_it_is_sent_and_becomes_a_membership_when_accepted(store: Store) -> None:
    organisation_id = new_organisation(store)
    slug = slug_of(organisation_id)
    representative = new_person(store, (organisation_id, REPRESENTATIVE))
    person = new_person(store)
    wish = organisations.ask_to_join(person, slug, now=store.now)
    assert organisations.ask_to_join(person, slug, now=store.now) == wish
    organisations.accept_request(representative, slug, wish, now=store.now)
    assert again(person).is_in(organisation_id, MEMBER)
    with pytest.raises(Stale):
        organisations.refuse_request(representative, slug, wish, now=store.now)
    with pytest.raises(Conflict):
        organisations.ask_to_join(again(person), slug, now=store.now)


def test_who_was_turned_down_may_ask_again(store: Store) -> None:
    organisation_id = new_organisation(store)
    slug = slug_of(organisation_id)
    representative = new_person(store, (organisation_id, REPRESENTATIVE))
    person = new_person(store)
    wish = organisations.ask_to_join(person, slug, now=store.now)
    organisations.refuse_request(representative, slug, wish, now=store.now)
    assert again(person).memberships == frozenset()
    assert organisations.ask_to_join(person, slug, now=store.now) != wish


def test_wishes_and_invitations_of_another_organisation_are_not_there(store: Store) -> None:
    mine, theirs = new_organisation(store, "Moja"), new_organisation(store, "Cudza")
    representative = new_person(store, (mine, REPRESENTATIVE))
    wish = organisations.ask_to_join(new_person(store), slug_of(theirs), now=store.now)
    invited = organisations.invite(SYSTEM, slug_of(theirs), now=store.now)
    for act in (organisations.accept_request, organisations.refuse_request):
        with pytest.raises(NotFound):
            act(representative, slug_of(mine), wish, now=store.now)
        with pytest.raises(NotPermitted):
            act(representative, slug_of(theirs), wish, now=store.now)
    with pytest.raises(NotFound):
        organisations.withdraw_invitation(representative, slug_of(mine), invited.id, now=store.now)


# --- invitations ----------------------------------------------------------------------------------------


def test_an_invitation_lets_in_as_many_as_it_says_and_keeps_no_secret(store: Store) -> None:
    organisation_id = new_organisation(store)
    slug = slug_of(organisation_id)
    invited = organisations.invite(SYSTEM, slug, most_uses=2, now=store.now)
    assert len(invited.secret) >= 22  # 128 bits in base 64
    kept = db.session.get(OrganisationInvitation, invited.id)
    assert kept
    assert invited.secret not in repr(vars(kept))
    for _ in range(2):
        person = new_person(store)
        assert organisations.accept_invitation(person, invited.secret, now=store.now) == slug
        assert again(person).is_in(organisation_id, MEMBER)
    with pytest.raises(RuleBroken, match="invitation_over"):
        organisations.accept_invitation(new_person(store), invited.secret, now=store.now)


def test_an_invitation_expires_can_be_taken_back_and_is_not_guessed(store: Store) -> None:
    slug = slug_of(new_organisation(store))
    old = organisations.invite(SYSTEM, slug, now=store.now)
    taken_back = organisations.invite(SYSTEM, slug, now=store.now)
    organisations.withdraw_invitation(SYSTEM, slug, taken_back.id, now=store.now)
    with pytest.raises(RuleBroken):
        organisations.accept_invitation(new_person(store), taken_back.secret, now=store.now)
    with pytest.raises(NotFound):
        organisations.accept_invitation(new_person(store), old.secret[:-1] + "_", now=store.now)
    with pytest.raises(NotPermitted):
        organisations.accept_invitation(ANONYMOUS, old.secret, now=store.now)
    with pytest.raises(RuleBroken):
        organisations.accept_invitation(new_person(store), old.secret, now=store.now + timedelta(days=15))


def test_somebody_inside_does_not_use_an_invitation_up(store: Store) -> None:
    organisation_id = new_organisation(store)
    invited = organisations.invite(SYSTEM, slug_of(organisation_id), now=store.now)
    with pytest.raises(Conflict):
        organisations.accept_invitation(
            new_person(store, (organisation_id, MEMBER)), invited.secret, now=store.now
        )
    organisations.accept_invitation(new_person(store), invited.secret, now=store.now)


def test_links_of_somebody_who_is_put_out_let_nobody_in(store: Store) -> None:
    organisation_id = new_organisation(store)
    slug = slug_of(organisation_id)
    first, second = (new_person(store, (organisation_id, REPRESENTATIVE)) for _ in range(2))
    invited = organisations.invite(second, slug, role=REPRESENTATIVE, now=store.now)
    organisations.remove_member(first, slug, second.id or 0, now=store.now)
    with pytest.raises(RuleBroken):
        organisations.accept_invitation(again(second), invited.secret, now=store.now)
    assert again(second).memberships == frozenset()


def test_links_of_somebody_who_may_no_longer_invite_let_nobody_in(store: Store) -> None:
    organisation_id = new_organisation(store)
    slug = slug_of(organisation_id)
    first, second = (new_person(store, (organisation_id, REPRESENTATIVE)) for _ in range(2))
    invited = organisations.invite(second, slug, role=REPRESENTATIVE, now=store.now)
    organisations.change_member(first, slug, second.id or 0, role=MEMBER, is_speaker=False, now=store.now)
    with pytest.raises(RuleBroken):
        organisations.accept_invitation(new_person(store), invited.secret, now=store.now)


def test_a_closed_account_is_nobody_who_could_let_others_in(store: Store) -> None:
    organisation_id = new_organisation(store)
    last, gone = (new_person(store, (organisation_id, REPRESENTATIVE)) for _ in range(2))
    with unit_of_work():
        row = db.session.get(Person, gone.id)
        assert row
        row.disabled_at = store.now
    with pytest.raises(RuleBroken, match="last_representative"):
        organisations.leave_organisation(last, slug_of(organisation_id), now=store.now)


def test_a_letter_carries_a_link_that_was_never_kept(store: Store) -> None:
    organisation_id = new_organisation(store)
    invited = organisations.invite(SYSTEM, slug_of(organisation_id), email="Ktos@Example.org", now=store.now)
    assert invited.secret == ""
    sent = letters(store)
    assert [to for to, _ in sent] == ["ktos@example.org"]
    found = re.search(r"/invitations/([\w-]+)", store.ports.mailer.sent[-1].text)  # type: ignore[attr-defined]
    assert found
    organisations.accept_invitation(new_person(store), found[1], now=store.now)
    assert queries.find_invitation(invited.id).email == ""  # type: ignore[union-attr]


def test_an_address_is_forgotten_once_its_invitation_lets_nobody_in(store: Store) -> None:
    slug = slug_of(new_organisation(store))
    open_one = organisations.invite(SYSTEM, slug, email="ktos@example.org", now=store.now)
    taken_back = organisations.invite(SYSTEM, slug, email="inny@example.org", now=store.now)
    organisations.withdraw_invitation(SYSTEM, slug, taken_back.id, now=store.now)

    def addresses() -> list[str]:
        found = [queries.find_invitation(one.id) for one in (open_one, taken_back)]
        return [one.email for one in found if one is not None]

    upkeep.forget_invited(store.now)
    assert addresses() == ["ktos@example.org", ""]
    upkeep.forget_invited(store.now + timedelta(days=15))
    assert addresses() == ["", ""]
