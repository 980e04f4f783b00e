"""The socket for reading a file somebody wrote elsewhere as the Markdown of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from consult.domain.errors import Fact


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
class ImportedText:
    """The normalised Markdown of a file, and what was not understood of it."""

    source: str
    title: str = ""
    remarks: tuple[Remark, ...] = ()
    facts: tuple[tuple[str, Fact], ...] = ()


class DocumentReader(Protocol):
    """Reads one format. Raises `InvalidInput` (codes ``invalid.file_…``) for files it must refuse."""

    def read(self, content: bytes, *, filename: str) -> ImportedText: ...
