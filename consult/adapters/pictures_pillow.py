"""Pictures made anew with Pillow: what people send is read once and never shown as it came."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

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
CREST = "crest"

_DRAWING = (b"<svg", b"<?xml", b"<!doctype svg")


def _refused(case: str, field: str, limit: int = LARGEST_IMAGE_FILE) -> InvalidInput:
    return InvalidInput(case, field=field, limit=limit // 1_000_000)


class PillowPictures:
    def small_png(self, content: bytes, *, side: int) -> bytes:
        with _opened(content, FORMATS, CREST) as found:
            if found.width * found.height > LARGEST_PICTURE:
                raise _refused("picture_too_large", CREST, LARGEST_FILE)
            found.draft("RGB", (side * 2, side * 2))  # a large JPEG is unpacked at a fraction of its size
            found.load()
            return _png(_bare(found, side, "RGBA"))

    def made_anew(self, content: bytes, *, field: str, side: int, kind: str = "") -> MadePicture:
        with _opened(content, STILL_FORMATS, field) as found:
            is_photograph = found.format == "JPEG"
            if found.width * found.height > (LARGEST_PHOTOGRAPH if is_photograph else LARGEST_PICTURE):
                raise _refused("image_too_large", field)
            if getattr(found, "n_frames", 1) > 1:
                raise _refused("image_moving", field)
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
            with _opened(content, STILL_FORMATS, "file") as found:
                return found.width * found.height <= LARGEST_PHOTOGRAPH
        except InvalidInput:
            return False


@contextmanager
def _opened(content: bytes, formats: tuple[str, ...], field: str) -> Iterator[Image.Image]:
    """A picture opened, and whatever Pillow finds wrong with it while it is read, in our words: a crest's or a text's."""
    is_crest = field == CREST
    limit = LARGEST_FILE if is_crest else LARGEST_IMAGE_FILE
    if len(content) > limit:
        raise _refused("picture_too_large" if is_crest else "image_too_large", field, limit)
    head = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_DRAWING) or b"<svg" in head or content[:2] == b"\x1f\x8b":
        raise _refused("picture_drawing" if is_crest else "image_drawing", field)
    try:
        with Image.open(io.BytesIO(content), formats=formats) as found:
            yield found
    except UnidentifiedImageError:
        raise _refused("picture_kind" if is_crest else "image_kind", field) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _refused("picture_too_large" if is_crest else "image_too_large", field, limit) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError):
        # Pillow's readers raise all of these for files that break off or lie about themselves
        raise _refused("picture_damaged" if is_crest else "image_damaged", field) from None


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
