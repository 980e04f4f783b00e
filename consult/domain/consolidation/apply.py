"""Accepted wording put into the text it was proposed for.

A comment points at words of the plain text, the wording goes into the Markdown source. `Projection`
leads from one to the other; what is edited and recorded is the whole paragraph around the words, so that
an official sees a sentence and not a fragment.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.text.projection import project
from consult.domain.text.spans import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraph of a source that holds the words of a comment.

    `span` is the paragraph in the source, without its closing line feed; `words` are the commented words in
    the source. Both in code points.
    """

    span: Span
    words: Span


def passage_of(source: str, plain: str, span: Span) -> Passage:
    """The paragraph of `source` around the words that `plain` holds under `span`."""
    words = project(source, plain).to_source(span)
    start = source.rfind("\n\n", 0, words.start + 1)
    start = 0 if start < 0 else start + 2
    end = source.find("\n\n", max(words.end, start))
    end = len(source) if end < 0 else end
    while end > start and source[end - 1] == "\n":
        end -= 1
    return Passage(Span(start, max(end, words.end)), words)


def with_wording(source: str, passage: Passage, wording: str) -> str:
    """The paragraph of `passage` with its commented words replaced by `wording`."""
    before = source[passage.span.start : passage.words.start]
    after = source[passage.words.end : passage.span.end]
    return f"{before}{wording}{after}"


def with_paragraph(source: str, span: Span, paragraph: str) -> str:
    """The source with the paragraph under `span` replaced."""
    return f"{source[: span.start]}{paragraph}{source[span.end :]}"
