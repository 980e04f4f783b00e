"""Jobs queued in SQLite by huey and run by one worker process; a queue of names, spelled in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from huey import SqliteHuey, crontab
from huey.serializer import Serializer


class JsonSerializer(Serializer):
    """Messages as JSON; a queue that anybody could write to must never be unpickled."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data._asdict() if hasattr(data, "_asdict") else data, default=str).encode()

    def _deserialize(self, data: bytes) -> Any:
        loaded = json.loads(data)
        if isinstance(loaded, dict) and "name" in loaded and "args" in loaded:
            from huey.registry import Message

            loaded["args"] = tuple(loaded["args"])
            known = {key: value for key, value in loaded.items() if key in Message._fields}
            return Message(**known)
        return loaded


class HueyJobs:
    """The queue: `wake` in every process, `work` in the worker."""

    def __init__(self, path: Path) -> None:
        self._huey = SqliteHuey(
            "consult", filename=str(path), serializer=JsonSerializer(), results=False, journal_mode="wal"
        )
        self._actions: Mapping[str, Callable[[], object]] = {}
        self._run = self._huey.task(name="run")(self._act)

    def wake(self, job: str) -> None:
        if self._huey.pending_count() < 2:  # one running, one waiting: a third would find nothing to do
            self._run(job)

    def work(self, actions: Mapping[str, Callable[[], object]]) -> None:
        """Run jobs until the process is told to stop; each also every minute, should a call have been lost."""
        self._actions = actions
        for name in actions:
            self._every_minute(name)
            self.wake(name)
        self._huey.create_consumer(
            workers=1, periodic=True, backoff=1.1, max_delay=0.5, check_worker_health=True
        ).run()

    def _every_minute(self, name: str) -> None:
        def again() -> None:
            self._act(name)

        self._huey.periodic_task(crontab(minute="*"), name=f"every_minute_{name}")(again)

    def _act(self, job: str) -> None:
        action = self._actions.get(job)
        if action is not None:
            action()
