"""What is typed into a field is kept trimmed, or refused beside it."""

from __future__ import annotations

import pytest

from consult.domain.errors import InvalidInput
from consult.domain.text.typed import typed_address, typed_line, typed_list, typed_words


def test_a_line_has_single_spaces_and_words_keep_their_lines() -> None:
    assert typed_line("  Rada \n Seniorów ", "name", 20) == "Rada Seniorów"
    assert typed_words("  Rada \n\n Seniorów ", "name", 20) == "Rada \n\n Seniorów"


def test_a_list_has_one_thing_a_line_without_signs() -> None:
    assert (
        typed_list("- rady osiedli\n\n• kluby  seniora\n", "addressees", 100) == "rady osiedli\nkluby seniora"
    )


@pytest.mark.parametrize("typed", [typed_line, typed_words, typed_list, typed_address])
def test_a_field_says_where_it_ends(typed: object) -> None:
    address = "https://example.org/" + "ą" * 20
    assert typed(address, "place", 40) == address  # type: ignore[operator]
    with pytest.raises(InvalidInput) as refusal:
        typed(address + "ą", "place", 40)  # type: ignore[operator]
    assert refusal.value.code == "invalid.too_long"
    assert refusal.value.facts == {"field": "place", "limit": 40}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)//example.org",
        "data:text/html,x",
        "//example.org/x",
        "/latwo",
        "latwo",
        "https://",
        "https://localhost",
        "https://example.org/a b",
        "https://example.org/a\u00a0b",
        "https://bank.example.org@evil.example/x",
        "bank.example.org@evil.example",
        "http://[::1",
        "https://example.org:port/",
        "ftp://example.org/",
    ],
)
def test_an_address_that_is_no_page_of_a_website_is_refused(address: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        typed_address(address, "link")
    assert refusal.value.code == "invalid.web_address"


def test_an_address_is_kept_as_it_came_and_one_without_a_scheme_gets_the_safe_one() -> None:
    assert (
        typed_address(" https://spotkania.example.org/r?a=1 ", "link")
        == "https://spotkania.example.org/r?a=1"
    )
    assert typed_address("www.example.org/o-nas", "link") == "https://www.example.org/o-nas"
    assert not typed_address("  ", "link")
