"""How a passage fares where a person says it stands: nothing is left uncertain then."""

from __future__ import annotations

from consult.domain.anchoring.aligned import alike
from consult.domain.anchoring.placement import State


def as_decided(was: str, now: str, *, is_same_section: bool) -> tuple[State, float]:
    """The state of words a person pointed at, and how alike they are to those the comment was made on, 0 to 1.

    In another section they are moved; else changed or placed by their words, however the lines are broken.
    """
    similarity = alike(was, now)
    if not is_same_section:
        return State.MOVED, similarity
    is_word_for_word = was.split() == now.split()
    return (State.PLACED if is_word_for_word else State.CHANGED), similarity
