"""OpenDocument texts made for tests."""

from __future__ import annotations

import io
import zipfile

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
MEDIA_TYPE = "application/vnd.oasis.opendocument.text"


def odt(body: str, *, styles: str = "", named: str = "", mimetype: str = MEDIA_TYPE, **parts: str) -> bytes:
    """A file with `body` in its text, `styles` of buttons and `named` styles; further parts by name."""
    content = (
        f"<office:document-content {_NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", content)
        if named:
            archive.writestr(
                "styles.xml",
                f"<office:document-styles {_NAMES}><office:styles>{named}</office:styles></office:document-styles>",
            )
        for name, words in parts.items():
            archive.writestr(name, words)
    return made.getvalue()


def changed(identity: str, author: str, *, deleted: str = "", at: str = "2026-09-01T12:00:00") -> str:
    """The region of a tracked change."""
    who = f"<office:change-info><dc:creator>{author}</dc:creator><dc:date>{at}</dc:date></office:change-info>"
    act = (
        f"<text:deletion>{who}{deleted}</text:deletion>"
        if deleted
        else f"<text:insertion>{who}</text:insertion>"
    )
    return f'<text:changed-region text:id="{identity}">{act}</text:changed-region>'
