"""The page of roles and every refusal say what the policy table says, in both languages, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po

from consult.domain.policy import actors, predicates
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import ALLOWED_WHEN, is_allowed
from consult.web.admin.views.roles import CASES, EXAMPLES, PLAIN, SEATS
from consult.web.shared.errors.wordings.permissions import (
    CIRCUMSTANCES,
    NEXT_STEPS,
    PERMISSIONS,
    REASONS,
    ROLES,
    SAYS_ITSELF,
    SYSTEM_ONLY,
    WORDINGS,
)
from consult.web.shared.i18n import CATALOGUES
from tests.architecture.error_codes import raised
from tests.web.manners import parsed, text_of
from tests.web.places import Place, new_draft
from tests.web.visitors import Site, words_of


def english(words: object) -> str:
    args = getattr(words, "_args", None)
    return str(args[0]) if args else str(words)


CONDITIONS = {holds.__name__ for conditions in ALLOWED_WHEN.values() for holds in conditions} - {SYSTEM_ONLY}
WORDS = [
    *PERMISSIONS.values(),
    *REASONS.values(),
    *CIRCUMSTANCES.values(),
    *NEXT_STEPS.values(),
    *(words for pair in ROLES.values() for words in pair),
]


# --- the words ----------------------------------------------------------------------------------------------------


def test_every_permission_is_said_in_its_own_sentence() -> None:
    assert {permission: english(words) for permission, words in PERMISSIONS.items()} == {
        permission: permission.value for permission in Permission
    }


def test_every_condition_has_words_and_no_words_are_left_over() -> None:
    assert set(REASONS) == CONDITIONS
    assert set(CIRCUMSTANCES) == {
        name for name in CONDITIONS if name.startswith("is_published") or "open" in name or "_group" in name
    }
    assert set(CASES) | set(SEATS) == set(CIRCUMSTANCES)
    assert all(hasattr(predicates, name) for name in REASONS)


def test_every_role_there_is_has_a_name_and_an_example() -> None:
    there = {
        actors.ADMINISTRATOR,
        actors.OFFICIAL,
        actors.EDITOR,
        actors.REPRESENTATIVE,
        actors.MEMBER,
    }
    assert set(ROLES) == set(EXAMPLES) == there | {"guest", "resident"}


def test_every_refusal_of_a_permission_has_a_sentence() -> None:
    named = {code.removeprefix("not_permitted.") for code in WORDINGS if code.startswith("not_permitted.")}
    assert {permission.name.lower() for permission in Permission} <= named


def test_every_rule_says_what_can_be_done_instead_or_when() -> None:
    rules = {found.code for found in raised() if found.code.startswith("rule.")}
    assert sorted(rules - set(NEXT_STEPS) - SAYS_ITSELF) == []
    assert sorted((set(NEXT_STEPS) | SAYS_ITSELF) - rules) == []
    assert not set(NEXT_STEPS) & SAYS_ITSELF


@pytest.mark.parametrize("words", WORDS, ids=english)
def test_all_of_it_is_said_in_polish(words: object) -> None:
    with (CATALOGUES / "pl" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        message = read_po(file, locale="pl").get(english(words))
    assert message is not None
    assert message.string
    assert message.string != english(words)


# --- the page -------------------------------------------------------------------------------------------------------


def table(site: Site, language: str) -> tuple[list[str], dict[str, list[str]]]:
    page = parsed(site.visitor(language=language).get("/roles").text)
    found = next(page.iter("table"))
    heads = [text_of(cell) for cell in next(iter(found.iter("tr")))]
    rows = {text_of(row[0]): [text_of(cell) for cell in row[1:]] for row in list(found.iter("tr"))[1:]}
    return heads, rows


def test_the_table_answers_what_the_policy_table_answers(site: Site) -> None:
    heads, rows = table(site, "en")
    assert len(heads) == len(EXAMPLES) + 1
    for permission in Permission:
        for actor, cell in zip(EXAMPLES.values(), rows[permission.value], strict=True):
            always = is_allowed(actor, permission, PLAIN)
            sometimes = any(is_allowed(actor, permission, target) for target in CASES.values()) or (
                actor.is_signed_in
                and any(is_allowed(seated(actor, seat), permission, PLAIN) for seat in SEATS.values())
            )
            assert (cell == "Yes", cell == "No") == (always, not always and not sometimes), permission


def seated(actor: Actor, seat: str) -> Actor:
    return replace(actor, seats=frozenset({(PLAIN.document_id or 0, seat)}))


def test_the_page_is_complete_in_both_languages_and_needs_no_account(site: Site) -> None:
    for language in ("pl", "en"):
        _, rows = table(site, language)
        assert len(rows) == len(Permission)
        assert all(len(cells) == len(EXAMPLES) and all(cells) for cells in rows.values())


def test_the_page_follows_the_table_when_the_table_changes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ALLOWED_WHEN, Permission.COMMENT, (predicates.is_administrator,))
    _, rows = table(site, "en")
    cells = dict(zip(EXAMPLES, rows[Permission.COMMENT.value], strict=True))
    assert (cells["guest"], cells["official"], cells["administrator"]) == ("No", "No", "Yes")


# --- "why can't I?" ---------------------------------------------------------------------------------------------------


def why_of(page: str) -> Element:
    found = [one for one in parsed(page).iter() if one.get("class") == "why"]
    assert found, "the page does not say why"
    return found[0]


def links_of(element: Element) -> list[str]:
    return [link.get("href", "") for link in element.iter("a")]


@pytest.mark.parametrize(
    ("role", "tail", "who"),
    [
        ("member", "/publish", "osoby prowadzące konsultacje w tym urzędzie"),
        ("editor", "/consult", "osoby prowadzące konsultacje w tym urzędzie"),
        ("neighbour", "/draft", "wszystkie osoby z zespołu tego urzędu lub tej organizacji"),
    ],
)
def test_a_refusal_says_who_may_whom_to_ask_and_where_all_of_it_stands(
    place: Place, role: str, tail: str, who: str
) -> None:
    page = place.visitor(role).get(place.address + tail, expect=403)
    why = why_of(page.text)
    assert who in text_of(why)
    links = links_of(why)
    assert any(link.startswith("/hosts/") for link in links)
    assert any(link.startswith("/roles#") for link in links)
    assert not any(link == place.address + tail for link in links_of(parsed(page.text)))


def test_a_closed_consultation_says_until_when_comments_were_taken_and_who_may_still(place: Place) -> None:
    place.site.clock.advance(days=22)
    page = place.guest.get(place.address)
    why = text_of(why_of(page.text))
    assert "23 marca 2026, godz. 10.00" in why
    assert "wszyscy, dopóki trwają konsultacje" in why
    assert any(link.startswith("/sign-in?next=") for link in links_of(why_of(page.text)))
    refused = place.guest.get(f"{place.address}/comments/new", expect=409)
    assert "23 marca 2026" in words_of(refused)
    assert "why" in refused.text


def test_a_consultation_that_has_not_begun_says_when_it_does(place: Place) -> None:
    place.site.clock.advance(days=-1)
    refused = words_of(place.guest.get(f"{place.address}/comments/new", expect=409))
    assert "2 marca 2026" in refused
    assert "2 marca 2026" in text_of(why_of(place.guest.get(place.address).text))


def test_those_of_the_office_learn_why_they_cannot_do_more_and_others_are_not_bothered(place: Place) -> None:
    assert "Zmienianie tekstu" in text_of(why_of(place.visitor("member").get(place.address).text))
    editors = text_of(why_of(place.visitor("editor").get(place.address).text))
    assert "Zmienianie tekstu" not in editors
    assert "Publikowanie" in editors
    for role in ("guest", "neighbour", "official"):
        assert 'class="why"' not in place.visitor(role).get(place.address).text


def test_what_one_may_not_know_of_says_nothing_but_offers_to_sign_in(place: Place) -> None:
    hidden = place.guest.get(f"/documents/{new_draft(place)}", expect=404)
    nothing = place.guest.get("/documents/nie-ma-takiego", expect=404)
    assert 'class="why"' not in hidden.text
    assert "/sign-in?next=" in hidden.text
    assert "/sign-in?next=" in nothing.text


def test_a_refusal_never_offers_to_go_back_to_itself(place: Place) -> None:
    here = f"{place.address}/publish"
    visitor = place.visitor("member")
    again = visitor.get(here, expect=403, headers={"Referer": f"http://localhost{here}"})
    assert f'href="{here}"' not in again.text
    back = visitor.get(here, expect=403, headers={"Referer": f"http://localhost{place.address}"})
    assert f'class="button primary" href="{place.address}"' in back.text
    elsewhere = visitor.get(here, expect=403, headers={"Referer": "https://elsewhere.example/x"})
    assert "elsewhere.example" not in elsewhere.text


def test_the_target_of_the_page_is_a_document_of_an_office_and_nothing_more() -> None:
    assert Target(host_id=PLAIN.host_id, document_id=PLAIN.document_id) == PLAIN
    assert PLAIN.host_id is not None
    assert PLAIN.document_id is not None
