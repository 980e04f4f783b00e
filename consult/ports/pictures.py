"""The socket for pictures people send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MadePicture:
    """A picture made anew: `kind` is "png" or "jpeg", sizes are pixels."""

    content: bytes
    kind: str
    width: int
    height: int


class Pictures(Protocol):
    def small_png(self, content: bytes, *, side: int) -> bytes:
        """A PNG of at most `side` by `side` pixels made anew of a PNG, JPEG or WebP, with nothing else of the file
        in it (no comments, places, programs). Bounded in memory whatever the file claims.

        Raises InvalidInput: picture_drawing (SVG, which may carry programs), picture_kind (any other format, also one
        that only pretends), picture_too_large (in bytes or in pixels), picture_damaged.
        """
        ...

    def made_anew(self, content: bytes, *, field: str, side: int, kind: str = "") -> MadePicture:
        """A PNG or JPEG of at most `side` by `side` pixels made anew of a PNG, JPEG, WebP or still GIF, with nothing
        else of the file in it; of the `kind` asked for, or of the one that suits it. The same file gives the same
        bytes. Bounded in memory whatever the file claims.

        Raises InvalidInput at `field`: image_drawing, image_kind, image_moving (an animation), image_too_large (in
        bytes or in pixels), image_damaged.
        """
        ...

    def is_readable(self, content: bytes) -> bool:
        """Whether a file looks like a picture that could be made anew, from its beginning alone; quick."""
        ...
