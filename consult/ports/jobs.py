"""The socket for work done after the answer: a job only wakes the worker, the work itself is in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol


class Jobs(Protocol):
    def wake(self, job: str) -> None:
        """Ask the worker to run the job of this name soon. Asking twice is harmless; a lost call only
        delays the work until the worker next looks by itself."""
        ...

    def work(self, actions: Mapping[str, Callable[[], object]]) -> None:
        """Take over the jobs: run `actions` by name as they are asked for, and each now and then by itself.

        A queue with a worker of its own returns only when told to stop; one that runs jobs at once returns at once.
        """
        ...
