"""A web server and a worker with one life, as children of one process.

A worker that ends is started again; when the web server ends, so does everything. Each child leads a session
of its own: a key pressed in the terminal reaches the parent only, and a child can be ended with all the
processes it started. Should the parent vanish without a word, Linux tells the children to end.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

SECONDS_TO_START = 180.0
SECONDS_TO_STOP = 10.0
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before a worker starts again; the pause doubles while it keeps ending soon."""

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Child:
    """A running child and when it was started (seconds of the monotonic clock)."""

    process: subprocess.Popen[bytes]
    started: float


@dataclass
class Supervisor:
    """Starts `web` and `worker`, commands run in `folder` with `environment`; calls `say` once `is_ready`."""

    web: Sequence[str]
    worker: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    is_ready: Callable[[], bool]
    say: Callable[[], None]
    _children: dict[str, Child] = field(default_factory=dict)
    _is_stopping: bool = False

    def run(self) -> int:
        """Watch both until a signal asks to stop (0) or the web server ends or never answers (1)."""
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, self._stop)
        try:
            self._start("web", self.web)
            self._start("worker", self.worker)
            return self._watch()
        finally:
            self._end_all()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._is_stopping = True

    def _start(self, name: str, command: Sequence[str]) -> None:
        process = subprocess.Popen(  # noqa: S603 - nothing from outside but a checked host and port
            list(command),
            cwd=self.folder,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        self._children[name] = Child(process, time.monotonic())

    def _watch(self) -> int:
        has_spoken, pause, worker_due = False, SHORTEST_PAUSE, 0.0
        while not self._is_stopping:
            time.sleep(0.1)
            now = time.monotonic()
            web, worker = self._children["web"], self._children["worker"]
            if (status := web.process.poll()) is not None:
                click.echo(f"The web server ended (status {status}).", err=True)
                return 1
            if not has_spoken and self.is_ready():
                has_spoken = True
                self.say()
            elif not has_spoken and now - web.started > SECONDS_TO_START:
                click.echo(f"The web server did not answer within {SECONDS_TO_START:.0f} seconds.", err=True)
                return 1
            if worker.process.poll() is None:
                continue
            if not worker_due:
                pause = (
                    SHORTEST_PAUSE if now - worker.started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
                )
                click.echo(f"The worker ended; it starts again in {pause:.0f} s.", err=True)
                worker_due = now + pause
            elif now >= worker_due:
                worker_due = 0.0
                self._start("worker", self.worker)
        return 0

    def _end_all(self) -> None:
        """Ask every child to end, give them time, then end whatever is left of their sessions."""
        processes = [child.process for child in self._children.values()]
        for process in processes:
            process.terminate()
        until = time.monotonic() + SECONDS_TO_STOP
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            _end_session(process)


def _end_session(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _end_with_parent() -> None:
    """In the child: ask Linux for SIGTERM should the parent vanish without a word."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
