"""What administrators may do to accounts: with a reason, on record, and never so that nobody is left to administer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consult.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, SYSTEM
from consult.services import accounts
from consult.services.accounts import administration as service
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import administration as queries
from consult.storage.queries import organisations as organisation_queries
from tests.factories.apps import Store
from tests.factories.records import new_host, new_organisation, new_person

REASON = "Na prośbę tej osoby."

ACTS: tuple[Callable[..., None], ...] = (
    service.disable_person,
    service.enable_person,
    service.make_administrator,
    service.unmake_administrator,
    service.sign_person_out,
    service.take_second_factor,
)


def test_the_last_administrator_stays(store: Store) -> None:
    first = new_person(store, is_administrator=True)
    for act in (service.disable_person, service.unmake_administrator):
        with pytest.raises(RuleBroken) as refusal:
            act(SYSTEM, first.id or 0, reason=REASON, now=store.now)
        assert refusal.value.code == "rule.last_administrator"
    second = new_person(store)
    service.make_administrator(first, second.id or 0, reason=REASON, now=store.now)
    service.unmake_administrator(first, first.id or 0, reason=REASON, now=store.now)
    assert queries.lock_administrators() == [second.id]


def test_a_closed_administrator_does_not_count_as_the_last_one_left(store: Store) -> None:
    first, second = (new_person(store, is_administrator=True) for _ in range(2))
    service.disable_person(first, second.id or 0, reason=REASON, now=store.now)
    with pytest.raises(RuleBroken):
        service.unmake_administrator(first, first.id or 0, reason=REASON, now=store.now)


def test_nobody_closes_their_own_account_or_makes_a_closed_one_administer(store: Store) -> None:
    first, second = new_person(store, is_administrator=True), new_person(store, is_administrator=True)
    with pytest.raises(RuleBroken) as own:
        service.disable_person(first, first.id or 0, reason=REASON, now=store.now)
    assert own.value.code == "rule.not_oneself"
    service.disable_person(first, second.id or 0, reason=REASON, now=store.now)
    resident = new_person(store)
    service.disable_person(first, resident.id or 0, reason=REASON, now=store.now)
    with pytest.raises(RuleBroken) as closed:
        service.make_administrator(first, resident.id or 0, reason=REASON, now=store.now)
    assert closed.value.code == "rule.account_closed"


@pytest.mark.parametrize("role", [OFFICIAL, EDITOR, MEMBER, ""])
def test_only_administrators_act_on_accounts(store: Store, role: str) -> None:
    actor = new_person(store, (new_host(store), role)) if role else new_person(store)
    person = new_person(store)
    for act in ACTS:
        with pytest.raises(NotPermitted):
            act(actor, person.id or 0, reason=REASON, now=store.now)
    with pytest.raises(NotPermitted):
        service.look_at_person(actor, person.id or 0, now=store.now)
    with pytest.raises(NotPermitted):
        service.may_see_person(actor, person.id or 0, now=store.now)
    with pytest.raises(NotPermitted):
        service.rebuild_index(actor, now=store.now)
    with pytest.raises(NotPermitted):
        service.give_membership(actor, person.id or 0, "x", role=MEMBER, now=store.now)


def test_a_reason_is_asked_for_before_anything_is_looked_at(store: Store) -> None:
    admin = new_person(store, is_administrator=True)
    for reason, code in (("", "invalid.reason_missing"), ("x" * 1_001, "invalid.too_long")):
        with pytest.raises(InvalidInput) as refusal:
            service.disable_person(admin, 999_999, reason=reason, now=store.now)
        assert refusal.value.code == code
    with pytest.raises(NotFound):
        service.disable_person(admin, 999_999, reason=REASON, now=store.now)


def test_doing_an_act_twice_leaves_one_line_on_record(store: Store) -> None:
    admin, person = new_person(store, is_administrator=True), new_person(store)
    for _ in range(2):
        service.disable_person(admin, person.id or 0, reason=REASON, now=store.now)
    (line,) = queries.list_acts(("person.disabled", "person.enabled"))
    assert (line.kind, line.actor_id, line.person_name, line.reason) == (
        "person.disabled",
        admin.id,
        person.name,
        REASON,
    )


def test_somebody_is_put_into_an_organisation_with_a_role_it_has(store: Store) -> None:
    admin, person = new_person(store, is_administrator=True), new_person(store)
    organisation = organisation_queries.get_organisation_by_id(new_organisation(store))
    with pytest.raises(InvalidInput):
        service.give_membership(admin, person.id or 0, organisation.slug, role=OFFICIAL, now=store.now)
    service.give_membership(admin, person.id or 0, organisation.slug, role=MEMBER, now=store.now)
    with pytest.raises(Conflict):
        service.give_membership(admin, person.id or 0, organisation.slug, role=MEMBER, now=store.now)
    found = account_queries.find_person(person.id or 0)
    assert found is not None
    assert accounts.actor_of(found).is_in(organisation.id, MEMBER)
