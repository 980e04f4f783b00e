"""Where a text answers a query, and the part of it worth showing: pieces of text, never markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from consult.domain.text.spans import Span

from .analysis import Analyser, Token
from .query import Asked, Clause, Phrase, Prefix, Word

SNIPPET_LENGTH = 280
"""Code points of a snippet, about three lines."""

LONGEST_READ = 60_000
"""Code points of a text in which hits are looked for; the rest is as good as never shown in a snippet."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be marked, as the database holds it now."""

    body: str
    title: str = ""
    language: str = "pl"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is, or is not, what was asked for."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A marked title and the most telling stretch of the body.

    `start` and `end` are its code points in the body, `hits` the marked spans of the whole body (in order, not
    overlapping); the pieces join to exactly the title, and to exactly ``body[start:end]``.
    """

    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    start: int
    end: int
    hits: tuple[Span, ...]


def highlighted(passage: Passage, asked: Asked, analyser: Analyser) -> Highlighted:
    """Mark what answers a query in one text."""
    title_hits = hits_in(passage.title, passage.language, asked, analyser)
    hits = hits_in(passage.body[:LONGEST_READ], passage.language, asked, analyser)
    window = _window(passage.body, hits)
    return Highlighted(
        title=_pieces(passage.title, Span(0, len(passage.title)), title_hits),
        snippet=_pieces(passage.body, window, hits),
        start=window.start,
        end=window.end,
        hits=tuple(hits),
    )


def hits_in(text: str, language: str, asked: Asked, analyser: Analyser) -> list[Span]:
    """The spans of `text` under which something of what was asked for stands; in order, joined where they touch."""
    tokens = analyser.tokens(text, language)
    clauses = asked.essential
    spans = sorted(span for clause in clauses for span in _spans(tokens, clause))
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined


def _spans(tokens: Sequence[Token], clause: Clause) -> Iterator[Span]:
    if isinstance(clause, Word):
        yield from (Span(token.start, token.end) for token in tokens if token.terms & clause.terms)
    elif isinstance(clause, Prefix):
        yield from (
            Span(token.start, token.end)
            for token in tokens
            if any(surface.startswith(clause.beginnings) for surface in token.surfaces)
        )
    else:
        yield from _phrase_spans(tokens, clause)


def _phrase_spans(tokens: Sequence[Token], phrase: Phrase) -> Iterator[Span]:
    wanted = [frozenset(surfaces) for surfaces in phrase.surfaces]
    for first in range(len(tokens) - len(wanted) + 1):
        run = tokens[first : first + len(wanted)]
        if all(not allowed.isdisjoint(token.surfaces) for allowed, token in zip(wanted, run, strict=True)):
            yield Span(run[0].start, run[-1].end)


def _window(body: str, hits: Sequence[Span]) -> Span:
    """The stretch of the body that holds most hits, with a little before them, cut at spaces."""
    if len(body) <= SNIPPET_LENGTH:
        return Span(0, len(body))
    if not hits:
        return Span(0, _space_before(body, SNIPPET_LENGTH))
    lead = SNIPPET_LENGTH // 5
    room = SNIPPET_LENGTH - lead

    def held(first: int) -> int:
        limit = hits[first].start + room
        return sum(1 for _ in takewhile(lambda hit: hit.end <= limit, hits[first : first + room]))

    best = max(range(min(len(hits), 1_000)), key=lambda first: (held(first), -first))
    start = max(0, min(hits[best].start - lead, len(body) - SNIPPET_LENGTH))
    start = 0 if start == 0 else _space_after(body, start, hits[best].start)
    end = min(len(body), start + SNIPPET_LENGTH)
    return Span(start, end if end == len(body) else max(_space_before(body, end), min(hits[best].end, end)))


def _space_before(body: str, end: int) -> int:
    """The end of the last whole word before `end`; `end` itself in the middle of one endless word."""
    place = max(body.rfind(space, end - 60, end + 1) for space in (" ", "\n", "\t"))
    return place if place > 0 else end


def _space_after(body: str, start: int, limit: int) -> int:
    """The start of the first whole word from `start` on, not beyond `limit`."""
    places = [
        place for place in (body.find(space, start - 1, limit) for space in (" ", "\n", "\t")) if place >= 0
    ]
    return min(places) + 1 if places else start


def _pieces(text: str, window: Span, hits: Sequence[Span]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    place = window.start
    for hit in hits:
        shown = hit.intersection(window)
        if shown is None:
            continue
        if shown.start > place:
            pieces.append(Piece(text[place : shown.start], is_hit=False))
        pieces.append(Piece(shown.of(text), is_hit=True))
        place = shown.end
    if place < window.end:
        pieces.append(Piece(text[place : window.end], is_hit=False))
    return tuple(pieces)
