"""What a search engine must know of a language: where the words of a text stand and under which terms they are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """One position of a text: the code points from `start` to `end`.

    `terms` are what it is found under (lemmas, stems, folded copies); `surfaces` the exact forms a quoted phrase or
    a prefix is compared with, in small letters: one for a word of a text, several for a legal reference
    ("art. 5a ust. 2" is also "art. 5a") and for a typed word that may have been meant with Polish letters.
    """

    start: int
    end: int
    terms: frozenset[str]
    surfaces: tuple[str, ...]
    is_stop: bool = False


class Analyser(Protocol):
    """One analyser feeds every engine, for index and query alike."""

    @property
    def version(self) -> str:
        """Changes whenever a text would be analysed differently; an index of another version must be rebuilt."""
        ...

    def tokens(self, text: str, language: str) -> Sequence[Token]:
        """The positions of a text in one language (ISO 639-1 code), in order."""
        ...

    def query_tokens(self, text: str, language: str | None) -> Sequence[Token]:
        """The positions of what a person typed; `None` looks in texts of every language."""
        ...

    def prefixes(self, beginning: str) -> tuple[str, ...]:
        """The beginnings of surfaces a typed beginning may stand for, itself first."""
        ...
