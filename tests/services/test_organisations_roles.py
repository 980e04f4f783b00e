"""Roles in an organisation: who gives them, who must stay, and who is written to."""

from __future__ import annotations

import pytest

from consult.domain.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import (
    EDITOR,
    MEMBER,
    OFFICIAL,
    REPRESENTATIVE,
    SYSTEM,
    Actor,
)
from consult.services import accounts, organisations
from consult.services.letters.sending import send_pending
from consult.services.organisations import Profile
from consult.storage.database import db
from consult.storage.models import MembershipRequest
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import organisations as queries
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


def letters(store: Store) -> list[tuple[str, str]]:
    """(to, subject) of what has been sent."""
    send_pending(now=store.clock.now)
    return [(letter.to, letter.subject) for letter in store.ports.mailer.sent]  # type: ignore[attr-defined]


# --- roles ----------------------------------------------------------------------------------------------


def test_a_representative_of_an_office_names_no_officials_and_removes_none(store: Store) -> None:
    host_id = new_host(store)
    slug = slug_of(host_id)
    representative = new_person(store, (host_id, REPRESENTATIVE))
    official, other = new_person(store, (host_id, OFFICIAL)), new_person(store, (host_id, MEMBER))
    for role in (OFFICIAL, EDITOR):
        with pytest.raises(NotPermitted, match="give_role"):
            organisations.invite(representative, slug, role=role, now=store.now)
        with pytest.raises(NotPermitted, match="give_role"):
            organisations.change_member(
                representative, slug, other.id or 0, role=role, is_speaker=False, now=store.now
            )
        wish = organisations.ask_to_join(new_person(store), slug, now=store.now)
        with pytest.raises(NotPermitted, match="give_role"):
            organisations.accept_request(representative, slug, wish, role=role, now=store.now)
    with pytest.raises(NotPermitted, match="give_role"):
        organisations.remove_member(representative, slug, official.id or 0, now=store.now)
    organisations.change_member(official, slug, other.id or 0, role=EDITOR, is_speaker=False, now=store.now)
    assert again(other).is_in(host_id, EDITOR)


def test_an_organisation_that_is_no_host_has_no_officials(store: Store) -> None:
    organisation_id = new_organisation(store)
    with pytest.raises(InvalidInput, match="role"):
        organisations.invite(SYSTEM, slug_of(organisation_id), role=OFFICIAL, now=store.now)


@pytest.mark.parametrize(
    ("role", "code"), [(REPRESENTATIVE, "last_representative"), (OFFICIAL, "last_official")]
)
def test_the_last_who_lets_others_in_stays_until_there_is_another(store: Store, role: str, code: str) -> None:
    organisation_id = new_host(store) if role == OFFICIAL else new_organisation(store)
    slug = slug_of(organisation_id)
    last = new_person(store, (organisation_id, role))
    person_id = last.id or 0
    with pytest.raises(RuleBroken, match=code):
        organisations.leave_organisation(last, slug, now=store.now)
    with pytest.raises(RuleBroken, match=code):
        organisations.remove_member(SYSTEM, slug, person_id, now=store.now)
    with pytest.raises(RuleBroken, match=code):
        organisations.change_member(SYSTEM, slug, person_id, role=MEMBER, is_speaker=True, now=store.now)
    new_person(store, (organisation_id, role))
    organisations.leave_organisation(last, slug, now=store.now)
    assert again(last).memberships == frozenset()


def test_an_official_who_remains_does_not_stand_in_for_the_last_official(store: Store) -> None:
    """A representative of an office is not enough: nobody would run its consultations."""
    host_id = new_host(store)
    official = new_person(store, (host_id, OFFICIAL))
    new_person(store, (host_id, REPRESENTATIVE))
    with pytest.raises(RuleBroken, match="last_official"):
        organisations.leave_organisation(official, slug_of(host_id), now=store.now)


def test_nobody_leaves_what_they_are_not_in(store: Store) -> None:
    with pytest.raises(NotFound):
        organisations.leave_organisation(new_person(store), slug_of(new_organisation(store)), now=store.now)


# --- letters --------------------------------------------------------------------------------------------


def test_those_concerned_are_written_to(store: Store) -> None:
    administrator, person, wishing = (
        new_person(store, is_administrator=True),
        new_person(store),
        new_person(store),
    )
    address = {
        who.id: account_queries.find_person(who.id or 0).email  # type: ignore[union-attr]
        for who in (administrator, person, wishing)
    }
    slug = registered(store, person)
    assert letters(store)[-1] == (address[administrator.id], f"Organizacja czeka na weryfikację: {NAME}")
    organisations.verify_organisation(administrator, slug, now=store.now)
    assert letters(store)[-1] == (address[person.id], f"Organizacja zweryfikowana: {NAME}")
    wish = organisations.ask_to_join(wishing, slug, words="To ja.", now=store.now)
    assert letters(store)[-1] == (address[person.id], f"Prośba o dołączenie: {NAME}")
    organisations.accept_request(again(person), slug, wish, now=store.now)
    assert letters(store)[-1] == (address[wishing.id], f"Przyjęto do organizacji: {NAME}")
    organisations.refuse_organisation(administrator, slug, reason="Brak w KRS.", now=store.now)
    assert letters(store)[-1] == (address[person.id], f"Nie potwierdzono organizacji: {NAME}")
    assert "Brak w KRS." in store.ports.mailer.sent[-1].text  # type: ignore[attr-defined]
    assert len(letters(store)) == 5


def test_a_decision_made_meanwhile_makes_the_letter_needless(store: Store) -> None:
    new_person(store, is_administrator=True)
    organisation_id = new_organisation(store)
    slug = slug_of(organisation_id)
    representative = new_person(store, (organisation_id, REPRESENTATIVE))
    with store.replaced(jobs=_Idle()):
        wish = organisations.ask_to_join(new_person(store), slug, now=store.now)
        organisations.refuse_request(representative, slug, wish, now=store.now)
    subjects = [subject for _, subject in letters(store)]
    assert not any(subject.startswith("Prośba o dołączenie: ") for subject in subjects)
    assert db.session.get(MembershipRequest, wish) is not None


class _Idle:
    """A queue nobody works on."""

    def wake(self, job: str) -> None:
        del job
