"""The socket for what has to be read back by the installation, and by nobody who only has its database."""

from __future__ import annotations

from typing import Protocol


class Unreadable(Exception):
    """What was locked cannot be read: another key, another owner, or it was tampered with."""


class Vault(Protocol):
    def lock(self, text: str, *, about: str) -> str:
        """The text encrypted, in plain characters; `about` names what it belongs to and is needed to read it."""
        ...

    def unlock(self, locked: str, *, about: str) -> str:
        """The text again. Raises Unreadable."""
        ...
