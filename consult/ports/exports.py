"""The socket for writing a document, or the table of its comments, as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ExportedSection:
    """One section in reading order: `label` is the printed number ("2.3" or ""), `depth` counts from 1,
    `level` is the raw heading level (0 where the text has no heading); `anchor` is what references in other sections lead to."""

    label: str
    depth: int
    level: int
    source: str
    html: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ExportedPicture:
    """The file of a picture: `kind` is "png" or "jpeg", sizes are its own pixels."""

    content: bytes
    kind: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file that goes with a text where the format takes files along."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class ExportedText:
    """A whole text with what its first page has to say; what is to be signed and put up has no cover and no contents.

    `pictures` are the files of the pictures in it by name: in the HTML of sections each stands as
    ``<img src="#p-<name>" alt="…" width="…" height="…" … data-picture="<name>">``. `files` are its attachments.
    """

    title: str
    host: str
    state: str
    language: str
    written_at: datetime
    checksum: str
    address: str
    sections: tuple[ExportedSection, ...]
    has_cover: bool = True
    pictures: Mapping[str, ExportedPicture] = field(default_factory=dict)
    files: tuple[ExportedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A worksheet: a name, column headings with widths in characters, and rows of text, numbers, dates or None.

    A moment at midnight is a day. `notes` stand below the rows. `language` is that of what the writer adds.
    """

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[str | int | float | datetime | None]]
    notes: tuple[str, ...] = ()
    language: str = "pl"


class TextWriter(Protocol):
    media_type: str
    extension: str

    def write(self, text: ExportedText) -> bytes: ...


class TableWriter(Protocol):
    media_type: str
    extension: str

    def write(self, tables: Sequence[Table]) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Captions:
    """The words every format prints around a text, in one language."""

    host: str
    state: str
    written: str
    checksum: str
    address: str
    contents: str
    page: str
    of_pages: str
    skip: str
    continued: str
    continued_at: str
    months: tuple[str, ...]
    moment: str
    dissents: str
    dissent_on: str
    no_name: str
    gone_part: str
    in_short: str
    explanation: str
    not_binding: str
    gone_picture: str
    undescribed_picture: str
    attachments: str
    decimal_point: str

    def moment_of(self, at: datetime) -> str:
        """An aware moment as people here write it, in Polish time."""
        local = at.astimezone(_HOME)
        return self.moment.format(
            day=local.day, month=self.months[local.month - 1], year=local.year, at=local
        )

    def size_of(self, count: int) -> str:
        """A number of bytes as people read it: "640 B", "12 kB", "1,4 MB"."""
        if count < 1_000:
            return f"{count} B"
        if count < 1_000_000:
            return f"{round(count / 1_000)} kB"
        return f"{count / 1_000_000:.1f}".replace(".", self.decimal_point) + " MB"


_HOME = ZoneInfo("Europe/Warsaw")
_POLISH = Captions(
    host="Organizator",
    state="Stan",
    written="Plik utworzono",
    checksum="Suma kontrolna",
    address="Adres",
    contents="Spis treści",
    page="Strona",
    of_pages="z",
    skip="Przejdź do treści",
    continued="Ciąg dalszy",
    continued_at="[ciąg dalszy w arkuszu „{sheet}”, wiersz {row}]",
    months=(
        "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
        "lipca", "sierpnia", "września", "października", "listopada", "grudnia",
    ),
    moment="{day} {month} {year} r., godz. {at.hour}.{at:%M}",
    dissents="Zdania odrębne",
    dissent_on="Do części „{part}”",
    no_name="[dane usunięte]",
    gone_part="[tej części już nie ma]",
    in_short="W skrócie",
    explanation="Objaśnienie",
    not_binding="nie jest częścią tekstu",
    gone_picture="[tego obrazu tu nie ma]",
    undescribed_picture="Obraz bez opisu",
    attachments="Załączone pliki",
    decimal_point=",",
)  # fmt: skip
_ENGLISH = Captions(
    host="Host",
    state="State",
    written="File written",
    checksum="Checksum",
    address="Address",
    contents="Contents",
    page="Page",
    of_pages="of",
    skip="Skip to the text",
    continued="Continued",
    continued_at="[continued on the sheet “{sheet}”, row {row}]",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    moment="{day} {month} {year}, {at:%H:%M} (Warsaw time)",
    dissents="Dissenting opinions",
    dissent_on="On the part “{part}”",
    no_name="[name removed]",
    gone_part="[this part is gone]",
    in_short="In short",
    explanation="Explanation",
    not_binding="not a part of the text",
    gone_picture="[this picture is not here]",
    undescribed_picture="A picture without a description",
    attachments="Attached files",
    decimal_point=".",
)  # fmt: skip


def captions_for(language: str) -> Captions:
    """Polish captions for a Polish text, English ones for any other; `language` is a BCP 47 tag."""
    return _POLISH if language.lower().partition("-")[0] in ("pl", "") else _ENGLISH
