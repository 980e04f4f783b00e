"""An account elsewhere signs in whoever it is linked to, and is never linked behind anybody's back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.domain.errors import InvalidInput, NotFound, RuleBroken
from consult.domain.policy.actors import Actor
from consult.ports.identity import Identity
from consult.services import accounts
from consult.services.accounts import broker as service
from consult.services.accounts import registering
from consult.services.accounts.administration import disable_person
from consult.storage.database import db
from consult.storage.models import Event, Person
from consult.storage.queries import identities
from consult.storage.queries.accounts import find_person, find_person_by_email
from tests.factories.apps import Store
from tests.factories.records import new_person

PASSWORD = "a long enough password"
NOBODY = Identity(
    issuer="https://sso.example.org",
    subject="subject-1",
    email="nowa@example.org",
    is_email_verified=True,
    name="Mieszkanka",
)


@pytest.fixture
def person(store: Store) -> Actor:
    return new_person(store)


def identity_of(person: Actor, **changes: object) -> Identity:
    found = find_person(person.id or 0)
    assert found is not None
    return replace(NOBODY, email=found.email, **changes)  # type: ignore[arg-type]


def standing(identity: Identity, *, may_register: bool = True) -> str:
    return service.recognise(identity, may_register=may_register).standing


def refusal(identity: Identity, *, may_register: bool = True) -> str:
    with pytest.raises(RuleBroken) as caught:
        service.recognise(identity, may_register=may_register)
    return caught.value.code


def people() -> int:
    return db.session.query(Person).count()


def test_an_unknown_person_makes_an_account_without_a_password(store: Store) -> None:
    assert standing(NOBODY) == "new"
    made = service.register_with_identity(NOBODY, name=" Mieszkanka ", language="en", now=store.now)
    assert (made.email, made.name, made.language, made.password_hash) == (
        "nowa@example.org",
        "Mieszkanka",
        "en",
        "",
    )
    assert made.is_confirmed
    assert not made.is_administrator
    assert made.memberships == ()
    again = service.recognise(NOBODY, may_register=False)
    assert again.standing == "known"
    assert again.person == made
    with pytest.raises(InvalidInput):
        accounts.sign_in(made.email, "")


def test_where_people_make_no_accounts_themselves_a_broker_makes_none_either(store: Store) -> None:
    assert refusal(NOBODY, may_register=False) == "rule.registration_closed"


@pytest.mark.parametrize("changes", [{"is_email_verified": False}, {"email": ""}, {"email": "x"}])
def test_an_address_nobody_verified_makes_and_links_nothing(
    store: Store, person: Actor, changes: dict[str, object]
) -> None:
    before = people()
    for told in (NOBODY, identity_of(person, subject="subject-2")):
        identity = replace(told, **changes)  # type: ignore[arg-type]
        assert refusal(identity) in ("rule.identity_unverified", "rule.identity_without_address")
        with pytest.raises(RuleBroken):
            service.register_with_identity(identity, name="Ktoś", language="pl", now=store.now)
        with pytest.raises(RuleBroken):
            service.link_identity(identity, PASSWORD, now=store.now)
    assert people() == before
    assert identities.list_identities(person.id or 0) == []


def test_an_account_is_linked_by_its_password_only(store: Store, person: Actor) -> None:
    identity = identity_of(person)
    assert standing(identity) == "to_link"
    with pytest.raises(InvalidInput) as caught:
        service.link_identity(identity, "wrong", now=store.now)
    assert caught.value.code == "invalid.password_wrong"
    with pytest.raises(RuleBroken):
        service.register_with_identity(identity, name="Ktoś", language="pl", now=store.now)
    assert standing(identity) == "to_link"
    linked = service.link_identity(identity, PASSWORD, now=store.now)
    assert linked.id == person.id
    assert service.recognise(identity, may_register=False).person == linked


def test_the_case_of_an_address_opens_no_second_account(store: Store, person: Actor) -> None:
    identity = identity_of(person)
    assert standing(replace(identity, email=f" {identity.email.upper()} ")) == "to_link"


def test_an_account_without_a_password_is_not_linked_to_anybody_else(store: Store) -> None:
    service.register_with_identity(NOBODY, name="Mieszkanka", language="pl", now=store.now)
    other = replace(NOBODY, subject="subject-2")
    assert standing(other) == "to_link"
    for password in ("", "plain:", PASSWORD):
        with pytest.raises(RuleBroken) as caught:
            service.link_identity(other, password, now=store.now)
        assert caught.value.code == "rule.no_password_to_link"


def test_an_identity_is_its_issuer_and_subject_whatever_its_address_becomes(
    store: Store, person: Actor
) -> None:
    mine = service.register_with_identity(NOBODY, name="Mieszkanka", language="pl", now=store.now)
    moved = replace(identity_of(person), subject=NOBODY.subject)
    assert service.recognise(moved, may_register=True).person == mine
    unverified = replace(NOBODY, is_email_verified=False, email="")
    assert service.recognise(unverified, may_register=True).person == mine
    elsewhere = replace(NOBODY, issuer="https://another.example.org")
    assert standing(elsewhere) == "to_link", "the same subject of another issuer is somebody else"


def test_a_closed_account_stays_closed_to_its_identity(store: Store, person: Actor) -> None:
    administrator = new_person(store, is_administrator=True)
    service.link_identity(identity_of(person), PASSWORD, now=store.now)
    identity = identity_of(person)
    disable_person(administrator, person.id or 0, reason="Na prośbę.", now=store.now)
    assert refusal(identity) == "rule.identity_closed"
    other = replace(identity, subject="subject-2")
    with pytest.raises(RuleBroken):
        service.register_with_identity(other, name="Ktoś", language="pl", now=store.now)
    assert find_person(person.id or 0) is None


def test_who_asked_for_an_account_with_somebody_elses_address_is_left_outside(store: Store) -> None:
    registering.register(
        name="Intruz", email=NOBODY.email, password="haslo intruza na zapas", language="pl", now=store.now
    )
    assert standing(NOBODY) == "new"
    owner = service.register_with_identity(NOBODY, name="Mieszkanka", language="pl", now=store.now)
    assert owner.is_confirmed
    assert owner.name == "Mieszkanka"
    with pytest.raises(InvalidInput):
        accounts.sign_in(NOBODY.email, "haslo intruza na zapas")
    found = find_person_by_email(NOBODY.email)
    assert found is not None
    assert found.id == owner.id


def test_the_last_way_in_is_not_unlinked(store: Store, person: Actor) -> None:
    made = accounts.actor_of(
        service.register_with_identity(NOBODY, name="Mieszkanka", language="pl", now=store.now)
    )
    (only,) = identities.list_identities(made.id or 0)
    with pytest.raises(RuleBroken) as caught:
        service.unlink_identity(made, only.id, now=store.now)
    assert caught.value.code == "rule.last_way_in"
    with pytest.raises(NotFound):
        service.unlink_identity(person, only.id, now=store.now)
    service.link_identity(identity_of(person, subject="subject-2"), PASSWORD, now=store.now)
    (mine,) = identities.list_identities(person.id or 0)
    service.unlink_identity(person, mine.id, now=store.now)
    assert identities.list_identities(person.id or 0) == []
    kinds = [row.kind for row in db.session.query(Event) if row.kind.startswith("identity.")]
    assert kinds == ["identity.linked", "identity.linked", "identity.unlinked"]


def test_a_name_is_what_people_may_call_themselves(store: Store) -> None:
    for name in ("", "   ", "x" * 300, "a\u202eb"):
        with pytest.raises(InvalidInput):
            service.register_with_identity(NOBODY, name=name, language="pl", now=store.now)
    assert find_person_by_email(NOBODY.email) is None
