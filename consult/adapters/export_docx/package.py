"""The parts around the text: styles, settings, properties, and the archive itself.

Written from scratch rather than from a library's template: nothing of a template's author, thumbnail or
unused styles travels along, and the same text always gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping
from datetime import datetime, timezone

from consult.adapters.export_docx.wordml import escaped

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{_OFFICE}/relationships"'
)
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "word/document.xml": f"{_WORD_TYPE}.document.main+xml",
    "word/styles.xml": f"{_WORD_TYPE}.styles+xml",
    "word/settings.xml": f"{_WORD_TYPE}.settings+xml",
    "word/numbering.xml": f"{_WORD_TYPE}.numbering+xml",
    "word/footnotes.xml": f"{_WORD_TYPE}.footnotes+xml",
    "word/footer1.xml": f"{_WORD_TYPE}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM_PROPERTIES = "docProps/custom.xml"
_EARLIEST = datetime(1980, 1, 1, tzinfo=timezone.utc)  # noqa: UP017  an archive knows no earlier moment
_FAST = 3  # of zlib's nine levels: half the time for a tenth more bytes


def part(root: str, content: str) -> str:
    """A part whose root is `w:<root>`."""
    return f"{_DECLARATION}<w:{root} {_NAMESPACES}>{content}</w:{root}>"


def relationships(internal: Mapping[str, tuple[str, str]], addresses: Mapping[str, str]) -> str:
    """What a part refers to: `internal` is (kind, target) by id, `addresses` are ids by outside address."""
    inside = "".join(
        f'<Relationship Id="{identity}" Type="{kind if "/" in kind else f"{_OFFICE}/relationships/{kind}"}" Target="{target}"/>'
        for identity, (kind, target) in internal.items()
    )
    outside = "".join(
        f'<Relationship Id="{identity}" Type="{_OFFICE}/relationships/hyperlink"'
        f' Target="{escaped(address)}" TargetMode="External"/>'
        for address, identity in addresses.items()
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}{outside}</Relationships>'


def content_types(parts: Collection[str] = tuple(_TYPES)) -> str:
    """What each of the parts is."""
    kinds = {name: kind for name, kind in (_TYPES | {CUSTOM_PROPERTIES: _CUSTOM}).items() if name in parts}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def root_relationships(*, with_custom: bool = False) -> str:
    custom = {"rId4": ("custom-properties", CUSTOM_PROPERTIES)} if with_custom else {}
    return relationships(
        custom
        | {
            "rId1": ("officeDocument", "word/document.xml"),
            "rId2": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            "rId3": ("extended-properties", "docProps/app.xml"),
        },
        {},
    )


def core_properties(title: str, language: str, written_at: datetime) -> str:
    """Title, language and date; nobody's name."""
    moment = written_at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")  # noqa: UP017
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:language>{escaped(language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def app_properties() -> str:
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/extended-properties"><Application>Consult</Application>'
        "<AppVersion>1.0000</AppVersion></Properties>"
    )


def custom_properties(values: Mapping[str, str]) -> str:
    """Named words that travel with the file, through other office programs too."""
    inside = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{escaped(name)}">'
        f"<vt:lpwstr>{escaped(words)}</vt:lpwstr></property>"
        for number, (name, words) in enumerate(values.items(), start=2)
    )
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{inside}'
        "</Properties>"
    )


def settings(language: str) -> str:
    return part(
        "settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{escaped(language)}"/>',
    )


def archived(
    parts: Mapping[str, str], written_at: datetime, *, files: Mapping[str, bytes] | None = None
) -> bytes:
    """The archive, entries in the given order, `files` last and as they are, and all dated `written_at`."""
    moment = max(written_at.astimezone(timezone.utc), _EARLIEST).timetuple()[:6]  # noqa: UP017
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as file:
        written = {name: content.encode("utf-8") for name, content in parts.items()}
        for name, content in (written | dict(files or {})).items():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            file.writestr(entry, content, compresslevel=_FAST)
    return archive.getvalue()
