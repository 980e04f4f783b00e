"""What a reader can point at in a section without selecting words: its heading, paragraphs, entries of lists, rows and
figures, each with its number and its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from flask_babel import gettext

from consult.domain.text.plain import Reading
from consult.domain.text.spans import Span
from consult.storage.queries.documents import SectionRow

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>")
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_START = re.compile(r'\bstart="(\d{1,6})"')


class Unit(Enum):
    """What a block of a section is to a reader."""

    HEADING = auto()
    PARAGRAPH = auto()
    ENTRY = auto()
    ROW = auto()
    FIGURE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A block with its number among those of its kind: "3", or "2.1" for an entry within an entry of a list."""

    ordinal: int
    span: Span
    unit: Unit
    number: str

    @property
    def is_numbered(self) -> bool:
        """Whether its number is shown; lists number their entries themselves, tables not at all."""
        return self.unit is Unit.PARAGRAPH


@dataclass(slots=True)
class _Open:
    """A list that is open: the number of its last entry, and how many blocks that entry has had."""

    number: int
    blocks: int = 0


def blocks_of(section: SectionRow, reading: Reading) -> Iterator[Block]:
    """The blocks of a section that one can comment on, each with what it is and its number."""
    tags = [(found.start(), bool(found[1]), found[2], found[3]) for found in _TAG.finditer(section.html)]
    lists: list[_Open] = []
    at = paragraphs = rows = figures = 0
    in_cell = in_caption = in_heading = False
    for ordinal, (span, start) in enumerate(zip(reading.blocks, reading.block_starts, strict=True)):
        while at < len(tags) and tags[at][0] < start:
            _, closes, name, attributes = tags[at]
            at += 1
            if name in ("ol", "ul"):
                if closes:
                    del lists[-1:]
                else:
                    first = _START.search(attributes) if name == "ol" else None
                    lists.append(_Open(int(first[1]) - 1 if first else 0))
            elif name == "li" and not closes and lists:
                lists[-1].number += 1
                lists[-1].blocks = 0
            elif name in ("td", "th"):
                in_cell = not closes
            elif name == "tr" and not closes:
                rows += 1
            elif name == "figure" and not closes:
                figures += 1
            elif name == "figcaption":
                in_caption = not closes
            elif name in _HEADINGS:
                in_heading = not closes
        if in_heading and section.level and ordinal == 0:
            yield Block(ordinal, span, Unit.HEADING, section.label or "")
        elif span.is_empty:
            continue
        elif in_cell:
            yield Block(ordinal, span, Unit.ROW, str(rows))
        elif in_caption:
            yield Block(ordinal, span, Unit.FIGURE, str(figures))
        elif lists and not lists[-1].blocks:
            lists[-1].blocks = 1
            yield Block(ordinal, span, Unit.ENTRY, ".".join(str(one.number) for one in lists))
        else:
            paragraphs += 1
            yield Block(ordinal, span, Unit.PARAGRAPH, str(paragraphs))


def named(block: Block) -> str:
    """What a block is called for those who hear the page."""
    match block.unit:
        case Unit.HEADING:
            return gettext("Heading %(number)s", number=block.number) if block.number else gettext("Heading")
        case Unit.ENTRY:
            return gettext("Point %(number)s", number=block.number)
        case Unit.ROW:
            return gettext("Row %(number)s of a table", number=block.number)
        case Unit.FIGURE:
            return gettext("Figure %(number)s", number=block.number)
        case Unit.PARAGRAPH:
            return gettext("Paragraph %(number)s", number=block.number)
