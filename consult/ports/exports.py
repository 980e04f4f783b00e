"""The socket for writing a document, or the table of its comments, as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ExportedSection:
    """One section in reading order: `label` is the printed number ("2.3" or ""), `depth` counts from 1,
    `level` is the raw heading level (0 where the text has no heading)."""

    label: str
    depth: int
    level: int
    source: str
    html: str


@dataclass(frozen=True, slots=True)
class ExportedText:
    """A whole text with what its first page has to say."""

    title: str
    host: str
    state: str
    language: str
    written_at: datetime
    checksum: str
    address: str
    sections: tuple[ExportedSection, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A worksheet: a name, column headings with widths in characters, and rows of text, numbers, dates or None."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[str | int | float | datetime | None]]
    notes: tuple[str, ...] = ()


class TextWriter(Protocol):
    media_type: str
    extension: str

    def write(self, text: ExportedText) -> bytes: ...


class TableWriter(Protocol):
    media_type: str
    extension: str

    def write(self, tables: Sequence[Table]) -> bytes: ...
