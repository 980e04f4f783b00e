"""What every answer carries, and what every act needs to carry."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from consult.app import create_app
from consult.settings import Settings
from consult.web.shared.routes import PERMISSIONS_KEY
from tests.factories.apps import SettableClock, build_ports, new_sqlite
from tests.web.places import Place, things_to_name
from tests.web.visitors import Site

EVERYWHERE = (
    "/",
    "/documents",
    "/search?q=x",
    "/sign-in",
    "/nie-ma",
    "/health",
    "/static/css/base.css",
    "/static/nie-ma",
)


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_carries_the_headers_that_keep_pages_apart(site: Site, address: str) -> None:
    headers = site.visitor().get(address, expect=(200, 404)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Server" not in headers


def test_an_error_carries_them_too(place: Place) -> None:
    for answer in (
        place.guest.client.post("/documents"),
        place.guest.post(place.composer(), {}, expect=422),
        place.visitor("editor").get(f"{place.address}/publish", expect=403),
    ):
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_failure_inside_shows_a_number_to_quote_and_nothing_of_the_inside(place: Place) -> None:
    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError("a secret of the inside")

    with place.site.store.replaced(search=Broken()):
        for language in ("pl", "en"):
            page = place.visitor("guest", language=language).get("/search?q=x", expect=500)
            assert "secret" not in page.text
            assert "Traceback" not in page.text
            assert 'class="code"' in page.text


def test_without_a_database_people_still_get_an_answer_in_words(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from consult.web.shared import viewers

    def unreachable(_person_id: int) -> None:
        raise OperationalError("SELECT", {}, Exception("a secret of the inside"))

    monkeypatch.setattr(viewers, "find_person", unreachable)
    answer = place.visitor("official").client.get(place.address)
    assert answer.status_code == 500
    assert answer.mimetype == "text/plain"
    assert "Prosimy spróbować za chwilę" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_pages_of_guests_set_no_cookie(place: Place) -> None:
    place.comment()
    for address in (
        "/",
        "/documents",
        place.address,
        f"{place.address}/comments",
        f"{place.address}/history",
        f"/comments/{place.register_id}/1",
        "/search?q=x",
        "/nie-ma",
    ):
        assert "Set-Cookie" not in place.guest.get(address, expect=(200, 404)).headers, address


def test_two_guests_get_the_same_page_to_the_letter(place: Place) -> None:
    place.comment()
    for address in (
        "/",
        "/documents",
        place.address,
        f"{place.address}/comments",
        f"/comments/{place.register_id}/1",
        "/search?q=nabór",
    ):
        assert place.guest.get(address).data == place.guest.get(address).data


def test_the_session_cookie_is_for_our_pages_only(place: Place) -> None:
    cookies = place.guest.get(place.composer()).headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


def test_the_chosen_language_is_kept_in_a_cookie_of_its_own(site: Site) -> None:
    visitor = site.visitor()
    visitor.language = "en"
    cookie = visitor.get("/?lang=en").headers["Set-Cookie"]
    assert cookie.startswith("lang=en;")
    assert "HttpOnly" in cookie
    visitor.get("/documents")
    visitor.language = "pl"
    visitor.get("/documents?lang=pl")
    visitor.get("/documents?lang=klingon")
    assert "Set-Cookie" not in visitor.get("/?lang=klingon").headers


def test_behind_https_cookies_are_secure_and_the_browser_is_told_to_stay(tmp_path: Path) -> None:
    settings = Settings(
        consult_data=tmp_path,
        database_url=new_sqlite(tmp_path),
        secret_key="x",
        secure_cookies=True,
        proxy_hops=1,
    )
    app = create_app(settings, ports=build_ports(SettableClock()))
    answer = app.test_client().get("/sign-in?lang=en", headers={"X-Forwarded-Proto": "https"})
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("Secure" in cookie for cookie in cookies)
    with app.app_context():
        from consult.storage.database import db

        db.engine.dispose()


def test_every_act_is_refused_without_the_token_of_a_page(place: Place) -> None:
    """Every address that takes a POST, by every kind of person: nothing is written."""
    place.comment()
    given = things_to_name(place)
    everything = {
        "text": "x",
        "title": "x",
        "label": "x",
        "source": place.source() + "\n\nx\n",
        "note": "x",
        "position": "",
        "outcome": "rejected",
        "justification": "x",
        "capacity": "resident",
        "kind": "other",
        "summary": "x",
        "base": str(place.text_id()),
        "email": "x@example.org",
        "password": "x",
        "token": "x",
        "level": "2",
        "opens_on": "2027-01-01",
        "closes_on": "2027-02-01",
        "opens_time": "00:00",
        "closes_time": "23:59",
        "legal_basis": "resolution",
        "version": "1",
        "revision": "0",
    }
    rules = [rule for rule in place.site.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(rules) >= 14
    adapter = place.site.app.url_map.bind("localhost")
    for role in ("guest", "editor", "official"):
        visitor = place.visitor(role)
        for rule in rules:
            address = adapter.build(rule.endpoint, given(rule))
            before = place.site.counts()
            for token in ({}, {"csrf_token": "x"}):
                visitor.post(address, everything | token, expect=(303, 403, 404, 422))
            assert place.site.counts() == before, (role, rule.endpoint)
    assert "accounts.sign_out" in place.site.app.extensions[PERMISSIONS_KEY]
    place.visitor("official").get(f"{place.address}/publish")


def test_a_token_of_one_browser_is_worth_nothing_in_another(place: Place) -> None:
    token = place.guest.token(place.composer())
    before = place.site.counts()
    place.guest.post(place.composer(), {"csrf_token": token, "text": "x", "capacity": "resident"}, expect=422)
    assert place.site.counts() == before


def test_files_and_their_kinds_are_named_plainly(place: Place) -> None:
    kinds = {
        "md": "text/markdown",
        "html": "text/html",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    for extension, kind in kinds.items():
        answer = place.guest.get(f"{place.address}/text.{extension}?version=1")
        assert answer.mimetype == kind
        assert answer.headers["Content-Disposition"].startswith("attachment")
