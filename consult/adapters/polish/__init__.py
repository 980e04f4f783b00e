"""One analyser for Polish (and English) text, used for the index and for what people type.

`analyse` gives the positions of a text, each a set of terms: all lemmas of a word at one position, a folded copy
without Polish letters, a stem for words no dictionary knows; a legal reference ("art. 5a ust. 2", "§ 12"), a file
number ("2024/1491") and an abbreviation (NGO, JST) stay whole. Two forms of one word share a term.
"""

from __future__ import annotations

from importlib.metadata import version

from consult.ports.search import Token

from .letters import folded
from .tokens import prefixes, query_tokens, tokens
from .words import has_dictionary

RULES = 1
"""Counted up with every change of these files that makes a text's terms differ."""

ANALYSER_VERSION = "-".join(
    (
        f"polish{RULES}",
        f"snowball{version('snowballstemmer')}",
        f"morfeusz{version('morfeusz2')}" if has_dictionary() else "plain",
    )
)


def analyse(text: str, language: str = "pl") -> list[set[str]]:
    """The positions of a text in order, each the set of terms it is found under."""
    return [set(token.terms) for token in tokens(text, language)]


def analyse_query(text: str, language: str | None = "pl") -> list[set[str]]:
    """The same for what a person typed: words typed without Polish letters are tried with them as well."""
    return [set(token.terms) for token in query_tokens(text, language)]


class PolishAnalyser:
    """These functions as the analyser a search engine is given."""

    version = ANALYSER_VERSION

    def tokens(self, text: str, language: str) -> list[Token]:
        return tokens(text, language)

    def query_tokens(self, text: str, language: str | None) -> list[Token]:
        return query_tokens(text, language)

    def prefixes(self, beginning: str) -> tuple[str, ...]:
        return prefixes(beginning)


__all__ = [
    "ANALYSER_VERSION",
    "PolishAnalyser",
    "analyse",
    "analyse_query",
    "folded",
    "has_dictionary",
    "prefixes",
    "query_tokens",
    "tokens",
]
