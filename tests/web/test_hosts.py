"""The pages of hosts and organisations: who sees what, and what another host's names and numbers open (nothing)."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from sqlalchemy import Engine, event

from consult.domain.policy.actors import EDITOR, MEMBER, OFFICIAL
from consult.domain.policy.permissions import Permission
from consult.services import hosts as service
from consult.storage.database import db
from consult.storage.queries import organisations as queries
from consult.web.shared.hosts import host_frame
from consult.web.shared.routes import PERMISSIONS_KEY
from tests.factories.records import (
    declaration,
    furnish_host,
    new_document,
    new_host,
    new_organisation,
    new_person,
    open_consultation,
    small_picture,
)
from tests.web.visitors import Site, form_of, words_of


def values_of(site: Site, host_id: int) -> dict[str, object]:
    with site.records() as store:
        return furnish_host(store, host_id)


@pytest.fixture(scope="module")
def furnished(whole_site: Site) -> tuple[int, dict[str, object]]:
    """A host that has everything, and what its addresses hold."""
    with whole_site.records() as store:
        host_id = new_host(store, "Urząd Gminy Łąka")
        return host_id, furnish_host(store, host_id)


def rules(site: Site) -> Iterator[tuple[str, str, set[str]]]:
    """(endpoint, address pattern, methods) of every page of this feature."""
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint.startswith("organisations."):
            yield rule.endpoint, rule.rule, set(rule.methods or ())


def address(rule: str, values: dict[str, object]) -> str:
    for name in ("slug", "kind", "token"):
        rule = rule.replace(f"<{name}>", str(values[f"organisations.{name}"]))
    for name in ("person_id", "request_id", "invitation_id"):
        rule = rule.replace(f"<int:{name}>", str(values[f"organisations.{name}"]))
    return rule


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("who", ["guest", "stranger", "member", "editor", "official", "administrator"])
def test_every_page_answers_everybody_by_their_rights(
    site: Site, furnished: tuple[int, dict[str, object]], who: str, language: str
) -> None:
    host_id, values = furnished
    with site.records() as store:
        actor = {
            "guest": lambda: None,
            "stranger": lambda: new_person(store),
            "member": lambda: new_person(store, (host_id, MEMBER)),
            "editor": lambda: new_person(store, (host_id, EDITOR)),
            "official": lambda: new_person(store, (host_id, OFFICIAL)),
            "administrator": lambda: new_person(store, is_administrator=True),
        }[who]()
    visitor = site.visitor(actor, language=language)
    permissions = site.app.extensions[PERMISSIONS_KEY]
    looked = 0
    for endpoint, rule, methods in rules(site):
        if "GET" not in methods:
            continue
        permission = permissions[endpoint]
        manages = permission in (Permission.MANAGE_HOST, Permission.MANAGE_ORGANISATION)
        if not isinstance(permission, Permission) or (not manages and actor):
            wanted = 200
        elif actor is None:
            wanted = 303
        else:
            wanted = 200 if who in ("official", "administrator") else 403
        # whom joining or leaving does not concern is led back
        is_led_back = wanted == 200 and endpoint in ("organisations.join", "organisations.leave")
        visitor.get(address(rule, values), expect=(200, 303) if is_led_back else wanted)
        looked += 1
    assert looked > 15


def test_an_official_of_another_host_opens_and_changes_nothing_by_guessing_names_and_numbers(
    site: Site, furnished: tuple[int, dict[str, object]]
) -> None:
    """Every address of the feature with the other host's name, and one's own name with the other's numbers."""
    _, theirs = furnished
    with site.records() as store:
        mine_id = new_host(store, "Urząd Miasta Sąsiedniego")
        mine = furnish_host(store, mine_id)
        official = site.visitor(new_person(store, (mine_id, OFFICIAL)))
    permissions = site.app.extensions[PERMISSIONS_KEY]
    token = official.token("/organisations/new")
    numbers = {
        name: value
        for name, value in theirs.items()
        if name.removeprefix("organisations.") in ("person_id", "request_id", "invitation_id")
    }
    before = site.counts()
    tried = 0
    for endpoint, rule, methods in rules(site):
        if permissions[endpoint] not in (Permission.MANAGE_HOST, Permission.MANAGE_ORGANISATION):
            continue
        if "GET" in methods:
            page = official.get(address(rule, theirs), expect=403)
            assert "dostepnosc@example.org" not in page.text
        if "POST" in methods:
            fields = {"csrf_token": token, "role": OFFICIAL, "source": "Inny tekst", "name": "Inna nazwa"}
            official.post(address(rule, theirs), fields, expect=403)
            tried += 1
            if any(f"<int:{name.removeprefix('organisations.')}>" in rule for name in numbers):
                official.post(address(rule, mine | numbers), fields, expect=404)
    assert tried > 8
    assert site.counts() == before


def test_what_is_no_host_has_no_hosts_pages(site: Site) -> None:
    with site.records() as store:
        slug = queries.get_organisation_by_id(new_organisation(store, "Fundacja bez stron")).slug
    for part in ("", "/rules", "/clause", "/accessibility", "/privacy", "/crest", "/look.css"):
        site.visitor().get(f"/hosts/{slug}{part}", expect=404)


def test_a_crest_is_served_as_a_picture_and_nothing_else(
    site: Site, furnished: tuple[int, dict[str, object]]
) -> None:
    slug = furnished[1]["organisations.slug"]
    answer = site.visitor().get(f"/hosts/{slug}/crest")
    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = site.visitor().get(f"/hosts/{slug}").text
    named = page.split('class="crest" src="')[1].split('"')[0]
    assert "immutable" in site.visitor().get(named).headers["Cache-Control"]
    assert "immutable" not in site.visitor().get(f"/hosts/{slug}/crest?v=other").headers["Cache-Control"]


def test_a_crest_that_is_a_drawing_with_a_script_is_refused_with_a_reason(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        slug = queries.get_organisation_by_id(host_id).slug
        official = site.visitor(new_person(store, (host_id, OFFICIAL)))
    drawing = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for name in ("herb.svg", "herb.png"):
        page = official.post(
            f"/hosts/{slug}/edit/crest",
            {
                "csrf_token": official.token(f"/hosts/{slug}/edit/look"),
                "crest": (io.BytesIO(drawing), name, "image/png"),
            },
            expect=422,
        )
        assert "SVG" in words_of(page)
        assert "PNG" in words_of(page)
    site.visitor().get(f"/hosts/{slug}/crest", expect=404)


def test_a_crest_sent_is_made_anew_and_shown(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        slug = queries.get_organisation_by_id(host_id).slug
        official = site.visitor(new_person(store, (host_id, OFFICIAL)))
    sent = small_picture("JPEG", (2_000, 1_000))
    official.post(
        f"/hosts/{slug}/edit/crest",
        {
            "csrf_token": official.token(f"/hosts/{slug}/edit/look"),
            "crest": (io.BytesIO(sent), "herb.jpg", "image/jpeg"),
        },
    )
    shown = site.visitor().get(f"/hosts/{slug}/crest").data
    with Image.open(io.BytesIO(shown)) as picture:
        assert (picture.format, picture.size) == ("PNG", (512, 256))


def test_the_colour_of_a_host_comes_in_a_sheet_of_its_own(
    site: Site, furnished: tuple[int, dict[str, object]]
) -> None:
    slug = furnished[1]["organisations.slug"]
    page = site.visitor().get(f"/hosts/{slug}").text
    sheet = page.split(f'href="/hosts/{slug}/look.css')[1].split('"')[0]
    answer = site.visitor().get(f"/hosts/{slug}/look.css{sheet}")
    assert answer.mimetype == "text/css"
    assert "--brand: #7a1f3d;" in answer.text
    assert "prefers-color-scheme: dark" in answer.text
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_colour_nobody_could_read_is_refused_with_the_nearest_that_can_be(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        slug = queries.get_organisation_by_id(host_id).slug
        official = site.visitor(new_person(store, (host_id, OFFICIAL)))
    page = official.send(f"/hosts/{slug}/edit/look", {"accent": "#ffd700"}, expect=422)
    assert "#786a00" in words_of(page)
    fields = form_of(page.text)
    assert fields.get("accent") in (None, "#ffd700")
    official.post(
        f"/hosts/{slug}/edit/look",
        {"csrf_token": official.token(f"/hosts/{slug}/edit/look"), "accent": "red;} body{display:none"},
        expect=422,
    )
    assert "--brand" not in site.visitor().get(f"/hosts/{slug}/look.css").text


def test_an_older_version_stays_readable_and_leads_to_the_one_in_force(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        slug = queries.get_organisation_by_id(host_id).slug
        official = new_person(store, (host_id, OFFICIAL))
        service.publish_text(official, slug, "clause", "Pierwsze brzmienie.", now=store.now)
        store.clock.advance(days=3)
        service.publish_text(official, slug, "clause", "Drugie brzmienie.", now=store.now)
    now = words_of(site.visitor().get(f"/hosts/{slug}/clause"))
    assert "Drugie brzmienie." in now
    assert "Pierwsze" not in now
    then = site.visitor().get(f"/hosts/{slug}/clause?version=1")
    assert "Pierwsze brzmienie." in words_of(then)
    assert f'href="/hosts/{slug}/clause"' in then.text
    site.visitor().get(f"/hosts/{slug}/clause?version=3", expect=404)


def test_a_text_can_be_seen_before_it_is_published_and_is_then_nobodys(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        slug = queries.get_organisation_by_id(host_id).slug
        official = site.visitor(new_person(store, (host_id, OFFICIAL)))
    where = f"/hosts/{slug}/edit/texts/rules"
    seen = official.send(
        where,
        {"source": "# Regulamin\n\nTajne <b>słowa</b> <script>x()</script>", "act": "preview"},
        expect=200,
    )
    assert "<h2>Regulamin</h2>" in seen.text
    assert "x()</script>" not in seen.text
    assert "Tajne" not in site.visitor().get(f"/hosts/{slug}/rules").text


def test_the_suggested_texts_cannot_be_published_before_they_are_filled_in(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        slug = queries.get_organisation_by_id(host_id).slug
        official = site.visitor(new_person(store, (host_id, OFFICIAL)))
    for kind in ("rules", "clause", "privacy"):
        where = f"/hosts/{slug}/edit/texts/{kind}"
        page = official.send(where, {"act": "publish"}, expect=422)
        assert "[[" in words_of(page)
        source = form_of(page.text)["source"]
        filled = source.replace("[[", "").replace("]]", "")
        official.send(where, {"source": filled, "act": "publish"})
        site.visitor().get(f"/hosts/{slug}/{kind}")


def test_the_accessibility_declaration_says_what_the_act_asks_for(
    site: Site, furnished: tuple[int, dict[str, object]]
) -> None:
    slug = furnished[1]["organisations.slug"]
    page = site.visitor().get(f"/hosts/{slug}/accessibility").text
    for part in (
        "podmiot",
        "url",
        "data-publikacja",
        "status",
        "data-sporzadzenie",
        "osoba",
        "email",
        "telefon",
    ):
        assert f'id="a11y-{part}"' in page
    for part in ("procedura", "architektura"):
        assert f'id="a11y-{part}"' in page
    assert "4 kwietnia 2019" in page


def test_a_declaration_is_filled_in_and_published_on_its_page(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        slug = queries.get_organisation_by_id(host_id).slug
        official = site.visitor(new_person(store, (host_id, OFFICIAL)))
    where = f"/hosts/{slug}/edit/accessibility"
    official.send(where, {}, expect=422)
    said = {name: getattr(declaration(), name) for name in declaration().__dataclass_fields__}
    official.send(where, said | {"email": ""}, expect=422)
    official.send(where, said)
    assert "Podjazd od podwórza." in words_of(site.visitor().get(f"/hosts/{slug}/accessibility"))


def test_a_host_shows_its_open_consultation_and_published_documents_only(site: Site) -> None:
    with site.records() as store:
        host_id = new_host(store)
        slug = queries.get_organisation_by_id(host_id).slug
        shown = new_document(store, "# Widoczny dokument\n\nTekst.", host_id=host_id)
        new_document(store, "# Ukryty projekt\n\nTekst.", host_id=host_id)
        open_consultation(store, shown)
    for where in (f"/hosts/{slug}", f"/organisations/{slug}"):
        page = words_of(site.visitor().get(where))
        assert "Widoczny dokument" in page or "projekt" in page
        assert "Ukryty" not in page
    assert f"/documents/{shown}/comments/new" in site.visitor().get(f"/hosts/{slug}").text


def test_names_with_markup_are_words(site: Site) -> None:
    name = 'Fundacja <img src=x onerror=alert(1)> "A" & B'
    with site.records() as store:
        slug = queries.get_organisation_by_id(new_organisation(store, name)).slug
    page = site.visitor().get(f"/organisations/{slug}")
    assert "<img src=x" not in page.text
    assert name in words_of(page)


def test_the_frame_of_a_host_costs_one_question_however_often_it_is_asked_for(
    site: Site, furnished: tuple[int, dict[str, object]]
) -> None:
    host_id, values = furnished
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with site.app.test_request_context("/"):
            frames = {host_frame(host_id) for _ in range(3)}
            db.session.remove()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    (question,) = [statement for statement in asked if statement.startswith("SELECT")]
    assert "host.crest_hash" in question
    assert "host.crest," not in question  # the picture itself has an address of its own
    (frame,) = frames
    slug = values["organisations.slug"]
    assert frame.accessibility_href == f"/hosts/{slug}/accessibility"
    assert frame.privacy_href == f"/hosts/{slug}/privacy"
    assert frame.crest_href.startswith(f"/hosts/{slug}/crest?v=")
    assert frame.look_href.startswith(f"/hosts/{slug}/look.css?v=")


def test_what_every_host_declares_is_one_press_from_every_page(
    site: Site, furnished: tuple[int, dict[str, object]]
) -> None:
    _, values = furnished
    assert 'href="/statements"' in site.visitor().get("/").text
    page = site.visitor().get("/statements")
    for part in ("accessibility", "clause", "privacy", "rules"):
        assert f'href="/hosts/{values["organisations.slug"]}/{part}"' in page.text
