"""Accepted wording put into the text it was proposed for.

A comment points at words of the plain text, the wording goes into the Markdown source. What is proposed
is taken as an edit of the words and not as a replacement: only what differs is put in, through
`Projection`, so that emphasis, links and list signs around words that stay are not disturbed. What an
official sees and edits is the whole paragraph (list entry, table row) around the words.
"""

from __future__ import annotations

from consult.domain.diffing.compare import compare
from consult.domain.text import markup
from consult.domain.text.projection import project
from consult.domain.text.spans import Span


def paragraph_of(source: str, plain: str, span: Span) -> Span:
    """The lines of `source` that hold the blocks of `plain` under `span`, without the last line feed."""
    start = plain.rfind("\n", 0, span.start) + 1
    end = plain.find("\n", max(span.end, start))
    blocks = project(source, plain).to_source(Span(start, len(plain) if end < 0 else end))
    first = source.rfind("\n", 0, blocks.start) + 1
    last = source.find("\n", blocks.end)
    return Span(first, len(source) if last < 0 else last)


def with_wording(source: str, plain: str, span: Span, wording: str) -> str:
    """The source with the words of `plain` under `span` edited into `wording`, which is plain text itself."""
    words = span.of(plain)
    projection = project(source, plain)
    edited = source
    for hunk in reversed(compare(words, wording).hunks):
        if hunk.is_equal:
            continue
        place = projection.to_source(hunk.old.shifted(span.start))
        edited = f"{edited[: place.start]}{markup.escaped(hunk.new.of(wording))}{edited[place.end :]}"
    return edited


def proposed_paragraph(source: str, plain: str, span: Span, wording: str | None) -> tuple[Span, str]:
    """The paragraph around the words of `plain` under `span`, and how it reads with the wording (None: as it stands)."""
    lines = paragraph_of(source, plain, span)
    if wording is None:
        return lines, lines.of(source)
    edited = with_wording(source, plain, span, wording)
    return lines, edited[lines.start : lines.end + len(edited) - len(source)]


def with_paragraph(source: str, span: Span, paragraph: str) -> str:
    """The source with the paragraph under `span` replaced."""
    return f"{source[: span.start]}{paragraph}{source[span.end :]}"
