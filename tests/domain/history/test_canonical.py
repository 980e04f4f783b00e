"""A record has exactly one spelling."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.history.canonical import LARGEST_INTEGER, NotCanonical, canonical, tagged

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


def test_keys_are_sorted_and_nothing_is_spaced_or_escaped() -> None:
    assert canonical({"ż": [1, True, None], "a": "zażółć „gęś”"}) == (
        '{"a":"zażółć „gęś”","ż":[1,true,null]}'.encode()
    )


def test_the_order_in_which_fields_were_given_leaves_no_trace() -> None:
    assert canonical({"a": 1, "b": {"c": 2, "d": 3}}) == canonical({"b": {"d": 3, "c": 2}, "a": 1})


def test_two_ways_to_type_one_letter_are_one() -> None:
    assert canonical("z\u0307") == canonical("ż")


@pytest.mark.parametrize(
    "value",
    [0.5, 1.0, float("nan"), b"bytes", {1: "a"}, {1, 2}, 2**53, "\ud800", datetime(2026, 1, 1, tzinfo=UTC)],
    ids=repr,
)
def test_what_has_no_single_spelling_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)  # type: ignore[arg-type]


def test_keys_that_normalise_to_one_are_refused() -> None:
    with pytest.raises(NotCanonical):
        canonical({"z\u0307": 1, "ż": 2})


def test_a_record_names_its_format_once() -> None:
    assert tagged("consult-change-1", {"a": 1}) == b'{"a":1,"format":"consult-change-1"}'
    for tag, fields in (("Change", {}), ("consult-change", {}), ("consult-change-1", {"format": "x"})):
        with pytest.raises(NotCanonical):
            tagged(tag, fields)


@settings(max_examples=60, deadline=None)
@given(values, values)
def test_different_values_are_spelled_differently_and_read_back_the_same(one: object, other: object) -> None:
    spelled = canonical(one)  # type: ignore[arg-type]

    assert canonical(json.loads(spelled)) == spelled
    if canonical(other) == spelled:  # type: ignore[arg-type]
        assert json.loads(canonical(other)) == json.loads(spelled)  # type: ignore[arg-type]
