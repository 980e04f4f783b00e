"""People who mean no good at the front of the house: what they type, send and press comes to nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.domain.policy.actors import REPRESENTATIVE, SYSTEM
from consult.services import groups, organisations
from consult.services.upkeep import drop_erased_words
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.queries import accounts as account_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.accounts import requests as request_queries
from consult.web.shared.limits import limiter
from tests.factories import records
from tests.web.mailboxes import letters_to
from tests.web.places import Place
from tests.web.visitors import Site, form_of, kept, words_of

# --- days nobody means -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("on", ["0001-01-01", "1066-10-14", "9999-12-31"])
def test_a_day_in_a_year_nobody_means_is_refused_beside_its_field(place: Place, on: str) -> None:
    official = place.visitor("official")
    consultation = f"/consultations/{place.consultation_id}"
    for page, name in (
        (f"{consultation}/extend", "closes_on"),
        (f"{consultation}/meetings/new", "day"),
        (f"{consultation}/opinions/new", "delivered_on"),
        (f"{place.address}/consult", "opens_on"),
        (f"{place.address}/consult", "closes_on"),
    ):
        answer = official.send(page, {name: on, "reason": "Powód.", "body": "Rada"}, expect=422)
        assert f'id="{name}-error"' in answer.text, page
        assert kept(answer.text, name) == on


# --- names that look like others --------------------------------------------------------------------------------------

UNSEEN = (
    "Fundacja\u200b A",
    "\u202eA ajcadnuF",
    "Urząd\u2066 Miasta",
    "\u3164\u3164",
    "Fundacja\u034f A",
    "\u2800",
    "…",
)


@pytest.mark.parametrize("name", UNSEEN)
def test_no_organisation_has_a_name_that_only_looks_like_one(site: Site, name: str) -> None:
    with site.records() as store:
        visitor = site.visitor(records.new_person(store))
    refused = visitor.send("/organisations/new", {"name": name, "kind": "ngo", "is_another": "y"}, expect=422)
    assert 'id="name-error"' in refused.text


@pytest.mark.parametrize("name", UNSEEN[:5])
def test_nobody_speaks_for_an_organisation_whose_name_only_looks_like_one(place: Place, name: str) -> None:
    typed = {"text": "Uwaga.", "capacity": "ngo", "organisation": name}
    refused = place.guest.send(place.composer(), typed, expect=422)
    assert 'id="organisation-error"' in refused.text
    assert kept(refused.text, "text") == "Uwaga."


def test_an_organisation_with_a_long_name_is_heard_under_it(place: Place) -> None:
    name = "Stowarzyszenie " + " ".join(["Przyjaciół"] * 25)
    assert len(name) > 250
    with place.site.records() as store:
        organisation_id = records.new_organisation(store, name)
        speaker = records.new_person(store, (organisation_id, REPRESENTATIVE))
    answer = place.site.visitor(speaker).send(
        place.composer(), {"text": "Uwaga.", "capacity": f"organisation-{organisation_id}"}
    )
    assert name in words_of(place.guest.get(answer.location))


@pytest.mark.parametrize("field", ["short_name", "unit_of"])
def test_what_was_confirmed_does_not_turn_into_a_part_of_an_office(
    site: Site, place: Place, field: str
) -> None:
    with site.records() as store:
        organisation_id = organisations.create_organisation(
            SYSTEM, name="Wydział", slug=f"wydzial-{field[:4]}", kind="office", now=store.now
        )
        speaker = site.visitor(records.new_person(store, (organisation_id, REPRESENTATIVE)))
    typed = {"short_name": "Urząd Miasta", "unit_of": str(place.people.host_id)}[field]
    speaker.send(f"/organisations/wydzial-{field[:4]}/edit", {field: typed})
    with site.records():
        assert not organisation_queries.get_organisation_by_id(organisation_id).is_verified


def test_an_organisation_that_changes_its_name_while_it_is_looked_at_is_not_confirmed_by_it(
    site: Site, place: Place
) -> None:
    with site.records() as store:
        organisation_id = records.new_organisation(store, "Fundacja Pożyteczna")
        organisations.refuse_organisation(
            SYSTEM, _slug(organisation_id), reason="Brak statutu.", now=store.now
        )
        speaker = site.visitor(records.new_person(store, (organisation_id, REPRESENTATIVE)))
        slug = _slug(organisation_id)
    administrator, page = place.visitor("administrator"), f"/admin/organisations/{organisation_id}/verify"
    looked_at = form_of(administrator.get(page).text)
    speaker.send(f"/organisations/{slug}/edit", {"name": "Rada Miasta"})
    refused = administrator.post(page, looked_at, expect=422)
    assert 'id="errors-title"' in refused.text
    with site.records():
        assert not organisation_queries.get_organisation_by_id(organisation_id).is_verified
    administrator.send(page)
    with site.records():
        assert organisation_queries.get_organisation_by_id(organisation_id).is_verified


def _slug(organisation_id: int) -> str:
    return organisation_queries.get_organisation_by_id(organisation_id).slug


# --- who has an account ----------------------------------------------------------------------------------------------


def test_an_account_its_owner_has_not_confirmed_gets_no_seat_and_shows_no_name(place: Place) -> None:
    """The name would be what a stranger wrote beside somebody else's address."""
    address = "nie-moje-konto@example.org"
    typed = {"name": "Obca Osoba", "email": address, "password": "dlugie haslo 1793"}
    place.site.visitor().send("/register", typed)
    with place.site.records() as store:
        group = groups.make_group(
            SYSTEM, place.people.host_id, groups.GroupText(name="Zespół"), now=store.now
        )
    official, page = place.visitor("official"), f"/groups/{group}/people"
    told = []
    for each in (address, "nikt@example.org"):
        official.send(page, {"email": each, "role": "member"})
        told.append(words_of(official.get(page)).partition(each)[0])
    assert told[0] == told[1]
    assert "Obca Osoba" not in official.get(page).text


def test_an_official_cannot_try_a_list_of_addresses_on_a_group(place: Place) -> None:
    with place.site.records() as store:
        group = groups.make_group(
            SYSTEM, place.people.host_id, groups.GroupText(name="Zespół"), now=store.now
        )
    official, page = place.visitor("official"), f"/groups/{group}/people"
    fields = form_of(official.get(page).text)
    limiter.enabled = True
    try:
        statuses = [
            official.client.post(page, data=fields | {"email": f"nikt-{at}@example.org"}).status_code
            for at in range(21)
        ]
    finally:
        limiter.enabled = False
        limiter.reset()
    assert statuses == [303] * 20 + [429]


# --- what was erased -------------------------------------------------------------------------------------------------


def test_nothing_in_the_store_names_a_person_once_they_are_erased(site: Site, place: Place) -> None:
    """Looked for byte by byte, in every file: rows that are gone, logs of the database and queues included."""
    with site.records() as store:
        person = records.new_person(store)
        slug = organisation_queries.get_organisation_by_id(records.new_organisation(store)).slug
    name, address = "Zyngmunta Niepowtarzalna", "zyngmunta.niepowtarzalna@example.org"
    with site.records():
        account_queries.change_person(person.id or 0, name=name)
        account_queries.change_address(person.id or 0, address)
        db.session.commit()
    visitor = site.visitor(person)
    visitor.send(place.composer(), {"text": "Uwaga, której autorka odeszła."})
    visitor.send(f"/organisations/{slug}/join", {"words": f"Tu {name}."})
    site.visitor().send("/forgot", {"email": address})
    token = visitor.token("/account")
    for page, words in (("correct", f"Nazywam się {name}."), ("erase", f"Usuńcie {name}, {address}.")):
        visitor.post(f"/account/data/{page}", {"csrf_token": token, "words": words})
    assert _files_that_hold(site, name, address), "else the test looks in the wrong place"

    administrator = place.visitor("administrator")
    with site.records():
        (erasure,) = [
            request.id
            for request in request_queries.list_requests(("open",))
            if request.person_id == person.id and request.kind == "erase"
        ]
    administrator.send(f"/admin/requests/{erasure}", {"decision": "carried_out"})
    with site.records() as store:
        drop_erased_words(store.now)

    assert _files_that_hold(site, name, address) == []
    assert letters_to(site, address)[-1].text, "the decision was sent there before the address was forgotten"
    with site.records():
        assert verify_documents(SYSTEM, place.slug)[0].fault is None


def _files_that_hold(site: Site, *needles: str) -> list[str]:
    folder = Path(site.store.url.removeprefix("sqlite:///")).parent
    return [
        f"{path.name}: {needle}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for needle in needles
        if needle.encode() in path.read_bytes()
    ]
