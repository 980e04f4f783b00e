"""Cutting words out of what somebody said: what stands in their place, and where they stand.

Everybody reads "[usunięto: dane osobowe]" where the words were. In a letter, which officials alone read and in which comments
have their places, signs of the same length stand instead, so that every place stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from consult.domain.text.spans import Span


class Reason(StrEnum):
    """Why words are cut out. What somebody asks to be erased is destroyed; the rest stays for officials."""

    PERSONAL = "personal"
    REQUEST = "request"
    SECRET = "secret"  # noqa: S105 (a code, not a secret)
    GOOD_NAME = "good_name"
    UNLAWFUL = "unlawful"


DESTROYING = frozenset({Reason.REQUEST})
"""Reasons for which nothing of the original is kept (Regulation (EU) 2016/679, art. 17)."""

LONGEST_NOTE = 4_000
MOST_WORDS = 50
"""Passages cut out at once."""

MASK = "█"

_MARKS = {
    "pl": {
        Reason.PERSONAL: "[usunięto: dane osobowe]",
        Reason.REQUEST: "[usunięto: na prośbę osoby, której dotyczą]",
        Reason.SECRET: "[usunięto: tajemnica prawnie chroniona]",
        Reason.GOOD_NAME: "[usunięto: ochrona dóbr osobistych]",
        Reason.UNLAWFUL: "[usunięto: treść sprzeczna z prawem]",
    },
    "en": {
        Reason.PERSONAL: "[removed: personal data]",
        Reason.REQUEST: "[removed: at the request of the person concerned]",
        Reason.SECRET: "[removed: a secret protected by law]",
        Reason.GOOD_NAME: "[removed: somebody's good name]",
        Reason.UNLAWFUL: "[removed: against the law]",
    },
}


def mark_of(reason: Reason, language: str) -> str:
    """What stands in the place of the words, in the language of the document: it is part of what is published."""
    return _MARKS.get(language, _MARKS["pl"])[reason]


def passages_of(words: str) -> list[str]:
    """The passages typed, one a line; each once."""
    return list(dict.fromkeys(line.strip() for line in words.splitlines() if line.strip()))


def occurrences(text: str, passage: str) -> list[Span]:
    """Where a passage stands in a text, whatever its capitals and white space: as whole words, else inside of words."""
    pattern = r"\s+".join(re.escape(part) for part in passage.split())
    if not pattern:
        return []
    for asked in (rf"(?<!\w){pattern}(?!\w)", pattern):
        found = [Span(*match.span()) for match in re.finditer(asked, text, re.IGNORECASE)]
        if found:
            return found
    return []


def cut(text: str, marked: Iterable[tuple[Span, str]]) -> str:
    """The text with marks in the place of spans; of spans that overlap the first one's mark stands for all."""
    kept, at = [], 0
    for span, mark in _merged(marked):
        kept += [text[at : span.start], mark]
        at = span.end
    return "".join([*kept, text[at:]])


def masked(text: str, spans: Sequence[Span]) -> str:
    """The text with the same number of signs in the place of spans; line breaks stay, paragraphs with them."""
    for span in spans:
        hidden = "".join(sign if sign == "\n" else MASK for sign in text[span.start : span.end])
        text = text[: span.start] + hidden + text[span.end :]
    return text


def _merged(marked: Iterable[tuple[Span, str]]) -> list[tuple[Span, str]]:
    found: list[tuple[Span, str]] = []
    for span, mark in sorted(marked, key=lambda one: (one[0].start, one[0].end)):
        if found and span.start < found[-1][0].end:
            first, its_mark = found[-1]
            found[-1] = (Span(first.start, max(first.end, span.end)), its_mark)
        else:
            found.append((span, mark))
    return found
