"""Ranks keep sections in order however often something is put between two of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.text.ranks import between, spread


@given(st.lists(st.integers(min_value=0, max_value=200), min_size=1, max_size=60))
def test_there_is_always_room_between_two_neighbours(places: list[int]) -> None:
    ranks: list[str] = []
    for place in places:
        at = place % (len(ranks) + 1)
        before = ranks[at - 1] if at else None
        after = ranks[at] if at < len(ranks) else None
        ranks.insert(at, between(before, after))
    assert ranks == sorted(set(ranks))


@given(st.integers(min_value=0, max_value=500))
def test_a_whole_document_is_spread_in_order_with_short_ranks(count: int) -> None:
    ranks = spread(None, None, count)
    assert ranks == sorted(set(ranks))
    assert len(ranks) == count
    assert all(len(rank) <= 3 for rank in ranks)


def test_ranks_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError):
        between("b", "a")
