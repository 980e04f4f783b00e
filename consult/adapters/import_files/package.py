"""The file as a package of parts, opened as if whoever sent it meant harm.

Nothing is written to disk and nothing outside the file is ever asked for: parts are read by their exact
name, relationships that point outside are kept as plain strings. Everything that could grow without
bound (entries, declared and real sizes, compression ratio, elements, nesting) is counted first.

This is the only file here that knows lxml. Elements are handed on under short names (`w:p`), the same for the
transitional and the strict form of the format; those of web pages bear their own names (`p`).
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from lxml import etree, html

from consult.domain.errors import InvalidInput

Kind = Literal["word", "opendocument", "spreadsheet"]

# lxml publishes no usable type for an element; what is used of it is `.get`, `.text`, iteration and `.tag`.
Element = Any

_OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_HEADERS = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_FORMATS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"<?xml", b"<html", b"<!DOCTYPE")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))

# what `zipfile` is known to raise on archives that were cut or spoiled
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_ATTRIBUTES: dict[str, tuple[str, ...]] = {}
for _address, _prefix in _PREFIXES.items():
    _ATTRIBUTES[_prefix] = (*_ATTRIBUTES.get(_prefix, ()), f"{{{_address}}}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is looked at before it is refused; bytes unless said otherwise.

    The largest real file known to us holds 17 entries, 15 MB unpacked at a ratio of 38, 370,000 elements.
    Elements are what reading costs: at the limit some three seconds of processor time.
    """

    file_size: int = 25_000_000
    entries: int = 4_000
    unpacked_size: int = 300_000_000
    part_size: int = 32_000_000
    ratio: int = 150
    ratio_applies_from: int = 2_000_000
    elements: int = 600_000
    table_cells: int = 200_000
    nesting: int = 40
    text_length: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another (`target` is then a part name) or, when `external`, to an address."""

    kind: str
    target: str
    external: bool


class Archive:
    """The parts of an opened archive, read and parsed on demand.

    Raises `InvalidInput` with one of: `file_empty`, `file_too_large`, `file_encrypted`, `file_damaged`,
    `file_unsafe`, `file_too_complex`, and `file_not_word`, `file_not_opendocument` or `file_not_spreadsheet` for a file
    that is not of the `kind` it should be.
    """

    def __init__(self, content: bytes, limits: Limits, *, kind: Kind) -> None:
        self._limits = limits
        self._elements_left = limits.elements
        self._archive = _open_archive(content, limits, kind)
        self._entries = _entries(self._archive, limits)

    def has(self, name: str) -> bool:
        return name.lower() in self._entries

    def read_xml(self, name: str) -> Element:
        """The root element of a part; `file_damaged` when it is missing or no XML."""
        root = _parse(self.read(name))
        self._elements_left -= sum(1 for _ in root.iter())
        if self._elements_left < 0:
            raise refusal("file_too_complex")
        return root

    def read(self, name: str) -> bytes:
        """The bytes of a part; `file_damaged` when it is missing."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise refusal("file_damaged")
        limit = self._limits.part_size
        try:
            with self._archive.open(entry) as part:
                content = part.read(limit + 1)
        except _UNREADABLE:
            raise refusal("file_damaged") from None
        if len(content) > limit:
            raise refusal("file_too_large", limit=limit)
        return content


class Package(Archive):
    """The parts of a Word document. Raises `file_old_word` and `file_not_word` besides what any archive does."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        super().__init__(content, limits, kind="word")
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self.main = self._find_main_part()

    def relationships(self, name: str) -> dict[str, Relationship]:
        """What a part refers to, by relationship id; empty when it refers to nothing."""
        if name not in self._relationships:
            self._relationships[name] = self._read_relationships(name)
        return self._relationships[name]

    def _read_relationships(self, name: str) -> dict[str, Relationship]:
        folder, base = posixpath.split(name)
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(source):
            return {}
        found = {}
        for entry in self.read_xml(source):
            if tag(entry) != "rel:Relationship":
                continue
            external = entry.get("TargetMode") == "External"
            target = entry.get("Target") or ""
            found[entry.get("Id") or ""] = Relationship(
                kind=posixpath.basename(entry.get("Type") or ""),
                target=target if external else _part_name(folder, target),
                external=external,
            )
        return found

    def _find_main_part(self) -> str:
        if self.has("mimetype") or not self.has("[Content_Types].xml"):
            # OpenDocument and EPUB say what they are in `mimetype`; any other archive is no document at all
            raise refusal("file_not_word")
        types = {
            (entry.get("PartName") or "").lstrip("/").lower(): entry.get("ContentType") or ""
            for entry in self.read_xml("[Content_Types].xml")
            if tag(entry) == "ct:Override"
        }
        names = [link.target for link in self.relationships("").values() if link.kind == "officeDocument"]
        name = next((name for name in names if self.has(name)), "word/document.xml")
        kind = types.get(name.lower(), "wordprocessingml" if name == "word/document.xml" else "")
        if "wordprocessingml" not in kind and "ms-word" not in kind:
            raise refusal("file_not_word")
        if not self.has(name):
            raise refusal("file_damaged")
        return name


def refusal(case: str, **facts: int) -> InvalidInput:
    """The error that refuses the whole file."""
    return InvalidInput(case, field="file", **facts)


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    if not name.startswith("{"):
        return name
    address, _, local = name[1:].partition("}")
    return f"{_PREFIXES.get(address, '?')}:{local}"


def tag(element: Element) -> str:
    """The short name of an element, `w:p`; one of an unknown vocabulary begins with `?:`."""
    name = element.tag
    return _short(name) if isinstance(name, str) else "?:"


def attribute(element: Element, name: str) -> str | None:
    """The value of an attribute given by its short name (`w:val`), or None."""
    prefix, _, local = name.partition(":")
    for namespace in _ATTRIBUTES[prefix]:
        value: str | None = element.get(namespace + local)
        if value is not None:
            return value
    return None


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that short name, or None."""
    if element is None:
        return None
    return next((each for each in element if tag(each) == name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    if element is not None:
        for each in element:
            if tag(each) == name:
                yield each


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """Every element below, at any depth, that bears one of the short names, in document order."""
    for each in element.iter():
        if tag(each) in names:
            yield each


def value(element: Element | None, name: str) -> str | None:
    """The `w:val` of the first child of that name, or None."""
    found = child(element, name)
    return None if found is None else attribute(found, "w:val")


def whole_number(text: str | None) -> int | None:
    """A number of at most nine digits; None for anything else (longer ones occur in attacks only)."""
    if text is None or len(text) > 9 or not text.removeprefix("-").isascii():
        return None
    return int(text) if text.removeprefix("-").isdigit() else None


def is_on(element: Element | None, name: str) -> bool | None:
    """A switch such as `w:b`: None when absent, False when written as off."""
    found = child(element, name)
    if found is None:
        return None
    return attribute(found, "w:val") not in ("0", "false", "off", "none")


def _open_archive(content: bytes, limits: Limits, kind: Kind) -> zipfile.ZipFile:
    if not content:
        raise refusal("file_empty")
    if len(content) > limits.file_size:
        raise refusal("file_too_large", limit=limits.file_size)
    if content.startswith(_OLE_HEADER):
        raise _refused_compound_file(content, kind)
    if content.lstrip()[:9].startswith(_OTHER_FORMATS):
        raise _foreign(kind)
    if not content.startswith(_ZIP_HEADERS):
        # cut off at the end, an archive still begins as one; only what is no file of any kind counts as damaged
        raise _foreign(kind) if content.strip(b"\0") else refusal("file_damaged")
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _UNREADABLE:
        raise refusal("file_damaged") from None


def _refused_compound_file(content: bytes, kind: Kind) -> InvalidInput:
    """Old Office files and encrypted new ones share a container; its directory names tell them apart."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return refusal("file_encrypted")
    return refusal("file_old_word") if "WordDocument".encode("utf-16-le") in content else _foreign(kind)


def _foreign(kind: Kind) -> InvalidInput:
    """The error that says of what kind the file is not."""
    if kind == "word":
        return refusal("file_not_word")
    return refusal("file_not_spreadsheet" if kind == "spreadsheet" else "file_not_opendocument")


def _entries(archive: zipfile.ZipFile, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The entries by lower-case name, after everything the directory declares has been checked.

    Declared sizes may lie; each part is therefore read with a bound of its own as well.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    listed = archive.infolist()
    if len(listed) > limits.entries or sum(entry.file_size for entry in listed) > limits.unpacked_size:
        raise refusal("file_too_large")
    for entry in listed:
        if entry.flag_bits & 1:
            raise refusal("file_encrypted")
        is_large = entry.file_size > limits.ratio_applies_from
        if is_large and entry.file_size > limits.ratio * max(1, entry.compress_size):
            raise refusal("file_unsafe")
        name = entry.filename.lstrip("/").lower()
        if name in found:
            # two parts of one name: readers disagree which one counts, so the file means two things
            raise refusal("file_unsafe")
        found[name] = entry
    return found


def _part_name(folder: str, target: str) -> str:
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def _parse(content: bytes) -> Element:
    """The root of an XML part. A document type is refused: Word never writes one, attacks need one."""
    if any(mark in content for mark in _DOCTYPES):
        raise refusal("file_unsafe")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise refusal("file_damaged") from None
    information: Any = root.getroottree().docinfo
    if information.doctype:
        raise refusal("file_unsafe")
    return root


_LARGEST_HEADER = 4_096
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,500}(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE
)


def parse_page(content: bytes, limits: Limits) -> Element:
    """The root of a web page, whatever state its markup is in; `file_damaged` when there is none.

    The page says in which encoding it is written; UTF-8 is tried first, and Windows' Central European last.
    """
    if not content.strip():
        raise refusal("file_empty")
    if len(content) > limits.part_size:
        raise refusal("file_too_large", limit=limits.part_size)
    named = _CHARSET.search(content[:_LARGEST_HEADER])
    said = named[1].decode("ascii") if named else "utf-8"
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else said, "cp1250"):
        try:
            text = content.decode(encoding)
            break
        except (UnicodeDecodeError, LookupError):
            continue
    else:
        raise refusal("file_encoding")
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(_XML_DECLARATION.sub("", text, count=1), parser=parser)
    except (etree.LxmlError, ValueError):
        raise refusal("file_damaged") from None
    if sum(1 for _ in root.iter()) > limits.elements:
        raise refusal("file_too_complex")
    return root


_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>")
