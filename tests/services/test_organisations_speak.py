"""An organisation's voice is what somebody said who may speak for a verified one; all else is a claim."""

from __future__ import annotations

import pytest

from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL, REPRESENTATIVE, SYSTEM, Actor
from consult.services import accounts, organisations
from consult.services.comments import Sender
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import organisations as queries
from tests.factories.apps import Store
from tests.factories.records import (
    comment_on,
    new_document,
    new_host,
    new_organisation,
    new_person,
    open_consultation,
)

NAME = "Fundacja A"


def said(
    store: Store, actor: Actor, organisation_id: int | None, *, capacity: str = "ngo", **sender: object
) -> tuple[bool, str]:
    """Comment for an organisation: (whether it is confirmed, the name shown)."""
    slug = new_document(store)
    open_consultation(store, slug)
    receipt = comment_on(
        store,
        slug,
        actor=actor,
        sender=Sender(
            capacity=capacity,
            organisation_id=organisation_id,
            organisation_name=NAME,
            **sender,  # type: ignore[arg-type]
        ),
    )
    comment = comment_queries.get_comment(receipt.comment_ids[0], with_drafts=False)
    return comment.is_capacity_verified, comment.organisation_name


def named(store: Store, organisation_id: int, role: str, *, is_speaker: bool) -> Actor:
    """Somebody in an organisation, of whom a representative said whether they speak."""
    person = new_person(store, (organisation_id, MEMBER))
    slug = queries.get_organisation_by_id(organisation_id).slug
    organisations.change_member(SYSTEM, slug, person.id or 0, role=role, is_speaker=is_speaker, now=store.now)
    found = account_queries.find_person(person.id or 0)
    assert found
    return accounts.actor_of(found)


@pytest.mark.parametrize(
    ("role", "is_speaker", "speaks"),
    [
        (REPRESENTATIVE, False, True),
        (REPRESENTATIVE, True, True),
        (MEMBER, True, True),
        (MEMBER, False, False),
    ],
)
def test_representatives_speak_and_others_when_they_were_named(
    store: Store, role: str, is_speaker: bool, speaks: bool
) -> None:
    organisation_id = new_organisation(store, NAME)
    person = named(store, organisation_id, role, is_speaker=is_speaker)
    assert said(store, person, organisation_id) == (speaks, NAME)


@pytest.mark.parametrize("role", [OFFICIAL, EDITOR])
def test_working_for_an_office_is_not_speaking_for_it(store: Store, role: str) -> None:
    host_id = new_host(store, NAME)
    silent = named(store, host_id, role, is_speaker=False)
    assert said(store, silent, host_id, capacity="office") == (False, NAME)
    speaker = named(store, host_id, role, is_speaker=True)
    assert said(store, speaker, host_id, capacity="office") == (True, NAME)


def test_nobody_speaks_for_an_organisation_that_is_not_verified(store: Store) -> None:
    person = new_person(store)
    profile = organisations.Profile(name=NAME, kind="ngo")
    slug = organisations.register_organisation(person, profile, now=store.now)
    found = queries.find_organisation(slug)
    assert found
    assert said(store, person, found.id) == (False, NAME)
    organisations.verify_organisation(SYSTEM, slug, now=store.now)
    assert said(store, person, found.id) == (True, NAME)
    organisations.refuse_organisation(SYSTEM, slug, reason="Pomyłka.", now=store.now)
    assert said(store, person, found.id) == (False, NAME)


def test_claims_of_strangers_guests_and_those_who_only_asked_are_taken_as_claims(store: Store) -> None:
    organisation_id = new_organisation(store, NAME)
    slug = queries.get_organisation_by_id(organisation_id).slug
    stranger, asking = new_person(store), new_person(store)
    organisations.ask_to_join(asking, slug, now=store.now)
    elsewhere = new_person(store, (new_organisation(store, "Inna"), REPRESENTATIVE))
    for actor in (Actor(id=None, name=""), stranger, asking, elsewhere):
        assert said(store, actor, organisation_id, is_verified=True) == (False, NAME)
    assert queries.list_taking_part(organisation_id) == []


def test_an_organisation_does_not_lend_its_name_to_another_capacity(store: Store) -> None:
    organisation_id = new_organisation(store, NAME)
    person = new_person(store, (organisation_id, REPRESENTATIVE))
    assert said(store, person, organisation_id, capacity="council")[0] is False
    assert queries.list_taking_part(organisation_id) == []


def test_the_name_shown_is_the_organisations_own_and_not_what_the_sender_typed(store: Store) -> None:
    organisation_id = new_organisation(store, "Prawdziwa nazwa")
    person = new_person(store, (organisation_id, REPRESENTATIVE))
    assert said(store, person, organisation_id) == (True, "Prawdziwa nazwa")


def test_what_the_host_entered_is_confirmed_when_it_says_so(store: Store) -> None:
    host_id = new_host(store)
    official = new_person(store, (host_id, OFFICIAL))
    slug = new_document(store, host_id=host_id)
    open_consultation(store, slug)
    for is_verified in (True, False):
        sender = Sender(capacity="ngo", organisation_name=NAME, channel="paper", is_verified=is_verified)
        receipt = comment_on(store, slug, actor=official, sender=sender)
        comment = comment_queries.get_comment(receipt.comment_ids[0], with_drafts=False)
        assert comment.is_capacity_verified is is_verified


def test_an_organisations_page_counts_its_voice_only(store: Store) -> None:
    organisation_id = new_organisation(store, NAME)
    speaker = named(store, organisation_id, MEMBER, is_speaker=True)
    silent = named(store, organisation_id, MEMBER, is_speaker=False)
    said(store, speaker, organisation_id)
    said(store, silent, organisation_id)
    (part,) = queries.list_taking_part(organisation_id)
    assert (part.comment_count, part.answered_count) == (1, 0)
