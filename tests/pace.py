"""Limits of time that hold on any machine: they grow with how slowly this one works at the moment."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LEISURE = 3
"""How many times longer than said something may take. What is guarded against grows with the square of its
input or worse, and takes a hundred times longer."""

_MEASURE_SECONDS = 0.006
"""Processor time of `_measure` on the machine on which the limits were written."""


@contextmanager
def within(seconds: float, *, clock: Callable[[], float] = time.process_time) -> Iterator[None]:
    """Fails when the block takes much longer than so many seconds of processor time, or of `clock`."""
    began = clock()
    yield
    took = clock() - began
    assert is_quick(took, seconds), f"took {took:.2f} s where {seconds} s are usual"


def is_quick(took: float, usual: float) -> bool:
    """Whether so many seconds are not much more than the usual ones, on this machine at this moment."""
    return took < usual * _LEISURE or took < usual * _LEISURE * _slowness()


def _slowness() -> float:
    """How many times slower this machine works now than the one the limits were written on."""
    return min(_measure() for _ in range(3)) / _MEASURE_SECONDS


def _measure() -> float:
    began = time.process_time()
    words: dict[int, str] = {}
    for number in range(60_000):
        words[number % 997] = str(number * 7)
    return time.process_time() - began
