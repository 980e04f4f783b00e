"""Texts as the exporters get them, rendered by the product's own renderer."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import cache

from consult.adapters.markdown_html import MarkdownHtml
from consult.domain.text.markup import definitions
from consult.domain.text.numbering import labels
from consult.domain.text.outline import depths, split
from consult.ports.exports import ExportedSection, ExportedText

WRITTEN_AT = datetime(2026, 5, 4, 12, 30, tzinfo=timezone.utc)  # noqa: UP017


@cache
def renderer() -> MarkdownHtml:
    return MarkdownHtml()


def sections_of(markdown: str) -> tuple[ExportedSection, ...]:
    pieces = split(markdown)
    known = definitions(piece.source for piece in pieces)
    levels = [piece.level for piece in pieces]
    numbers = labels([piece.heading for piece in pieces], levels)
    rendered = renderer().render_many([piece.source for piece in pieces], definitions=known)
    return tuple(
        ExportedSection(number, depth + 1, piece.level, piece.source, html.html)
        for piece, number, depth, html in zip(pieces, numbers, depths(levels), rendered, strict=True)
    )


def exported(markdown: str, **changes) -> ExportedText:
    about = {
        "title": "Standard dostępności",
        "host": "Gmina Przykładowa",
        "state": "Wersja 2 z 4 maja 2026 r.",
        "language": "pl",
        "written_at": WRITTEN_AT,
        "checksum": "sha256:0123abcd",
        "address": "https://konsultacje.example.org/dokumenty/standard",
    }
    return ExportedText(**{**about, **changes}, sections=sections_of(markdown))


def plain_of_sections(markdown: str) -> list[str]:
    """The words of every section as readers of our pages get them."""
    pieces = split(markdown)
    known = definitions(piece.source for piece in pieces)
    return [renderer().render(piece.source, definitions=known).plain for piece in pieces]
