"""The socket that looks at files people attach: whether they are what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that is what its name says: `kind` is a code of `KINDS`, `content` what is to be kept of it."""

    content: bytes
    kind: str


KINDS = ("pdf", "docx", "odt", "xlsx", "ods", "pptx", "odp", "csv", "txt", "png", "jpeg")
"""Every kind of file that may be attached."""

ENDINGS = {"jpg": "jpeg", **{kind: kind for kind in KINDS}}
"""Kinds by the ending of a name."""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "png": "image/png",
    "jpeg": "image/jpeg",
}


class AttachedFiles(Protocol):
    def check(self, content: bytes, *, ending: str) -> CheckedFile:
        """A file checked against the ending of its name, without the dot; nothing of it is ever run or unpacked whole.

        Texts come back in UTF-8. Raises InvalidInput at "file": attached_kind (an ending not taken, with the facts
        `ending` and `taken`), attached_empty, attached_not_so (it is no such file), attached_damaged,
        attached_encrypted, attached_macros (it carries programs), attached_unsafe (it unpacks to too much, or is two
        kinds of file at once), attached_encoding.
        """
        ...
