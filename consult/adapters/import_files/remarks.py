"""Counting what was left out or read differently, with the first words concerned as the example."""

from __future__ import annotations

import re
from collections.abc import Callable

from consult.ports.imports import Remark

EXAMPLE_LENGTH = 80
_MOST_TRIES = 20  # cases looked at before one with words is found


class RemarkBook:
    """One tally per code, in the order the codes were first met."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._examples: dict[str, str] = {}

    def add(self, code: str, example: str | Callable[[], str] = "") -> None:
        """Count one; an example that costs something to find is given as a way to find it."""
        self._counts[code] = self._counts.get(code, 0) + 1
        if not self._examples.get(code) and self._counts[code] <= _MOST_TRIES:
            self._examples[code] = _shortened(example if isinstance(example, str) else example())

    def remarks(self) -> tuple[Remark, ...]:
        return tuple(
            Remark(code, count, self._examples.get(code, "")) for code, count in self._counts.items()
        )


def _shortened(words: str) -> str:
    words = re.sub(r"\s+", " ", words[: 4 * EXAMPLE_LENGTH]).strip()
    if len(words) <= EXAMPLE_LENGTH:
        return words
    return words[: EXAMPLE_LENGTH - 1].rstrip() + "…"
