"""The socket for keeping passwords so that they cannot be read back."""

from __future__ import annotations

from typing import Protocol


class Passwords(Protocol):
    def hash(self, password: str) -> str: ...

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the one hashed; takes as long for an empty hash as for a wrong password."""
        ...
