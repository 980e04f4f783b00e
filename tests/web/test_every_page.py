"""Every address of the site answers everybody politely, in both languages."""

from __future__ import annotations

import pytest

from consult.domain.policy.permissions import Permission
from consult.web.shared.routes import PERMISSIONS_KEY
from tests.factories.records import RESIDENT, announce
from tests.web.places import WORDS, Place, new_place, things_to_name
from tests.web.visitors import Site

ROLES = ("guest", "neighbour", "member", "editor", "official", "administrator")
ON_THE_WAY_IN = {
    "accounts.sign_in_code",
    "accounts.broker",
    "accounts.broker_back",
    "accounts.broker_join",
}
"""Pages one comes to from another one, or not at all."""

ADMINISTRATION = (Permission.ADMINISTER, Permission.SEE_OPERATIONS)
OF_THEIR_AUTHOR = {
    # the submission there is came without files
    "submissions.file",
    # nothing is cut out of what there is
    "redactions.original",
    "redactions.undo",
    "comments.edit_unsent",
    "proposals.renew",
    "moderation.own_appeal",
}
"""Pages that open for one person only, whose they are."""

OF_AN_ORGANISATION = {
    f"joint_answers.{name}"
    for name in (
        "code",
        "desk",
        "letter",
        "origin",
        "own_point",
        "point",
        "remark",
        "review",
        "send",
        "set_aside",
        "settle",
        "show",
        "signatures",
        "text",
        "trail",
    )
}
"""Pages that open for an organisation only; tests/web/test_joint_answers.py reads them with its eyes."""

LEADS_ELSEWHERE = ON_THE_WAY_IN | {
    "accounts.sign_in",
    "accounts.set_up_second_factor",
    "accounts.recovery_codes",
    "accounts.renew_recovery_codes",
    "accounts.turn_off_second_factor",
    "dispositions.queue",
    "organisations.join",
}


@pytest.fixture(scope="module")
def lived_in(whole_site: Site) -> Place:
    """A document with two versions, a consultation that ended, comments of several kinds, answers published."""
    place = new_place(whole_site)
    with place.site.records() as store:
        announce(store, place.consultation_id)
    place.comment(
        text="Pierwsza uwaga.\n\nZobacz https://example.org/opis", proposed="co najmniej trzydzieści dni"
    )
    place.comment("Uwagi przyjmuje się na piśmie", sender=RESIDENT)
    place.comment(None, text="Do całości.")
    editor = place.visitor("editor")
    where = f"{place.address}/sections/{place.section_id()}"
    editor.send(where, {"source": place.source().replace("Wynik", "Pełny wynik"), "note": "Doprecyzowanie"})
    place.publish()
    for number in (1, 2, 3):
        place.answer(number)
    place.site.clock.advance(days=22)
    place.publish_answers()
    return place


def addresses(place: Place) -> dict[str, str]:
    """An address with real ids for every page one can GET."""
    given = things_to_name(place)
    with place.site.app.test_request_context():
        adapter = place.site.app.url_map.bind("localhost")
        return {
            rule.endpoint: adapter.build(rule.endpoint, given(rule))
            for rule in place.site.app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
        }


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_answers_everybody_with_manners(lived_in: Place, role: str, language: str) -> None:
    visitor = lived_in.visitor(role, language=language)
    permissions = lived_in.site.app.extensions[PERMISSIONS_KEY]
    for endpoint, address in addresses(lived_in).items():
        response = visitor.get(address, expect=(200, 303, 403, 404))
        permission = permissions.get(endpoint)
        if role == "guest" and permission not in (
            None,
            Permission.READ_DOCUMENT,
            Permission.COMMENT,
            Permission.SUPPORT,
        ):
            is_public = not isinstance(permission, Permission)
            if endpoint not in ON_THE_WAY_IN | {"joint_answers.text", "joint_answers.remark"}:
                assert response.status_code == (200 if is_public else 303), endpoint
        if role == "official" and permission in ADMINISTRATION:
            assert response.status_code == 403, endpoint
        elif role == "official" and endpoint not in OF_THEIR_AUTHOR | OF_AN_ORGANISATION:
            assert response.status_code in ((200, 303) if endpoint in LEADS_ELSEWHERE else (200,)), endpoint


def test_the_reading_page_of_every_state_has_manners(place: Place) -> None:
    for role in ("guest", "official"):
        visitor = place.visitor(role)
        for address in (place.address, f"{place.address}/versions/1"):
            visitor.get(address)
    place.comment()
    place.guest.get(place.address)
    place.site.clock.advance(days=22)
    assert WORDS in place.guest.get(place.address).text
    place.visitor("editor").get(f"{place.address}/draft")


@pytest.mark.parametrize(
    "address",
    ["/documents/nie-ma", "/documents/nie-ma/comments", "/comments/1/99999", "/nie/ma", "/static/nie-ma.css"],
)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_what_there_is_not_answers_with_a_page_in_the_readers_language(
    site: Site, address: str, language: str
) -> None:
    page = site.visitor(language=language).get(address, expect=404)
    assert ("Nie ma" in page.text or "nie ma" in page.text.lower()) is (language == "pl")
