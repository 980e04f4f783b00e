"""The socket for files kept aside for a while, such as an upload between its preview and its confirmation."""

from __future__ import annotations

from typing import Protocol


class Files(Protocol):
    def keep(self, content: bytes, *, name: str) -> str:
        """Keep a file for a day; returns the secret token it is found by."""
        ...

    def find(self, token: str) -> tuple[bytes, str] | None:
        """(content, name) of a kept file, or None when there is none (any more)."""
        ...

    def drop(self, token: str) -> None: ...

    def problem(self) -> str:
        """Why no file could be kept now: "not_writable", "full", or "" when one could."""
        ...

    def tidy(self) -> None:
        """Drop what is older than a day."""
        ...
