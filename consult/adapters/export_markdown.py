"""Markdown out: exactly the document's text, as UTF-8 without a byte-order mark."""

from __future__ import annotations

from consult.ports.exports import ExportedText


class MarkdownWriter:
    """Implements `ports.exports.TextWriter`."""

    media_type = "text/markdown; charset=utf-8"
    extension = "md"

    def write(self, text: ExportedText) -> bytes:
        return "".join(section.source for section in text.sections).encode("utf-8")
