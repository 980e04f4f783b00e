"""The socket for figures about the running installation, as watchers collect them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of this moment. `labels` are (name, value); figures of one name stand next to each other."""

    name: str
    meaning: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


class Meters(Protocol):
    """Counts answers in every process of the installation."""

    media_type: str

    def observe(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Count one answer; never raises for want of a place to count in."""
        ...

    def report(self, figures: Sequence[Figure]) -> bytes:
        """What all processes counted since `begin`, and the figures of this moment."""
        ...

    def begin(self) -> None:
        """Count from nothing; called before any process of the installation starts."""
        ...
