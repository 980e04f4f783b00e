"""How a passage fares in another text: the states of the glossary, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from consult.domain.text.spans import Span


class State(StrEnum):
    """How a passage fares; the first that applies."""

    ORPHANED = "orphaned"
    """Nothing of it was found."""
    UNCERTAIN = "uncertain"
    """It may stand here; a person should look."""
    MOVED = "moved"
    """It stands elsewhere: its order among its neighbours, or its section, is another."""
    CHANGED = "changed"
    """It stands among its neighbours, but its words are others."""
    PLACED = "placed"
    """It stands among its neighbours, word for word."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands in another text (None iff orphaned), and how alike its words are, 0 to 1."""

    state: State
    span: Span | None
    similarity: float


ORPHANED = Placement(State.ORPHANED, None, 0.0)
