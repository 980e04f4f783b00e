"""References in a comparison, with the numbers a reader saw.

A number generated for a reference is no part of the plain text, so the lines of a comparison lack it. It is put behind the
words of the reference as they are shown, or in the place of a reference without words of its own; words that were struck
out bear the number they had. Where lines begin in the plain text stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consult.domain.diffing.laid import GridRow, Line, Words
from consult.domain.text.cross_references import SIGNS, named_by, parted
from consult.domain.text.passages import Style

Titles = Mapping[str, tuple[str, str]]
Labels = Mapping[str, str]

_OPENING = "([„«"


def with_numbers(lines: Sequence[Line], titles: Titles, old_titles: Titles) -> tuple[Line, ...]:
    """The lines with the number of its section for every reference; `titles` are (label, heading) by section, those of
    the new text and of the old one."""
    now, before = _labels(titles), _labels(old_titles)
    return tuple(
        replace(
            line,
            words=_numbered(line.words, now, before),
            grid=tuple(_row(row, now, before) for row in line.grid),
        )
        if _refers(line)
        else line
        for line in lines
    )


def _labels(titles: Titles) -> Labels:
    return {section_id[:SIGNS]: label for section_id, (label, _) in titles.items()}


def _refers(line: Line) -> bool:
    cells = (cell.words for row in line.grid for cell in row.cells)
    return any(_sign(one) for words in (line.words, *cells) for one in words)


def _row(row: GridRow, now: Labels, before: Labels) -> GridRow:
    cells = (replace(cell, words=_numbered(cell.words, now, before)) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def _sign(words: Words) -> str:
    return next((named_by(one.target) for one in words.settings if one.style is Style.LINK), "")


def _numbered(words: Sequence[Words], now: Labels, before: Labels) -> tuple[Words, ...]:
    return tuple(_shown(words, now, before))


def _shown(words: Sequence[Words], now: Labels, before: Labels) -> Iterator[Words]:
    for at, one in enumerate(words):
        sign = _sign(one)
        following = words[at + 1] if at + 1 < len(words) else None
        goes_on = (
            one.text
            and following is not None
            and following.text
            and following.kind == one.kind
            and _sign(following) == sign
        )
        label = (before if one.kind == "del" else now).get(sign, "")
        if not one.text:
            if label:
                yield replace(one, text=_in_its_place(parted(label)[1] or label, words, at))
            continue
        if not label or goes_on:
            yield one
            continue
        # what the writer keeps before a number ends with the space that parts them
        number = parted(label)[1] or label if one.text[-1:].isspace() else f" ({label})"
        yield replace(one, text=one.text + number)


def _in_its_place(number: str, words: Sequence[Words], at: int) -> str:
    """A number that is a whole reference, apart from the words around it: the plain text has no place for it."""
    before = "".join(one.text for one in words[:at])[-1:]
    after = "".join(one.text for one in words[at + 1 :])[:1]
    lead = " " if before and not before.isspace() and before not in _OPENING else ""
    return f"{lead}{number}{' ' if after.isalnum() else ''}"
