"""Small Word files written by hand, so that a test can say exactly what stands in one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = {
    "w": _W,
    "r": _R,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
ROOT_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def part(root: str, content: str) -> str:
    """An XML part whose root is `w:<root>`, all usual prefixes declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_DECLARED}>{content}</w:{root}>'


def relationships(*entries: tuple[str, str, str, bool]) -> str:
    """A relationships part from (id, kind, target, external)."""
    modes = {True: ' TargetMode="External"', False: ""}
    written = "".join(
        f'<Relationship Id="{identity}" Type="{_R}/{kind}" Target="{target}"{modes[external]}/>'
        for identity, kind, target, external in entries
    )
    address = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{address}">{written}</Relationships>'


def word_file(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    comments: str = "",
    links: Mapping[str, tuple[str, str]] | None = None,
    extra: Mapping[str, str | bytes] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A file with that body; `links` are external relationships by id (kind, target), `extra` further
    parts, `parts` replaces or adds any entry at the very end."""
    entries: list[tuple[str, str, str, bool]] = []
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELATIONSHIPS,
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    for kind, written in (
        ("styles", styles),
        ("numbering", numbering),
        ("footnotes", footnotes),
        ("endnotes", endnotes),
        ("comments", comments),
    ):
        if written:
            entries.append((f"part-{kind}", kind, f"{kind}.xml", False))
            content[f"word/{kind}.xml"] = part(kind, written)
    entries += [(identity, kind, target, True) for identity, (kind, target) in (links or {}).items()]
    for name in extra or {}:
        kind = name.rstrip("0123456789.xml")
        entries.append((f"part-{name}", kind, name, False))
    content["word/_rels/document.xml.rels"] = relationships(*entries)
    content |= {f"word/{name}": written for name, written in (extra or {}).items()}
    content |= parts or {}
    return zipped(content.items())


def zipped(entries, *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of (name, content) pairs in that order, names as they are."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", compression) as file:
        for name, content in entries:
            file.writestr(zipfile.ZipInfo(name), content, compress_type=compression)
    return archive.getvalue()


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(words: str, look: str = "") -> str:
    """A run of words; `look` is the inside of its properties, such as `<w:b/>`."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escaped(words)}</w:t></w:r>'


def paragraph(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; plain words are made into one."""
    inside = "".join(each if each.startswith("<") else run(each) for each in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def numbered(*content: str, number: int, level: int = 0) -> str:
    return paragraph(
        *content, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def style(identity: str, name: str, content: str = "", *, kind: str = "paragraph", based_on: str = "") -> str:
    above = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{above}{content}</w:style>'
    )


def level(position: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{position}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract_list(identity: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def list_of(identity: int, abstract: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell that is not markup becomes a paragraph."""
    return f"<w:tbl>{''.join(row(*cells) for cells in rows)}</w:tbl>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(each if each.startswith('<w:tc>') else tabled(each) for each in cells)}</w:tr>"


def tabled(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"
