"""Several acts as one: all of them happen, or none does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from consult.storage.unit_of_work import unit_of_work


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Make everything inside one transaction; whoever has to hear of it hears at the end."""
    with unit_of_work():
        yield
