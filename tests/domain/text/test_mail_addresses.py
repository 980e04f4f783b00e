"""One mailbox has one address, however people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.text.mail_addresses import canonical_address, is_mail_address


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (" Anna@Example.ORG ", "anna@example.org"),
        ("anna@example.org.", "anna@example.org"),
        ("anna@żółć.example", "anna@xn--kda4b0koi.example"),
        ("anna@XN--KDA4B0KOI.example", "anna@xn--kda4b0koi.example"),
        ("anna@z\u0307o\u0301łc\u0301.example", "anna@xn--kda4b0koi.example"),
        ("no address", "no address"),
        ("", ""),
    ],
)
def test_an_address_has_one_form(typed: str, known: str) -> None:
    assert canonical_address(typed) == known


@given(st.text(max_size=300))
def test_the_form_is_reached_at_once_and_anything_can_be_asked(typed: str) -> None:
    once = canonical_address(typed)
    if is_mail_address(once):
        assert canonical_address(once) == once
        assert once.isascii()
        assert once.count("@") == 1


@given(
    st.text(max_size=20),
    st.sampled_from(["\n", "\r", "\x00", " ", ",", ";", "<", ">", '"', "\u202e", "\u200b", "ą"]),
)
def test_nothing_that_ends_a_header_or_hides_is_part_of_an_address(text: str, odd: str) -> None:
    assert not is_mail_address(canonical_address(f"a{odd}{text}b@example.org"))
