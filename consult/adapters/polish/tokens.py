"""Where the words of a text stand: words, numbers, file numbers, and legal references as one position each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from consult.ports.search import Token

from .letters import folded, is_plain, prefix_spellings
from .stopwords import ENGLISH, POLISH
from .words import (
    english_terms,
    known_lemmas,
    other_terms,
    polish_query_terms,
    polish_terms,
    query_surfaces,
)

LONGEST_WORD = 64
"""Code points of a word that count; what is longer is no word and is cut."""

LONGEST_ACRONYM = 5
"""A word of so many capitals is an abbreviation (NGO, JST) and is not stemmed."""

PREFIX_SPELLINGS = 48
"""Respellings tried for a typed beginning of a word."""

UNITS = {
    "art": "art.",
    "artykuł": "art.",
    "ust": "ust.",
    "ustęp": "ust.",
    "§": "§",
    "par": "§",
    "paragraf": "§",
    "pkt": "pkt",
    "punkt": "pkt",
    "lit": "lit.",
    "litera": "lit.",
    "tiret": "tiret",
    "poz": "poz.",
    "pozycja": "poz.",
    "rozdz": "rozdz.",
    "rozdział": "rozdz.",
}
"""Units of a Polish act by abbreviation and lemma, with the short form all of them are indexed as."""

NESTING = ("rozdz.", "art.", "§", "ust.", "pkt", "lit.", "tiret")
"""Units from the outside in: "art. 5a ust. 2" is one reference, "ust. 2 art. 5a" are two."""

# Soft hyphens, zero-width and direction marks, loose accents: part of a word, but no letter of it.
_UNSEEN = "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}(?:[{_UNSEEN}]*{_LETTER})*[{_UNSEEN}]*(?!\w)"
_NUMBER = r"\d+(?:[a-z]{1,3}(?![^\W_]))?"

_UNIT_WORDS = (
    r"(?:art|ust|pkt|lit|poz|par|rozdz)\b\.?|§{1,2}|tiret\b"
    r"|(?:artykuł|ustęp|paragraf|punkt|liter|pozycj|rozdział)\w{0,4}|artykule\b|ustęp\w{0,4}|rozdziale\b"
)
_UNIT = rf"(?:{_UNIT_WORDS})\s{{0,3}}(?:\d+[a-z]{{0,4}}|(?<=lit\.\s)[a-z]{{1,2}}|(?<=lit\s)[a-z]{{1,2}})(?![^\W_])"

_TOKEN = re.compile(
    rf"(?P<journal>Dz\.?\s?U\.?(?:\sz)?\s\d{{4}}(?:\sr\.)?,?(?:\s(?:nr|Nr)\s\d+,?)?\spoz\.\s?\d+)"
    rf"|(?P<reference>(?<!\w){_UNIT}(?:,?\s{{1,3}}{_UNIT}){{0,5}})"
    rf"|(?P<file>(?=[^\W_]{{0,12}}(?:/[^\W\d_]{{1,12}}){{0,4}}/?\d)[^\W_]{{1,12}}(?:/[^\W_]{{1,12}}){{1,5}}(?![^\W_]))"
    rf"|(?P<number>\d{{1,15}}(?:[.,]\d{{1,9}}){{1,6}}(?!\w)|{_NUMBER}(?!\w))"
    rf"|(?P<word>{_WORD})"
    r"|(?P<mixed>\w+)",
    re.IGNORECASE,
)
_ONE_UNIT = re.compile(r"(§{1,2}|[^\W\d_]+)\.?\s*(\w+)")
_ENDING = re.compile(r"['’][^\W\d_]{1,4}(?!\w)")
_ACRONYM_ENDING = re.compile(r"[-‑'’][a-ząćęłńóśźż]{1,5}(?!\w)")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")

Terms = Callable[[str], frozenset[str]]


def tokens(text: str, language: str = "pl") -> list[Token]:
    """The positions of a text, in order; spans are code points of `text` as given."""
    return list(_positions(text, _reader(language), _STOP.get(language, frozenset()), asked=False))


def query_tokens(text: str, language: str | None = None) -> list[Token]:
    """The positions of what a person typed.

    References and file numbers match only whole. A query without a single Polish letter comes from somebody who
    does not type them, and each of its words is also tried with them.
    """
    respell = text.isascii() or not any(folded(letter) != letter for letter in text)
    stops = POLISH | ENGLISH if language is None else _STOP.get(language, frozenset())
    return [
        _respelled(token, respell) if language in (None, "pl") else token
        for token in _positions(text, _asker(language, respell), stops, asked=True)
    ]


def prefixes(beginning: str) -> tuple[str, ...]:
    lower = _seen(beginning).lower()
    return (lower, *prefix_spellings(lower, PREFIX_SPELLINGS)) if is_plain(lower) else (lower,)


def _positions(text: str, terms_of: Terms, stops: frozenset[str], *, asked: bool) -> Iterator[Token]:
    place = 0
    while match := _TOKEN.search(text, place):
        place = end = match.end()
        kind, written = match.lastgroup, match.group()
        if kind == "word":
            word = _seen(written)
            if ending := (_ACRONYM_ENDING if _is_acronym(word) else _ENDING).match(text, end):
                place = end = ending.end()
            surface = word.lower()
            terms = _acronym_terms(word) if _is_acronym(word) else terms_of(word)
            yield Token(match.start(), end, terms, (surface,), surface in stops)
        elif kind == "reference":
            units = [(_unit(word), number.lower()) for word, number in _ONE_UNIT.findall(written)]
            yield from _references(match.start(), end, units, asked=asked)
        elif kind == "journal":
            year, *_, item = re.findall(r"\d+", written)
            whole = f"{year}/{item}"
            parts: set[str] = set() if asked else {year, item, f"poz. {item}"}
            yield Token(match.start(), end, frozenset(parts | {whole}), (whole,))
        else:
            whole = _seen(written).lower()
            parts = set() if asked else set(re.split(r"[/.,]", whole))
            yield Token(match.start(), end, frozenset(parts | {whole}), (whole,))


def _references(start: int, end: int, units: Sequence[tuple[str, str]], *, asked: bool) -> Iterator[Token]:
    """One position per chain of ever smaller units, under every stretch of the chain."""
    chains: list[list[tuple[str, str]]] = []
    for unit in units:
        if chains and _depth(unit) > _depth(chains[-1][-1]) >= 0:
            chains[-1].append(unit)
        else:
            chains.append([unit])
    for chain in chains:
        names = [f"{short} {number}" for short, number in chain]
        whole = " ".join(names)
        stretches = {" ".join(names[i:j]) for i in range(len(names)) for j in range(i + 1, len(names) + 1)}
        if asked:
            yield Token(start, end, frozenset({whole}), (whole,))
        else:
            loose = {number for _, number in chain} | {_UNIT_LEMMA[short] for short, _ in chain}
            yield Token(start, end, frozenset(stretches | loose), (whole, *sorted(stretches - {whole})))


def _unit(word: str) -> str:
    lower = word.lower().rstrip("§") + "§" if word.startswith("§") else word.lower()
    if lower in UNITS:
        return UNITS[lower]
    return next((UNITS[name] for name in _LONG_UNITS if lower[:5] == name[:5]), lower)


def _depth(unit: tuple[str, str]) -> int:
    return NESTING.index(unit[0]) if unit[0] in NESTING else -1


_LONG_UNITS = [name for name in UNITS if len(name) > 5 or name == "ustęp" or name == "punkt"]
_UNIT_LEMMA = {short: name for name, short in UNITS.items()}  # the last name of each is its full word


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= LONGEST_ACRONYM and word.isupper()


def _acronym_terms(word: str) -> frozenset[str]:
    """An abbreviation as it is; a short word of a heading in capitals also under its lemmas."""
    lower = word.lower()
    return frozenset({lower, folded(lower)}) | known_lemmas(word)


def _reader(language: str) -> Terms:
    return _READERS.get(language, other_terms)


def _asker(language: str | None, respell: bool) -> Terms:
    if language == "pl":
        return lambda word: polish_query_terms(word, respell=respell)
    if language is None:
        return lambda word: (
            polish_query_terms(word, respell=respell)
            | (english_terms(word) if is_plain(word) else frozenset())
        )
    return _reader(language)


def _respelled(token: Token, respell: bool) -> Token:
    """The same position with the Polish forms a plain word may stand for added to its surfaces."""
    word = token.surfaces[0]
    if not is_plain(word):
        return token
    return Token(token.start, token.end, token.terms, query_surfaces(word, respell=respell), token.is_stop)


def _seen(written: str) -> str:
    """The letters a reader sees, composed, cut to what can be a word."""
    if written.isascii():
        return written[:LONGEST_WORD]
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", unicodedata.normalize("NFC", written)))[
        :LONGEST_WORD
    ]


_READERS: dict[str, Terms] = {"pl": polish_terms, "en": english_terms}
_STOP = {"pl": POLISH, "en": ENGLISH}
