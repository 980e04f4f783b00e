"""Accepted wording goes into the source as an edit of its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.consolidation.apply import paragraph_of, proposed_paragraph, with_paragraph, with_wording
from consult.domain.text.spans import Span

SOURCE = (
    "## Terminy\n\n"
    "1. Urząd ogłasza **program współpracy – roczny** i dwa inne.\n"
    "2. Odpowiedzi publikuje się w terminie 30 dni od końca.\n\n"
    "Ostatni akapit\nw dwóch wierszach.\n"
)
PLAIN = (
    "Terminy\nUrząd ogłasza program współpracy – roczny i dwa inne.\n"
    "Odpowiedzi publikuje się w terminie 30 dni od końca.\nOstatni akapit w dwóch wierszach."
)


def words(text: str) -> Span:
    start = PLAIN.index(text)
    return Span(start, start + len(text))


def test_only_what_differs_is_put_in_so_emphasis_around_it_stays() -> None:
    edited = with_wording(
        SOURCE, PLAIN, words("program współpracy – roczny i dwa"), "program współpracy – wieloletni i dwa"
    )
    assert edited == SOURCE.replace("roczny", "wieloletni")


def test_words_are_added_at_the_edges_of_a_passage() -> None:
    edited = with_wording(SOURCE, PLAIN, words("30 dni"), "najwyżej 30 dni roboczych")
    assert edited == SOURCE.replace("30 dni", "najwyżej 30 dni roboczych")


def test_an_empty_wording_strikes_the_words_out() -> None:
    assert with_wording(SOURCE, PLAIN, words(" i dwa inne"), "") == SOURCE.replace(" i dwa inne", "")


def test_signs_of_markup_in_a_proposal_are_words() -> None:
    edited = with_wording(SOURCE, PLAIN, words("30 dni"), "*30* dni")
    assert "\\*30\\* dni" in edited


@pytest.mark.parametrize(
    ("of", "paragraph"),
    [
        ("30 dni", "2. Odpowiedzi publikuje się w terminie 30 dni od końca."),
        ("współpracy – roczny i", "1. Urząd ogłasza **program współpracy – roczny** i dwa inne."),
        ("akapit w dwóch", "Ostatni akapit\nw dwóch wierszach."),
        ("Terminy", "## Terminy"),
    ],
)
def test_an_official_sees_the_whole_paragraph_or_list_entry_around_the_words(of: str, paragraph: str) -> None:
    assert paragraph_of(SOURCE, PLAIN, words(of)).of(SOURCE) == paragraph


def test_the_paragraph_is_shown_as_it_would_read() -> None:
    lines, paragraph = proposed_paragraph(SOURCE, PLAIN, words("30 dni"), "14 dni roboczych")
    assert paragraph == "2. Odpowiedzi publikuje się w terminie 14 dni roboczych od końca."
    assert with_paragraph(SOURCE, lines, paragraph) == SOURCE.replace("30 dni", "14 dni roboczych")


@given(st.integers(0, len(PLAIN)), st.integers(0, 40), st.text("abc *_[", max_size=20))
def test_the_rest_of_the_source_is_untouched(start: int, length: int, wording: str) -> None:
    span = Span(start, min(start + length, len(PLAIN)))
    lines = paragraph_of(SOURCE, PLAIN, span)
    edited = with_wording(SOURCE, PLAIN, span, wording)
    assert edited.startswith(SOURCE[: lines.start])
    assert edited.endswith(SOURCE[lines.end :])
    assert with_paragraph(SOURCE, lines, lines.of(SOURCE)) == SOURCE
