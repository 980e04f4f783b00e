"""Proposals, statuses, dissent and notes through their pages, without a script."""

from __future__ import annotations

import re

import pytest

from consult.domain.policy.actors import Actor
from consult.services import section_statuses, working_notes
from tests.factories import records
from tests.factories.group_at_work import seated
from tests.web.places import Place
from tests.web.visitors import Visitor, form_of


@pytest.fixture
def group(place: Place) -> dict[str, Actor]:
    with place.site.records() as store:
        name = records.new_group(store, place.people.host_id, place.slug, name="Redakcja")
        return {role: seated(store, name, role) for role in ("chair", "editor", "member", "observer")}


def propose(place: Place, visitor: Visitor, old: str, new: str, title: str) -> str:
    """The address of a proposal made on its page."""
    page = visitor.get(f"{place.address}/proposals/new?section={place.section_id()}")
    assert "Zlecanie zadań" in page.text
    answer = visitor.post(
        f"{place.address}/proposals/new",
        {
            **form_of(page.text),
            "source": place.source().replace(old, new),
            "title": title,
            "rationale": "Bo tak jest lepiej.",
            "act": "send",
        },
    )
    return answer.location


def test_a_proposal_grows_part_by_part_and_nothing_typed_is_lost(
    place: Place, group: dict[str, Actor]
) -> None:
    visitor = place.site.visitor(group["member"])
    page = visitor.get(f"{place.address}/proposals/new?section={place.section_id()}")
    sent = {
        **form_of(page.text),
        "source": place.source().replace("siedmiu", "pięciu"),
        "title": "Krótsze terminy",
        "rationale": "",
    }
    more = visitor.post(
        f"{place.address}/proposals/new",
        sent | {"act": "more", "more_kind": "add", "more_section": place.section_id("Konsultacje")},
        expect=200,
    )
    assert "pięciu" in more.text
    assert 'name="title_1"' in more.text
    shown = visitor.post(f"{place.address}/proposals/new", {**form_of(more.text), "act": "show"}, expect=200)
    assert "<ins>" in shown.text
    refused = visitor.post(f"{place.address}/proposals/new", sent | {"act": "send"}, expect=422)
    assert "pięciu" in refused.text


def test_an_editor_takes_what_is_ticked_and_a_rival_comes_to_the_page_that_joins_both(
    place: Place, group: dict[str, Actor]
) -> None:
    member, editor = place.site.visitor(group["member"]), place.site.visitor(group["editor"])
    first = propose(place, member, "siedmiu dni", "pięciu dni", "Pięć dni")
    rival = propose(place, member, "siedmiu dni", "dziewięciu dni", "Dziewięć dni")
    together = editor.get(f"{place.address}/proposals/together").text
    assert "Pięć dni" in together
    assert "Dziewięć dni" in together

    page = editor.get(first).text
    ticked = re.findall(r'name="pick" value="([^"]+)"', page)
    editor.post(f"{first}/decision", {**form_of(page), "act": "take", "pick": ticked})
    assert "pięciu dni" in place.source()

    page = editor.get(rival).text
    ticked = re.findall(r'name="pick" value="([^"]+)"', page)
    joining = editor.post(f"{rival}/decision", {**form_of(page), "act": "take", "pick": ticked}, expect=409)
    (part,) = re.findall(r'name="source_(\d+)"', joining.text)
    joined = place.source().replace("pięciu dni", "ośmiu dni")
    editor.post(f"{rival}/decision", {**form_of(joining.text), f"source_{part}": joined, "act": "take"})
    assert "ośmiu dni" in place.source()
    assert "Propozycja 2" in editor.get(f"{place.address}/history").text


def test_a_public_opinion_stands_beside_the_part_in_the_next_version_and_a_note_nowhere(
    place: Place, group: dict[str, Actor]
) -> None:
    with place.site.records() as store:
        for words, is_public in (("Zdanie dla wszystkich.", True), ("Zdanie dla grupy.", False)):
            section_statuses.hold_dissent(
                group["member"], place.slug, place.section_id(), words, is_public=is_public, now=store.now
            )
        working_notes.write_note(
            group["member"], place.slug, place.section_id(), "Notatka na boku.", now=store.now
        )
    number = place.publish()

    version = place.guest.get(f"{place.address}/versions/{number}").text
    assert "Zdanie dla wszystkich." in version
    assert "Zdanie dla grupy." not in version
    observer = place.site.visitor(group["observer"])
    draft = observer.get(f"{place.address}/draft").text
    assert "Zdanie dla grupy." in draft
    assert "Notatka na boku." not in draft
    assert "Notatka na boku." in observer.get(f"{place.address}/notes").text
    place.visitor("member").get(f"{place.address}/notes", expect=403)


def test_a_member_who_may_not_edit_is_led_to_a_proposal_and_a_stranger_is_not(
    place: Place, group: dict[str, Actor]
) -> None:
    editor = f"{place.address}/sections/{place.section_id()}"
    proposing = f"{place.address}/proposals/new?section={place.section_id()}"
    assert proposing in place.site.visitor(group["member"]).get(editor, expect=403).text
    assert proposing not in place.site.visitor(group["observer"]).get(editor, expect=403).text
    assert proposing not in place.visitor("neighbour").get(editor, expect=403).text
