"""Pictures made anew with Pillow: what people send is read once and never shown as it came."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from consult.domain.errors import InvalidInput
from consult.ports.pictures import MadePicture

FORMATS = ("PNG", "JPEG", "WEBP")
STILL_FORMATS = (*FORMATS, "GIF")
LARGEST_FILE = 5_000_000
"""Bytes; a crest for print is smaller."""

LARGEST_PICTURE = 16_000_000
"""Pixels; 64 MB once unpacked. A few hundred bytes can claim billions."""

LARGEST_IMAGE_FILE = 15_000_000
"""Bytes; a photograph of a good telephone is smaller."""

LARGEST_PHOTOGRAPH = 30_000_000
"""Pixels of a JPEG, which is unpacked at a fraction of its size."""

LARGEST_PNG = 2_000_000
"""Bytes; a picture without transparency that would take more is a photograph, and kept as one."""

QUALITY = 88

_DRAWING = (b"<svg", b"<?xml", b"<!doctype svg")


@dataclass(frozen=True, slots=True)
class _Refusals:
    """What a picture is refused with, as the pages word it, and beside which field."""

    prefix: str
    field: str
    limit: int

    def because(self, case: str) -> InvalidInput:
        if case == "too_large":
            return InvalidInput(f"{self.prefix}_too_large", field=self.field, limit=self.limit // 1_000_000)
        return InvalidInput(f"{self.prefix}_{case}", field=self.field)


_CREST = _Refusals("picture", "crest", LARGEST_FILE)


class PillowPictures:
    def small_png(self, content: bytes, *, side: int) -> bytes:
        with _opened(content, FORMATS, _CREST) as found:
            if found.width * found.height > LARGEST_PICTURE:
                raise _CREST.because("too_large")
            found.draft("RGB", (side * 2, side * 2))  # a large JPEG is unpacked at a fraction of its size
            found.load()
            return _png(_bare(found, side, "RGBA"))

    def made_anew(self, content: bytes, *, field: str, side: int, kind: str = "") -> MadePicture:
        refusals = _Refusals("image", field, LARGEST_IMAGE_FILE)
        with _opened(content, STILL_FORMATS, refusals) as found:
            is_photograph = found.format == "JPEG"
            if found.width * found.height > (LARGEST_PHOTOGRAPH if is_photograph else LARGEST_PICTURE):
                raise refusals.because("too_large")
            if getattr(found, "n_frames", 1) > 1:
                raise refusals.because("moving")
            found.draft("RGB", (side * 2, side * 2))
            found.load()
            is_opaque = not found.has_transparency_data
            bare = _bare(found, side, "RGB" if is_opaque or kind == "jpeg" else "RGBA")
            if kind == "jpeg" or (is_photograph and not kind):
                return _made(_jpeg(bare), "jpeg", bare)
            written = _png(bare)
            if is_opaque and not kind and len(written) > LARGEST_PNG:
                return _made(_jpeg(bare), "jpeg", bare)
            return _made(written, "png", bare)

    def is_readable(self, content: bytes) -> bool:
        try:
            with _opened(content, STILL_FORMATS, _Refusals("image", "file", LARGEST_IMAGE_FILE)) as found:
                return found.width * found.height <= LARGEST_PHOTOGRAPH
        except InvalidInput:
            return False


@contextmanager
def _opened(content: bytes, formats: tuple[str, ...], refusals: _Refusals) -> Iterator[Image.Image]:
    """A picture opened, and whatever Pillow finds wrong with it while it is read, in our words."""
    if len(content) > refusals.limit:
        raise refusals.because("too_large")
    head = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_DRAWING) or b"<svg" in head or content[:2] == b"\x1f\x8b":
        raise refusals.because("drawing")
    try:
        with Image.open(io.BytesIO(content), formats=formats) as found:
            yield found
    except UnidentifiedImageError:
        raise refusals.because("kind") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refusals.because("too_large") from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError):
        # Pillow's readers raise all of these for files that break off or lie about themselves
        raise refusals.because("damaged") from None


def _bare(found: Image.Image, side: int, mode: str) -> Image.Image:
    """The picture turned the way it was taken, made no larger than `side`, with nothing left but its pixels."""
    turned = ImageOps.exif_transpose(found)
    upright = turned if turned is not None else found
    if mode == "RGB" and upright.has_transparency_data:
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    small = upright.convert(mode)
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    bare = Image.new(mode, small.size)
    bare.paste(small)
    return bare


def _png(bare: Image.Image) -> bytes:
    written = io.BytesIO()
    bare.save(written, "PNG", optimize=True)
    return written.getvalue()


def _jpeg(bare: Image.Image) -> bytes:
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=False)
    return written.getvalue()


def _made(content: bytes, kind: str, bare: Image.Image) -> MadePicture:
    return MadePicture(content, kind, bare.width, bare.height)
