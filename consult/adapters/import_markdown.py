"""Markdown in: the text as it stands, and remarks on what a reader may not see as its writer meant it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consult.domain.errors import InvalidInput
from consult.domain.text.lines import Line, classify
from consult.domain.text.normalise import decode
from consult.domain.text.outline import split
from consult.ports.imports import ImportedText, Remark

LARGEST_FILE = 10_000_000  # bytes
_EXAMPLE_LENGTH = 80
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^`\n]{1,2000}\1(?!`)")
_RAW_HTML = re.compile(r"(?<!\\)<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,1000})?/?>|!--|\?|![A-Za-z])")
_IMAGE = re.compile(
    r"(?<!\\)!\[[^\[\]\n]{0,500}\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])|<img\b", re.IGNORECASE
)
_KEPT_IMAGE = re.compile(r"\]\(#p-[0-9a-f]{32}(?:-decorative)?\)$")
_UNDESCRIBED = re.compile(r"!\[\s*\](?!\(#p-[0-9a-f]{32}-decorative\))")
_ZIP_OR_OLE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
_NOT_SHOWN_AS_MARKUP = frozenset({Line.CODE, Line.FENCE, Line.FRONT_MATTER})


class MarkdownReader:
    """Implements `ports.imports.DocumentReader` for Markdown and plain text."""

    def __init__(self, largest: int = LARGEST_FILE) -> None:
        self._largest = largest

    def read(self, content: bytes, *, filename: str) -> ImportedText:  # noqa: ARG002  the bytes say it all
        """The normalised text of the file, exactly.

        Raises `InvalidInput` with `file_too_large`, `file_not_text` (an office file or PDF), `file_empty`,
        and from decoding `file_encoding` or `control_characters`.
        """
        if len(content) > self._largest:
            raise InvalidInput("file_too_large", field="file", limit=self._largest)
        if content.startswith(_ZIP_OR_OLE):
            raise InvalidInput("file_not_text", field="file")
        text = decode(content)
        if not text.strip():
            raise InvalidInput("file_empty", field="file")
        headings = [(piece.level, piece.heading) for piece in split(text) if piece.level]
        title = next((words for _, words in headings if words), "")
        return ImportedText(text, title, tuple(_remarks(text, headings)))


def _remarks(text: str, headings: list[tuple[int, str]]) -> Iterator[Remark]:
    lines = [_CODE_SPAN.sub(" ", line) for line in _shown_lines(text)]
    images = [found[0] for line in lines for found in _IMAGE.finditer(line)]
    tags = [found[0] for line in lines for found in _RAW_HTML.finditer(line) if not _IMAGE.match(found[0])]
    skipped = [
        words
        for (above, _), (level, words) in zip([(0, ""), *headings], headings, strict=False)
        if level > above + 1 and above
    ]
    yield from _counted("raw_html", tags)
    kept = [image for image in images if _KEPT_IMAGE.search(image)]
    yield from _counted("remote_images", [image for image in images if image not in kept])
    yield from _counted("undescribed_images", [image for image in images if _UNDESCRIBED.match(image)])
    yield from _counted("skipped_levels", skipped)
    yield from _counted("empty_headings", ["" for _, words in headings if not words])


def _shown_lines(text: str) -> Iterator[str]:
    lines = text.split("\n")
    for line, kind in zip(lines, classify(lines), strict=True):
        if kind not in _NOT_SHOWN_AS_MARKUP:
            yield line


def _counted(code: str, found: list[str]) -> Iterator[Remark]:
    if found:
        yield Remark(code, len(found), found[0][:_EXAMPLE_LENGTH])
