"""What belongs together stays on one line, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.text.binding import LONGEST, together
from tests.pace import within


def kept(text: str) -> list[str]:
    return [text[span.start : span.end] for span in together(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Uwagi składa się w urzędzie", ["w urzędzie"]),
        ("A i w domu", ["A i w domu"]),
        ("O tym, z kim i o czym", ["O tym,", "z kim", "i o czym"]),
        ("zgodnie z art. 5a ust. 2", ["z art. 5a", "ust. 2"]),
        ("na podstawie art. 5a ust. 2 pkt 3", ["art. 5a", "ust. 2", "pkt 3"]),
        ("§ 12 uchwały nr XII/34", ["§ 12", "nr XII"]),
        ("w ciągu 14 dni od", ["w ciągu", "14 dni"]),
        ("kwota 12 000 zł rocznie", ["12 000 zł"]),
        ("w 2026 r. i w 2027 r.", ["w 2026 r.", "i w 2027 r."]),
        ("w\nnowym wierszu", ["w\nnowym"]),
    ],
)
def test_one_letter_words_and_numbers_go_with_what_follows(text: str, words: list[str]) -> None:
    assert kept(text) == words


@pytest.mark.parametrize(
    "text",
    ["", "w", "w ", "law ustaw", "ul. W. Szkolna 12", "&w domu", "a&amp;b i", "word a" + "b" * 40],
)
def test_nothing_else_is_kept_together(text: str) -> None:
    assert kept(text) == []


def test_a_long_word_may_be_parted_from_a_short_one_so_that_it_fits_a_narrow_screen() -> None:
    assert kept("w " + "x" * (LONGEST - 2)) != []
    assert kept("w " + "x" * (LONGEST - 1)) == []


@given(st.text(alphabet="aiw zZ\n&;.5§<dn"))
def test_places_stand_in_order_and_apart(text: str) -> None:
    reached = 0
    for span in together(text):
        assert reached <= span.start < span.end <= len(text)
        reached = span.end


def test_time_grows_with_the_length_only() -> None:
    for hostile in ("w " * 50_000, "1 " * 50_000, "1 000 " * 20_000, "art. " * 20_000, "a" * 100_000):
        with within(1):
            together(hostile)
