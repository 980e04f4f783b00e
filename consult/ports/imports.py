"""The socket for reading a file somebody wrote elsewhere as the Markdown of a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from consult.domain.errors import Fact
from consult.domain.text.spans import Span

REMARK_CODES = frozenset(
    {
        # left out
        "charts", "comments", "contents", "drawings", "embedded_objects", "empty_headings", "headers_footers",
        "hidden_text", "images", "section_numbers", "symbols", "title_page", "tracked_deletions",
        # taken in, but not as written
        "deep_headings", "emphasis_simplified", "equations", "fields", "framed_passages", "headings_in_tables",
        "internal_links", "links", "pictures_taken", "merged_cells", "nested_tables", "numbering_approximated",
        "numbering_as_text", "text_boxes", "tracked_insertions", "underline",
        # taken in, and waiting for words
        "undescribed_pictures",
        # in Markdown: as written, but perhaps not as meant
        "lost_references", "raw_html", "remote_images", "skipped_levels", "undescribed_images",
    }
)  # fmt: skip
"""Every code a reader may remark on; each needs a wording.

`title_page` and `section_numbers` are the title page and the printed numbers of a file exported here that
comes back: neither is part of the text.
"""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the file that was left out or read differently than written.

    `code` is stable and worded by the web; `count` is how often it occurred; `example` a few of
    the words concerned, at most 80 code points, or empty.
    """

    code: str
    count: int = 1
    example: str = ""


@dataclass(frozen=True, slots=True)
class MarginComment:
    """A comment somebody wrote in the margin: by whom and when, as the file says; `span` are the words it is about, in
    the text's source, or None where they cannot be told."""

    author: str
    at: datetime | None
    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The changes one author made with changes tracked: `source` is the original with these changes alone."""

    author: str
    at: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class ImportedPicture:
    """A picture embedded in a file; texts call it `name` (see `domain.text.pictures`). `alt` is what its author said of
    it. `kind`, `width` and `height` are known once it was made anew, and `content` and `name` are then those of what is
    to be kept."""

    name: str
    content: bytes
    alt: str
    is_decorative: bool
    kind: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class ImportedText:
    """The normalised Markdown of a file, and what was not understood of it.

    `source` has tracked changes taken in, as the final view of an office program shows. Where there are any,
    `original` is the text before them and `suggestions` hold them by author; it is empty otherwise.
    """

    source: str
    title: str = ""
    remarks: tuple[Remark, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()
    margin: tuple[MarginComment, ...] = ()
    original: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    pictures: tuple[ImportedPicture, ...] = ()


class DocumentReader(Protocol):
    """Reads one format. Raises `InvalidInput` (codes ``invalid.file_…``) for files it must refuse."""

    def read(self, content: bytes, *, filename: str) -> ImportedText: ...
