"""Organisations as people meet them: found, entered, joined by links, spoken for in comments."""

from __future__ import annotations

import re

from consult.domain.policy.actors import MEMBER, OFFICIAL, REPRESENTATIVE, SYSTEM
from consult.services import hosts, organisations
from consult.storage.queries import organisations as queries
from tests.factories.records import (
    new_document,
    new_host,
    new_organisation,
    new_person,
    open_consultation,
)
from tests.web.visitors import Site, form_of, words_of


def slug_of(site: Site, organisation_id: int) -> str:
    with site.records():
        return queries.get_organisation_by_id(organisation_id).slug


def test_an_organisation_is_entered_and_shown_as_waiting(site: Site) -> None:
    with site.records() as store:
        person = site.visitor(new_person(store))
    answer = person.send(
        "/organisations/new",
        {
            "name": "Stowarzyszenie Cichych Podwórek",
            "kind": "ngo",
            "krs": "765 432",
            "website": "www.example.org",
        },
    )
    assert answer.location.endswith("/organisations/stowarzyszenie-cichych-podworek")
    page = words_of(site.visitor().get(answer.location))
    assert "Czeka na weryfikację" in page
    assert "0000765432" in page
    assert "https://www.example.org" in page


def test_what_was_typed_stays_when_something_has_to_be_mended(site: Site) -> None:
    with site.records() as store:
        person = site.visitor(new_person(store))
    typed = {
        "name": "Fundacja Zielony Skwer",
        "kind": "ngo",
        "nip": "1234567890",
        "summary": "Sadzimy drzewa.",
    }
    page = person.send("/organisations/new", typed, expect=422)
    kept = form_of(page.text)
    assert {name: kept[name] for name in typed} == typed
    assert "NIP" in words_of(page)


def test_a_name_nearly_the_same_is_entered_after_saying_that_it_is_another(site: Site) -> None:
    with site.records() as store:
        new_organisation(store, "Fundacja Dobry Sąsiad")
        person = site.visitor(new_person(store))
    fields = {"name": "Fundacja Dobry Sasiad", "kind": "ngo"}
    page = person.send("/organisations/new", fields, expect=422)
    assert "Fundacja Dobry Sąsiad" in words_of(page)
    person.post("/organisations/new", form_of(page.text) | {"is_another": "y"})


def test_the_list_is_narrowed_by_words_kind_and_verification(site: Site) -> None:
    with site.records() as store:
        new_organisation(store, "Koło Gospodyń Wiejskich w Żabiej Łące")
        organisations.register_organisation(
            new_person(store), organisations.Profile(name="Rada Żabiej Osady", kind="council"), now=store.now
        )
    guest = site.visitor()
    assert "Koło Gospodyń" in words_of(guest.get("/organisations?q=zabiej+GOSPODYN"))
    for address in (
        "/organisations?q=zabiej&kind=council",
        "/organisations?q=zabiej&standing=waiting",
    ):
        page = words_of(guest.get(address))
        assert "Rada Żabiej Osady" in page
        assert "Koło Gospodyń" not in page
    assert "Nie ma takiej organizacji" in words_of(guest.get("/organisations?q=%25"))
    guest.get("/organisations?page=99999&kind=zmyslony&standing=x")


def test_a_link_is_shown_once_and_following_it_changes_nothing(site: Site) -> None:
    with site.records() as store:
        organisation_id = new_organisation(store)
        keeper = site.visitor(new_person(store, (organisation_id, REPRESENTATIVE)))
        newcomer = site.visitor(new_person(store))
    slug = slug_of(site, organisation_id)
    where = f"/organisations/{slug}/people"
    keeper.send(where, {"role": MEMBER, "most_uses": "1"}, to=f"{where}/invite")
    link = re.search(
        r'value="https://konsultacje\.example\.org(/invitations/[\w-]+)"', keeper.get(where).text
    )
    assert link
    assert link[1] not in keeper.get(where).text
    before = site.counts()
    for _ in range(3):  # a mail scanner, and a second one
        answer = site.visitor().get(link[1])
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        newcomer.get(link[1])
    assert site.counts() == before
    assert site.visitor().post(f"{link[1]}/accept").location.startswith("/sign-in")
    newcomer.post(f"{link[1]}/accept", {"csrf_token": newcomer.token(link[1])})
    assert "członek lub członkini" in words_of(newcomer.get(f"/organisations/{slug}"))
    site.visitor().get(link[1], expect=409)
    site.visitor().get("/invitations/zgadywane", expect=404)


def test_a_wish_is_decided_on_the_page_of_people(site: Site) -> None:
    with site.records() as store:
        organisation_id = new_organisation(store)
        keeper = site.visitor(new_person(store, (organisation_id, REPRESENTATIVE)))
        wishing = site.visitor(new_person(store))
    slug = slug_of(site, organisation_id)
    wishing.send(f"/organisations/{slug}/join", {"words": "Prowadzę biuro."})
    assert "czeka na decyzję" in words_of(wishing.get(f"/organisations/{slug}"))
    wishing.get(f"/organisations/{slug}/people", expect=403)
    page = keeper.get(f"/organisations/{slug}/people").text
    assert "Prowadzę biuro." in page
    accept = re.search(r'action="(/organisations/[^"]+/accept)"', page)
    assert accept
    fields = {"csrf_token": form_of(page)["csrf_token"], "role": MEMBER, "is_speaker": "y"}
    keeper.post(accept[1], fields)
    keeper.post(accept[1], fields, expect=409)
    assert "występuje w jej imieniu" in words_of(keeper.get(f"/organisations/{slug}/people"))


def test_addresses_of_people_are_seen_by_those_who_manage_only(site: Site) -> None:
    with site.records() as store:
        organisation_id = new_organisation(store)
        new_person(store, (organisation_id, REPRESENTATIVE))
        member = site.visitor(new_person(store, (organisation_id, MEMBER)))
    slug = slug_of(site, organisation_id)
    for visitor in (site.visitor(), member):
        assert "person-" not in visitor.get(f"/organisations/{slug}").text
    member.get(f"/organisations/{slug}/people", expect=403)


def test_a_comment_for_an_organisation_is_its_voice_or_an_unconfirmed_claim(site: Site) -> None:
    with site.records() as store:
        document = new_document(store, host_id=new_host(store))
        open_consultation(store, document)
        organisation_id = new_organisation(store, "Fundacja Prawdziwa")
        speaker = site.visitor(new_person(store, (organisation_id, REPRESENTATIVE)))
        silent = site.visitor(new_person(store, (organisation_id, MEMBER)))
    composer = f"/documents/{document}/comments/new"
    page = words_of(speaker.get(composer))
    assert "W imieniu: Fundacja Prawdziwa" in page
    assert "niepotwierdzone”)" not in page
    assert "(z dopiskiem „niepotwierdzone”)" in words_of(silent.get(composer))
    own = f"organisation-{organisation_id}"
    for visitor, capacity, is_claim in (
        (speaker, own, False),
        (silent, own, True),
        (site.visitor(), "ngo", True),
        (site.visitor(), own, None),
    ):
        fields = {"text": "Uwaga.", "capacity": capacity, "organisation": "Fundacja Prawdziwa"}
        answer = visitor.send(composer, fields, expect=422 if is_claim is None else 303)
        if is_claim is not None:
            receipt = words_of(visitor.get(answer.location))
            assert "Fundacja Prawdziwa" in receipt
            assert ("niepotwierdzone" in receipt) is is_claim


def test_the_form_and_the_receipt_lead_to_the_clause_of_that_moment(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        host = queries.get_organisation_by_id(host_id).slug
        document = new_document(store, host_id=host_id)
        open_consultation(store, document)
        hosts.publish_text(SYSTEM, host, "clause", "Pierwsza klauzula.", now=store.now)
    guest = site.visitor()
    composer = f"/documents/{document}/comments/new"
    assert f'href="/hosts/{host}/clause"' in guest.get(composer).text
    receipt = guest.send(composer, {"text": "Uwaga.", "capacity": "resident"}).location
    with site.records() as store:
        hosts.publish_text(SYSTEM, host, "clause", "Druga klauzula.", now=store.now)
    link = re.search(rf'href="(/hosts/{host}/clause\?version=1)"', guest.get(receipt).text)
    assert link
    assert "Pierwsza klauzula." in words_of(guest.get(link[1]))


def test_somebody_who_gives_up_looking_after_an_organisation_is_told_kindly(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        official = new_person(store, (host_id, OFFICIAL))
        new_person(store, (host_id, OFFICIAL))
    visitor = site.visitor(official)
    slug = slug_of(site, host_id)
    page = visitor.get(f"/organisations/{slug}/people").text
    fields = {"csrf_token": form_of(page)["csrf_token"], "role": MEMBER}
    answer = visitor.post(f"/organisations/{slug}/people/{official.id}/change", fields)
    visitor.get(answer.location)


def test_whom_joining_and_leaving_does_not_concern_is_led_back_kindly(site: Site) -> None:
    with site.records() as store:
        organisation_id = new_organisation(store)
        inside = site.visitor(new_person(store, (organisation_id, MEMBER)))
        outside = site.visitor(new_person(store))
    where = f"/organisations/{slug_of(site, organisation_id)}"
    told = outside.follow(outside.get(f"{where}/leave", expect=303))
    assert "Nie należysz do tej organizacji" in told.text
    told = inside.follow(inside.get(f"{where}/join", expect=303))
    assert "Należysz już do tej organizacji" in told.text
    outside.send(f"{where}/join", {"words": "Pracuję tu."})
    told = outside.follow(outside.get(f"{where}/join", expect=303))
    assert "Prośba została już wysłana" in told.text
    inside.get(f"{where}/leave")
