"""Every gatherer there is: a feature's letters are known once its file stands in the tuple."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from consult.services.letters import (
    accounts,
    comments,
    consultations,
    groups,
    joint_answers,
    meetings,
    moderation,
    operations,
    organisations,
    proposals,
    saved_searches,
    signing_in,
)
from consult.services.letters.recipients import Gatherer

FEATURES: tuple[ModuleType, ...] = (
    operations,
    meetings,
    accounts,
    consultations,
    comments,
    signing_in,
    organisations,
    groups,
    proposals,
    saved_searches,
    joint_answers,
    moderation,
)
"""Files with a `GATHERERS: dict[str, Gatherer]`."""


def all_gatherers() -> Mapping[str, Gatherer]:
    """Gatherers by name of letter. Raises ValueError when two files claim the same letter."""
    found: dict[str, Gatherer] = {}
    for feature in FEATURES:
        for letter, gatherer in feature.GATHERERS.items():
            if letter in found:
                raise ValueError(f"{letter} has two gatherers")
            found[letter] = gatherer
    return found
