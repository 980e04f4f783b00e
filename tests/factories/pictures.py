"""Pictures for tests, drawn here."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw


@cache
def planes(kind: str = "PNG", size: tuple[int, int] = (400, 240), colour: str = "#1f4e79") -> bytes:
    """Three circles that overlap."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    width, height = size
    for at in (0.2, 0.4, 0.6):
        draw.ellipse((width * at, height * 0.2, width * (at + 0.3), height * 0.9), outline=colour, width=4)
    written = io.BytesIO()
    picture.save(written, kind)
    return written.getvalue()
