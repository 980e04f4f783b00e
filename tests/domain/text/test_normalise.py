"""Text enters once, in one form."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import InvalidInput
from consult.domain.text.normalise import admit, decode, normalise
from tests.domain.text.markdown_texts import sampled


def test_line_ends_become_line_feeds_and_letters_compose():
    assert normalise("\ufeffa\r\nb\rc\n\r\nz\u0307o\u0301\u0142c\u0301") == "a\nb\nc\n\nżółć"


def test_only_a_leading_byte_order_mark_is_dropped():
    assert normalise("\ufeffa\ufeffb") == "a\ufeffb"


def test_everything_else_stays():
    text = "  tabs\tand  spaces  \n\n\n\u00a0„cudzysłów”\u200b\x0c - – — \u202e...\n"
    assert normalise(text) == text


@sampled
@given(st.text().filter(lambda text: not text.startswith("\ufeff\ufeff")))
def test_normalising_twice_changes_nothing(text: str):
    once = normalise(text)
    assert normalise(once.removeprefix("\ufeff")) == once.removeprefix("\ufeff")
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encodings_that_name_themselves(encoding: str):
    assert decode("Zażółć\r\ngęślą".encode(encoding)) == "Zażółć\ngęślą"


def test_big_endian_utf_16_is_read_too():
    assert decode(codecs.BOM_UTF16_BE + "gęś".encode("utf-16-be")) == "gęś"


@pytest.mark.parametrize("content", ["gęś".encode("cp1250"), b"\xff\xfea", b"\xef\xbb", b"\xed\xa0\x80"])
def test_another_encoding_is_refused_and_never_guessed(content: bytes):
    with pytest.raises(InvalidInput) as refusal:
        decode(content)
    assert refusal.value.code == "invalid.file_encoding"
    assert refusal.value.facts["field"] == "file"


@pytest.mark.parametrize("bad", ["\x00", "\x02", "\x1b", "\x7f", "\ud800"])
def test_control_characters_are_refused_with_their_place(bad: str):
    with pytest.raises(InvalidInput) as refusal:
        admit(f"a\r\nb{bad}c")
    assert refusal.value.code == "invalid.control_characters"
    assert refusal.value.facts == {"field": "text", "position": 3}


def test_an_empty_file_is_an_empty_text():
    assert decode(b"") == decode(codecs.BOM_UTF8) == ""
