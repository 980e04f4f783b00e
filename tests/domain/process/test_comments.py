"""The codes of comments are fixed, and say what has to be asked of whom."""

from __future__ import annotations

from consult.domain.process.comments import (
    CAPACITIES,
    CHANNELS,
    KINDS,
    Capacity,
    Channel,
    is_entered_by_the_host,
    is_on_behalf_of_others,
)


def test_the_codes_are_those_that_tables_and_spreadsheets_hold() -> None:
    assert KINDS == ("substantive", "editorial", "question", "support", "general")
    assert CAPACITIES == ("resident", "ngo", "office", "council", "institution", "business")
    assert CHANNELS == ("web", "email", "paper", "epuap", "edoreczenia", "meeting", "duty", "phone")


def test_only_a_resident_speaks_for_nobody_else() -> None:
    assert [capacity for capacity in Capacity if not is_on_behalf_of_others(capacity)] == [Capacity.RESIDENT]


def test_only_what_came_through_the_web_was_not_typed_in_by_the_host() -> None:
    assert [channel for channel in Channel if not is_entered_by_the_host(channel)] == [Channel.WEB]
