"""Addresses nobody would type: numbers out of all range, names that mean something to programs, other people's ids."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.web.places import Place, new_place
from tests.web.visitors import Site, words_of

HUGE = "9" * 30
ENDLESS = "9" * 5_000


@pytest.fixture(scope="module")
def quiet(whole_site: Site) -> Place:
    """A place whose records no test of this module changes."""
    place = new_place(whole_site)
    place.comment()
    return place


NUMBERS = (
    "-1",
    "0",
    "1e9",
    "0x1",
    "1.5",
    "NaN",
    "",
    "٣",
    "²",
    " 1",
    HUGE,
    ENDLESS,
    "'; DROP TABLE comment;--",
    "<b>1</b>",
)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_out_of_range_in_the_composers_address_points_at_the_whole_part_or_at_nothing(
    quiet: Place, number: str
) -> None:
    section, text = quiet.section_id(), quiet.text_id()
    where = f"{quiet.address}/comments/new"
    guest = quiet.guest
    for query in (
        {"section": section, "text_id": text, "start": number, "end": "20"},
        {"section": section, "text_id": text, "start": "3", "end": number},
        {"section": section, "text_id": number, "start": "3", "end": "20"},
    ):
        page = guest.get(where, query_string=query, expect=(200, 404))
        assert "<b>1</b>" not in page.text


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (20, 3), (5, 100_000), (100_000, 100_001), (2**31, 2**31 + 5)]
)
def test_a_span_that_is_empty_turned_round_or_outside_the_text_means_the_whole_part(
    quiet: Place, start: int, end: int
) -> None:
    query = {"section": quiet.section_id(), "text_id": quiet.text_id(), "start": start, "end": end}
    page = quiet.guest.get(f"{quiet.address}/comments/new", query_string=query)
    assert "Wynik naboru ogłasza się" in words_of(page)


@pytest.mark.parametrize(
    "section",
    ["' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "%00", "\x00", "ż" * 500, HUGE],
)
def test_a_section_that_is_none_is_not_found_and_not_repeated_as_markup(quiet: Place, section: str) -> None:
    for address in (
        f"{quiet.address}/comments/new?section={quote(section)}&text_id={quiet.text_id()}",
        f"{quiet.address}/comments?section={quote(section)}",
        f"{quiet.address}/sections/new?after={quote(section)}",
        f"{quiet.address}/sections/{quote(section, safe='')}",
        f"{quiet.address}/sections/{quote(section, safe='')}/move",
        f"{quiet.address}/sections/{quote(section, safe='')}/remove",
        f"{quiet.address}/sections/{quote(section, safe='')}/history",
    ):
        page = quiet.visitor("official").get(address, expect=(200, 303, 404))
        assert "<script>alert" not in page.text


def test_a_comment_cannot_point_at_a_text_of_another_document_or_at_an_unpublished_one(quiet: Place) -> None:
    other = new_place(quiet.site)
    with quiet.site.records() as store:
        from tests.factories.records import new_document, sections

        hidden = sections(new_document(store, host_id=quiet.people.host_id))[1]
    for section, text in (
        (other.section_id(), other.text_id()),
        (hidden.section_id, hidden.text_id),
        (quiet.section_id(), other.text_id()),
        (quiet.section_id(), hidden.text_id),
    ):
        query = {"section": section, "text_id": text, "start": 0, "end": 5}
        quiet.guest.get(f"{quiet.address}/comments/new", query_string=query, expect=404)
        before = quiet.site.counts()
        form = {"text": "Uwaga do cudzego tekstu.", "capacity": "resident", **query}
        page = quiet.guest.send(quiet.composer(), form, expect=404)
        assert "Uwaga do cudzego tekstu." in page.text
        assert quiet.site.counts() == before


@pytest.mark.parametrize("number", [HUGE, str(2**31), str(2**63), "0", "-1", "x"])
def test_numbers_in_addresses_beyond_what_a_database_holds_are_not_found(quiet: Place, number: str) -> None:
    official = quiet.visitor("official")
    for address in (
        f"{quiet.address}/versions/{number}",
        f"{quiet.address}/changes/{number}",
        f"/comments/{number}/1",
        f"/comments/{quiet.register_id}/{number}",
        f"/receipts/{number}/1/secret",
        f"/receipts/{quiet.register_id}/{number}/secret",
        f"/consultations/{number}/answers",
        f"/consultations/{quiet.consultation_id}/answers/{number}",
    ):
        official.get(address, expect=404)


@pytest.mark.parametrize("number", NUMBERS)
def test_odd_numbers_in_queries_never_break_a_page(quiet: Place, number: str) -> None:
    official = quiet.visitor("official")
    official.get(f"{quiet.address}/history", query_string={"before": number})
    official.get(f"{quiet.address}/comments", query_string={"from": number})
    official.get("/search", query_string={"q": "nabór", "from": number})
    official.get("/search", query_string={"q": "nabór", "as_of": number})
    official.get(f"{quiet.address}/compare", query_string={"from": f"v{number}", "to": number})
    official.get(f"{quiet.address}/text.md", query_string={"version": number}, expect=(200, 404))


@pytest.mark.parametrize(
    "name",
    [
        "slug",
        "number",
        "endpoint",
        "_external",
        "_scheme",
        "_anchor",
        "_method",
        "self",
        "values",
        "section_id",
        "from",
        "lang",
    ],
)
@pytest.mark.parametrize("value", ["evil", "javascript:alert(1)", "//evil.example"])
def test_a_query_that_names_parts_of_addresses_changes_no_link_of_the_page(
    quiet: Place, name: str, value: str
) -> None:
    guest = quiet.guest
    with quiet.site.records():
        pass
    for address in (
        "/",
        quiet.address,
        f"{quiet.address}/versions/1",
        f"{quiet.address}/comments",
        "/search",
        "/sign-in",
        "/documents",
    ):
        page = guest.get(address, query_string={name: value})
        assert 'href="javascript:' not in page.text
        assert 'href="//evil' not in page.text
        assert 'href="/documents/evil' not in page.text
        assert "evil://" not in page.text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1@evil.example"])
def test_the_host_a_browser_claims_gets_into_no_page_and_no_file(quiet: Place, host: str) -> None:
    visitor = quiet.guest
    for address in (
        "/",
        quiet.address,
        f"{quiet.address}/downloads",
        f"{quiet.address}/text.html?version=1",
        "/sign-in",
    ):
        answer = visitor.get(address, headers={"Host": host}, expect=(200, 400))
        assert b"evil.example" not in answer.data
        assert "evil.example" not in str(answer.headers)


def test_an_exported_file_names_the_public_address_of_its_document(quiet: Place) -> None:
    page = quiet.guest.get(f"{quiet.address}/text.html?version=1")
    assert f"https://konsultacje.example.org{quiet.address}" in page.text


@pytest.mark.parametrize(
    "slug",
    [
        "..",
        "%2e%2e",
        "a/b",
        "A",
        "zażółć",
        "x" * 3000,
        "%00",
        "%ff",
        "' OR 1=1",
        "new%20",
        "{{7*7}}",
        "${7*7}",
        "<i>",
    ],
)
def test_odd_names_of_documents_are_not_found(site: Site, slug: str) -> None:
    page = site.visitor().get(f"/documents/{slug}", expect=404)
    assert "<i>" not in page.text.replace("<i class", "")
    assert "49" not in words_of(page).split()


@pytest.mark.parametrize("title", ["New", "Import", "new", "…", "🙂", "Ł", "-", "../../etc", "A" * 400])
def test_a_document_can_be_opened_whatever_its_title(quiet: Place, title: str) -> None:
    official = quiet.visitor("official")
    answer = official.send(
        "/documents/new", {"title": title, "kind": "other", "source": "# Nagłówek\n\nTekst."}
    )
    for address in (answer.location, answer.location.removesuffix("/draft")):
        assert "Nagłówek" in official.get(address).text


@pytest.mark.parametrize("address", ["/documents/x/publish/", "/documents/", "/search/"])
def test_a_slash_too_many_is_a_page_not_found(site: Site, address: str) -> None:
    site.visitor().get(address, expect=404)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "post"])
def test_a_wrong_method_is_refused_with_a_page_that_names_the_right_ones(quiet: Place, method: str) -> None:
    client = quiet.guest.client
    answer = getattr(client, method)(quiet.address)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "<h1>" in answer.text


def test_asking_only_for_the_head_of_a_page_answers_as_the_page_would(quiet: Place) -> None:
    official = quiet.visitor("official")
    for address in (
        quiet.address,
        f"{quiet.address}/sections/{quiet.section_id()}",
        f"{quiet.address}/publish",
        f"{quiet.address}/comments/new",
        f"{quiet.workbench}/1",
    ):
        assert official.client.head(address).status_code == official.get(address).status_code == 200


def test_a_head_first_leaves_no_other_page_behind_for_those_who_come_after(quiet: Place) -> None:
    first = quiet.guest.client.head(f"{quiet.address}?from=head")
    assert first.status_code == 200
    page = quiet.guest.get(f"{quiet.address}?from=head")
    assert f"/sign-in?next={quote(quiet.address, safe='/')}" in page.text
