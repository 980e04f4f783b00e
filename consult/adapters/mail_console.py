"""Letters written where the operator reads, for trying things out without a mail server."""

from __future__ import annotations

import sys
from typing import TextIO

from consult.ports.mail import Handover, Letter


class ConsoleMailer:
    """Writes the plain text of each letter to a stream: standard output, unless told otherwise."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, letter: Letter) -> Handover:
        stream = self._stream or sys.stdout
        rule = "-" * 72
        stream.write(f"{rule}\nTo: {letter.to}\nSubject: {letter.subject}\n\n{letter.text}\n{rule}\n")
        stream.flush()
        return Handover("console")

    def rest(self) -> None:
        pass
