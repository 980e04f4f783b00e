"""Work done in processes that can be killed, because some inputs would keep a library busy for hours.

A worker is a fresh Python (never a fork: the web server and the job runner have threads) that reads
requests from its standard input and answers on its standard output, each a line with the length in bytes
followed by that much JSON. It limits its own processor time, so that a busy machine does not change what
is rendered, and its own memory; the parent's clock is only the last resort. It ends by itself when its
input closes, so none survives its parent, however that ends.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from pathlib import Path

Json = dict[str, object]

_ROOT = Path(__file__).resolve().parents[3]


class Overrun(Exception):
    """The work was not done within its limits; the worker that tried is gone."""


class Pool:
    """At most `size` workers running `python -m module`, started when first needed and kept."""

    def __init__(self, module: str, *, size: int) -> None:
        self._module = module
        self._slots = threading.BoundedSemaphore(size)
        self._idle: list[_Worker] = []
        self._lock = threading.Lock()
        self._pid = os.getpid()
        atexit.register(self.close)

    def ask(self, request: Json, *, seconds: float) -> Json:
        """The worker's answer to `request`; raises `Overrun` after `seconds` of clock time at the latest.

        Waiting for a free worker does not count.
        """
        with self._slots:
            worker = self._take()
            try:
                answer = worker.ask(request, seconds)
            except BaseException:
                worker.kill()
                raise
            with self._lock:
                self._idle.append(worker)
            return answer

    def close(self) -> None:
        """End all idle workers and wait for them; the pool can be used again."""
        with self._lock:
            workers, self._idle = self._idle, []
        if self._pid == os.getpid():
            for worker in workers:
                worker.kill()

    def _take(self) -> _Worker:
        with self._lock:
            if self._pid != os.getpid():  # forked since: the workers are our parent's
                for worker in self._idle:
                    worker.forget()
                self._idle, self._pid = [], os.getpid()
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive():
                    return worker
                worker.kill()
        return _Worker(self._module)


class _Worker:
    def __init__(self, module: str) -> None:
        path = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(  # noqa: S603 - no outside input in the command
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": ""},
            bufsize=0,
        )
        assert self._process.stdin  # noqa: S101 - both were asked for
        assert self._process.stdout  # noqa: S101
        self._input = self._process.stdin.fileno()
        self._output = self._process.stdout.fileno()
        os.set_blocking(self._input, False)
        os.set_blocking(self._output, False)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Json, seconds: float) -> Json:
        deadline = time.monotonic() + seconds
        try:
            self._send(framed(request), deadline)
            return self._receive(deadline)
        except (OSError, ValueError) as broken:
            raise Overrun from broken

    def kill(self) -> None:
        """End the process and collect it, so that no zombie is left."""
        self._process.kill()
        self._process.wait()
        self.forget()

    def forget(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        if self._process.returncode is None:
            self._process.returncode = 0  # another process collects it

    def _send(self, message: bytes, deadline: float) -> None:
        rest = memoryview(message)
        while rest:
            _wait(self._input, selectors.EVENT_WRITE, deadline)
            with contextlib.suppress(BlockingIOError):
                rest = rest[os.write(self._input, rest) :]

    def _receive(self, deadline: float) -> Json:
        received = bytearray()
        while True:
            head, line_end, _ = bytes(received[:24]).partition(b"\n")
            if line_end and len(received) - len(head) - 1 >= int(head):
                answer: Json = json.loads(received[len(head) + 1 :])
                return answer
            _wait(self._output, selectors.EVENT_READ, deadline)
            with contextlib.suppress(BlockingIOError):
                chunk = os.read(self._output, 1 << 18)
                if not chunk:
                    raise Overrun
                received += chunk


def framed(message: Json) -> bytes:
    """A message as it travels: its length in bytes, a line feed, its JSON."""
    body = json.dumps(message).encode()
    return b"%d\n%b" % (len(body), body)


def _wait(descriptor: int, event: int, deadline: float) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, event)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            raise Overrun
