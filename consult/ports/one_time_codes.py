"""The sockets for one-time codes of an app on a phone, and for the picture that hands the app its key."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class OneTimeCodes(Protocol):
    """Codes of six digits, a new one every half minute (RFC 6238)."""

    def new_secret(self) -> str:
        """A fresh key, in base32 as apps take it."""
        ...

    def step_of(self, secret: str, code: str, at: datetime) -> int | None:
        """Number of the half minute `code` is right for, the one at `at` or its neighbours; None when it is wrong."""
        ...

    def address(self, secret: str, *, account: str, installation: str) -> str:
        """What the picture says to the app: key, whose account, and where."""
        ...


class SquareCodes(Protocol):
    def picture(self, text: str) -> str:
        """A QR code of the text as a `data:` address of an image, black on white."""
        ...
