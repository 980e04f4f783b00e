"""References to units of law are found as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given

from consult.domain.text.references import find_references
from tests.domain.text.markdown_texts import anything, sampled


@pytest.mark.parametrize(
    ("text", "words", "steps"),
    [
        ("Zgodnie z art. 5 ust. 2 pkt 3 lit. a ustawy", "art. 5 ust. 2 pkt 3 lit. a", [("art", "5"), ("ust", "2"), ("pkt", "3"), ("lit", "a")]),
        ("W § 12 ust. 1a uchwały", "§ 12 ust. 1a", [("par", "12"), ("ust", "1a")]),
        ("Art. 22¹ § 2 kodeksu", "Art. 22¹ § 2", [("art", "22¹"), ("par", "2")]),
        ("pkt 7 tiret drugie", "pkt 7 tiret drugie", [("pkt", "7"), ("tiret", "drugie")]),
        ("art.\u00a04", "art.\u00a04", [("art", "4")]),
    ],
)  # fmt: skip
def test_a_chain_of_units_is_one_reference(text: str, words: str, steps: list[tuple[str, str]]):
    (reference,) = find_references(text)
    assert reference.span.of(text) == words
    assert list(reference.steps) == steps


def test_a_larger_unit_begins_another_reference():
    text = "art. 5 ust. 2 art. 6, ust. 3 oraz pkt 4"
    assert [one.span.of(text) for one in find_references(text)] == [
        "art. 5 ust. 2",
        "art. 6",
        "ust. 3",
        "pkt 4",
    ]


@pytest.mark.parametrize("text", ["start. 5 osób", "lit. 2", "artykuł", "§", "ust.", "pkty 5", "art. V"])
def test_what_only_looks_like_a_unit_is_none(text: str):
    assert find_references(text) == ()


@given(anything)
@sampled
def test_references_stand_in_order(text: str):
    reached = 0
    for reference in find_references(text):
        assert reached <= reference.span.start < reference.span.end <= len(text)
        reached = reference.span.end
