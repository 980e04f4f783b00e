"""Jobs queued in SQLite by huey and run by one worker process; a queue of names, spelled in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from huey import Huey, crontab
from huey.serializer import Serializer
from huey.storage import SqliteStorage


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


class QueueFile(SqliteStorage):
    """A queue that does not wait for the disk: what is to be done stands in the database, and whoever saved something
    waited for the disk there. The file stays whole whatever happens; a call lost with the power only delays the work.
    """

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection


class HueyJobs:
    """The queue: `wake` in every process, `work` in the worker.

    Each job has a thread of the worker when it needs one, so that a slow mail server keeps nobody from finding what was
    written; a job never runs twice at the same time, since the index has one writer. A job asked for while it runs is
    run once more afterwards, by the thread that runs it.
    """

    def __init__(self, path: Path) -> None:
        self._huey = Huey(
            "consult",
            storage_class=QueueFile,
            filename=str(path),
            serializer=JsonSerializer(),
            results=False,
            journal_mode="wal",
        )
        self._actions: Mapping[str, Callable[[], object]] = {}
        self._run = self._huey.task(name="run")(self._act)
        self._lock = Lock()
        self._running: set[str] = set()
        self._asked_again: set[str] = set()

    def wake(self, job: str) -> None:
        # what waits will find this work too; a few names at most are ever waiting
        if not any(tuple(task.args) == (job,) for task in self._huey.pending()):
            self._run(job)

    def work(self, actions: Mapping[str, Callable[[], object]]) -> None:
        """Run jobs until the process is told to stop; each also every minute, should a call have been lost."""
        self._actions = actions
        for name in actions:
            self._every_minute(name)
            self.wake(name)
        self._huey.create_consumer(
            workers=len(actions), periodic=True, backoff=1.1, max_delay=0.5, check_worker_health=True
        ).run()

    def _every_minute(self, name: str) -> None:
        def again() -> None:
            self._act(name)

        self._huey.periodic_task(crontab(minute="*"), name=f"every_minute_{name}")(again)

    def _act(self, job: str) -> None:
        action = self._actions.get(job)
        if action is None or not self._begin(job):
            return
        try:
            action()
            while self._is_asked_again(job):
                action()
        finally:
            with self._lock:
                self._running.discard(job)

    def _begin(self, job: str) -> bool:
        """Whether this thread is the one to run the job; whoever runs it already is told to run it again."""
        with self._lock:
            if job in self._running:
                self._asked_again.add(job)
                return False
            self._running.add(job)
            return True

    def _is_asked_again(self, job: str) -> bool:
        """Whether the job was asked for while it ran; otherwise it no longer runs from this moment on."""
        with self._lock:
            if job in self._asked_again:
                self._asked_again.discard(job)
                return True
            self._running.discard(job)
            return False
