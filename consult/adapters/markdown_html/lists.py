"""Lists indented as people indent them, written as Python-Markdown wants them.

The library nests only what is indented by four columns and flattens the two or three that most editors
and most people use. CommonMark's rule is that a line belongs to the entry whose words it stands under; by
that rule every line of a list is moved to four columns for each entry it is inside of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKER = re.compile(r"( *)([*+-]|\d{1,9}\.)( +)(?=\S)")
_STEP = 4


def begins_list(line: str) -> bool:
    """True when an entry of a list begins on this line."""
    return bool(_MARKER.match(line))


def reindented(lines: Sequence[str]) -> list[str]:
    """The lines of one list and of what it holds; blank lines stay, tabs are already spaces."""
    return _Reindenting().run(lines)


class _Reindenting:
    def __init__(self) -> None:
        self.written: list[str] = []
        self.columns: list[int] = []  # where the words of each open entry begin
        self.after_blank = False
        self.in_code = False
        self.in_words = False  # a paragraph that began behind a blank line, not with an entry, is open

    def run(self, lines: Sequence[str]) -> list[str]:
        for line in lines:
            bare = line.lstrip(" ")
            if bare:
                self._read(line, bare)
                self.after_blank = False
            else:
                self.written.append("")
                self.after_blank, self.in_words = True, False
        return self.written

    def _read(self, line: str, bare: str) -> None:
        indent = len(line) - len(bare)
        marker = _MARKER.match(line)
        if marker or self.after_blank:
            while self.columns and indent < self.columns[-1]:
                self.columns.pop()
        deeper = indent - (self.columns[-1] if self.columns else 0)
        if marker and deeper < _STEP:
            self._begin_entry(marker, indent, line)
        elif deeper >= _STEP and (self.after_blank or self.in_code):
            self.in_code = True
            self.written.append(f"{' ' * (_STEP * len(self.columns) + deeper)}{bare}")
        elif self.after_blank:
            self.in_code, self.in_words = False, True
            self.written.append(f"{' ' * _STEP * len(self.columns)}{bare}")
        else:  # goes on with the paragraph, wherever it stands
            self.written.append(bare)

    def _begin_entry(self, marker: re.Match[str], indent: int, line: str) -> None:
        if self.in_words:
            self.written.append("")  # the library would read the entry as words of that paragraph
        self.in_code = self.in_words = False
        spaces = len(marker[3])
        words = line[marker.end() :] if spaces <= _STEP else " " * (spaces - 1) + line[marker.end() :]
        self.written.append(f"{' ' * _STEP * len(self.columns)}{marker[2]} {words}")
        self.columns.append(indent + len(marker[2]) + (spaces if spaces <= _STEP else 1))
