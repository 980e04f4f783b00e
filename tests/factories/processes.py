"""Processes that are there to be killed: each is one of its own, born of one that has imported the product for all of them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

_BORN = multiprocessing.get_context("forkserver")
_BORN.set_forkserver_preload(["tests.services.sender", "tests.storage.writer"])


def begun(act: Callable[..., None], *words: str) -> tuple[BaseProcess, Connection]:
    """A process that does `act(says, *words)` and has said "ready", and where it is heard."""
    heard, says = _BORN.Pipe(duplex=False)
    process = _BORN.Process(target=act, args=(says, *words))
    process.start()
    says.close()
    assert heard.recv() == "ready"
    return process, heard


def killed(process: BaseProcess, heard: Connection) -> list[object]:
    """Kill it; what it had said by then."""
    process.kill()
    process.join()
    said = []
    with heard:
        while True:
            try:
                said.append(heard.recv())
            except EOFError:
                return said
