"""Pictures made anew with Pillow: what people send is read once and never shown as it came."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from consult.domain.errors import InvalidInput

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST_FILE = 5_000_000
"""Bytes; a crest for print is smaller."""

LARGEST_PICTURE = 16_000_000
"""Pixels; 64 MB once unpacked. A few hundred bytes can claim billions."""

_DRAWING = (b"<svg", b"<?xml", b"<!doctype svg")


class PillowPictures:
    def small_png(self, content: bytes, *, side: int) -> bytes:
        if len(content) > LARGEST_FILE:
            raise InvalidInput("picture_too_large", field="crest", limit=LARGEST_FILE // 1_000_000)
        head = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if head.startswith(_DRAWING) or b"<svg" in head or content[:2] == b"\x1f\x8b":
            raise InvalidInput("picture_drawing", field="crest")
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as found:
                if found.width * found.height > LARGEST_PICTURE:
                    raise InvalidInput("picture_too_large", field="crest", limit=LARGEST_FILE // 1_000_000)
                found.draft("RGB", (side * 2, side * 2))  # a large JPEG is unpacked at a fraction of its size
                found.load()
                return _png(found, side)
        except UnidentifiedImageError:
            raise InvalidInput("picture_kind", field="crest") from None
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise InvalidInput("picture_too_large", field="crest", limit=LARGEST_FILE // 1_000_000) from None
        except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError):
            # Pillow's readers raise all of these for files that break off or lie about themselves
            raise InvalidInput("picture_damaged", field="crest") from None


def _png(found: Image.Image, side: int) -> bytes:
    """The picture turned the way it was taken, made small, and written without anything but its pixels."""
    turned = ImageOps.exif_transpose(found)
    small = (turned if turned is not None else found).convert("RGBA")
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    bare = Image.new("RGBA", small.size)
    bare.paste(small)
    written = io.BytesIO()
    bare.save(written, "PNG", optimize=True)
    return written.getvalue()
