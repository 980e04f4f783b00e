"""What reading any file gathers: blocks in order, a title, and what was left out; in the end the text."""

from __future__ import annotations

from consult.adapters.import_files.composition import (
    Block,
    Heading,
    Label,
    compose,
    labelled,
    labelled_as_text,
)
from consult.adapters.import_files.inline_markdown import Piece, lines, plain
from consult.adapters.import_files.package import Limits, refusal
from consult.adapters.import_files.remarks import RemarkBook
from consult.domain.text.normalise import normalise
from consult.ports.imports import ImportedText

DEEPEST_HEADING = 6
MOST_COLUMNS = 63


class Gathering:
    """The blocks of one file as they come; readers of every format add to it."""

    def __init__(self, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self.remarks = RemarkBook()
        self._limits = limits
        self._cells_left = limits.table_cells
        self._title = ""
        self._first_heading = ""

    def name(self, title: str) -> None:
        """Call the text so, unless it has a title already."""
        self._title = self._title or title

    def lines(self, pieces: list[Piece]) -> list[str]:
        """The lines of a paragraph; emphasis that could not be written is remarked on."""
        return lines(pieces, self._simplified)

    def add_heading(
        self, level: int, pieces: list[Piece], label: Label | None = None, *, is_title: bool = False
    ) -> None:
        """A heading on one line, not in bold: headings are bold anyway. Its printed number becomes words."""
        words = plain(pieces)
        flat = [
            Piece(
                " " if each.is_break else each.text,
                False,
                each.emphasised,
                each.address,
                is_mark=each.is_mark,
            )
            for each in pieces
        ]
        written = self.lines(flat)
        if not written:
            self.remarks.add("empty_headings")
            return
        if label is not None and not label.is_bullet and label.text:
            self.remarks.add("numbering_as_text", f"{label.text} {words}")
            written = list(labelled(label, written))
        self._first_heading = self._first_heading or words
        if level > DEEPEST_HEADING:
            self.remarks.add("deep_headings", words)
        if is_title:
            self.name(words)
        self.blocks.append(Heading(min(level, DEEPEST_HEADING), written[0]))

    def take_cells(self, count: int) -> None:
        """Count the cells of a table. Raises `file_too_complex` when there are too many in the file."""
        self._cells_left -= count
        if self._cells_left < 0:
            raise refusal("file_too_complex")

    def finish(self, otherwise_called: str = "") -> ImportedText:
        """The text. Raises `file_empty` where there are no words and `file_too_long` for more than can be read."""
        for entry in labelled_as_text(self.blocks):
            self.remarks.add("numbering_as_text", entry)
        source = normalise(compose(self.blocks))
        if not source.strip():
            raise refusal("file_empty")
        if len(source) > self._limits.text_length:
            raise refusal("file_too_long", limit=self._limits.text_length)
        title = self._title or self._first_heading or otherwise_called
        return ImportedText(source, title, self.remarks.remarks())

    def _simplified(self, words: str) -> None:
        self.remarks.add("emphasis_simplified", words)
