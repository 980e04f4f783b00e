"""A mail box in the process, for tests."""

from __future__ import annotations

from consult.ports.mail import Handover, Letter


class MemoryMailer:
    """Keeps what was sent in `sent`, the oldest first."""

    def __init__(self) -> None:
        self.sent: list[Letter] = []

    def send(self, letter: Letter) -> Handover:
        self.sent.append(letter)
        return Handover("memory")

    def rest(self) -> None:
        pass
