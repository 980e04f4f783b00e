"""Jobs run at once in the process that asks for them: for tests and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping


class ImmediateJobs:
    """Runs what it was given for a job; a job asked for while it runs is not begun a second time."""

    def __init__(self) -> None:
        self._actions: Mapping[str, Callable[[], object]] = {}
        self._running: set[str] = set()

    def work(self, actions: Mapping[str, Callable[[], object]]) -> None:
        self._actions = actions

    def wake(self, job: str) -> None:
        action = self._actions.get(job)
        if action is None or job in self._running:
            return
        self._running.add(job)
        try:
            action()
        finally:
            self._running.discard(job)
