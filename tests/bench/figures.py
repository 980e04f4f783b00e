"""What a benchmark reports: one figure beside its yardstick and its target."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

Amount = float | int | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure.

    `name` is dotted and begins with its module's name; `what` says what is counted and in which unit; `yardstick`
    is a simpler or other way to do the same, measured in the same run (a sentence when there are several);
    `ratio` is how many times better than the yardstick, where that makes sense; `target` reads like "≤ 3 ms";
    `met` is None when there is nothing to meet or nothing to measure with.
    """

    name: str
    what: str
    ours: Amount
    yardstick: Amount
    ratio: float | None
    target: str
    met: bool | None


def seconds(act: Callable[[], object], *, rounds: int = 1) -> float:
    """The least time of several rounds: the machine is shared, and only its own work counts."""
    least = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        act()
        least = min(least, perf_counter() - start)
    return least


def cpu_seconds(act: Callable[[], object], *, rounds: int = 1) -> float:
    """The same in time of the processor: for what only computes, on a machine where others compute too."""
    least = float("inf")
    for _ in range(rounds):
        start = process_time()
        act()
        least = min(least, process_time() - start)
    return least


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` per cent of the values do not exceed."""
    if len(values) < 2:
        return values[0] if values else float("nan")
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
