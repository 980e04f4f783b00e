"""References in a comparison, with the numbers a reader saw.

A number generated for a reference is no part of the plain text, so the lines of a comparison lack it. It is put behind the
words of the reference as they are shown; where lines begin in the plain text stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consult.domain.diffing.laid import GridRow, Line, Words
from consult.domain.text.cross_references import SIGNS, named_by, parted
from consult.domain.text.passages import Style


def with_numbers(lines: Sequence[Line], titles: Mapping[str, tuple[str, str]]) -> tuple[Line, ...]:
    """The lines with the number of its section behind every reference; `titles` are (label, heading) by section."""
    labels = {section_id[:SIGNS]: label for section_id, (label, _) in titles.items()}
    return tuple(
        replace(line, words=_numbered(line.words, labels), grid=tuple(_row(row, labels) for row in line.grid))
        if _refers(line)
        else line
        for line in lines
    )


def _refers(line: Line) -> bool:
    cells = (cell.words for row in line.grid for cell in row.cells)
    return any(_sign(one) for words in (line.words, *cells) for one in words)


def _row(row: GridRow, labels: Mapping[str, str]) -> GridRow:
    return replace(row, cells=tuple(replace(cell, words=_numbered(cell.words, labels)) for cell in row.cells))


def _sign(words: Words) -> str:
    return next((named_by(one.target) for one in words.settings if one.style is Style.LINK), "")


def _numbered(words: Sequence[Words], labels: Mapping[str, str]) -> tuple[Words, ...]:
    return tuple(_shown(words, labels))


def _shown(words: Sequence[Words], labels: Mapping[str, str]) -> Iterator[Words]:
    for at, one in enumerate(words):
        sign = _sign(one)
        following = words[at + 1] if at + 1 < len(words) else None
        goes_on = following is not None and following.kind == one.kind and _sign(following) == sign
        label = labels.get(sign, "")
        if not label or goes_on:
            yield one
            continue
        # what the writer keeps before a number ends with the space that parts them
        number = parted(label)[1] or label if one.text[-1:].isspace() else f" ({label})"
        yield replace(one, text=one.text + number)
