"""What two people do at the same moment comes out as if one had been first, on both databases."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence

import pytest

from consult.domain.errors import ConsultError
from consult.domain.policy.actors import OFFICIAL, SYSTEM
from consult.services import groups, invitations, organisations
from consult.services.accounts import administration, registering
from consult.storage.database import db
from consult.storage.models import Person
from consult.storage.queries import administration as administration_queries
from consult.storage.queries import groups as group_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import new_group, new_host, new_organisation, new_person

# two threads and two databases for every act: too slow for every change
pytestmark = pytest.mark.deep

ADDRESS = "nowa@example.org"


def at_once(store: Store, acts: Sequence[Callable[[], object]]) -> list[str]:
    """What became of acts begun together, each in a thread of its own: "done" or the code of its refusal, sorted."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[str] = []
    db.session.remove()

    def do(act: Callable[[], object]) -> None:
        with store.app.app_context():
            barrier.wait(20)
            try:
                act()
                outcomes.append("done")
            except ConsultError as refusal:
                outcomes.append(refusal.code)
            except Exception as error:  # whatever else it is, it is no answer to anybody
                outcomes.append(repr(error))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(outcomes)


def register(store: Store) -> str:
    return registering.register(
        name="Mieszkanka", email=ADDRESS, password="bardzo długie hasło", language="pl", now=store.now
    )


def test_one_address_registered_by_several_at_once_has_one_account(any_store: Store) -> None:
    assert at_once(any_store, [lambda: register(any_store)] * 3) == ["done"] * 3
    assert db.session.query(Person).filter_by(email=ADDRESS).count() == 1
    letters = [letter for letter in any_store.ports.mailer.sent if letter.to == ADDRESS]  # type: ignore[attr-defined]
    assert len(letters) >= 1


def test_one_link_of_confirmation_is_used_once(any_store: Store) -> None:
    mark = register(any_store)
    found = re.search(r"/confirm/([\w-]+)", any_store.ports.mailer.sent[-1].text)  # type: ignore[attr-defined]
    assert found is not None
    acts = [lambda: registering.confirm(found[1], mark=mark, now=any_store.now)] * 3
    assert at_once(any_store, acts) == ["done", "not_found.link", "not_found.link"]


def test_one_seat_by_invitation_is_taken_by_one(any_store: Store) -> None:
    slug = new_group(any_store, new_host(any_store))
    people = [new_person(any_store) for _ in range(3)]
    made = invitations.invite_to_group(SYSTEM, slug, role="member", now=any_store.now)
    outcomes = at_once(
        any_store,
        [
            lambda person=person: invitations.accept_group_invitation(
                person, made.secret, shows_name=False, now=any_store.now
            )
            for person in people
        ],
    )
    assert outcomes == ["done", "rule.invitation_over", "rule.invitation_over"]
    seats = group_queries.list_seats(group_queries.get_group(slug, EVERYTHING).id)
    assert len([seat for seat in seats if seat.person_id]) == 1


def test_a_person_who_accepts_twice_at_once_has_one_seat(any_store: Store) -> None:
    slug = new_group(any_store, new_host(any_store))
    person = new_person(any_store)
    made = invitations.invite_to_group(SYSTEM, slug, role="member", most_uses=9, now=any_store.now)

    def act():
        return invitations.accept_group_invitation(person, made.secret, shows_name=False, now=any_store.now)

    assert at_once(any_store, [act, act]) == ["conflict.already_sitting", "done"]


def test_one_invitation_to_an_organisation_lets_one_in(any_store: Store) -> None:
    organisation_id = new_organisation(any_store)
    slug = organisation_queries.get_organisation_by_id(organisation_id).slug
    people = [new_person(any_store) for _ in range(3)]
    made = organisations.invite(SYSTEM, slug, now=any_store.now)
    outcomes = at_once(
        any_store,
        [
            lambda person=person: organisations.accept_invitation(person, made.secret, now=any_store.now)
            for person in people
        ],
    )
    assert outcomes == ["done", "rule.invitation_over", "rule.invitation_over"]
    assert len(organisation_queries.list_people(organisation_id)) == 1


def test_two_in_the_chair_do_not_both_leave_at_once(any_store: Store) -> None:
    host_id = new_host(any_store)
    slug = new_group(any_store, host_id)
    group = group_queries.get_group(slug, EVERYTHING)
    groups.remove_member(SYSTEM, slug, group_queries.list_seats(group.id)[0].id, now=any_store.now)
    chairs, member = [new_person(any_store) for _ in range(2)], new_person(any_store)
    for person, role in ((chairs[0], "chair"), (chairs[1], "chair"), (member, "member")):
        groups.seat_person(SYSTEM, slug, role=role, person_id=person.id or 0, now=any_store.now)
    acts = [lambda person=person: groups.leave_group(person, slug, now=any_store.now) for person in chairs]
    assert at_once(any_store, acts) == ["done", "rule.last_chair"]


def test_two_administrators_do_not_unmake_each_other_at_once(any_store: Store) -> None:
    first, second = (new_person(any_store, is_administrator=True) for _ in range(2))
    acts = [
        lambda one=one, other=other: administration.unmake_administrator(
            one, other.id or 0, reason="Odchodzi.", now=any_store.now
        )
        for one, other in ((first, second), (second, first))
    ]
    assert at_once(any_store, acts) == ["done", "rule.last_administrator"]
    assert len(administration_queries.lock_administrators()) == 1
    db.session.rollback()


def test_the_last_two_officials_do_not_both_leave_their_office_at_once(any_store: Store) -> None:
    host_id = new_host(any_store)
    slug = organisation_queries.get_organisation_by_id(host_id).slug
    officials = [new_person(any_store, (host_id, OFFICIAL)) for _ in range(2)]
    acts = [
        lambda person=person: organisations.leave_organisation(person, slug, now=any_store.now)
        for person in officials
    ]
    assert at_once(any_store, acts) == ["done", "rule.last_official"]
