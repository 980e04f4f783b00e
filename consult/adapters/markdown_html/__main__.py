"""The worker: answers one request to render after another until its input closes (see `workers`)."""

from __future__ import annotations

import json
import resource
import signal
import sys
from typing import BinaryIO

from consult.adapters.markdown_html.making import made
from consult.adapters.markdown_html.workers import framed

MOST_MEMORY = 1 << 30  # bytes of address space


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer `{"source", "definitions", "seconds"}` with `{"html"}` or, when it cannot be rendered, `{}`.

    The processor time of one answer is limited by a timer whose signal ends the process even inside a
    library's own code.
    """
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    while line := requests.readline():
        request = json.loads(requests.read(int(line)))
        signal.setitimer(signal.ITIMER_PROF, request["seconds"])
        html = made(request["source"], request["definitions"])
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(framed({} if html is None else {"html": html}))
        answers.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal interrupts the group; the parent decides
    serve(sys.stdin.buffer, sys.stdout.buffer)
