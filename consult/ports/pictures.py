"""The socket for pictures people send."""

from __future__ import annotations

from typing import Protocol


class Pictures(Protocol):
    def small_png(self, content: bytes, *, side: int) -> bytes:
        """A PNG of at most `side` by `side` pixels made anew of a PNG, JPEG or WebP, with nothing else of the file
        in it (no comments, places, programs). Bounded in memory whatever the file claims.

        Raises InvalidInput: picture_drawing (SVG, which may carry programs), picture_kind (any other format, also one
        that only pretends), picture_too_large (in bytes or in pixels), picture_damaged.
        """
        ...
