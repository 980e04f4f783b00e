"""Ways to comment without selecting words: on every heading, paragraph, entry of a list, row of a table and figure.

Each control leads to the same composer, with the same place, as a selection of exactly these words would. Its name says
what it is and how much was said about it: "Paragraph 3, two comments, comment".
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext, ngettext

from consult.domain.text.plain import read
from consult.domain.text.spans import Span
from consult.ports.rendering import BlockControl
from consult.storage.queries.comments import PlacedRow
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.shared.blocks import Block, Unit, blocks_of, named


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
    return gettext("%(name)s, %(count)s, comment", name=named(block), count=spoken_count(count))


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
