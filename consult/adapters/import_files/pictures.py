"""Pictures embedded in a file: taken along under names of their own, described as the file describes them."""

from __future__ import annotations

import hashlib
import re

from consult.adapters.import_files.inline_markdown import Piece
from consult.adapters.import_files.remarks import RemarkBook
from consult.domain.text.pictures import marker, name_of
from consult.ports.imports import ImportedPicture

MOST_PICTURES = 300
LARGEST_TOGETHER = 100_000_000
"""Bytes of all pictures of a file."""

LONGEST_ALT = 1_000
_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")

# what office programs write where nobody described a picture, or where a program guessed
_NO_DESCRIPTION = re.compile(
    r"(?:obraz|picture|image|grafika|graphic|rysunek|rys\.|fig(?:ure)?\.?|zdjęcie|photo|obraz wstawiony)\s*\d*"
    r"|.{1,80}\.(?:png|jpe?g|gif|webp|bmp|emf|wmf|tiff?)",
    re.IGNORECASE,
)
_GUESSED = re.compile(
    r"\s*(?:Opis wygenerowany automatycznie|Description automatically generated).*", re.DOTALL
)


class PictureBook:
    """The pictures of one file, whichever view of it is read; each file once, however often it is shown."""

    def __init__(self) -> None:
        self._pictures: dict[str, ImportedPicture] = {}
        self._left = LARGEST_TOGETHER

    def take(
        self,
        content: bytes,
        remarks: RemarkBook,
        *,
        alt: str = "",
        is_decorative: bool = False,
        is_left_out_aloud: bool = True,
    ) -> Piece | None:
        """The words that show a picture, or None where it is of a kind that cannot be shown here, which is remarked on
        unless somebody else does."""
        words = described(alt)
        if not _is_picture(content) or not self._has_room(content):
            if is_left_out_aloud:
                remarks.add("images", words)
            return None
        name = name_of(hashlib.sha256(content).hexdigest())
        if name not in self._pictures:
            self._left -= len(content)
            self._pictures[name] = ImportedPicture(name, content, words, is_decorative)
        remarks.add("pictures_taken", words)
        if not words and not is_decorative:
            remarks.add("undescribed_pictures")
        return Piece(marker(name, alt=words, is_decorative=is_decorative and not words), is_mark=True)

    def pictures(self) -> tuple[ImportedPicture, ...]:
        return tuple(self._pictures.values())

    def _has_room(self, content: bytes) -> bool:
        return len(self._pictures) < MOST_PICTURES and len(content) <= self._left


def described(alt: str) -> str:
    """The description a person gave; "" for a name of the file, a number, or what a program guessed."""
    words = " ".join(_GUESSED.sub("", alt).split())[:LONGEST_ALT]
    return "" if _NO_DESCRIPTION.fullmatch(words) else words


def _is_picture(content: bytes) -> bool:
    return content.startswith(_SIGNS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
