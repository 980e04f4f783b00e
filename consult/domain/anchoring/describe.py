"""Describing a passage so that it can be found again without the text it was taken from."""

from __future__ import annotations

from consult.domain.anchoring.selectors import Selectors
from consult.domain.diffing.tokens import is_word
from consult.domain.text.spans import Span

SHORTEST = 32
"""Code points quoted on either side of a passage, as a rule."""
LONGEST = 256
"""And at most, when the passage with fewer neighbours stands in several places."""


def describe(text: str, span: Span) -> Selectors:
    """The passage `span` of `text`, with as many of its neighbours as it takes to tell it from its copies.

    Neighbours are whole words. Raises ValueError when the span lies outside the text.
    """
    if span.end > len(text):
        raise ValueError(f"{span} lies outside a text of {len(text)} code points")
    reach = SHORTEST
    while True:
        start = _word_start(text, max(0, span.start - reach), span.start)
        end = _word_end(text, min(len(text), span.end + reach), span.end)
        if reach >= LONGEST or _stands_once(text, text[start:end]):
            return Selectors(span.of(text), text[start : span.start], text[span.end : end], span)
        reach *= 2


def _stands_once(text: str, quote: str) -> bool:
    first = text.find(quote)
    return text.find(quote, first + 1) < 0


def _word_start(text: str, at: int, limit: int) -> int:
    """The first place from `at` on that does not cut a word; `at` itself when there is none before `limit`."""
    place = at
    while 0 < place < limit and is_word(text[place - 1]) and is_word(text[place]):
        place += 1
    return place if place < limit else at


def _word_end(text: str, at: int, limit: int) -> int:
    place = at
    while limit < place < len(text) and is_word(text[place - 1]) and is_word(text[place]):
        place -= 1
    return place if place > limit else at
