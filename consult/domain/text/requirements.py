"""Requirements: the sentences of a text that say what must, should, may or must not be done.

A sentence is a requirement when a word of obligation stands in it. What such words mean follows the language of
standards and of Polish drafting: "musi", "ma obowiązek", "należy" bind (rules of legislative technique, and "shall" of
the ISO/IEC Directives, part 2, clause 7); "powinien" and "should" recommend; "może" and "may" permit; "nie może", "nie
wolno" and "must not" forbid. Words are recognised, not understood: "może padać" is listed as well, and a reader sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.text.spans import Span


class Strength(StrEnum):
    """How a requirement binds; a sentence with several has the first of them."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    SHOULD_NOT = "should_not"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A sentence at `span` of a plain text, how strongly it binds, and the words that say so."""

    span: Span
    strength: Strength
    words: tuple[tuple[Span, Strength], ...]

    @property
    def strengths(self) -> frozenset[Strength]:
        return frozenset(strength for _, strength in self.words)


_BETWEEN = r"(?:\s+(?:też|także|również|zawsze|każdorazowo|jednak|wówczas|ponadto))?\s+"
_POLISH = {
    Strength.MUST_NOT: r"nie\s+(?:może|mogą|możesz|wolno)|(?:jest|są)\s+zabronion[eya]|zabrania\s+się|zakazuje\s+się",
    Strength.SHOULD_NOT: r"nie\s+(?:powinien|powinna|powinno|powinni|powinny)",
    Strength.MUST: rf"""(?<!nie\s)(?:musi|muszą|musisz)|(?:ma|mają|masz){_BETWEEN}obowiązek
        |(?:jest|są){_BETWEEN}z?obowiązan[yaie]|(?<!nie\s)należy(?!\s+(?:do|przez)\b)""",
    Strength.SHOULD: r"(?<!nie\s)(?:powinien|powinna|powinno|powinni|powinny|powinieneś|powinnaś)",
    Strength.MAY: rf"""(?<!nie\s)(?<!być\s)(?:może|mogą|możesz|wolno)|nie\s+(?:musi|muszą|musisz)
        |(?:ma|mają|masz){_BETWEEN}prawo|dopuszcza\s+się""",
}
_ENGLISH = {
    Strength.MUST_NOT: r"(?:must|shall|may)\s+not|cannot|(?:is|are)\s+prohibited",
    Strength.SHOULD_NOT: r"should\s+not",
    Strength.MUST: r"(?:must|shall|(?:is|are)\s+(?:required|obliged)\s+to)(?!\s+not\b)",
    Strength.SHOULD: r"should(?!\s+not\b)",
    Strength.MAY: r"may(?!\s+not\b)|(?:is|are)\s+(?:allowed|permitted)\s+to",
}


def _pattern(words: dict[Strength, str]) -> re.Pattern[str]:
    choices = "|".join(f"(?P<{strength}>{pattern})" for strength, pattern in words.items())
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE | re.VERBOSE)


_PATTERNS = {"pl": _pattern(_POLISH), "en": _pattern(_ENGLISH)}
_MONTH = re.compile(r"May\s+\d|\d\s+May\b")
_ORDER = tuple(Strength)

_ABBREVIATED = r"(?<!\bart)(?<!\bust)(?<!\blit)(?<!\bpkt)(?<!\bnr)(?<!\bnp)(?<!\btj)(?<!\bitd)(?<!\bitp)(?<!\bm\.in)(?<!\be\.g)(?<!\bzał)(?<!\bpoz)(?<!\btzw)(?<!\bww)(?<!\bi\.e)"
_END = re.compile(rf"{_ABBREVIATED}[.!?…][\"'”’»)]*(?=\s)|\n+|\t")


def find_requirements(plain: str, language: str = "pl") -> tuple[Requirement, ...]:
    """The requirements in a section's plain text, in order; `language` is a BCP 47 tag (English, else Polish).

    Time linear in the length of the text.
    """
    pattern = _PATTERNS["en" if language.lower().startswith("en") else "pl"]
    sentences = _sentences(plain)
    span = next(sentences, None)
    found: list[Requirement] = []
    words: list[tuple[Span, Strength]] = []
    for said in pattern.finditer(plain):
        if said[0] == "May" and _MONTH.search(plain, max(0, said.start() - 3), said.end() + 3):
            continue
        while span is not None and span.end <= said.start():
            _keep(found, span, words)
            span, words = next(sentences, None), []
        words.append((Span(*said.span()), Strength(said.lastgroup or "may")))
    if span is not None:
        _keep(found, span, words)
    return tuple(found)


def _keep(found: list[Requirement], span: Span, words: list[tuple[Span, Strength]]) -> None:
    if words:
        strength = min((one for _, one in words), key=_ORDER.index)
        found.append(Requirement(span, strength, tuple(words)))


def _sentences(plain: str) -> Iterator[Span]:
    """The sentences of a text without the space around them; a new line and the edge of a cell end one too."""
    start = 0
    for end in [*(found.end() for found in _END.finditer(plain)), len(plain)]:
        piece = plain[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            yield Span(left, right)
        start = end
