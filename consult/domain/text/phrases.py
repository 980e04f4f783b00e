"""Whether words stand in a text: exactly as said, or in any of their forms.

Exactly means whole words in this order, whatever the letters' size and the white space between them. In any form means
that each position of the text shares a term (a lemma, a stem) with the word said at that position; what the terms are is
the caller's business, so that nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consult.domain.errors import InvalidInput
from consult.domain.text.normalise import admit
from consult.domain.text.spans import Span

LONGEST_PHRASE = 400
"""Code points of a phrase; a longer one is a passage, which is compared and not looked for."""

MOST_SIFTED = 4
"""Words of a phrase by which a database sifts texts before they are looked at."""

_QUOTES = "\"'„”“‟«»‘’‚"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words looked for: `words` as said, with single spaces."""

    words: str
    pattern: re.Pattern[str]


def read_phrase(typed: str, *, field: str = "q") -> Phrase:
    """The phrase somebody typed or selected, without the quotation marks around it.

    Raises InvalidInput: ``phrase_empty`` without a letter or digit, ``phrase_too_long``, ``control_characters``.
    """
    words = " ".join(admit(typed, field=field).split()).strip(_QUOTES).strip()
    if not any(sign.isalnum() for sign in words):
        raise InvalidInput("phrase_empty", field=field)
    if len(words) > LONGEST_PHRASE:
        raise InvalidInput("phrase_too_long", field=field, limit=LONGEST_PHRASE)
    body = r"\s+".join(re.escape(word) for word in small(words).split())
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return Phrase(words, re.compile(f"{before}{body}{after}"))


def small(text: str) -> str:
    """`text` in small letters, code point for code point, so that places stay the same."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def exact_spans(phrase: Phrase, text: str) -> list[Span]:
    """Where the words stand in a text, in order and not overlapping."""
    return [Span(*match.span()) for match in phrase.pattern.finditer(small(text))]


def sifting_words(phrase: Phrase) -> tuple[str, ...]:
    """The longest words of a phrase, each of which stands in every text that holds it."""
    return tuple(sorted(set(phrase.words.split()), key=lambda word: (-len(word), word))[:MOST_SIFTED])


# In any form

Position = tuple[int, int, frozenset[str]]
"""Start and end of a word in code points, and the terms it is found under."""

_BLOCK = re.compile(r"[^\n]+")


class FormsFinder:
    """Looks for words in any of their forms through many texts that are mostly alike.

    Texts of one section differ in a paragraph or two, so each distinct paragraph is analysed once, and only texts in
    which every word is met somewhere are looked at word by word. `analyse` gives the positions of a paragraph.
    """

    def __init__(
        self, wanted: Sequence[frozenset[str]], analyse: Callable[[str], Sequence[Position]]
    ) -> None:
        self._wanted = wanted
        self._analyse = analyse
        self._whole = (1 << len(wanted)) - 1
        self._known: dict[str, tuple[int, Sequence[Position]]] = {}

    def spans(self, text: str) -> list[Span]:
        """Where the words stand one after another, in order and not overlapping."""
        if not self._wanted:
            return []
        blocks = [(match.start(), *self._read(match.group())) for match in _BLOCK.finditer(text)]
        met = 0
        for _, mask, _positions in blocks:
            met |= mask
        if met != self._whole:
            return []
        positions = [(at + start, at + end, terms) for at, _, block in blocks for start, end, terms in block]
        return self._runs(positions)

    def _read(self, block: str) -> tuple[int, Sequence[Position]]:
        known = self._known.get(block)
        if known is None:
            positions = self._analyse(block)
            mask = 0
            for _, _, terms in positions:
                for place, wanted in enumerate(self._wanted):
                    if not wanted.isdisjoint(terms):
                        mask |= 1 << place
            known = self._known[block] = (mask, positions)
        return known

    def _runs(self, positions: Sequence[Position]) -> list[Span]:
        found: list[Span] = []
        length, place = len(self._wanted), 0
        while place + length <= len(positions):
            run = positions[place : place + length]
            if all(
                not wanted.isdisjoint(terms) for wanted, (_, _, terms) in zip(self._wanted, run, strict=True)
            ):
                found.append(Span(run[0][0], run[-1][1]))
                place += length
            else:
                place += 1
        return found
