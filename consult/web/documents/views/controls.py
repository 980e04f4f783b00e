"""Ways to comment without selecting words: on every heading, paragraph, entry of a list, row of a table and figure.

Each control leads to the same composer, with the same place, as a selection of exactly these words would. Its name says
what it is and how much was said about it: "Paragraph 3, two comments, comment".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from flask import url_for
from flask_babel import gettext, ngettext

from consult.domain.text.plain import Reading, read
from consult.domain.text.spans import Span
from consult.ports.rendering import BlockControl
from consult.storage.queries.comments import PlacedRow
from consult.storage.queries.documents import DocumentRow, SectionRow

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


def controls_of(
    document: DocumentRow,
    section: SectionRow,
    placed: Sequence[PlacedRow],
    *,
    spoken_in: str,
    with_heading: bool,
) -> list[BlockControl]:
    """The controls of a section; that of its heading only where it does not stand on the heading's number."""
    reading = read(section.html)
    return [
        BlockControl(
            ordinal=block.ordinal,
            href=composer_href(document, section, block.span),
            text=block.number if block.is_numbered else "¶",
            label=spoken_name(block, placed),
            classes=() if block.is_numbered else ("own",),
            language=spoken_in,
        )
        for block in blocks_of(section, reading)
        if block.unit is not Unit.HEADING or with_heading
    ]


def heading_control(
    document: DocumentRow, section: SectionRow, placed: Sequence[PlacedRow]
) -> tuple[str, str]:
    """(address, spoken name) for the number of a heading."""
    block = next(blocks_of(section, read(section.html)), None)
    if block is None or block.unit is not Unit.HEADING:
        block = Block(0, Span(0, 0), Unit.HEADING, section.label or "")
    return composer_href(document, section, block.span), spoken_name(block, placed)


def composer_href(document: DocumentRow, section: SectionRow, span: Span) -> str:
    return url_for(
        "comments.new",
        slug=document.slug,
        section=section.section_id,
        text_id=section.text_id,
        start=span.start,
        end=span.end,
    )


def spoken_name(block: Block, placed: Sequence[PlacedRow]) -> str:
    count = len(
        {
            row.comment_id
            for row in placed
            if row.scope == "passage"
            and row.start is not None
            and row.end is not None
            and row.start < block.span.end
            and block.span.start < row.end
        }
    )
    return gettext("%(name)s, %(count)s, comment", name=_named(block), count=spoken_count(count))


def _named(block: Block) -> str:
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


def spoken_count(count: int) -> str:
    """How many comments, in words as far as people say them so."""
    words = (
        gettext("no comments"),
        gettext("one comment"),
        gettext("two comments"),
        gettext("three comments"),
        gettext("four comments"),
        gettext("five comments"),
        gettext("six comments"),
        gettext("seven comments"),
        gettext("eight comments"),
        gettext("nine comments"),
        gettext("ten comments"),
    )
    return words[count] if count < len(words) else ngettext("%(num)d comment", "%(num)d comments", count)
