"""Files people attach, looked at from outside: signs at the beginning and the end, the directory of an archive.

What is attached is given out as it came, to be saved and never to be shown by a browser of ours; so what counts is that
it is what it says, carries no programs, and is no trap for those who open it. Nothing is unpacked but the few bytes that
tell the kind.
"""

from __future__ import annotations

import io
import zipfile

from consult.domain.errors import InvalidInput
from consult.ports.attached_files import ENDINGS, KINDS, CheckedFile

MOST_ENTRIES = 5_000
LARGEST_UNPACKED = 500_000_000
"""Bytes all entries of an archive may claim together."""

LARGEST_RATIO = 200
"""Times an entry of more than two megabytes may unpack to."""

RATIO_APPLIES_FROM = 2_000_000
_LARGEST_TYPES = 1_000_000

_OFFICE_OPEN = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
}
_OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP, _END_OF_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_END_LENGTH = 22
_PROGRAMS = ("vbaproject.bin", "vbadata.xml")
_SCRIPTS = ("basic/", "scripts/")
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError,
    KeyError, OverflowError,
)  # fmt: skip


class CheckedFiles:
    """Implements `ports.attached_files.AttachedFiles` for everything but pictures, which are made anew elsewhere."""

    def check(self, content: bytes, *, ending: str) -> CheckedFile:
        kind = ENDINGS.get(ending.lower())
        if kind is None:
            raise InvalidInput("attached_kind", field="file", ending=ending[:20], taken=", ".join(KINDS))
        if not content.strip(b"\x00 \t\r\n"):
            raise _refusal("attached_empty")
        if kind == "pdf":
            _check_pdf(content)
        elif kind in _OFFICE_OPEN or kind in _OPEN_DOCUMENT:
            _check_office_file(content, kind)
        elif kind in ("csv", "txt"):
            return CheckedFile(_as_utf_8(content), kind)
        return CheckedFile(content, kind)


def _refusal(case: str) -> InvalidInput:
    return InvalidInput(case, field="file")


def _check_pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise _refusal("attached_not_so")
    if b"%%EOF" not in content[-2048:]:
        raise _refusal("attached_damaged")
    if _ends_as_archive(content):
        raise _refusal("attached_unsafe")
    if b"/Encrypt" in content[-4096:]:
        raise _refusal("attached_encrypted")


def _ends_as_archive(content: bytes) -> bool:
    """Whether a program that opens archives would take the file for one."""
    at = content.rfind(_END_OF_ZIP, max(0, len(content) - 65_536))
    if at < 0 or at + _END_LENGTH > len(content):
        return False
    comment = int.from_bytes(content[at + 20 : at + 22], "little")
    return at + _END_LENGTH + comment == len(content)


def _check_office_file(content: bytes, kind: str) -> None:
    if content.startswith(_OLE):
        raise _refusal(
            "attached_encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "attached_not_so"
        )
    if not content.startswith(_ZIP):
        raise _refusal("attached_not_so")
    if not _ends_as_archive(content):
        raise _refusal("attached_damaged")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = _checked_names(archive)
            _check_kind(archive, names, kind)
    except _UNREADABLE:
        raise _refusal("attached_damaged") from None


def _checked_names(archive: zipfile.ZipFile) -> frozenset[str]:
    """The names of all entries in lower case, once everything the directory claims has been looked at."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise _refusal("attached_unsafe")
    names: set[str] = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/").lower()
        if entry.flag_bits & 1:
            raise _refusal("attached_encrypted")
        is_bomb = entry.file_size > RATIO_APPLIES_FROM and entry.file_size > LARGEST_RATIO * max(
            1, entry.compress_size
        )
        if is_bomb or name in names or name.startswith("/") or ".." in name.split("/"):
            raise _refusal("attached_unsafe")
        names.add(name)
    if any(name.endswith(_PROGRAMS) or name.startswith(_SCRIPTS) for name in names):
        raise _refusal("attached_macros")
    return frozenset(names)


def _check_kind(archive: zipfile.ZipFile, names: frozenset[str], kind: str) -> None:
    if kind in _OFFICE_OPEN:
        if "[content_types].xml" not in names:
            raise _refusal("attached_not_so")
        with archive.open("[Content_Types].xml") as part:
            types = part.read(_LARGEST_TYPES)
        if b"macroEnabled" in types:
            raise _refusal("attached_macros")
        if _OFFICE_OPEN[kind] not in types:
            raise _refusal("attached_not_so")
        return
    if "mimetype" not in names:
        raise _refusal("attached_not_so")
    with archive.open("mimetype") as part:
        if part.read(200).strip() != _OPEN_DOCUMENT[kind]:
            raise _refusal("attached_not_so")


def _as_utf_8(content: bytes) -> bytes:
    """A text in UTF-8, whether it came in it, in UTF-16 with its mark, or in Windows' Central European."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1250")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(ord(sign) in _CONTROLS for sign in text):
            raise _refusal("attached_not_so")
        return text.encode()
    raise _refusal("attached_encoding")
