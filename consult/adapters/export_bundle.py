"""A bundle out: the text as Markdown with its pictures and attached files beside it, in one archive anybody can open."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timezone

from consult.ports.exports import ExportedText

_EARLIEST = datetime(1980, 1, 1, tzinfo=timezone.utc)  # noqa: UP017  an archive knows no earlier moment
_PICTURE = re.compile(r"(?<=\]\()#p-([0-9a-f]{32})(?:-decorative)?(?=\))")
_ENDINGS = {"png": "png", "jpeg": "jpg"}

_FOLDERS = {"pl": ("tekst.md", "obrazy", "zalaczniki"), "": ("text.md", "pictures", "attachments")}


class BundleWriter:
    """Implements `ports.exports.TextWriter`; the same text always gives the same bytes."""

    media_type = "application/zip"
    extension = "zip"

    def write(self, text: ExportedText) -> bytes:
        own, pictures, files = _FOLDERS["pl" if text.language in ("", "pl") else ""]

        def linked(found: re.Match[str]) -> str:
            picture = text.pictures.get(found[1])
            return f"{pictures}/{found[1]}.{_ENDINGS[picture.kind]}" if picture else found[0]

        source = _PICTURE.sub(linked, "".join(section.source for section in text.sections))
        parts = [(own, source.encode("utf-8", "replace"))]
        parts += [
            (f"{pictures}/{name}.{_ENDINGS[picture.kind]}", picture.content)
            for name, picture in text.pictures.items()
        ]
        parts += [(f"{files}/{file.name}", file.content) for file in text.files]
        moment = max(text.written_at.astimezone(timezone.utc), _EARLIEST).timetuple()[:6]  # noqa: UP017
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, content in parts:
                entry = zipfile.ZipInfo(name, moment)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                bundle.writestr(entry, content)
        return archive.getvalue()
